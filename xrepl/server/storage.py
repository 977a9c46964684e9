"""Where a session's forms and state are kept: in the store, or in memory for a throw-away session.

Blobs come from the evaluator and go back to one; nothing here looks into them.
"""

from __future__ import annotations

import os
import pwd
import traceback
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from xrepl import log
from xrepl.errors import StoreDamaged, StoreError, XreplError
from xrepl.protocol.lost import lost
from xrepl.server.loop import Timer
from xrepl.server.settings import setting
from xrepl.store import journal
from xrepl.store.records import Delta, Entry, Group

if TYPE_CHECKING:
    from xrepl.server.link import Frame
    from xrepl.server.live import LiveSession
    from xrepl.server.sessions import Sessions

Groups = dict[str, bytes]
OnGroups = Callable[[Groups | XreplError], None]
OnKept = Callable[[XreplError | None], None]
_MEND = "`xrepl store check` says what of it; `xrepl close NAME` puts a session aside"
_NOTHING: dict[str, Any] = {"set": {}, "gone": []}


class Storage(Protocol):
    """What a session in use needs of the place that keeps it."""

    def groups(self, steps_back: int, on_groups: OnGroups) -> None:
        """Give the state as last acknowledged, or as of that many changes before."""

    def keep(self, frame: Frame, on_kept: OnKept) -> None:
        """Keep a form and its changes, then tell; with the reason if it cannot be kept."""

    def save(self, delta: dict[str, Any], on_kept: OnKept, before: Sequence[Entry] = ()) -> None:
        """Keep changes that came about without a form, after entries of the journal that changed nothing."""

    def flush(self, on_kept: OnKept) -> None:
        """Keep now what waits to be kept."""

    def reconfigured(self) -> None:
        """Obey settings that have changed."""


def bytes_of(group: Group) -> bytes:
    """Give what an evaluator gets of a group: its bytes, or, if the store has lost them, whose they were."""
    return lost(group.names, group.fault) if group.fault else group.blob


class MemoryStorage:
    """For a throw-away session: what its evaluator gets back if it dies."""

    def __init__(self) -> None:
        self._groups: dict[str, Group] = {}

    def groups(self, steps_back: int, on_groups: OnGroups) -> None:
        """Give the state as last acknowledged; nothing when that does not restore."""
        on_groups({} if steps_back else {number: group.blob for number, group in self._groups.items()})

    def named_groups(self) -> dict[str, Group]:
        """Give the groups with their names."""
        return dict(self._groups)

    def keep(self, frame: Frame, on_kept: OnKept) -> None:
        """Keep a form's changes."""
        self.save(frame["delta"], on_kept)

    def save(self, delta: dict[str, Any], on_kept: OnKept, before: Sequence[Entry] = ()) -> None:
        """Keep changes."""
        changed = {number: Group(list(names), blob) for number, (names, blob) in delta["set"].items()}
        self.apply(Delta(changed, list(delta["gone"])))
        on_kept(None)

    def apply(self, delta: Delta) -> None:
        """Make a change."""
        self._groups.update(delta.set)
        for number in delta.gone:
            self._groups.pop(number, None)

    def flush(self, on_kept: OnKept) -> None:
        """Do nothing: nothing waits."""
        on_kept(None)

    def reconfigured(self) -> None:
        """Do nothing: no setting concerns what is kept in memory."""


