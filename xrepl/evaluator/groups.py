"""Groups: bindings that share something that can change, found from what the pickler saw.

Knows which values can change and which bindings belong together; pickles and compares nothing.
"""

from __future__ import annotations

import datetime
import decimal
import fractions
import pathlib
import re
import types
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from operator import is_
from typing import Any

from xrepl.dialect.data import Atom, Cons, ExactKey, FrozenMap, Nil, View
from xrepl.dialect.processes import Pid, Ref
from xrepl.evaluator.arrays import is_unchanging
from xrepl.evaluator.placeholders import Placeholder

# without parts: a value of these needs no second look
ATOMIC: frozenset[type] = frozenset({type(None), bool, int, float, complex, str, bytes, Atom, Nil, Pid, Ref, range})
# cannot change themselves; what they hold may
UNCHANGING: frozenset[type] = ATOMIC | {
    tuple, frozenset, Cons, View, ExactKey, FrozenMap, Placeholder, slice, type(...), type(NotImplemented),
    types.ModuleType, types.BuiltinFunctionType, types.CodeType, types.MethodDescriptorType,
    types.WrapperDescriptorType, datetime.date, datetime.datetime, datetime.time, datetime.timedelta,
    datetime.timezone, decimal.Decimal, fractions.Fraction, re.Pattern, pathlib.PosixPath, pathlib.PurePosixPath,
}  # fmt: skip


_CHANGING: frozenset[type] = frozenset({list, dict, set, bytearray})


class Kind(Enum):
    """How a group is checked."""

    IMMUTABLE = auto()  # by identity: nothing in it changes
    PLAIN = auto()  # a function that captured nothing that changes: by its parts
    MUTABLE = auto()  # by its bytes or their digest
    LOST = auto()  # cannot be kept: a placeholder is stored for it
    DAMAGED = auto()  # could not be restored: what is stored stays as it is


@dataclass(eq=False, slots=True)
class Group:
    """A group as it was last told.

    Attributes:
        id: its name in the store.
        names: identifiers of its bindings.
        kind: how it is checked.
        stamp: what it was when told; None if it must be told again.
        is_big: whether the stamp is a digest.
        mentions: the names that code in it mentions.
        parts: of a plain function, to compare them.
        reason: why its values are not kept; empty when they are.
        is_restored: whether it was loaded and not pickled since: the order of a set may differ then.
    """

    id: str
    names: tuple[str, ...]
    kind: Kind
    stamp: bytes | None = None
    is_big: bool = False
    mentions: frozenset[str] = frozenset()
    parts: tuple[Any, ...] = ()
    reason: str = ""
    is_restored: bool = False


class Groups:
    """All groups of a session, by id and by binding.

    Attributes:
        by_id: them.
        lost: bindings that are not kept, with the reason.
    """

    def __init__(self) -> None:
        self.by_id: dict[str, Group] = {}
        self.lost: dict[str, str] = {}
        self._of: dict[str, Group] = {}
        self._count = 0

    def of(self, name: str) -> Group | None:
        """Give the group of a binding."""
        return self._of.get(name)

    def put(self, group: Group) -> None:
        """Add a group."""
        self.by_id[group.id] = group
        for name in group.names:
            self._of[name] = group
            if group.reason:
                self.lost[name] = group.reason
        self.reserve(group.id)

    def remove(self, group: Group) -> None:
        """Remove a group and its bindings."""
        self.by_id.pop(group.id, None)
        for name in group.names:
            self._of.pop(name, None)
            self.lost.pop(name, None)

    def clear(self) -> None:
        """Remove all groups."""
        self.by_id.clear()
        self._of.clear()
        self.lost.clear()

    def reserve(self, id_: str) -> None:
        """Give no new group this id."""
        self._count = max(self._count, number_of(id_))

    def new_id(self, letter: str = "g") -> str:
        """Give an id that no group has or had."""
        self._count += 1
        return f"{letter}{self._count:x}"


def number_of(id_: str) -> int:
    """Give the number in a group's id: the higher, the later it was made."""
    try:
        return int(id_[1:], 16)
    except ValueError:
        return 0


def parts_of(function: types.FunctionType) -> tuple[Any, ...]:
    """Give what can be replaced in a function that captured nothing that changes."""
    keywords = function.__kwdefaults__
    values = tuple(keywords.values()) if keywords else ()
    attributes = function.__dict__
    return (function.__code__, function.__defaults__, function.__doc__, *values, *attributes, *attributes.values())


def has_parts(function: Any, parts: tuple[Any, ...]) -> bool:
    """Say whether nothing was replaced in a function."""
    now = parts_of(function)
    return len(now) == len(parts) and all(map(is_, now, parts))


def changeable(memo: dict[int, tuple[int, Any]], owned: set[int]) -> set[int]:
    """Give the ids of the objects that can change among those that a pickler saw.

    Args:
        memo: the pickler's: by id, a number and the object.
        owned: ids of the functions, classes and modules that were not stored by name.
    """
    return {key for key, (_, value) in memo.items() if type(value) in _CHANGING or _can_change(value)} | owned


def _can_change(value: Any) -> bool:
    """Say whether an object can change that is not the session's own function or class."""
    kind = type(value)
    return not (kind in UNCHANGING or isinstance(value, (type, types.FunctionType)) or is_unchanging(kind))


def components(parts: Sequence[Iterable[int]]) -> list[list[int]]:
    """Give which parts belong together because they share a number: lists of indexes, in order."""
    first: dict[int, int] = {}
    roots = list(range(len(parts)))

    def root(index: int) -> int:
        while roots[index] != index:
            roots[index] = index = roots[roots[index]]
        return index

    for index, part in enumerate(parts):
        for number in part:
            other = root(first.setdefault(number, index))
            mine = root(index)
            if other != mine:
                roots[max(other, mine)] = min(other, mine)
    found: dict[int, list[int]] = {}
    for index in range(len(parts)):
        found.setdefault(root(index), []).append(index)
    return list(found.values())
