"""An evaluator that nobody needs is ended only when nothing is lost by it."""

import os
import subprocess
import threading
import time
from collections import deque
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.helpers.clock import ServerAt
from tests.helpers.wire import Wire
from xrepl.evaluator.holding import holds
from xrepl.server.housekeeping import look_after
from xrepl.server.status import Status
from xrepl.store.records import Record


class FakeSession:
    """A session in use that answers at once; `done` says what was asked of it."""

    def __init__(self, holds: dict[str, int] | None = None, **config: Any) -> None:
        self.record = Record(id="0" * 32, config={key.replace("_", "-"): value for key, value in config.items()})
        self.audience = SimpleNamespace(clients=set())
        self.status = Status.IDLE
        self.queue: deque[Any] = deque()
        self.is_idle = self.is_unused = self.is_unchecked = True
        self.is_fresh = False
        self.idle_since = 0.0
        self.not_kept: dict[str, str] = {}
        self.done: list[str] = []
        self.storage = SimpleNamespace(save=lambda delta, on_kept: on_kept(None))
        self._holds = holds or {}

    def request(self, op: str, on_answer: Any, **fields: Any) -> None:
        self.done.append(op)
        on_answer({"holds": self._holds, "delta": {"set": {}, "gone": [], "not_kept": {}, "late": []}})

    def log(self, text: str) -> None:
        self.done.append(text)

    def stop(self) -> None:
        self.done.append("stop")


def looked_after(session: FakeSession, idle_s: float) -> list[str]:
    """Give what was done with a session that has been idle so long."""
    look_after(session, idle_s, passivate_after_s=900.0)  # type: ignore[arg-type]
    return session.done


def test_idle_session_is_saved_and_ended() -> None:
    """After the time, and what it holds is nothing."""
    assert looked_after(FakeSession(), 901.0) == ["holds", "save", "stop"]


def test_session_idle_for_a_short_time_goes_on() -> None:
    """Nothing is asked of it before the interval of saves."""
    assert looked_after(FakeSession(), 30.0) == []


def test_idle_session_is_looked_at_once_for_unsaved_changes() -> None:
    """At its save-interval everything is compared once more; not again while nothing runs."""
    session = FakeSession()

    assert looked_after(session, 61.0) == ["holds", "save"]
    assert looked_after(session, 122.0) == ["holds", "save"]


def test_session_with_processes_is_looked_at_again_and_again() -> None:
    """Background processes change state without a form."""
    session = FakeSession({"processes": 1})
    looked_after(session, 61.0)

    assert looked_after(session, 122.0) == ["holds", "save"] * 2


@pytest.mark.parametrize("what", ["processes", "timers", "calls", "messages", "threads", "children"])
def test_session_that_holds_something_is_not_ended(what: str) -> None:
    """A live process, a timer, a call in a thread, a message, a thread or a program would be lost."""
    assert "stop" not in looked_after(FakeSession({what: 1}), 901.0)


def test_message_that_waits_is_no_reason_to_look_again() -> None:
    """It changes nothing by itself."""
    session = FakeSession({"messages": 1})
    looked_after(session, 61.0)

    assert not session.is_unchecked


def test_threads_and_programs_are_seen() -> None:
    """As long as they run, and no longer."""
    goes_on = threading.Event()
    before = holds()
    thread = threading.Thread(target=goes_on.wait)
    thread.start()
    child = subprocess.Popen(["sleep", "100"])
    during = holds()
    goes_on.set()
    thread.join()
    child.kill()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)  # it has ended, and nobody has asked for its status
    after = holds()
    child.wait()

    assert (before, during, after) == ({}, {"threads": 1, "children": 1}, {})


PERIODS = "from xrepl.server import housekeeping as h; h.ROUND_S = 0.2; h.look_after.__defaults__ = (0.3,)"
HELD = {
    "thread": "(import threading time) (.start (threading.Thread :target (fn [] (time.sleep 600)) :daemon True))",
    "child": '(import subprocess) (tuple (subprocess.Popen \'("sleep" "600")))',
    "message": "(! (self) 'hello)",
    "process": "(spawn (lambda () (receive (x x))))",
    "timer": "(erlang:send_after 600000 (self) 'x)",
    "generator": "(setv g [1 (gfor i [1 2 3] i)])",
    "socket": "(import socket) (setv s (socket.socket))",
    "forbidden": "(set-config 'passivate 'false)",
}
STORED = {
    "table": "(ets:new 'a '(named_table public)) (ets:insert 'a #(k 1))",
    "dictionary": "(put 'k 1)",
    "ended": '(import subprocess) (tuple (subprocess.Popen \'("true")))',
}


@pytest.mark.slow
def test_sessions_that_would_lose_something_go_on(env: dict[str, str], home: Path) -> None:
    """Of real sessions, those end whose state is stored; what was in these is there again."""
    with ServerAt(env, 0, before=PERIODS), Wire(home) as wire:
        for name, code in {**HELD, **STORED}.items():
            assert "eval-error" not in wire.evaluate(code, name)["status"]
        deadline = time.monotonic() + 30.0
        status: dict[str, str] = {}
        while not all(status.get(name) == "stopped" for name in STORED):
            assert time.monotonic() < deadline, status
            status = {row["name"]: row["status"] for row in wire.ask("xrepl/list")["sessions"]}

        assert {name: status[name] for name in HELD} == dict.fromkeys(HELD, "idle")
        assert wire.evaluate("(ets:lookup 'a 'k)", "table")["value"] == "(#(k 1))"
        assert wire.evaluate("(get 'k)", "dictionary")["value"] == "1"


def test_session_with_names_not_kept_is_not_ended() -> None:
    """A socket in a variable would be lost."""
    session = FakeSession()
    session.not_kept = {"sock": "socket"}

    assert "stop" not in looked_after(session, 901.0)


def test_passivate_false_forbids_it() -> None:
    """The session's setting decides."""
    assert "stop" not in looked_after(FakeSession(passivate=False), 9999.0)


def test_throw_away_session_is_not_ended() -> None:
    """Nothing of it is stored."""
    session = FakeSession()
    session.is_fresh = True

    assert "stop" not in looked_after(session, 9999.0)


def test_session_that_somebody_is_at_is_not_ended() -> None:
    """Attached or waiting for its turn is use."""
    session = FakeSession()
    session.is_unused = False

    assert "stop" not in looked_after(session, 9999.0)


def test_busy_session_is_left_alone() -> None:
    """Nothing is asked of an evaluator that evaluates."""
    session = FakeSession()
    session.is_idle = False

    assert looked_after(session, 9999.0) == []
