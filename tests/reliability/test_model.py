"""A server and its sessions against a model: whatever is done and killed in whatever order, both agree after each step.

What the store has is looked at through branches, so that looking reaches nothing in the session itself.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run_machine

from tests.helpers.clock import ServerAt
from tests.helpers.crash import end_all, kill, wait_gone
from tests.helpers.wire import Reply, Wire
from tests.reliability.conftest import environment
from tests.reliability.session_model import LOOK, VARIABLES, Model, do, look

LATER_S = 2 * 3600.0
LONG_NAME = "é" * 60
NAMES = st.sampled_from(["a", "b", LONG_NAME])
NAME = st.sampled_from(VARIABLES)
NUMBER = st.integers(0, 3)
KINDS = ["set", "list", "alias", "capture", "define", "call", "fail to set", "append and fail", "append"]
SPIN = '(progn (.append {0} {1}) (io:format "begun~n") (fletrec ((spin () (spin))) (spin)))'
LOOKING = f"(exec {json.dumps(LOOK)} (globals)) (import json) (print (json.dumps (look (globals)))) "


class Place:
    """A server that is killed, started again, and started later: one for many runs of the machine."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self._offset_s = 0.0
        self._begin()

    def _begin(self) -> None:
        self._server = ServerAt(environment(self.home), self._offset_s, self.home / "log")
        self._server.__enter__()
        self.wire = Wire(self.home)

    def kill(self) -> None:
        """Kill the server and start another, at once."""
        self.wire.sock.close()
        kill(self._server.pid)
        self.stop()
        self._begin()

    def later(self) -> None:
        """Stop the server and start it hours later."""
        self.stop()
        self._offset_s += LATER_S
        self._begin()

    def stop(self) -> None:
        """Stop the server."""
        self.wire.sock.close()
        self._server.__exit__()


