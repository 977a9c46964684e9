"""The store against a model of it: whatever is done in whatever order, both agree after each step."""

from __future__ import annotations

import dataclasses
import shutil
import tempfile
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)

from tests.store.making import Kept, State, delta, make_id
from xrepl.errors import NameTaken, UnknownRevision
from xrepl.store import journal, sessions
from xrepl.store.records import Record
from xrepl.store.store import Store

NAMES = st.sampled_from(["", "a", "b", "default", "é" * 200])
VARIABLES = st.sampled_from(["x", "y", "z", "v" * 300])
VALUES = st.sampled_from([b"", b"1", b"2", b"small" * 30, b"large" * 100, b"larger" * 2000])
TIMEOUT_MS = 10_000


@dataclass
class Model:
    """One session as it should be.

    `states` has the state after each revision from `base` on; `undone` and `redoable` are what undo and redo lead to.
    """

    name: str
    timeout_ms: int | None
    last_active: int
    base: int = 0
    states: list[State] = field(default_factory=lambda: [{}])
    past: list[State] = field(default_factory=list)
    future: list[State] = field(default_factory=list)

    @property
    def state(self) -> State:
        return self.states[-1]

    @property
    def revision(self) -> int:
        return self.base + len(self.states) - 1

    @property
    def expires(self) -> float:
        never = self.timeout_ms is None or self.name == "default"
        return float("inf") if never else self.last_active + (self.timeout_ms or 0) / 1000

    def step(self, state: State, now: int) -> None:
        """A revision that leads to a state; one that changes it can be undone, and ends what could be redone."""
        if state != self.state:
            self.past.append(self.state)
            self.future.clear()
        self.advance(state, now)

    def advance(self, state: State, now: int) -> None:
        self.states.append(state)
        self.last_active = max(self.last_active, now)


