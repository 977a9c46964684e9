"""The archive as the manager uses it: look into it, take a session out, put one aside that is damaged.

What is in it is the store's (`xrepl/store/archive.py`); closing is the manager's, expiry housekeeping's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from xrepl.errors import NameTaken, StoreDamaged, UnknownSession, XreplError
from xrepl.server.live import LiveSession
from xrepl.store import sessions as stored
from xrepl.store.records import Record

if TYPE_CHECKING:
    from xrepl.server.sessions import Sessions

OnSession = Callable[[LiveSession | XreplError], None]


def is_archived(sessions: Sessions, text: str) -> bool:
    """Say whether the archive has a session of this name, id or prefix that can be read."""
    with sessions.store.read() as transaction:
        try:
            stored.find_archived(transaction, text)
        except (UnknownSession, StoreDamaged):
            return False
        return True


def put_aside(sessions: Sessions, text: str, on_done: Callable[[Any], None]) -> None:
    """Move a session whose record is damaged to the archive, so that its name is free; answers with its id.

    Raises:
        UnknownSession, AmbiguousPrefix: there is none, or more than one.
    """
    with sessions.store.read() as transaction:
        identifier = stored.locate(transaction, text)

    def aside(transaction: Any) -> str:
        stored.archive(transaction, identifier, int(sessions.clock()), "damaged")
        return identifier

    sessions.submit(aside, on_done)


def reopen(sessions: Sessions, identifier: str, on_session: OnSession) -> None:
    """Take a session out of the archive; by its id without its name, if another session has that by now."""
    try:
        with sessions.store.read() as transaction:
            archived = stored.find_archived(transaction, identifier)
    except XreplError as problem:
        on_session(problem)
        return

    def answer(outcome: Any) -> None:
        if isinstance(outcome, XreplError):
            on_session(outcome)
            return
        live = sessions.use(outcome)
        name = archived.record.name
        lost = f", without its name {name}, which another session has" if name != outcome.name else ""
        live.notices.append(f"reopened {live.title}, {archived.why} {age(sessions.clock() - archived.at)}{lost}")
        on_session(live)

    def take_out(transaction: Any) -> Record:
        try:
            return stored.reopen(transaction, archived.record.id, sessions.clock())
        except NameTaken:
            if archived.record.name == identifier:  # which may be the beginning of its id, too
                raise
            return stored.reopen(transaction, archived.record.id, sessions.clock(), is_nameless=True)

    sessions.submit(take_out, answer)


def age(seconds: float) -> str:
    """Give a length of time in words, as of now."""
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{int(seconds // size)} {unit} ago"
    return "just now"
