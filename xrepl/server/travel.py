"""A session's way through its own history: back, forward, to a revision, to an older state that restores, to none.

History is never rewritten: each step is a new revision.  The store does it; the evaluator is told what is different.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from xrepl.errors import EvaluatorDied, NothingToUndo, XreplError
from xrepl.server.link import Frame
from xrepl.server.storage import bytes_of
from xrepl.store import journal
from xrepl.store.records import Delta, Difference, Entry

if TYPE_CHECKING:
    from xrepl.server.live import LiveSession
    from xrepl.server.sessions import Sessions

UNDO, REDO, CHECKOUT, RESET = "undo", "redo", "checkout", "reset"

OnDone = Callable[[XreplError | None], None]


def target_of(transaction: Any, live: LiveSession, kind: str, number: int) -> int:
    """Give the revision whose state a step leads to.

    Args:
        transaction: of the store.
        live: the session.
        kind: `undo` or `redo`, with a number of steps; `checkout`, with a revision.
        number: as the kind says.

    Raises:
        NothingToUndo: there is not so much to undo or redo.
    """
    if kind == CHECKOUT:
        return number
    find = journal.undo_target if kind == UNDO else journal.redo_target
    target = find(transaction, live.record.id, number)
    if target is None:
        what = f"to {kind}" if number == 1 else f"to {kind} {number} times"
        raise NothingToUndo(f"there is nothing {what}" if number == 1 else f"there is not enough {what}")
    return target


def difference(sessions: Sessions, live: LiveSession, target: int) -> Difference:
    """Give the names that going to a revision changes.

    Raises:
        UnknownRevision: there is none, or its state is not kept any more.
    """
    with sessions.store.read() as transaction:
        return journal.difference(transaction, live.record.id, live.record.revision, target)


def travel(sessions: Sessions, live: LiveSession, kind: str, target: int, on_done: OnDone) -> None:
    """Make the state what it was after a revision; the evaluator follows before it evaluates anything else."""
    now_s = int(time.time())
    entry = Entry("", time.time(), kind=kind, value=f"the state of revision {target}")

    def moved(outcome: tuple[int, Delta] | XreplError) -> None:
        if isinstance(outcome, XreplError):
            on_done(outcome)
            return
        number, delta = outcome
        live.committed(number, now_s)
        load(live, delta)
        on_done(None)

    sessions.submit(lambda transaction: journal.move(transaction, live.record.id, target, entry, now_s), moved)


def load(live: LiveSession, delta: Delta) -> None:
    """Tell the evaluator, if there is one, what is different; it does this before all that it is told later."""
    link = live.link
    if link is None:
        return

    def loaded(frame: Frame | EvaluatorDied) -> None:
        if not isinstance(frame, EvaluatorDied):
            live.not_kept = dict(frame["not_kept"])

    changed = {number: [group.names, bytes_of(group)] for number, group in delta.set.items()}
    live.requests.send_now(link, "load", loaded, set=changed, gone=list(delta.gone))


def settle(sessions: Sessions, live: LiveSession, steps_back: int) -> None:
    """Make an older state, the one that did restore, the current one; the newer stays in the history."""
    newest = live.record.revision

    def find(transaction: Any) -> int:
        return journal.undo_target(transaction, live.record.id, steps_back) or 0

    def found(target: int | XreplError) -> None:
        if isinstance(target, XreplError):
            live.log(f"no older state can be found: {target}")
            return
        notice = (
            f"the state of revision {newest} could not be restored: this is that of revision {target}; "
            f"the newer one is kept, (checkout {newest}) tries it again"
        )
        live.notices.append(notice)
        live.audience.tell(xrepl_notice=[notice])
        travel_stored(sessions, live, target)

    sessions.submit(find, found)


def travel_stored(sessions: Sessions, live: LiveSession, target: int) -> None:
    """Make an older state the stored one; the evaluator has it already."""
    now_s = int(time.time())
    entry = Entry("", time.time(), kind=CHECKOUT, value=f"the state of revision {target}")

    def moved(outcome: tuple[int, Delta] | XreplError) -> None:
        if isinstance(outcome, XreplError):
            live.log(f"the older state cannot be kept: {outcome}")
        else:
            live.committed(outcome[0], now_s)

    sessions.submit(lambda transaction: journal.move(transaction, live.record.id, target, entry, now_s), moved)


def reset(sessions: Sessions, live: LiveSession, on_done: OnDone) -> None:
    """Give a session a clean start: an evaluator without any state.  The state before can be undone to."""
    live.stop()
    live.generation = 0
    if live.is_fresh:
        on_done(None)
        return
    now_s = int(time.time())
    entry = Entry("", time.time(), kind=RESET, value="everything forgotten")

    def done(outcome: int | XreplError) -> None:
        if isinstance(outcome, XreplError):
            on_done(outcome)
            return
        live.committed(outcome, now_s)
        on_done(None)

    sessions.submit(lambda transaction: journal.clear(transaction, live.record.id, entry, now_s), done)
