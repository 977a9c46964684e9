"""What the server does by the clock: expiry, passivation, saving what no form reached, its own end.

Decides when; how is the manager's and the sessions'.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from xrepl.config import LOG_NAME, home_path
from xrepl.errors import StoreDamaged, XreplError
from xrepl.log import shorten
from xrepl.server import retention, upkeep
from xrepl.server.live import LiveSession
from xrepl.server.sessions import Sessions
from xrepl.server.settings import setting
from xrepl.server.status import Status
from xrepl.store import journal
from xrepl.store import sessions as stored

if TYPE_CHECKING:
    from xrepl.server.server import Server

CLEANUP_PERIOD_S = 300.0
ROUND_S = 30.0
MEND_PERIOD_S = 5.0
PASSIVATE_AFTER_S = 900.0
IDLE_TIMEOUT_S = 3600.0
_BATCH = 1000

OnCount = Callable[[int | XreplError], None]


class Housekeeping:
    """The periodic work of one server."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._used_at = time.monotonic()
        server.loop.later(CLEANUP_PERIOD_S, self._clean_up_again)
        server.loop.later(ROUND_S, self._round_again)
        server.loop.later(MEND_PERIOD_S, self._mend_again)

    def client_left(self) -> None:
        """Take note of the time: without clients and sessions the server ends after a while."""
        self._used_at = time.monotonic()

    def _clean_up_again(self) -> None:
        self._server.loop.later(CLEANUP_PERIOD_S, self._clean_up_again)
        clean_up(self._server.sessions, lambda outcome: None)
        shorten(os.path.join(home_path(), LOG_NAME))

    def _mend_again(self) -> None:
        """After an I/O error open the store anew and check it, until that succeeds: nothing is written before."""
        store, log = self._server.sessions.store, self._server.sessions.log

        def mend() -> None:
            try:
                findings = store.reopen()
            except XreplError as problem:
                log(f"the store cannot be opened again: {problem}")
            else:
                log(f"the store was opened again after an error: {len(findings)} findings; writing goes on")
            self._server.loop.post(wait)

        def wait() -> None:
            self._server.loop.later(MEND_PERIOD_S, self._mend_again)

        if store.is_poisoned:
            threading.Thread(target=mend, name="store work", daemon=True).start()
        else:
            wait()

    def _round_again(self) -> None:
        """Look at each session in use: does it need saving, is it needed."""
        self._server.loop.later(ROUND_S, self._round_again)
        now_s = time.monotonic()
        sessions = list(self._server.sessions.live.values())
        for live in sessions:
            look_after(live, now_s)
        if self._server.client_count or any(live.link is not None for live in sessions):
            self._used_at = now_s
        elif now_s - self._used_at > IDLE_TIMEOUT_S:
            self._server.stop()


def look_after(live: LiveSession, now_s: float, passivate_after_s: float = PASSIVATE_AFTER_S) -> None:
    """Save a session in use whose state may have changed without a form; end its evaluator if it is not needed."""
    if not live.is_idle:
        return
    idle_s = now_s - live.idle_since
    if may_passivate(live) and idle_s > passivate_after_s:
        upkeep.passivate(live)
    elif live.is_unchecked and idle_s * 1000 > setting(live.record, "save-interval"):
        live.is_unchecked = False
        upkeep.check(live)
        trim(live)


def may_passivate(live: LiveSession) -> bool:
    """Say whether a session's evaluator may end while nobody uses it."""
    return not live.is_fresh and live.is_unused and bool(setting(live.record, "passivate"))


def trim(live: LiveSession) -> None:
    """Forget the oldest revisions of a session whose settings allow only so many."""
    most = setting(live.record, "max-revisions")
    if most is None or live.is_fresh:
        return
    sessions, identifier = live.sessions, live.record.id

    def forget(transaction: Any) -> int:
        return journal.compact(transaction, identifier, most, None, sessions.clock(), _BATCH)

    sessions.submit(forget, lambda outcome: trim(live) if outcome == _BATCH else None)


def clean_up(sessions: Sessions, on_done: OnCount) -> None:
    """Move the sessions that have expired to the archive; answers with their number, or the error.

    Then delete what the archive shall not keep any longer, if the user has set that.

    A session that somebody is attached to, or that something runs in, is spared, and taken for used now.
    """
    now_s = sessions.clock()
    overdue = [live for live in sessions.live.values() if _is_overdue(live, now_s)]
    left = len(overdue)
    spared: set[str] = set()

    def settled(live: LiveSession, is_used: bool) -> None:
        nonlocal left
        left -= 1
        if is_used:
            sessions.touch(live)
            spared.add(live.record.id)
        if not left:
            _expire(sessions, now_s, spared, on_done)

    for live in overdue:
        _settle(live, settled)
    if not overdue:
        _expire(sessions, now_s, spared, on_done)


def _is_overdue(live: LiveSession, now_s: float) -> bool:
    end_ms = live.record.expires_at_ms
    return not live.is_fresh and end_ms is not None and end_ms <= now_s * 1000


def _settle(live: LiveSession, settled: Callable[[LiveSession, bool], None]) -> None:
    """Save an overdue session, or find that it is used."""

    def held(frame: Any) -> None:
        # a message that nobody has received is no use of the session
        if isinstance(frame, XreplError) or not frame["holds"].keys() - {"messages"}:
            upkeep.save(live, lambda problem: settled(live, False))
        else:
            settled(live, True)

    if _is_in_use(live):
        settled(live, True)
    elif live.is_idle:
        live.request("holds", held)
    else:
        settled(live, False)


def _is_in_use(live: LiveSession) -> bool:
    """Say whether somebody is here or something runs; that another evaluator starts after a death is no use."""
    return bool(live.audience.clients or live.queue) or live.is_awaited or live.status is Status.BUSY


def _expire(sessions: Sessions, now_s: float, spared: set[str], on_done: OnCount, total: int = 0) -> None:
    """Archive what has expired, a bounded number at a time, so that others' commits are not held up."""

    def expire(transaction: Any) -> list[str]:
        found = stored.expired(transaction, now_s, _BATCH + len(spared))
        expired = [identifier for identifier in found if identifier not in spared][:_BATCH]
        return [identifier for identifier in expired if _archived(transaction, identifier, now_s)]

    def done(outcome: list[str] | XreplError) -> None:
        if isinstance(outcome, XreplError):
            on_done(outcome)
            return
        _drop(sessions, outcome)
        if len(outcome) == _BATCH:  # a batch with a damaged one waits for the next time
            _expire(sessions, now_s, spared, on_done, total + len(outcome))
        else:
            retention.apply(sessions)
            on_done(total + len(outcome))

    sessions.submit(expire, done)


def _archived(transaction: Any, identifier: str, now_s: float) -> bool:
    """Archive a session; one whose record is damaged stays, and keeps the others from nothing."""
    try:
        stored.archive(transaction, identifier, now_s, "expired")
    except StoreDamaged:
        return False
    return True


def _drop(sessions: Sessions, expired: Iterable[str]) -> None:
    for identifier in expired:
        live = sessions.live.get(identifier)
        if live is not None:
            sessions.drop(live)
