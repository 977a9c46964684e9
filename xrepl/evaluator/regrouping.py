"""One look at part of a session's bindings: pickles them, finds which belong together, tells what is not as it was.

Bindings that nobody could have changed are not looked at; which those are is `state.py`'s to say.
"""

from __future__ import annotations

import types
from collections.abc import Iterable, Sequence
from typing import Any

from xrepl.evaluator import blobs
from xrepl.evaluator.delta import Delta, is_users, user_name
from xrepl.evaluator.groups import ATOMIC, Group, Groups, Kind, changeable, components, has_parts, parts_of
from xrepl.evaluator.pickling import Context, Pickled, pickled
from xrepl.evaluator.placeholders import Placeholder, reason_of
from xrepl.evaluator.reasons import NotKept


class Unit:
    """Bindings that are pickled together.

    Attributes:
        names: identifiers of the bindings.
        group: the group that they are already, if they are one.
        made: their pickles.
    """

    __slots__ = ("_ids", "group", "made", "names", "values")

    def __init__(self, names: tuple[str, ...], values: tuple[Any, ...], group: Group | None) -> None:
        self.names = names
        self.values = values
        self.group = group
        self.made: Pickled
        self._ids: set[int] | None = None

    def pickle(self, context: Context, *, has_memo: bool = True, is_digest_enough: bool = False) -> None:
        """Pickle the values.

        Raises:
            NotKept: one of them cannot be.
        """
        self._ids = None
        self.made = pickled(context, self.values, has_memo=has_memo, is_digest_enough=is_digest_enough)

    def ids(self) -> set[int]:
        """Give the ids of the objects in it that can change."""
        if self._ids is None:
            is_atomic = len(self.values) == 1 and type(self.values[0]) in ATOMIC
            self._ids = set() if is_atomic else changeable(self.made.memo, self.made.owned)
        return self._ids

    def is_as_told(self) -> bool:
        """Say whether it is a group that has not changed."""
        return self.group is not None and self.group.stamp is not None and self.group.stamp == self.made.stamp

    def can_change(self) -> bool:
        """Say whether anything in it can change."""
        return self.group is not None or bool(self.ids())


