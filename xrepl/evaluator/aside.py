"""The state beside the namespace: the shell's variables, the surroundings, what `state_hooks.py` has registered.

Each has groups of its own, which bind no names.
"""

from __future__ import annotations

import contextlib
import pickle
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from xrepl.dialect.data import NIL
from xrepl.errors import RestoreIncomplete, StoreDamaged
from xrepl.evaluator import blobs
from xrepl.evaluator.building import Builder
from xrepl.evaluator.delta import Delta
from xrepl.evaluator.groups import ATOMIC, Group, Groups, changeable
from xrepl.evaluator.imported import GROUP as IMPORTED
from xrepl.evaluator.imported import Imported
from xrepl.evaluator.parts import Parts, is_part
from xrepl.evaluator.pickling import Context, Pickled, load, pickled
from xrepl.evaluator.reasons import NotKept
from xrepl.evaluator.shell_values import (
    BINDING,
    DROPPED,
    GROUP,
    INLINE,
    MAX_BYTES,
    OWN,
    PICKLED,
    Entry,
    ShellValues,
    is_inline,
)
from xrepl.evaluator.surroundings import Surroundings, is_surrounding
from xrepl.evaluator.taking import PROTOCOL

_VALUE = "v"  # ids of groups of a value of the shell's variables begin with it


def is_aside(id_: str) -> bool:
    """Say whether a group binds no names."""
    return id_ in (GROUP, IMPORTED) or is_surrounding(id_) or id_.startswith(_VALUE) or is_part(id_)


