"""Branches: a new session with another one's state, as last acknowledged or after a revision.

The state is the store's: the source's evaluator is not asked, and goes on undisturbed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xrepl.config import check_name
from xrepl.errors import UnknownRevision, XreplError
from xrepl.server.live import LiveSession
from xrepl.server.sessions import Sessions, new_record
from xrepl.store import journal
from xrepl.store.records import Record

OnSession = Callable[[LiveSession | XreplError], None]


def branch(sessions: Sessions, live: LiveSession, name: str, at: int | None, on_session: OnSession) -> None:
    """Make a session with another one's state; both go on on their own.

    Args:
        sessions: the manager.
        live: the session to branch from.
        name: of the new one; empty for none.
        at: the revision; None for now.
        on_session: gets the new session or the error.
    """
    source = live.record
    options: dict[str, Any] = {"metadata": source.metadata, "config": source.config, "timeout": source.timeout_ms}
    options |= {"cwd": source.cwd, "environment": source.environment, "name": name}
    try:
        check_name(name)
        if live.is_fresh:
            raise UnknownRevision("a throw-away session has no stored state", "make a session with (new-session)")
    except XreplError as problem:
        on_session(problem)
        return
    record = new_record(options, int(sessions.clock()))

    def branched(outcome: Record | XreplError) -> None:
        if isinstance(outcome, XreplError):
            on_session(outcome)
            return
        made = sessions.by_id(outcome.id)
        made.start()
        on_session(made)

    sessions.submit(lambda transaction: journal.branch(transaction, source.id, record, at), branched)
