"""Where a session's forms and state are kept: in the store, or in memory for a throw-away session.

Blobs come from the evaluator and go back to one; nothing here looks into them.
"""

from __future__ import annotations

import os
import pwd
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from xrepl.errors import StoreError, XreplError
from xrepl.store import journal
from xrepl.store.records import Delta, Entry, Group

if TYPE_CHECKING:
    from xrepl.server.link import Frame
    from xrepl.server.live import LiveSession
    from xrepl.server.sessions import Sessions

Groups = dict[str, bytes]
OnGroups = Callable[[Groups | XreplError], None]
OnKept = Callable[[XreplError | None], None]


class Storage(Protocol):
    """What a session in use needs of the place that keeps it."""

    def groups(self, steps_back: int, on_groups: OnGroups) -> None:
        """Give the state as last acknowledged, or as of that many changes before."""

    def keep(self, frame: Frame, on_kept: OnKept) -> None:
        """Keep a form and its changes, then tell; with the reason if it cannot be kept."""

    def save(self, delta: dict[str, Any], on_kept: OnKept) -> None:
        """Keep changes that came about without a form."""


class MemoryStorage:
    """For a throw-away session: what its evaluator gets back if it dies."""

    def __init__(self) -> None:
        self._groups: Groups = {}

    def groups(self, steps_back: int, on_groups: OnGroups) -> None:
        """Give the state as last acknowledged; nothing when that does not restore."""
        on_groups({} if steps_back else dict(self._groups))

    def keep(self, frame: Frame, on_kept: OnKept) -> None:
        """Keep a form's changes."""
        self.save(frame["delta"], on_kept)

    def save(self, delta: dict[str, Any], on_kept: OnKept) -> None:
        """Keep changes."""
        self._groups.update({number: blob for number, (_, blob) in delta["set"].items()})
        for number in delta["gone"]:
            self._groups.pop(number, None)
        on_kept(None)


class StoredStorage:
    """For a session in the store: each form and its changes are one durable transaction."""

    def __init__(self, sessions: Sessions, live: LiveSession) -> None:
        self._sessions = sessions
        self._live = live
        self._who = {"user": _user()}
        # changes that a failed commit has left behind: the evaluator will not tell them again
        self._unsaved = Delta({}, [])

    def groups(self, steps_back: int, on_groups: OnGroups) -> None:
        """Give the stored state, with everything in it that was queued before this call."""
        identifier = self._live.record.id
        if not self._live.record.revision and not steps_back:
            on_groups({})
            return

        def read(transaction: Any) -> dict[str, Group]:
            if not steps_back:
                return journal.current(transaction, identifier)
            record = self._live.record
            return journal.as_of(transaction, identifier, max(0, record.revision - steps_back))

        def give(groups: dict[str, Group] | None, problem: Exception | None) -> None:
            if problem is not None:
                on_groups(_as_error(problem))
            else:
                on_groups({number: group.blob for number, group in (groups or {}).items()})

        self._submit(read, give)

    def keep(self, frame: Frame, on_kept: OnKept) -> None:
        """Commit a form."""
        evaluation = self._live.current
        who: dict[str, str | int] = dict(self._who)
        if evaluation is not None and evaluation.client is not None:
            who["client"] = evaluation.client.number
        entry = Entry(
            form=frame["text"],
            started_at=frame["at"],
            ms=frame["ms"],
            value=frame.get("value"),
            output=frame.get("output", ""),
            error=frame.get("error"),
            who=who,
        )
        self._commit(entry, frame["delta"], on_kept)

    def save(self, delta: dict[str, Any], on_kept: OnKept) -> None:
        """Commit changes that came about without a form, if there are any."""
        if not delta["set"] and not delta["gone"]:
            on_kept(None)
            return
        entry = Entry("", time.time(), 0.0, None, "", None, dict(self._who), kind="background")
        self._commit(entry, delta, on_kept)

    def _commit(self, entry: Entry, told: dict[str, Any], on_kept: OnKept) -> None:
        changes = {number: Group(list(names), blob) for number, (names, blob) in told["set"].items()}
        delta = _merged(self._unsaved, Delta(changes, list(told["gone"])))
        self._unsaved = Delta({}, [])
        live, now_s = self._live, int(time.time())
        identifier = live.record.id

        def give(revision: int | None, problem: Exception | None) -> None:
            if problem is None and revision is not None:
                live.committed(revision, now_s)
                on_kept(None)
                return
            self._unsaved = _merged(delta, self._unsaved)
            on_kept(_as_error(problem))

        self._submit(
            lambda transaction: journal.commit(transaction, identifier, entry, delta, now_s, live.not_kept), give
        )

    def _submit(self, change: Any, give: Callable[[Any, Exception | None], None]) -> None:
        post = self._sessions.loop.post
        self._sessions.store.submit(change, lambda value, problem: post(lambda: give(value, problem)))


def _merged(before: Delta, after: Delta) -> Delta:
    """Give the changes of both in one."""
    kept = {number: group for number, group in before.set.items() if number not in after.gone}
    gone = [number for number in dict.fromkeys([*before.gone, *after.gone]) if number not in after.set]
    return Delta({**kept, **after.set}, gone)


def _as_error(problem: Exception | None) -> XreplError:
    return problem if isinstance(problem, XreplError) else StoreError(f"the store failed: {problem!r}", "see the log")


def _user() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())
