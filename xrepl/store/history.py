"""Time travel: states of earlier revisions, undo, redo, differences, branches, compaction.

History is never rewritten: going back is a new revision.  Compaction forgets the oldest revisions, and with them the
states before; the current state is not touched.  Use these by their names in `journal.py`.
"""

from __future__ import annotations

from xrepl.store import index, revisions, schema, sessions, state
from xrepl.store.blobs import Ledger
from xrepl.store.records import POSITION, Delta, Difference, Entry, Group, Record
from xrepl.store.schema import JOURNAL, STATE
from xrepl.store.state import Groups, Stored
from xrepl.store.transaction import Transaction

_STEPS = ("undo", "redo")
_REVISION = POSITION["revision"]


def as_of(txn: Transaction, session_id: str, number: int) -> dict[str, Group]:
    """Give the state after a revision: its groups by group id; 0 is the state at the very beginning.

    Raises:
        UnknownSession: no listed session has this id.
        UnknownRevision: there is none of this number, or its state has been compacted away.
    """
    stored = _state_after(txn, session_id, number)
    return {group_id: state.group_from(txn, group) for group_id, group in stored.items()}


def move(txn: Transaction, session_id: str, number: int, entry: Entry, now_s: float | None = None) -> tuple[int, Delta]:
    """Make the state what it was after a revision, by a new revision.

    Args:
        txn: a change's.
        session_id: of a listed session.
        number: the revision whose state it shall be.
        entry: what the journal shall say; its kind is `undo`, `redo` or `checkout`.
        now_s: the time, in seconds since 1970; None to take it from the entry.

    Returns:
        The new revision's number, and what an evaluator must change.

    Raises:
        UnknownSession: no listed session has this id.
        UnknownRevision: there is none of this number, or its state has been compacted away.
    """
    owner = schema.id_key(session_id)
    _check(txn, session_id, number)
    ledger = Ledger()
    groups: Groups = {}
    for group_id, stored in _befores(txn, owner, number).items():
        state.change_group(txn, owner, group_id, stored, groups, ledger)
    ledger.settle(txn)
    # an undo or redo counts as one, even if the state happens to be the same
    change = [entry.kind, number, groups] if groups or entry.kind in _STEPS else None
    moment = entry.started_at + entry.ms / 1000 if now_s is None else now_s
    return revisions.append(txn, session_id, entry, change, moment), _delta(txn, groups)


def _delta(txn: Transaction, groups: Groups) -> Delta:
    changed = {group_id: state.group_from(txn, after) for group_id, (_, after) in groups.items() if after}
    return Delta(changed, [group_id for group_id, (_, after) in groups.items() if not after])


def undo_target(txn: Transaction, session_id: str, steps: int = 1) -> int | None:
    """Give the revision whose state some steps of undo lead to; None if there is not so much to undo.

    Only revisions that changed the state count.  Undoing again goes further back.
    """
    timeline = _Timeline(txn, session_id)
    position = timeline.resolve(timeline.newest)
    for _ in range(steps):
        if not timeline.is_undoable(position):
            return None
        position = timeline.resolve(position - 1)
    return position


def redo_target(txn: Transaction, session_id: str, steps: int = 1) -> int | None:
    """Give the revision whose state some steps of redo lead to; None if not so much has been undone.

    What something else has changed since an undo cannot be redone.
    """
    timeline = _Timeline(txn, session_id)
    position = timeline.resolve(timeline.newest)
    at = timeline.tip()
    ahead: list[int] = []
    while at != position:
        if not timeline.is_undoable(at):
            return None  # the undone part has been compacted away
        ahead.append(at)
        at = timeline.resolve(at - 1)
    return ahead[-steps] if 0 < steps <= len(ahead) else None


class _Timeline:
    """The line of changes as undo and redo see it.

    A *position* is a revision that stands for a state: the change that made it, never an undo or redo that led to it,
    unless what that one led to has been compacted away.
    """

    def __init__(self, txn: Transaction, session_id: str) -> None:
        self._txn = txn
        self._owner = schema.id_key(session_id)
        self.newest: int = index.values_of(txn, session_id)[_REVISION]
        self._base = revisions.base_of(txn, self._owner, self.newest)

    def resolve(self, revision: int) -> int:
        """Give the position of the state after a revision."""
        while True:
            change = self._latest(revision)
            if change is None:
                return self._base
            kind, target = self._head(change)
            if kind not in _STEPS or target < self._base:
                return change
            revision = target

    def is_undoable(self, position: int) -> bool:
        """Say whether the state before this position is known."""
        return position > self._base and self._head(position)[0] not in _STEPS

    def tip(self) -> int:
        """Give the latest change that is no undo or redo: where redo ends."""
        revision = self.newest
        while True:
            change = self._latest(revision)
            if change is None:
                return self._base
            if self._head(change)[0] not in _STEPS:
                return change
            revision = change - 1

    def _latest(self, highest: int) -> int | None:
        """Give the latest revision, up to one, that changed the state."""
        if highest <= self._base:
            return None
        lowest = schema.change_key(self._owner, self._base + 1)
        for key in self._txn.keys_down(JOURNAL, schema.change_key(self._owner, highest), lowest):
            if schema.is_change(key):
                return schema.revision_in(key)
        return None

    def _head(self, revision: int) -> tuple[str, int]:
        kind, target, _ = self._txn.require(JOURNAL, schema.change_key(self._owner, revision))
        return kind, target or 0