class Regrouping:
    """One look.

    Args:
        context: the session.
        groups: its groups; brought up to date.
        delta: takes what is found.
    """

    def __init__(self, context: Context, groups: Groups, delta: Delta) -> None:
        self._context = context
        self._groups = groups
        self._delta = delta
        self._former: dict[str, str] = {}  # ids that bindings had
        self._claimed: set[str] = set()
        self._has_memo = True

    def look(self, suspects: Iterable[Group], bound: Sequence[str], removed: Sequence[str]) -> None:
        """Look at groups that may have changed, at names that were bound, and at names that are gone."""
        waiting = self._part_with({*bound, *removed})
        waiting += [self._unit(group.names, group) for group in suspects if group.id in self._groups.by_id]
        waiting += [self._unit((name,)) for name in bound]
        self._has_memo = len(waiting) > 1
        good = [unit for each in waiting for unit in self._attempt(each)]
        for units in self._together(good):
            self._settle(units)
        former = set(self._former.values()) - self._claimed
        self._delta.gone += sorted(id_ for id_ in former if id_ not in self._groups.by_id)

    def _unit(self, names: tuple[str, ...], group: Group | None = None) -> Unit:
        return Unit(names, tuple(self._context.bindings[name] for name in names), group)

    def _part_with(self, names: set[str]) -> list[Unit]:
        """Take names out of their groups; give what is left of those."""
        parted = {group.id: group for name in names if (group := self._groups.of(name)) is not None}
        left = []
        for group in parted.values():
            self._dissolve(group)
            rest = tuple(name for name in group.names if name not in names)
            if rest:
                left.append(self._unit(rest))
        return left

    def _dissolve(self, group: Group) -> None:
        self._groups.remove(group)
        self._former.update(dict.fromkeys(group.names, group.id))

    def _attempt(self, unit: Unit) -> list[Unit]:
        """Pickle a unit, or what of it can be."""
        group = unit.group
        if group is not None and group.kind is Kind.PLAIN and has_parts(unit.values[0], group.parts):
            return []
        has_memo = self._has_memo or group is None or group.kind is Kind.PLAIN
        try:
            unit.pickle(self._context, has_memo=has_memo, is_digest_enough=group is not None and group.is_big)
        except NotKept as problem:
            if len(unit.names) == 1:
                self._lose(unit, problem.reason)
                return []
            if group is not None:
                self._dissolve(group)
            return [good for name in unit.names for good in self._attempt(self._unit((name,)))]
        return [unit]

    def _together(self, units: list[Unit]) -> list[list[Unit]]:
        """Put the units together that share something that can change."""
        fixed = [unit for unit in units if not unit.can_change()]
        others = [unit for unit in units if unit.can_change()]
        if len(others) < 2:
            return [[unit] for unit in (*fixed, *others)]
        found = [[others[index] for index in indexes] for indexes in components([unit.ids() for unit in others])]
        return [*([unit] for unit in fixed), *found]

    def _settle(self, units: list[Unit]) -> None:
        if len(units) == 1:
            unit = units[0]
            if not unit.is_as_told():
                for part in self._split(unit):
                    self._tell(part)
            return
        for unit in units:
            if unit.group is not None:
                self._dissolve(unit.group)
        whole = self._unit(tuple(name for unit in units for name in unit.names))
        for unit in self._attempt(whole):
            self._tell(unit)

    def _split(self, unit: Unit) -> list[Unit]:
        """Part bindings that no longer share anything; a big group stays, since finding out costs its size."""
        if len(unit.names) == 1 or unit.made.is_big:
            return [unit]
        singles = [self._unit((name,)) for name in unit.names]
        for single in singles:
            single.pickle(self._context)
        parts = components([single.ids() for single in singles])
        if len(parts) == 1:
            return [unit]
        if unit.group is not None:
            self._dissolve(unit.group)
        units = [
            singles[part[0]] if len(part) == 1 else self._unit(tuple(unit.names[i] for i in part)) for part in parts
        ]
        for each, part in zip(units, parts, strict=True):
            if len(part) > 1:
                each.pickle(self._context)
        return units

    def _tell(self, unit: Unit) -> None:
        """Put a unit into the delta, as the group that it now is."""
        if unit.group is not None:
            self._dissolve(unit.group)
        made = unit.made
        can_change = unit.can_change()
        if made.is_big and not made.pieces:
            unit.pickle(self._context, has_memo=False)
            made = unit.made
        group = Group(self._claim(unit.names), unit.names, Kind.MUTABLE, made.stamp, made.is_big)
        group.mentions = made.mentions
        flags = made.flags
        if not can_change:
            group.kind, group.stamp = Kind.IMMUTABLE, b""
            flags |= blobs.IS_IMMUTABLE
        elif len(unit.names) == 1 and _is_plain(unit):
            group.kind, group.parts = Kind.PLAIN, parts_of(unit.values[0])
            flags |= blobs.IS_PLAIN
        if type(unit.values[0]) is Placeholder:
            group.reason = reason_of(unit.values[0])
        self._groups.put(group)
        digest = made.stamp if made.is_big else b""
        self._put(group, blobs.encode(unit.names, flags, made.pieces, made.buffers, digest))

    def _lose(self, unit: Unit, reason: str) -> None:
        """Store a placeholder for a binding that cannot be kept."""
        stamp = reason.encode()
        if unit.group is not None:
            if unit.group.kind is Kind.LOST and unit.group.stamp == stamp:
                return
            self._dissolve(unit.group)
        group = Group(self._claim(unit.names), unit.names, Kind.LOST, stamp, reason=reason)
        self._groups.put(group)
        made = pickled(self._context, (Placeholder(user_name(unit.names[0]), reason),))
        self._put(group, blobs.encode(unit.names, blobs.IS_IMMUTABLE, made.pieces))

    def _put(self, group: Group, blob: bytes) -> None:
        self._delta.set[group.id] = ([user_name(name) for name in group.names if is_users(name)], blob)

    def _claim(self, names: tuple[str, ...]) -> str:
        """Give an id: one that one of the names had, or a new one."""
        for name in names:
            former = self._former.get(name)
            if former is not None and former not in self._claimed and former not in self._groups.by_id:
                self._claimed.add(former)
                return former
        return self._groups.new_id()


def _is_plain(unit: Unit) -> bool:
    value = unit.values[0]
    if unit.group is not None and unit.group.kind is not Kind.PLAIN:
        return False
    return type(value) is types.FunctionType and value.__closure__ is None and unit.ids() == {id(value)}
