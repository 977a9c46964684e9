"""What a session's code may ask of the server: each question has a handler, registered by the files that define it.

A handler answers through a function, now or later, with plain data or an error; the calling process waits meanwhile,
the server never does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xrepl.errors import XreplError
from xrepl.server.live import LiveSession
from xrepl.server.sessions import OnDone, Sessions
from xrepl.server.settings import BadSettings
from xrepl.server.terms import text_of
from xrepl.store.records import Record


class BadArgument(XreplError):
    """A question has an argument that it cannot have."""

    code = "badarg"


class Call:
    """One question.

    Attributes:
        sessions: the manager.
        live: the session whose code asks.
        arguments: plain data, as the code gave it.
        answer: takes the value, or the error.
    """

    def __init__(self, sessions: Sessions, live: LiveSession, arguments: dict[str, Any], answer: OnDone) -> None:
        self.sessions = sessions
        self.live = live
        self.arguments = arguments
        self.answer = answer

    def text(self, name: str) -> str:
        """Give an argument that is a text.

        Raises:
            BadArgument: it is none.
        """
        text = text_of(self.arguments.get(name))
        if text is None:
            raise BadArgument(f"{name} is no text")
        return text

    def map(self, name: str) -> dict[Any, Any]:
        """Give an argument that is a map.

        Raises:
            BadArgument: it is none.
        """
        value = self.arguments.get(name)
        if not isinstance(value, dict):
            raise BadArgument(f"{name} is no map")
        return value

    @property
    def is_own(self) -> bool:
        """Say whether the question is about the session that asks."""
        text = self.arguments.get("target")
        return text is None or (bool(text) and text in (self.live.record.id, self.live.record.name))

    def target(self) -> LiveSession:
        """Give the session that the question is about, to use it: `target` if it is given, else the one that asks.

        Raises:
            UnknownSession: there is none.
        """
        return self.live if self.is_own else self.sessions.find(self.text("target"))

    def record(self) -> Record:
        """Give the record of that session, without taking the session in use.

        Raises:
            UnknownSession: there is none.
        """
        return self.live.record if self.is_own else self.sessions.record(self.text("target"))

    def told(self, outcome: Any, value: Callable[[Any], Any] = lambda outcome: None) -> None:
        """Answer with an error as it is, with anything else by a function of it."""
        self.answer(outcome if isinstance(outcome, XreplError) else value(outcome))


Handler = Callable[[Call], None]
CALLS: dict[str, Handler] = {}


def call(name: str) -> Callable[[Handler], Handler]:
    """Register the handler of a question."""

    def register(handler: Handler) -> Handler:
        CALLS[name] = handler
        return handler

    return register


def handle(sessions: Sessions, live: LiveSession, what: str, arguments: dict[str, Any], answer: OnDone) -> None:
    """Answer a question of a session's code."""
    handler = CALLS.get(what)
    if handler is None:
        answer(XreplError(f"the server does not know {what}"))
        return
    try:
        handler(Call(sessions, live, arguments, answer))
    except BadSettings as bad:
        answer({"faults": bad.faults})
    except XreplError as problem:
        answer(problem)
    except (TypeError, ValueError, AttributeError, KeyError) as reason:
        # arguments of a shape that no code of ours sends: the question fails, not the session
        live.log(f"{what} was asked with wrong arguments: {reason!r}")
        answer(BadArgument(f"{what} cannot take these arguments"))