class SessionMachine(RuleBasedStateMachine):
    """Drives sessions of a server and their models."""

    place: Place

    @initialize()
    def begin(self) -> None:
        self.listed: dict[str, Model] = {}
        self.archived: list[Model] = []
        self.touched: set[str] = set()
        self.looks = 0
        for row in self.ask("xrepl/list")["sessions"]:
            self.ask("xrepl/close", {"xrepl/name": row["id"]})
        self.ask("xrepl/purge")

    def ask(self, op: str, fields: dict[str, Any] | None = None, **more: Any) -> Reply:
        return self.place.wire.ask(op, fields, **more)

    def enter(self, name: str) -> Model:
        """Give the model of the session that a form is sent to: it is made, or reopened, if it is not there."""
        self.touched.add(name)
        if name not in self.listed:
            had = [model for model in self.archived if model.name == name]
            if had:
                self.archived.remove(had[-1])
            self.listed[name] = had[-1] if had else Model(name)
        return self.listed[name]

    def evaluate(self, name: str, code: str) -> str:
        """Evaluate, and give what a shell shows."""
        reply = self.place.wire.evaluate(code, name)
        return str(reply.get("xrepl/error") or reply.get("value"))

    # --- forms

    @rule(session=NAMES, what=st.sampled_from(KINDS), name=NAME, other=NAME, number=NUMBER)
    def form(self, session: str, what: str, name: str, other: str, number: int) -> None:
        model = self.enter(session)
        self.evaluate(session, do(model, what, name, other, number))
        model.acknowledged()

    @rule(session=NAMES, name=NAME)
    def show(self, session: str, name: str) -> None:
        model = self.enter(session)
        shown = self.evaluate(session, f"(str {name})")
        model.acknowledged()
        value = model.bound.get(name)
        if name not in model.bound:
            assert shown == f"** exception error: symbol {name} is unbound"
        elif not callable(value):
            assert shown == f'"{value}"'

    @rule(session=NAMES, name=NAME, number=NUMBER)
    def form_that_is_killed(self, session: str, name: str, number: int) -> None:
        model = self.enter(session)
        wire = self.place.wire
        sent = wire.send("eval", {"xrepl/name": session}, code=SPIN.format(name, number))
        while True:
            reply = wire.receive()
            if reply.get("id") != sent:
                continue
            if reply.get("out") == "begun\n":
                self.kill_process(session)
                assert "evaluator-died" in wire.until_done(sent)[0]["status"]
                model.lost()
                return
            if "done" in reply.get("status", []):  # there was nothing to append to
                assert not isinstance(model.bound.get(name), list)
                model.acknowledged()
                return

    # --- history

    @rule(session=NAMES, steps=st.integers(1, 3), is_back=st.booleans())
    def undo_or_redo(self, session: str, steps: int, is_back: bool) -> None:
        model = self.enter(session)
        shown = self.evaluate(session, f"({'undo' if is_back else 'redo'} {steps})")
        model.acknowledged()
        sides = (model.past, model.future) if is_back else (model.future, model.past)

        assert shown == ("ok" if model.walk(steps, *sides) else "#(error nothing-to-undo)")

    @rule(session=NAMES, back=st.integers(-1, 8))
    def checkout(self, session: str, back: int) -> None:
        model = self.enter(session)
        number = max(0, model.revision - back)
        shown = self.evaluate(session, f"(checkout {number})")
        is_there = number <= model.revision
        model.acknowledged()
        if is_there:
            model.checkout(number)

        assert shown == ("ok" if is_there else "#(error unknown-revision)")

    @rule(session=NAMES, name=NAMES, back=st.integers(0, 4))
    def branch(self, session: str, name: str, back: int) -> None:
        model = self.listed.get(session)
        if model is None or back > model.revision:
            return
        at = model.revision - back
        reply = self.ask("xrepl/branch", {"xrepl/name": session, "xrepl/new-name": name, "xrepl/at": at})

        assert ("name-taken" in reply["status"]) == (name in self.listed)
        if name not in self.listed:
            self.listed[name] = model.branch(name, at)
            self.touched.add(name)

    # --- sessions

    @rule(session=NAMES, name=NAMES)
    def rename(self, session: str, name: str) -> None:
        if session not in self.listed:
            return
        reply = self.ask("xrepl/rename", {"xrepl/name": session, "xrepl/new-name": name})

        assert ("name-taken" in reply["status"]) == (name in self.listed and name != session)
        if name not in self.listed:
            model = self.listed[name] = self.listed.pop(session)
            model.name = name
            self.touched.add(name)

    @rule(session=NAMES)
    def close(self, session: str) -> None:
        model = self.listed.pop(session, None)
        if model is not None:
            self.archived.append(model)
            assert self.ask("xrepl/close", {"xrepl/name": session})["status"] == ["done"]

    @rule(session=NAMES)
    def reopen(self, session: str) -> None:
        had = [model for model in self.archived if model.name == session]
        if not had:
            return
        reply = self.ask("xrepl/reopen", {"xrepl/name": session})

        assert ("name-taken" in reply["status"]) == (session in self.listed)
        if session not in self.listed:
            self.enter(session)

    @rule(session=NAMES)
    def save(self, session: str) -> None:
        if session in self.listed:
            status = self.ask("xrepl/save", {"xrepl/name": session})["status"]
            # of an evaluator that was just killed nothing more can be saved than what was acknowledged
            assert status == ["done"] or "evaluator-died" in status
            self.touched.add(session)

    @rule(session=NAMES)
    def never_expire(self, session: str) -> None:
        model = self.enter(session)
        assert self.evaluate(session, "(set-config 'timeout 'infinity)") == "ok"
        model.acknowledged()
        model.is_endless = True

    # --- ends

    def kill_process(self, session: str) -> None:
        """Kill a session's evaluator, if it has one, and wait until it is gone."""
        pid = self.ask("xrepl/server-status")["evaluators"].get(session)
        if pid is not None:
            kill(pid)
            assert wait_gone([pid], 5.0) == []

    @rule(session=NAMES)
    def kill_evaluator(self, session: str) -> None:
        if session in self.listed:
            self.kill_process(session)
            self.touched.add(session)

    @rule(session=NAMES)
    def kill_by_op(self, session: str) -> None:
        if session in self.listed:
            assert self.ask("xrepl/kill", {"xrepl/name": session})["status"] == ["done"]

    @rule(die=st.integers(0, 3))
    def kill_zygote(self, die: int) -> None:
        if not die:
            status = self.ask("xrepl/server-status")
            kill(status["zygote"])
            # the evaluators end a moment after it, and could begin a form before
            assert wait_gone([status["zygote"], *status["evaluators"].values()], 5.0) == []

    @precondition(lambda self: self.listed)
    @rule(die=st.integers(0, 3))
    def kill_server(self, die: int) -> None:
        if not die:
            self.place.kill()
            self.touched.update(self.listed)

    @precondition(lambda self: self.listed)
    @rule(die=st.integers(0, 3))
    def hours_pass(self, die: int) -> None:
        if die:
            return
        self.place.later()
        expired = [name for name, model in self.listed.items() if not model.is_endless]

        assert self.evaluate("default", "(xrepl-store:cleanup-expired-sessions)") == str(len(expired))
        self.archived += [self.listed.pop(name) for name in expired]

    # --- agreement

    @invariant()
    def listings_agree(self) -> None:
        if not hasattr(self, "listed"):
            return
        rows = {row["name"]: row["revision"] for row in self.ask("xrepl/list")["sessions"] if row["name"] != "default"}
        assert rows == {name: model.revision for name, model in self.listed.items()}, rows
        kept = [row["name"] for row in self.ask("xrepl/archive")["sessions"] if not row["name"].startswith("look")]
        assert sorted(kept) == sorted(model.name for model in self.archived)

    @invariant()
    def states_agree(self) -> None:
        if not hasattr(self, "listed"):
            return
        for name in self.touched & self.listed.keys():
            self.looks += 1
            of = f"look-{self.looks}"
            assert self.ask("xrepl/branch", {"xrepl/name": name, "xrepl/new-name": of})["status"] == ["done"]
            told = self.place.wire.until_done(
                self.place.wire.send("eval", {"xrepl/name": of, "xrepl/syntax": "hy"}, code=LOOKING)
            )
            found = "".join(reply.get("out", "") for reply in told)
            self.ask("xrepl/close", {"xrepl/name": of})
            assert json.loads(found) == look(self.listed[name].bound), (name, found)
        self.touched.clear()

    def teardown(self) -> None:
        if hasattr(self, "listed"):
            self.touched.update(self.listed)
            self.states_agree()


# a run takes a second or more and its kills have no fixed moments, so that shrinking would take hours
QUICK = settings(
    max_examples=10,
    stateful_step_count=30,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    print_blob=True,
)


@pytest.fixture(scope="module")
def place() -> Iterator[Place]:
    """Give a server that may be killed."""
    home = Path(tempfile.mkdtemp(prefix="xrepl-test-"))
    place = Place(home)
    yield place
    place.stop()
    left = end_all(home)
    log = (home / "log").read_text()
    shutil.rmtree(home, ignore_errors=True)

    assert left == {}
    assert "changes that no form reached" not in log


def run(place: Place, runs: int) -> None:
    """Run the machine so many times."""
    machine = type("SessionMachineHere", (SessionMachine,), {"place": place})
    run_machine(machine, settings=settings(QUICK, max_examples=runs))


def test_sessions_agree_with_their_model(place: Place) -> None:
    """Ten runs of thirty steps."""
    run(place, 10)


@pytest.mark.slow
@pytest.mark.timeout(14400)
def test_sessions_agree_with_their_model_for_long(place: Place) -> None:
    """Two thousand runs of thirty steps."""
    run(place, 2000)
