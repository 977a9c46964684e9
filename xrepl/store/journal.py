"""A session's journal: commit forms, read revisions and states, travel in time.

One revision is an entry (what was typed and shown) and, if it changed the state, a change: each group that is
different, before and after.  All are functions of a transaction, like those of `sessions.py`.  The parts are in
`state.py`, `revisions.py` and `history.py`; use them by the names here.  Knows nothing of what the states mean.
"""

from __future__ import annotations

from xrepl.store import schema
from xrepl.store.blobs import Ledger
from xrepl.store.history import as_of, branch, changed, clear, compact, difference, move, redo_target, undo_target
from xrepl.store.records import Delta, Entry
from xrepl.store.revisions import Change, append, revision, revisions
from xrepl.store.state import change_group, current
from xrepl.store.transaction import Transaction

__all__ = [
    "as_of",
    "branch",
    "changed",
    "clear",
    "commit",
    "compact",
    "current",
    "difference",
    "move",
    "redo_target",
    "revision",
    "revisions",
    "undo_target",
]


def commit(
    txn: Transaction,
    session_id: str,
    entry: Entry,
    delta: Delta,
    now_s: float,
    not_kept: dict[str, str] | None = None,
) -> int:
    """Store one acknowledged form: its entry, what it changed, and that the session was active.

    A group that is as it was is no change, so a revision may turn out to have changed nothing.

    Args:
        txn: a change's.
        session_id: of a listed session.
        entry: what the journal shall say.
        delta: the groups that are different and those that are gone.
        now_s: the time, in seconds since 1970.
        not_kept: the record's new list of names that could not be stored; None to leave it.

    Returns:
        The new revision's number.

    Raises:
        UnknownSession: no listed session has this id.
    """
    owner = schema.id_key(session_id)
    ledger = Ledger()
    change = Change(entry.kind)
    for group_id, group in delta.set.items():
        stored = group.stored()
        change_group(txn, owner, group_id, [group.names, stored.ref], change, ledger, stored)
    for group_id in delta.gone:
        change_group(txn, owner, group_id, None, change, ledger)
    ledger.settle(txn)
    return append(txn, session_id, entry, change, now_s, not_kept, is_change=bool(change.groups))
