"""Loads groups into a session: each costs, when it is damaged, its own bindings only.

What other versions of Python or Hy wrote is loaded last, when the macros that its source may need are there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from xrepl.dialect.names import macro_name
from xrepl.errors import RestoreIncomplete, StoreDamaged
from xrepl.evaluator import blobs
from xrepl.evaluator.aside import is_aside
from xrepl.evaluator.bindings import Bindings
from xrepl.evaluator.building import Builder
from xrepl.evaluator.delta import user_name
from xrepl.evaluator.groups import Group, Groups, Kind, number_of, parts_of
from xrepl.evaluator.pickling import load
from xrepl.evaluator.placeholders import Placeholder, reason_of


class Restoring:
    """One restore, or one replacement of parts.

    Args:
        builder: of the session.
        bindings: its bindings.
        groups: its groups; brought up to date.

    Attributes:
        bound: what was bound.
        damaged: what could not be loaded, with the reason.
    """

    def __init__(self, builder: Builder, bindings: Bindings, groups: Groups) -> None:
        self._builder = builder
        self._bindings = bindings
        self._groups = groups
        self.bound: dict[str, Any] = {}
        self.damaged: dict[str, str] = {}

    def load(self, set_: Mapping[str, bytes], gone: Iterable[str]) -> None:
        """Bind what groups hold, and unbind what groups that are gone or replaced held."""
        former: set[str] = set()
        for id_ in (*set_, *gone):
            group = self._groups.by_id.get(id_)
            if group is not None:
                former.update(group.names)
                self._groups.remove(group)
        late: list[tuple[str, blobs.Blob]] = []
        for id_, blob in set_.items():
            if is_aside(id_):
                continue
            try:
                taken = blobs.decode(blob)
            except StoreDamaged as problem:
                self._damage(id_, blobs.names_in(blob), problem.message)
                continue
            if taken.flags & blobs.HAS_CODE and taken.versions != blobs.VERSIONS:
                late.append((id_, taken))
            else:
                self._try(id_, taken)
        later = {name for _, taken in late for name in taken.names}
        self._bindings.replace(self.bound, former - self.bound.keys() - later)
        for id_, taken in sorted(late, key=_macros_first):
            before = self.bound
            self.bound = {}
            self._try(id_, taken)
            self._bindings.replace(self.bound, ())  # what is compiled next may need it
            self.bound |= before

    def _try(self, id_: str, taken: blobs.Blob) -> None:
        start = len(self._builder.made)
        self._builder.mentions.clear()
        try:
            values = load(self._builder, taken)
        except RestoreIncomplete as problem:
            self._damage(id_, taken.names, problem.message)
            return
        group = Group(id_, taken.names, Kind.MUTABLE, taken.stamp, taken.is_big, is_restored=True)
        if taken.flags & blobs.IS_IMMUTABLE:
            group.kind, group.stamp = Kind.IMMUTABLE, b""
        elif taken.flags & blobs.IS_PLAIN:
            group.kind, group.parts = Kind.PLAIN, parts_of(values[0])
        group.mentions = frozenset(self._builder.mentions)
        if taken.flags & blobs.HAS_CODE:
            codes = self._builder.made[start:]
            group.mentions = group.mentions.union(*(self._builder.codes.take_apart(code).names for code in codes))
            if taken.versions != blobs.VERSIONS:
                group.kind, group.stamp = Kind.MUTABLE, None  # to be told again, as these versions write it
        if len(values) == 1 and type(values[0]) is Placeholder:
            group.reason = reason_of(values[0])
        self._bind(group, values)

    def _bind(self, group: Group, values: tuple[Any, ...]) -> None:
        self._groups.put(group)
        self.bound.update(zip(group.names, values, strict=True))

    def _damage(self, id_: str, names: tuple[str, ...], reason: str) -> None:
        """Bind placeholders; what is stored stays as it is, since other versions or modules may be able to load it."""
        if not names:
            self.damaged[id_] = reason
            return
        group = Group(id_, names, Kind.DAMAGED, b"", reason=reason)
        self._bind(group, tuple(Placeholder(user_name(name), reason) for name in names))
        self.damaged.update(dict.fromkeys(map(user_name, names), reason))


def _macros_first(loaded: tuple[str, blobs.Blob]) -> tuple[bool, int]:
    """Put macros before what may use them, and each before what was defined after it."""
    id_, taken = loaded
    return not any(macro_name(name) or "/" in name for name in taken.names), number_of(id_)
