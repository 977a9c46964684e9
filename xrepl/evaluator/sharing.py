"""How lists of the language share tails, and in which order a deep value can be pickled without deep recursion.

Looks through the language's data and Python's containers, without recursion; changes nothing.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import Any

from xrepl.dialect.data import Atom, Cons, Nil

# what has no parts to look through
SIMPLE: frozenset[type] = frozenset(
    {
        type(None), bool, int, float, complex, str, bytes, bytearray, Atom, Nil, type, types.ModuleType,
        types.FunctionType, types.BuiltinFunctionType, types.CodeType, range, type(...),
    }
)  # fmt: skip
MAX_HEIGHT = 100  # parts this deep are pickled on their own first


def shared_cells(root: Any) -> set[int]:
    """Give the ids of the list cells below a value that more than one place refers to."""
    seen: set[int] = set()
    shared: set[int] = set()
    stack = [root]
    while stack:
        value = stack.pop()
        while type(value) is Cons:
            key = id(value)
            if key in seen:
                shared.add(key)
                break
            seen.add(key)
            if type(value.head) not in SIMPLE:
                stack.append(value.head)
            value = value.tail
        if type(value) is Cons or type(value) in SIMPLE or id(value) in seen:
            continue
        seen.add(id(value))
        stack.extend(part for part in _parts(value) if type(part) not in SIMPLE)
    return shared


def parts_first(root: Any, shared: set[int]) -> list[Any]:
    """Give parts of a value such that, pickled in this order, none has more than `MAX_HEIGHT` levels of its own.

    Args:
        root: the value.
        shared: where runs of list cells end, as `shared_cells` gives it.
    """
    found: list[Any] = []
    heights: dict[int, int] = {}
    stack: list[tuple[Any, list[Any] | None]] = [(root, None)]
    while stack:
        value, parts = stack.pop()
        if parts is None:
            if id(value) in heights:
                continue
            heights[id(value)] = 0  # also the mark of a value whose parts are being looked at: a cycle ends there
            parts = [part for part in _run(value, shared) if type(part) not in SIMPLE]
            stack.append((value, parts))
            stack.extend((part, None) for part in parts)
            continue
        height = 1 + max((heights.get(id(part), 0) for part in parts), default=0)
        if height >= MAX_HEIGHT and value is not root:
            found.append(value)
            height = 0
        heights[id(value)] = height
    return found


def _run(value: Any, shared: set[int]) -> Iterator[Any]:
    """Go through the elements of a run of cells and what follows it, or through a value's parts."""
    if type(value) is not Cons:
        yield from _parts(value)
        return
    yield value.head
    rest = value.tail
    while type(rest) is Cons and id(rest) not in shared:
        yield rest.head
        rest = rest.tail
    yield rest


def _parts(value: Any) -> Iterator[Any]:
    kind = type(value)
    if kind in (tuple, list, set, frozenset):
        yield from value
        return
    if isinstance(value, dict):
        yield from value
        yield from value.values()
    if kind is not dict:
        try:
            attributes = object.__getattribute__(value, "__dict__")
        except AttributeError:
            return
        if type(attributes) is dict:
            yield attributes
