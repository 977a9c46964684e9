"""The parts of the state that others provide (`state_hooks.py`): told one by one, as far as they changed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xrepl.dialect import shell_state  # noqa: F401 - registers itself
from xrepl.dialect.state_hooks import PROVIDERS, Provider, find
from xrepl.evaluator import blobs
from xrepl.evaluator.building import Builder
from xrepl.evaluator.delta import Delta
from xrepl.evaluator.groups import changeable
from xrepl.evaluator.pickling import Context, Pickled, load, pickled
from xrepl.evaluator.reasons import NotKept

_MARK = "/"  # group ids of parts have it after their provider's key


def is_part(id_: str) -> bool:
    """Say whether a group is a part of what somebody provides."""
    return _MARK in id_


class Parts:
    """The provided parts of one session's state.

    Args:
        context: the session, for pickling.
        builder: the same, for loading.

    Attributes:
        lost: ids of parts that are not kept, with the reason.
    """

    def __init__(self, context: Context, builder: Builder) -> None:
        self._context = context
        self._builder = builder
        self._revisions: dict[str, Any] = {}
        self._stamps: dict[str, bytes] = {}
        self._changing: set[str] = set()  # parts that hold something that a form can change in place
        self.lost: dict[str, str] = {}

    def tell(self, delta: Delta) -> None:
        """Put what changed into a delta."""
        for provider in PROVIDERS.values():
            revision = provider.revision()
            is_as_told = self._revisions.get(provider.key, self) == revision
            if not is_as_told or any(id_.startswith(provider.key + _MARK) for id_ in self._changing):
                self._revisions[provider.key] = revision
                self._tell(delta, provider)

    def _tell(self, delta: Delta, provider: Provider) -> None:
        prefix = provider.key + _MARK
        parts = {prefix + name: part for name, part in provider.save().items()}
        for id_, part in parts.items():
            self._tell_part(delta, id_, part)
        for id_ in [id_ for id_ in self._stamps.keys() | self.lost.keys() if id_.startswith(prefix)]:
            if id_ not in parts:
                self._forget(delta, id_)

    def _tell_part(self, delta: Delta, id_: str, part: Any) -> None:
        try:
            made = pickled(self._context, (part,))
        except NotKept as problem:
            self._forget(delta, id_)
            self.lost[id_] = problem.reason
            self._changing.add(id_)
            return
        self.lost.pop(id_, None)
        (self._changing.add if _can_change(part, made) else self._changing.discard)(id_)
        if self._stamps.get(id_) != made.stamp:
            self._stamps[id_] = made.stamp
            digest = made.stamp if made.is_big else b""
            delta.set[id_] = ([id_], blobs.encode(("*",), made.flags, made.pieces, made.buffers, digest))

    def _forget(self, delta: Delta, id_: str) -> None:
        self.lost.pop(id_, None)
        self._changing.discard(id_)
        if self._stamps.pop(id_, None) is not None:
            delta.gone.append(id_)

    def load(self, id_: str, blob: bytes) -> Any:
        """Load the data of a part.

        Raises:
            StoreDamaged, RestoreIncomplete: it cannot be loaded.
        """
        taken = blobs.decode(blob)
        self._stamps[id_] = taken.stamp
        return load(self._builder, taken)[0]

    def fill(self, values: dict[str, Any], gone: Sequence[str]) -> None:
        """Hand what was loaded, and what is gone, to its providers."""
        parts = [id_ for id_ in (*values, *gone) if is_part(id_)]
        for key in dict.fromkeys(id_.partition(_MARK)[0] for id_ in parts):
            provider = find(key)
            if provider is None:
                continue
            prefix = key + _MARK
            loaded = {id_.removeprefix(prefix): values[id_] for id_ in values if id_.startswith(prefix)}
            provider.load(loaded, [id_.removeprefix(prefix) for id_ in gone if id_.startswith(prefix)])
            self._revisions[key] = provider.revision()
        for id_ in gone:
            self._stamps.pop(id_, None)


def _can_change(part: Any, made: Pickled) -> bool:
    """Say whether a part holds something that changes in place; what its provider made to hold it does not count."""
    elements = part if type(part) is tuple else ()
    holders = (part, *elements, *(inner for element in elements if type(element) is tuple for inner in element))
    return not changeable(made.memo, made.owned) <= {id(holder) for holder in holders}
