"""Time travel: states of earlier revisions, undo, redo, differences, branches, compaction.

History is never rewritten: going back is a new revision.  Compaction forgets the oldest revisions, and with them the
states before; the current state is not touched.  Use these by their names in `journal.py`.
"""

from __future__ import annotations

from xrepl.store import index, references, revisions, schema, sessions, state
from xrepl.store.blobs import Ledger
from xrepl.store.index import Values
from xrepl.store.records import POSITION, Delta, Difference, Entry, Group, Record
from xrepl.store.revisions import Change, Stored
from xrepl.store.schema import JOURNAL, STATE
from xrepl.store.transaction import Transaction

_STEPS = ("undo", "redo")
_REVISION = POSITION["revision"]
_LATEST_CHANGE = POSITION["latest_change"]
_BASE = POSITION["base"]


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
    values = _checked(txn, session_id, number)
    ledger = Ledger()
    change = Change(entry.kind, number)
    for group_id, stored in _befores(txn, owner, values, number).items():
        state.change_group(txn, owner, group_id, stored, change, ledger)
    ledger.settle(txn)
    # an undo or redo counts as one, even if the state happens to be the same
    is_change = bool(change.groups) or entry.kind in _STEPS
    moment = entry.started_at + entry.ms / 1000 if now_s is None else now_s
    revision = revisions.append(txn, session_id, entry, change, moment, is_change=is_change)
    return revision, _delta(txn, change)


def clear(txn: Transaction, session_id: str, entry: Entry, now_s: float) -> int:
    """Make the state empty, by a new revision, which can be undone; give its number.

    Args:
        txn: a change's.
        session_id: of a listed session.
        entry: what the journal shall say.
        now_s: the time, in seconds since 1970.

    Raises:
        UnknownSession: no listed session has this id.
    """
    ledger = Ledger()
    change = Change(entry.kind)
    for group_id in state.state_of(txn, session_id):
        state.change_group(txn, schema.id_key(session_id), group_id, None, change, ledger)
    ledger.settle(txn)
    return revisions.append(txn, session_id, entry, change, now_s, is_change=bool(change.groups))


def changed(txn: Transaction, session_id: str, number: int) -> Delta:
    """Give the groups that one revision set, and the ids of those that it removed; nothing if it changed nothing.

    Raises:
        StoreDamaged: the change is damaged or missing.
    """
    owner = schema.id_key(session_id)
    if not txn.has(JOURNAL, schema.change_key(owner, number)):
        return Delta({}, [])
    return _delta(txn, revisions.read_change(txn, owner, number))


def _delta(txn: Transaction, change: Change) -> Delta:
    changed = {group_id: state.group_from(txn, after) for group_id, (_, after) in change.groups.items() if after}
    return Delta(changed, [group_id for group_id, (_, after) in change.groups.items() if not after])


def undo_target(txn: Transaction, session_id: str, steps: int = 1) -> int | None:
    """Give the revision whose state some steps of undo lead to; None if there is not so much to undo.

    Only revisions that changed the state count.  Undoing again goes further back.
    """
    timeline = _Timeline(txn, session_id)
    position: int | None = timeline.now()
    for _ in range(steps):
        position = None if position is None else timeline.before(position)
    return position


def redo_target(txn: Transaction, session_id: str, steps: int = 1) -> int | None:
    """Give the revision whose state some steps of redo lead to; None if not so much has been undone.

    What something else has changed since an undo cannot be redone.
    """
    timeline = _Timeline(txn, session_id)
    position = timeline.now()
    at: int | None = timeline.tip()
    ahead: list[int] = []
    while at != position:
        if at is None:
            return None  # what was undone has been compacted away
        ahead.append(at)
        at = timeline.before(at)
    return ahead[-steps] if 0 < steps <= len(ahead) else None


