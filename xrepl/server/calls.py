"""What a session's code may ask of the server: each question has a handler here.

A handler answers through a function, now or later, with plain data or an error; the calling process waits meanwhile,
the server never does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xrepl.errors import UnknownSession, XreplError
from xrepl.server.live import LiveSession
from xrepl.server.sessions import OnDone, Sessions
from xrepl.store.records import Record


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

    def target(self) -> LiveSession:
        """Give the session that the question is about: `target` if it is given, else the one that asks.

        Raises:
            UnknownSession: there is none.
        """
        text = self.arguments.get("target")
        if text is None:
            return self.live
        if text in (self.live.record.id, self.live.record.name) and text:
            return self.live
        return self.sessions.find(text)


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
    except XreplError as problem:
        answer(problem)


def told(sessions: Sessions, record: Record) -> dict[str, Any]:
    """Give what code is told of a session."""
    live = sessions.live.get(record.id)
    return {
        "id": record.id,
        "name": record.name,
        "created-at": record.created_at,
        "last-active": record.last_active,
        "timeout": record.timeout_ms,
        "metadata": record.metadata,
        "config": record.config,
        "revision": record.revision,
        "version": record.version,
        "pid": live.link.child.pid if live is not None and live.link is not None else None,
        "status": live.status.value if live is not None else "stopped",
        "not-kept": live.not_kept if live is not None else record.not_kept,
    }


@call("sessions")
def list_sessions(asked: Call) -> None:
    """Tell all sessions, in the order in which they were made."""
    records = sorted(asked.sessions.records(), key=lambda record: (record.created_at, record.name, record.id))
    asked.answer([told(asked.sessions, record) for record in records])


@call("info")
def info(asked: Call) -> None:
    """Tell about one session."""
    asked.answer(told(asked.sessions, asked.target().record))


@call("new")
def new(asked: Call) -> None:
    """Make a session with `name`, `timeout`, `metadata`, `config`; tell about it."""
    record = asked.live.record
    options = {"cwd": record.cwd, "environment": record.environment, **asked.arguments}

    def made(outcome: LiveSession | XreplError) -> None:
        asked.answer(outcome if isinstance(outcome, XreplError) else told(asked.sessions, outcome.record))

    asked.sessions.create(options, made)


@call("switch")
def switch(asked: Call) -> None:
    """Move the client to another session when the form has ended; reopen it from the archive if it is there."""
    text = asked.arguments["target"]

    def found(outcome: LiveSession | XreplError) -> None:
        if isinstance(outcome, XreplError):
            asked.answer(outcome)
            return
        if asked.live.current is not None:
            asked.live.current.switch_to = outcome.record.id
        asked.answer({**told(asked.sessions, outcome.record), "notices": outcome.take_notices()})

    try:
        found(asked.target())
    except UnknownSession as unknown:
        if unknown.code != UnknownSession.code or not asked.sessions.is_archived(text):
            raise
        asked.sessions.reopen(text, found)


@call("close")
def close(asked: Call) -> None:
    """Close a session; its own ends with the form that asks."""
    live = asked.target()
    if live is asked.live:
        if live.current is not None:
            live.current.is_closing = True
        asked.answer(told(asked.sessions, live.record))
        return
    asked.sessions.close(live, lambda outcome: asked.answer(outcome if isinstance(outcome, XreplError) else None))


@call("leave")
def leave(asked: Call) -> None:
    """Let the client end when the form has ended."""
    if asked.live.current is not None:
        asked.live.current.is_leaving = True
    asked.answer(None)