class StoredStorage:
    """For a session in the store: each form and its changes are one durable transaction.

    With `auto-save` off, forms wait in memory until `save-interval` has passed, or until `flush`; then all are one
    transaction.
    """

    def __init__(self, sessions: Sessions, live: LiveSession) -> None:
        self._sessions = sessions
        self._live = live
        self._who = {"user": _user()}
        # changes that a failed commit has left behind: the evaluator will not tell them again
        self._unsaved = Delta({}, [])
        self._waiting: list[tuple[Entry, dict[str, Any]]] = []
        self._has_been_written = False  # or is being written, which the record tells later
        self._timer: Timer | None = None

    def groups(self, steps_back: int, on_groups: OnGroups) -> None:
        """Give the stored state, with everything in it that was queued before this call."""
        if self._waiting:
            self.flush(lambda problem: self._groups(steps_back, on_groups))
        else:
            self._groups(steps_back, on_groups)

    def _groups(self, steps_back: int, on_groups: OnGroups) -> None:
        identifier = self._live.record.id
        if self._live.is_new and not (self._has_been_written or self._live.record.revision):
            on_groups({})
            return

        def read(transaction: Any) -> dict[str, Group]:
            if not steps_back:
                return journal.current(transaction, identifier)
            target = journal.undo_target(transaction, identifier, steps_back)
            return {} if target is None else journal.as_of(transaction, identifier, target)

        def give(groups: dict[str, Group] | None, problem: Exception | None) -> None:
            if problem is not None:
                on_groups(as_error(problem))
            else:
                on_groups({number: bytes_of(group) for number, group in (groups or {}).items()})

        self._submit(read, give)

    def keep(self, frame: Frame, on_kept: OnKept) -> None:
        """Commit a form."""
        evaluation = self._live.current
        who: dict[str, str | int] = dict(self._who)
        if evaluation is not None and evaluation.client is not None:
            who["client"] = evaluation.client.number
        if evaluation is not None and evaluation.syntax != "lfe":
            who["syntax"] = evaluation.syntax
        is_recorded = setting(self._live.record, "history-enabled") and not (evaluation and evaluation.is_unrecorded)
        entry = Entry(
            form=frame["text"] if is_recorded else "",
            started_at=frame["at"],
            ms=frame["ms"],
            value=frame.get("value"),
            output=frame.get("output", ""),
            error=frame.get("error"),
            who=who,
        )
        if setting(self._live.record, "auto-save"):
            self._commit([(entry, frame["delta"])], on_kept)
            return
        self._waiting.append((entry, frame["delta"]))
        if self._timer is None:
            interval_s = setting(self._live.record, "save-interval") / 1000
            self._timer = self._sessions.loop.later(interval_s, lambda: self.flush(self._tell_unsaved))
        on_kept(None)

    def save(self, delta: dict[str, Any], on_kept: OnKept, before: Sequence[Entry] = ()) -> None:
        """Commit changes that came about without a form, if there are any, and entries that changed nothing."""
        if not delta["set"] and not delta["gone"] and not before:
            self.flush(on_kept)
            return
        entry = Entry("", self._sessions.clock(), 0.0, None, "", None, dict(self._who), kind="background")
        waiting, self._waiting = self._waiting, []
        waiting += [(one, _NOTHING) for one in before]
        self._commit([*waiting, (entry, delta)], on_kept)

    def flush(self, on_kept: OnKept) -> None:
        """Commit the forms that wait."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        waiting, self._waiting = self._waiting, []
        if waiting:
            self._commit(waiting, on_kept)
        else:
            on_kept(None)

    def reconfigured(self) -> None:
        """Commit what waits, if it need not wait any more; or let it wait for another time."""
        if self._waiting:
            self.flush(self._tell_unsaved)

    def _tell_unsaved(self, problem: XreplError | None) -> None:
        """Say that forms whose values were shown could not be kept."""
        if problem is not None:
            self._live.log(f"forms are not saved: {problem}")
            self._live.audience.tell(xrepl_notice=[f"not saved: {problem}"])

    def _commit(self, kept: list[tuple[Entry, dict[str, Any]]], on_kept: OnKept) -> None:
        """Write entries, each with its changes, in one transaction."""
        deltas = [_delta(told) for _, told in kept]
        deltas[0] = _merged(self._unsaved, deltas[0])
        self._unsaved = Delta({}, [])
        self._has_been_written = True
        live, now_s = self._live, int(self._sessions.clock())
        identifier, not_kept = live.record.id, dict(live.not_kept)

        def write(transaction: Any) -> int:
            revision = 0
            for (entry, _), delta in zip(kept, deltas, strict=True):
                revision = journal.commit(transaction, identifier, entry, delta, now_s, not_kept)
            return revision

        def give(revision: int | None, problem: Exception | None) -> None:
            if problem is None and revision is not None:
                live.committed(revision, now_s)
                on_kept(None)
                return
            for delta in reversed(deltas):
                self._unsaved = _merged(delta, self._unsaved)
            on_kept(as_error(problem))

        self._submit(write, give)

    def _submit(self, change: Any, give: Callable[[Any, Exception | None], None]) -> None:
        loop = self._sessions.loop

        def answer(value: Any, problem: Exception | None) -> None:
            loop.post(lambda: give(value, problem))

        # with others at hand their changes shall share a sync, and they shall not wait for this one's
        self._sessions.store.submit(change, answer, here=loop.is_alone)


def _delta(told: dict[str, Any]) -> Delta:
    """Give the changes that a frame tells."""
    changed = {number: Group(list(names), blob) for number, (names, blob) in told["set"].items()}
    return Delta(changed, list(told["gone"]))


def _merged(before: Delta, after: Delta) -> Delta:
    """Give the changes of both in one."""
    kept = {number: group for number, group in before.set.items() if number not in after.gone}
    gone = [number for number in dict.fromkeys([*before.gone, *after.gone]) if number not in after.set]
    return Delta({**kept, **after.set}, gone)


def as_error(problem: Exception | None) -> XreplError:
    """Give the error that a failed change of the store is answered with."""
    if isinstance(problem, XreplError):
        return problem
    log.write("the store failed:\n" + "".join(traceback.format_exception(problem)))
    if isinstance(problem, (LookupError, TypeError, ValueError, AttributeError)):  # decoded, but not to what it should
        return StoreDamaged("what is stored is not what was written", _MEND)
    return StoreError(f"the store failed: {problem!r}", "see the log")


def _user() -> str:
    try:
        return pwd.getpwuid(os.geteuid()).pw_name
    except KeyError:
        return str(os.geteuid())