class _Timeline:
    """The line of changes as undo and redo see it.

    A *position* is a revision that stands for a state: the change that made it, never an undo or redo that led to it,
    unless what that one led to has been compacted away; or the base.
    """

    def __init__(self, txn: Transaction, session_id: str) -> None:
        self._txn = txn
        self._owner = schema.id_key(session_id)
        values = index.values_of(txn, session_id)
        self._base: int = values[_BASE]
        self._newest: int = max(values[_LATEST_CHANGE], self._base)

    def now(self) -> int:
        """Give the position of the current state."""
        return self._position(self._newest)

    def before(self, position: int) -> int | None:
        """Give the position of the state before the change at a position; None if that is not known any more."""
        if position <= self._base:
            return None
        change = self._read(position)
        return None if change.kind in _STEPS else self._position(max(change.previous, self._base))

    def tip(self) -> int:
        """Give the latest change that is no undo or redo: where redo ends."""
        number: int = self._newest
        while number > self._base:
            change = self._read(number)
            if change.kind not in _STEPS:
                return number
            number = change.previous
        return self._base

    def _position(self, number: int) -> int:
        """Give the position of the state that a change led to."""
        while number > self._base:
            change = self._read(number)
            if change.kind not in _STEPS or (change.target or 0) < self._base:
                return number
            number = change.target or 0
        return self._base

    def _read(self, number: int) -> Change:
        return revisions.read_change(self._txn, self._owner, number)


def difference(txn: Transaction, session_id: str, first: int, second: int) -> Difference:
    """Give the names that differ between the states after two revisions, read from the first to the second.

    Raises:
        UnknownSession: no listed session has this id.
        UnknownRevision: there is none of this number, or its state has been compacted away.
    """
    owner = schema.id_key(session_id)
    values = _checked(txn, session_id, first)
    _checked(txn, session_id, second)
    low: dict[str, Stored | None] = {}
    high: dict[str, Stored | None] = {}
    for number, change in revisions.changes_down(txn, owner, values, min(first, second)):
        if number > max(first, second):
            continue
        for group_id, (before, after) in change.groups.items():
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
    stored = {group_id: group for group_id, group in stored.items() if references.fault_of(group[1]) is None}
    record = sessions.create(txn, new)
    owner = schema.id_key(new.id)
    values = index.values_of(txn, new.id)
    index.rewrite(txn, owner, values, revisions.with_counts(values, groups=len(stored)))
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
    values = index.values_of(txn, session_id)
    newest: int = values[_REVISION]
    base = first = int(values[_BASE])
    ledger = Ledger()
    for number in range(base + 1, min(base + limit, newest) + 1):
        is_over = max_revisions is not None and newest - number >= max_revisions
        if not is_over and not (max_age_s is not None and revisions.started_at(txn, owner, number) < now_s - max_age_s):
            break
        revisions.forget(txn, owner, number, ledger)
        base = number
    ledger.settle(txn)
    if base != first:
        index.rewrite(txn, owner, values, revisions.with_counts(values, base=base))
    return base - first


def _checked(txn: Transaction, session_id: str, number: int) -> Values:
    """Give what is stored of a session's record, if the state after a revision can be had."""
    values = index.values_of(txn, session_id)
    if not values[_BASE] <= number <= values[_REVISION]:
        raise revisions.unknown_revision(number)
    return values


def _state_after(txn: Transaction, session_id: str, number: int) -> dict[str, Stored]:
    values = _checked(txn, session_id, number)
    befores = _befores(txn, schema.id_key(session_id), values, number)
    groups: dict[str, Stored | None] = {**state.state_of(txn, session_id), **befores}
    return {group_id: group for group_id, group in groups.items() if group}


def _befores(txn: Transaction, owner: bytes, values: Values, number: int) -> dict[str, Stored | None]:
    """Give the groups that have changed since a revision, as they were after it; None for those not there then."""
    found: dict[str, Stored | None] = {}
    for _, change in revisions.changes_down(txn, owner, values, number):
        for group_id, (before, _) in change.groups.items():
            found[group_id] = before
    return found
