"""An evaluator that nobody needs is ended only when nothing is lost by it."""

from collections import deque
from types import SimpleNamespace
from typing import Any

import pytest

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


@pytest.mark.parametrize("holds", [{"processes": 1}, {"timers": 1}, {"calls": 1}])
def test_session_that_holds_something_is_not_ended(holds: dict[str, int]) -> None:
    """A live process, a timer or a call in a thread would be lost."""
    assert "stop" not in looked_after(FakeSession(holds), 901.0)


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
