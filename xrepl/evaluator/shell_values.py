"""The shell's variables `*`, `+` and the older ones: stored so that moving them after each form costs little.

A small unchanging value is in the group of the shell's variables itself; one that a binding has is that binding's name;
any other one is a group of its own, which is written once however often it moves.  A value that cannot be kept, or is
very large, is dropped.  `-`, the form under way, is not kept.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from xrepl.dialect.data import NIL, Cons
from xrepl.dialect.globals import shell_id
from xrepl.evaluator.bindings import Bindings
from xrepl.evaluator.groups import ATOMIC

VARIABLES = tuple(map(shell_id, ("*", "**", "***", "+", "++", "+++")))
_INDEX = {identifier: index for index, identifier in enumerate(VARIABLES)}
GROUP = "shell"
MAX_INLINE_PARTS = 60
MAX_INLINE_LENGTH = 200
MAX_BYTES = 8 << 20  # a larger value that no binding has is dropped

INLINE, PICKLED, BINDING, OWN, DROPPED = range(5)


@dataclass(eq=False, slots=True)
class Entry:
    """How the value of one of the variables is stored.

    Attributes:
        value: it.
        way: INLINE, PICKLED, BINDING, OWN or DROPPED.
        content: the value, its pickle, the binding's identifier, the id of its group, or nothing.
        origins: bindings that it may share something with that changes; None for any of them.
        can_change: whether it has to be looked at again when one of them was reached.
    """

    value: Any
    way: int
    content: Any = None
    origins: frozenset[str] | None = frozenset()
    can_change: bool = False


NOTHING = Entry(NIL, INLINE, NIL)
_SIZES: dict[type, Callable[[Any], int]] = {str: len, bytes: len, int: int.bit_length}


def is_inline(value: Any) -> bool:
    """Say whether a value is so little data, and unchanging, that it is stored with the variables."""
    left = MAX_INLINE_PARTS
    todo = [value]
    while todo:
        value = todo.pop()
        kind = type(value)
        if kind is Cons:
            todo += (value.tail, value.head)
        elif kind is tuple:
            if len(value) > left:
                return False
            todo += value
        elif kind not in ATOMIC or (kind in _SIZES and _SIZES[kind](value) > MAX_INLINE_LENGTH):
            return False
        left -= 1
        if left < 0:
            return False
    return True


class ShellValues:
    """The entries of all variables, newest first in each of both rows.

    Args:
        held: where the variables are.
        bindings: the session's.
    """

    def __init__(self, held: dict[str, Any], bindings: Bindings) -> None:
        self._held = held
        self._bindings = bindings
        self.entries: list[Entry] = [NOTHING] * len(VARIABLES)

    def entry(self, identifier: str) -> Entry | None:
        """Give the entry of a variable; None if the identifier is not one's."""
        return self.entries[_INDEX[identifier]] if identifier in _INDEX else None

    def move(self, make: Callable[[Any], Entry]) -> None:
        """Follow the variables after a form: make entries for the values that have none."""
        before = self.entries
        self.entries = [self._find(self._held[identifier], before, make) for identifier in VARIABLES]

    def _find(self, value: Any, before: list[Entry], make: Callable[[Any], Entry]) -> Entry:
        if value is NIL:
            return NOTHING
        for entry in before:
            if entry.value is value and not self._is_stale(entry):
                return entry
        return make(value)

    def _is_stale(self, entry: Entry) -> bool:
        return entry.way == BINDING and self._bindings.get(entry.content) is not entry.value

    def own_groups(self) -> set[str]:
        """Give the ids of the groups that single values have."""
        return {entry.content for entry in self.entries if entry.way == OWN}

    def ways(self) -> list[tuple[int, Any]]:
        """Give what the group of the variables holds."""
        return [(entry.way, entry.content) for entry in self.entries]

    def fill(self, ways: list[tuple[int, Any]], find: Callable[[int, Any], Any]) -> None:
        """Set the variables after a restore.

        Args:
            ways: what `ways` gave.
            find: gives the value for a way and its content.
        """
        for index, (way, content) in enumerate(ways):
            value = find(way, content)
            self._held[VARIABLES[index]] = value
            self.entries[index] = Entry(value, way, content, None, way == OWN) if value is not NIL else NOTHING