class StoreMachine(RuleBasedStateMachine):
    """Drives a store and its model."""

    ids = Bundle("ids")

    @initialize()
    def open(self) -> None:
        self.home = tempfile.mkdtemp(prefix="xrepl-test-")
        self.store = Store(self.home)
        self.now = 1000
        self.listed: dict[str, Model] = {}
        self.archived: list[tuple[str, Model]] = []

    def teardown(self) -> None:
        assert self.store.check() == []
        self.store.close()
        shutil.rmtree(self.home)

    def is_taken(self, name: str) -> bool:
        return bool(name) and any(model.name == name for model in self.listed.values())

    @rule(target=ids, name=NAMES, endless=st.booleans())
    def create(self, name: str, endless: bool) -> Any:
        timeout_ms = None if endless else TIMEOUT_MS
        record = Record(make_id(), name, self.now, self.now, timeout_ms)
        return self._add(record, lambda txn: sessions.create(txn, record), Model(name, timeout_ms, self.now))

    def _add(self, record: Record, change: Any, model: Model) -> Any:
        try:
            self.store.run(change)
        except NameTaken:
            assert self.is_taken(record.name)
            return multiple()
        assert not self.is_taken(record.name)
        self.listed[record.id] = model
        return record.id

    @rule(session=ids, changed=st.dictionaries(VARIABLES, VALUES, max_size=3), gone=st.lists(VARIABLES, max_size=1))
    def commit(self, session: str, changed: State, gone: list[str]) -> None:
        model = self.listed.get(session)
        if model is None:
            return
        gone = [name for name in gone if name not in changed]
        entry = journal.Entry("(form)", self.now)
        self.store.run(lambda txn: journal.commit(txn, session, entry, delta(changed, *gone), self.now))
        state = {name: blob for name, blob in {**model.state, **changed}.items() if name not in gone}
        model.step(state, self.now)

    @rule(session=ids, steps=st.integers(1, 3))
    def undo(self, session: str, steps: int) -> None:
        model = self.listed.get(session)
        if model is None:
            return
        target = Kept(self.store, session).undo(steps)
        assert (target is None) == (steps > len(model.past))
        state = model.state
        for _ in range(steps if target is not None else 0):
            model.future.append(state)
            state = model.past.pop()
        if target is not None:
            model.advance(state, 0)

    @rule(session=ids, steps=st.integers(1, 3))
    def redo(self, session: str, steps: int) -> None:
        model = self.listed.get(session)
        if model is None:
            return
        target = Kept(self.store, session).redo(steps)
        assert (target is None) == (steps > len(model.future))
        state = model.state
        for _ in range(steps if target is not None else 0):
            model.past.append(state)
            state = model.future.pop()
        if target is not None:
            model.advance(state, 0)

    @rule(session=ids, back=st.integers(0, 10))
    def checkout(self, session: str, back: int) -> None:
        model = self.listed.get(session)
        if model is None:
            return
        number = model.revision - back
        try:
            Kept(self.store, session).move(number)
        except UnknownRevision:
            assert number < model.base
            return
        model.step(model.states[number - model.base], 0)

    @rule(target=ids, session=ids, name=NAMES, back=st.integers(0, 5))
    def branch(self, session: str, name: str, back: int) -> Any:
        model = self.listed.get(session)
        if model is None or model.revision - back < model.base:
            return multiple()
        record = Record(make_id(), name, self.now, self.now, None)
        at = model.revision - back
        branched = Model(name, None, self.now, states=[model.states[at - model.base]])
        return self._add(record, lambda txn: journal.branch(txn, session, record, at), branched)

    @rule(session=ids, name=NAMES)
    def rename(self, session: str, name: str) -> None:
        model = self.listed.get(session)
        if model is None:
            return
        with self.store.read() as txn:
            record = sessions.get(txn, session)
        assert record
        try:
            self.store.run(lambda txn: sessions.replace(txn, dataclasses.replace(record, name=name), record.version))
        except NameTaken:
            assert name != model.name
            assert self.is_taken(name)
            return
        model.name = name

    @rule(session=ids)
    def archive(self, session: str) -> None:
        model = self.listed.pop(session, None)
        if model:
            self.archived.append((session, model))
            self.store.run(lambda txn: sessions.archive(txn, session, self.now, "closed"))

    @rule(name=NAMES)
    def reopen_by_name(self, name: str) -> None:
        had = [one for one in self.archived if one[1].name == name and name]
        if not had:
            return
        session, model = had[-1]
        with self.store.read() as txn:
            assert sessions.find_archived(txn, name).record.id == session
        try:
            self.store.run(lambda txn: sessions.reopen(txn, session))
        except NameTaken:
            assert self.is_taken(name)
            return
        self.archived.remove((session, model))
        self.listed[session] = model

    @rule(seconds=st.integers(1, 8))
    def time_passes(self, seconds: int) -> None:
        self.now += seconds
        with self.store.read() as txn:
            expired = sessions.expired(txn, self.now, 100)
        assert sorted(expired) == sorted(one for one, model in self.listed.items() if model.expires < self.now)
        for session in expired:
            self.store.run(lambda txn, session=session: sessions.archive(txn, session, self.now, "expired"))
            self.archived.append((session, self.listed.pop(session)))

    @rule(session=consumes(ids))
    def delete(self, session: str) -> None:
        if self.listed.pop(session, None):
            self.store.run(lambda txn: sessions.delete(txn, session))
            return
        for one in [one for one in self.archived if one[0] == session]:
            self.archived.remove(one)
            assert self.store.run(lambda txn: sessions.purge(txn, session)) == 1

    @rule(session=ids, keep=st.integers(0, 4), limit=st.integers(1, 3))
    def compact(self, session: str, keep: int, limit: int) -> None:
        model = self.listed.get(session)
        if model is None:
            return
        forgotten = self.store.run(lambda txn: journal.compact(txn, session, keep, None, self.now, limit))
        assert forgotten == min(limit, max(0, model.revision - model.base - keep))
        del model.states[:forgotten]
        model.base += forgotten
        if forgotten:  # how far undo and redo still go is for the examples in test_journal.py
            model.past, model.future = [], []
            self._settle(session, model)

    def _settle(self, session: str, model: Model) -> None:
        """Begin undo and redo anew, with a change."""
        state = {**model.state, "x": b"settled %d" % model.revision}
        Kept(self.store, session).commit({"x": state["x"]}, at=self.now)
        self.store.run(lambda txn: journal.compact(txn, session, 0, None, self.now, 100))
        model.states, model.base = [state], model.revision + 1
        model.last_active = max(model.last_active, self.now)

    @rule()
    def open_again(self) -> None:
        self.store.close()
        self.store = Store(self.home)

    @invariant()
    def agrees(self) -> None:
        if not hasattr(self, "store"):
            return
        with self.store.read() as txn:
            listed = {record.id: (record.name, record.last_active, record.revision) for record in sessions.all(txn)}
            kept = [one.record.id for one in sessions.archived(txn)]
        assert listed == {one: (model.name, model.last_active, model.revision) for one, model in self.listed.items()}
        assert sorted(kept) == sorted(one for one, _ in self.archived)
        for session, model in self.listed.items():
            found = [Kept(self.store, session).state(model.base + place) for place in range(len(model.states))]
            assert found == model.states
            assert Kept(self.store, session).state() == model.state


QUICK = settings(max_examples=8, stateful_step_count=30, deadline=None, suppress_health_check=list(HealthCheck))


def test_store_agrees_with_its_model() -> None:
    """Eight runs of thirty steps."""
    run_state_machine_as_test(StoreMachine, settings=QUICK)


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_store_agrees_with_its_model_for_long() -> None:
    """Two thousand runs of thirty steps."""
    run_state_machine_as_test(StoreMachine, settings=settings(QUICK, max_examples=2000))