class Aside:
    """What is beside the namespace of one session.

    Args:
        context: the session, for pickling.
        builder: the same, for loading.
        groups: its groups, for their ids and for what bindings a value has.
    """

    def __init__(self, context: Context, builder: Builder, groups: Groups) -> None:
        self._context = context
        self._builder = builder
        self._groups = groups
        self._values = ShellValues(context.held, context.bindings)
        self._told: bytes | None = None
        self._own: dict[str, bytes] = {}  # by id, stamps of the groups of single values
        self._surroundings = Surroundings()
        self._parts = Parts(context, builder)
        self._imported = Imported(context.namespace, context.module_name)

    def start(self) -> None:
        """Take the process's surroundings for those that the session begins in."""
        self._surroundings.start()

    def origins(self, name: str) -> Iterable[str] | None:
        """Give the bindings that may share something with a variable of the shell; None for all."""
        entry = self._values.entry(name)
        if entry is None:
            return ()
        return (entry.content,) if entry.way == BINDING else entry.origins

    @property
    def lost(self) -> dict[str, str]:
        """What is not kept, with the reason."""
        return {**self._parts.lost, **self._imported.lost}

    @property
    def has_hook(self) -> bool:
        """Whether a module of Python's has got a function of the session's, which it may call."""
        return self._imported.has_hook

    # --- telling

    def tell(self, delta: Delta, reached: set[Group] | None, bound: Sequence[str], mentioned: frozenset[str]) -> None:
        """Put what changed into a delta.

        Args:
            delta: takes it.
            reached: the groups that the form could have reached; None for all.
            bound: names that it bound.
            mentioned: the names that the code that ran mentions.
        """
        self._tell_values(delta, reached, bound)
        self._surroundings.tell(delta, mentioned if reached is not None else None)
        self._parts.tell(delta)
        self._imported.tell(delta, mentioned)

    def _tell_values(self, delta: Delta, reached: set[Group] | None, bound: Sequence[str]) -> None:
        names = None if reached is None else frozenset(bound).union(*(group.names for group in reached))
        before = self._values.own_groups()
        for entry in dict.fromkeys(self._values.entries) if before else ():
            self._look_again(delta, entry, names)
        self._values.move(lambda value: self._entry(delta, value, names))
        gone = before - self._values.own_groups()
        for id_ in gone:
            self._own.pop(id_, None)
            delta.set.pop(id_, None)
        delta.gone += sorted(gone)
        told = pickle.dumps(self._values.ways(), PROTOCOL)
        if told != self._told:
            self._told = told
            delta.set[GROUP] = ([], blobs.encode((), 0, [told]))

    def _look_again(self, delta: Delta, entry: Entry, names: frozenset[str] | None) -> None:
        """Store a value's own group again if the form may have changed it and did."""
        if not entry.can_change or not (names is None or entry.origins is None or names & entry.origins):
            return
        made = self._pickled(entry.value)
        if made is None:
            entry.way, entry.content = DROPPED, None
        elif made.stamp != self._own.get(entry.content):
            self._store(delta, entry.content, made)

    def _entry(self, delta: Delta, value: Any, names: frozenset[str] | None) -> Entry:
        """Say how a value that is new among the variables' is stored."""
        if is_inline(value):
            if type(value) in ATOMIC:
                return Entry(value, INLINE, value)
            return Entry(value, PICKLED, pickle.dumps(value, PROTOCOL))
        binding = self._binding_of(value, names)
        if binding is not None:
            return Entry(value, BINDING, binding)
        made = self._pickled(value)
        if made is None:
            return Entry(value, DROPPED, None, names)
        can_change = type(value) not in ATOMIC and bool(changeable(made.memo, made.owned))
        id_ = self._groups.new_id(_VALUE)
        self._store(delta, id_, made)
        return Entry(value, OWN, id_, names if can_change else frozenset(), can_change)

    def _binding_of(self, value: Any, names: frozenset[str] | None) -> str | None:
        """Give a binding that has this value, among those that the form could have reached."""
        bindings = self._context.bindings
        candidates = bindings if names is None else names
        return next((name for name in candidates if bindings.get(name) is value and self._is_stored(name)), None)

    def _is_stored(self, name: str) -> bool:
        group = self._groups.of(name)
        return group is not None and not group.reason

    def _pickled(self, value: Any) -> Pickled | None:
        try:
            return pickled(self._context, (value,), max_bytes=MAX_BYTES)
        except NotKept:
            return None

    def _store(self, delta: Delta, id_: str, made: Pickled) -> None:
        self._own[id_] = made.stamp
        digest = made.stamp if made.is_big else b""
        delta.set[id_] = ([], blobs.encode(("*",), made.flags, made.pieces, made.buffers, digest))

    # --- loading

    def prepare(self, groups: Mapping[str, bytes], damaged: dict[str, str]) -> None:
        """Load the process's surroundings: what is imported again next may need them.

        Args:
            groups: by id, groups of all kinds.
            damaged: takes what cannot be loaded, with the reason.
        """
        for id_ in filter(is_surrounding, groups):
            try:
                problem = self._surroundings.load(id_, groups[id_])
            except StoreDamaged as damage:
                problem = damage.message
            if problem:
                damaged[id_] = problem

    def fill(self, groups: Mapping[str, bytes], gone: Sequence[str], damaged: dict[str, str]) -> None:
        """Load what is beside the namespace; the bindings are there already.

        Args:
            groups: by id, groups of all kinds.
            gone: ids of groups that are no more.
            damaged: takes what cannot be loaded, with the reason.
        """
        values: dict[str, Any] = {}
        for id_, blob in groups.items():
            if not is_aside(id_) or id_ in (GROUP, IMPORTED) or is_surrounding(id_):
                continue
            try:
                values[id_] = self._load(id_, blob)
            except (StoreDamaged, RestoreIncomplete) as problem:
                if not id_.startswith(_VALUE):  # what the last forms gave is no loss
                    damaged[id_] = problem.message
        self._parts.fill(values, gone)
        if IMPORTED in groups:
            with contextlib.suppress(StoreDamaged):  # it is only what would be told
                self._imported.load(groups[IMPORTED])
        if GROUP in groups:
            self._fill_variables(groups[GROUP], values, damaged)

    def _load(self, id_: str, blob: bytes) -> Any:
        if is_part(id_):
            return self._parts.load(id_, blob)
        taken = blobs.decode(blob)
        self._own[id_] = taken.stamp
        self._groups.reserve(id_)
        return load(self._builder, taken)[0]

    def _fill_variables(self, blob: bytes, values: dict[str, Any], damaged: dict[str, str]) -> None:
        def find(way: int, content: Any) -> Any:
            if way == INLINE:
                return content
            if way == PICKLED:
                return pickle.loads(content)
            if way == BINDING:
                return self._context.bindings.get(content, NIL)
            return values.get(content, NIL) if way == OWN else NIL

        try:
            self._told = bytes(blobs.decode(blob).pickles)
            self._values.fill(pickle.loads(self._told), find)
        except Exception as problem:  # they are the shell's own: the session is whole without them
            damaged[GROUP] = f"{type(problem).__name__}: {problem}"