def difference(txn: Transaction, session_id: str, first: int, second: int) -> Difference:
    """Give the names that differ between the states after two revisions, read from the first to the second.

    Raises:
        UnknownSession: no listed session has this id.
        UnknownRevision: there is none of this number, or its state has been compacted away.
    """
    owner = schema.id_key(session_id)
    _check(txn, session_id, first)
    _check(txn, session_id, second)
    low: dict[str, Stored | None] = {}
    high: dict[str, Stored | None] = {}
    for _, groups in revisions.changes_down(txn, owner, min(first, second), max(first, second)):
        for group_id, (before, after) in groups.items():
            low[group_id] = before
            high.setdefault(group_id, after)
    old, new = _by_name(low), _by_name(high)
    if first > second:
        old, new = new, old
    return Difference(
        sorted(new.keys() - old.keys()),
        sorted(name for name in old.keys() & new.keys() if old[name] != new[name]),
        sorted(old.keys() - new.keys()),
    )


def _by_name(groups: dict[str, Stored | None]) -> dict[str, bytes]:
    return {name: group[1] for group in groups.values() if group for name in group[0]}


def branch(txn: Transaction, session_id: str, new: Record, at: int | None = None) -> Record:
    """Make a session with another one's state, now or after a revision, and a journal of its own; blobs are shared.

    Raises:
        UnknownSession: no listed session has this id.
        UnknownRevision: there is none of this number, or its state has been compacted away.
        NameTaken: another listed session has the new one's name.
        Conflict: the new one's id is used.
    """
    revision = index.values_of(txn, session_id)[_REVISION] if at is None else at
    stored = _state_after(txn, session_id, revision)
    record = sessions.create(txn, new)
    owner = schema.id_key(new.id)
    ledger = Ledger()
    for group_id, group in stored.items():
        key = state.state_key(owner, group_id)
        txn.put(STATE, key, state.state_value(key, group_id, group))
        ledger.add(group[1])
    ledger.settle(txn)
    return record


def compact(
    txn: Transaction,
    session_id: str,
    max_revisions: int | None,
    max_age_s: float | None,
    now_s: float,
    limit: int,
) -> int:
    """Forget the oldest revisions; the current state stays exactly as it is.

    Args:
        txn: a change's.
        session_id: of a listed session.
        max_revisions: how many to keep at most; None for any number.
        max_age_s: how old a revision to keep may be; None for any age.
        now_s: the time, in seconds since 1970.
        limit: how many to forget at most in this step.

    Returns:
        How many were forgotten: if it is `limit`, there may be more.

    Raises:
        UnknownSession: no listed session has this id.
    """
    owner = schema.id_key(session_id)
    newest: int = index.values_of(txn, session_id)[_REVISION]
    first = revisions.base_of(txn, owner, newest) + 1
    ledger = Ledger()
    forgotten = 0
    for number in range(first, min(first + limit, newest + 1)):
        is_over = max_revisions is not None and newest - number >= max_revisions
        if not is_over and not (max_age_s is not None and revisions.started_at(txn, owner, number) < now_s - max_age_s):
            break
        revisions.forget(txn, owner, number, ledger)
        forgotten += 1
    ledger.settle(txn)
    return forgotten


def _check(txn: Transaction, session_id: str, number: int) -> None:
    newest: int = index.values_of(txn, session_id)[_REVISION]
    if not revisions.base_of(txn, schema.id_key(session_id), newest) <= number <= newest:
        raise revisions.unknown_revision(number)


def _state_after(txn: Transaction, session_id: str, number: int) -> dict[str, Stored]:
    _check(txn, session_id, number)
    owner = schema.id_key(session_id)
    groups: dict[str, Stored | None] = {**state.state_of(txn, owner), **_befores(txn, owner, number)}
    return {group_id: group for group_id, group in groups.items() if group}


def _befores(txn: Transaction, owner: bytes, number: int) -> dict[str, Stored | None]:
    """Give the groups that have changed since a revision, as they were after it; None for those not there then."""
    found: dict[str, Stored | None] = {}
    for _, groups in revisions.changes_down(txn, owner, number):
        for group_id, (before, _) in groups.items():
            found[group_id] = before
    return found
