"""What the server does by the clock: expiry, passivation, its own end when nobody needs it.

Decides when; how is the manager's and the sessions'.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from xrepl.errors import XreplError
from xrepl.server.live import LiveSession
from xrepl.server.status import Status
from xrepl.server.upkeep import passivate
from xrepl.store import sessions as stored

if TYPE_CHECKING:
    from xrepl.server.server import Server

CLEANUP_PERIOD_S = 300.0
PASSIVATE_PERIOD_S = 30.0
PASSIVATE_AFTER_S = 900.0
IDLE_TIMEOUT_S = 3600.0
_BATCH = 1000


class Housekeeping:
    """The periodic work of one server."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._used_at = time.monotonic()
        server.loop.later(CLEANUP_PERIOD_S, self._clean_up_again)
        server.loop.later(PASSIVATE_PERIOD_S, self._passivate_again)

    def client_left(self) -> None:
        """Take note of the time: without clients and sessions the server ends after a while."""
        self._used_at = time.monotonic()

    def _clean_up_again(self) -> None:
        self._server.loop.later(CLEANUP_PERIOD_S, self._clean_up_again)
        clean_up(self._server.sessions, lambda outcome: None)

    def _passivate_again(self) -> None:
        self._server.loop.later(PASSIVATE_PERIOD_S, self._passivate_again)
        now = time.monotonic()
        sessions = list(self._server.sessions.live.values())
        for live in sessions:
            if live.status is Status.IDLE and not live.audience.clients and now - live.idle_since > PASSIVATE_AFTER_S:
                passivate(live)
        if self._server.client_count or any(live.link is not None for live in sessions):
            self._used_at = now
        elif now - self._used_at > IDLE_TIMEOUT_S:
            self._server.stop()


def clean_up(sessions: Any, on_done: Any) -> None:
    """Move the sessions that have expired to the archive; answers with their number, or the error."""
    now_s = int(time.time())
    in_use = [live for live in sessions.live.values() if _is_in_use(live)]
    for live in in_use:
        sessions.touch(live)
    spared = {live.record.id for live in in_use}

    def expire(transaction: Any) -> list[str]:
        expired = [one for one in stored.expired(transaction, now_s, _BATCH) if one not in spared]
        for identifier in expired:
            stored.archive(transaction, identifier, now_s, "expired")
        return expired

    total: list[str] = []

    def done(outcome: Any) -> None:
        if isinstance(outcome, XreplError):
            on_done(outcome)
            return
        for identifier in outcome:
            live = sessions.live.get(identifier)
            if live is not None:
                sessions.drop(live)
        total.extend(outcome)
        if len(outcome) == _BATCH:
            sessions.submit(expire, done)
        else:
            on_done(len(total))

    sessions.submit(expire, done)


def _is_in_use(live: LiveSession) -> bool:
    return bool(live.audience.clients) or live.status in (Status.BUSY, Status.STARTING, Status.RESTORING)
