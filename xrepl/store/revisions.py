"""The journal's revisions: one entry each, and what it changed, if it changed anything.

The only file that writes the journal table.  What follows from the changes is in `history.py`.  Each change names the
one before it, and the record names the latest, so that one that is missing is noticed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from xrepl.errors import StoreDamaged, UnknownRevision
from xrepl.store import garbage, index, schema
from xrepl.store.blobs import Ledger
from xrepl.store.index import Values
from xrepl.store.records import DAMAGED, POSITION, Entry, Revision
from xrepl.store.schema import JOURNAL
from xrepl.store.transaction import Transaction

DEFAULT_PAGE = 50
_REVISION = POSITION["revision"]
_LAST_ACTIVE = POSITION["last_active"]
_NOT_KEPT = POSITION["not_kept"]
_GROUPS = POSITION["groups"]
_LATEST_CHANGE = POSITION["latest_change"]
_BASE = POSITION["base"]
_FORM = 0
_STARTED_AT = 1
_HAS_CHANGE = 8

# what is stored of a group: its names and the reference of its blob
Stored = list[Any]
# groups that a revision changed, by group id: before and after, None for none
Groups = dict[str, tuple[Stored | None, Stored | None]]


@dataclass(slots=True)
class Change:
    """What a revision changes.

    Attributes:
        kind: its entry's.
        target: the revision whose state it leads to; None for none.
        groups: what is different.
        growth: how many groups more the state has.
        previous: the change before it; 0 for none.
    """

    kind: str
    target: int | None = None
    groups: Groups = field(default_factory=dict)
    growth: int = 0
    previous: int = 0


def append(
    txn: Transaction,
    session_id: str,
    entry: Entry,
    change: Change,
    now_s: float,
    not_kept: dict[str, str] | None = None,
    *,
    is_change: bool,
) -> int:
    """Write a revision's entry, and its change if it is one, and count them in the record."""
    owner = schema.id_key(session_id)
    old = index.values_of(txn, session_id)
    new = list(old)
    number: int = old[_REVISION] + 1
    new[_REVISION] = number
    new[_LAST_ACTIVE] = max(int(now_s), old[_LAST_ACTIVE])
    new[_GROUPS] += change.growth
    if not_kept is not None:
        new[_NOT_KEPT] = not_kept
    if is_change:
        values = [change.kind, change.target, change.groups, old[_LATEST_CHANGE]]
        txn.put(JOURNAL, schema.change_key(owner, number), values)
        new[_LATEST_CHANGE] = number
    txn.put(JOURNAL, schema.entry_key(owner, number), _entry_values(entry, is_change=is_change))
    index.rewrite(txn, owner, old, new)
    return number


def revision(txn: Transaction, session_id: str, number: int) -> Revision:
    """Give one revision of a listed or archived session.

    Raises:
        UnknownSession: there is no such session.
        UnknownRevision: there is none of this number, or not any more.
        StoreDamaged: it is damaged.
    """
    values = index.kept_values_of(txn, session_id)
    if not values[_BASE] < number <= values[_REVISION]:
        raise unknown_revision(number)
    return _revision(txn, schema.id_key(session_id), number)


def unknown_revision(number: int) -> UnknownRevision:
    """Make the error for a revision that does not exist."""
    return UnknownRevision(f"there is no revision {number}", "`(revisions)` lists them")


def revisions(
    txn: Transaction, session_id: str, limit: int = DEFAULT_PAGE, before: int | None = None, search: str = ""
) -> list[Revision]:
    """Give some revisions, the newest first.

    Args:
        txn: any.
        session_id: of a listed or archived session.
        limit: how many at most.
        before: give only those with lower numbers; None for all.
        search: give only those whose form has this text in it, in any case.
    """
    owner = schema.id_key(session_id)
    values = index.kept_values_of(txn, session_id)
    newest = values[_REVISION] if before is None else min(before - 1, values[_REVISION])
    found: list[Revision] = []
    for number in range(newest, values[_BASE], -1):
        if len(found) >= limit:
            break
        one = _revision_or_damage(txn, owner, number, search.casefold())
        if one:
            found.append(one)
    return found


def _revision_or_damage(txn: Transaction, owner: bytes, number: int, wanted: str) -> Revision | None:
    """Give a revision if its form has a text in it; one that is damaged says so."""
    try:
        values = txn.require(JOURNAL, schema.entry_key(owner, number))
        return _revision(txn, owner, number, values) if wanted in values[_FORM].casefold() else None
    except StoreDamaged as reason:
        return Revision(number, Entry("", error=reason.message, kind=DAMAGED), [], [])


def read_change(txn: Transaction, owner: bytes, number: int) -> Change:
    """Give what a revision changed.

    Raises:
        StoreDamaged: it is damaged or missing.
    """
    kind, target, groups, previous = txn.require(JOURNAL, schema.change_key(owner, number))
    return Change(kind, target, groups, previous=previous)


def changes_down(txn: Transaction, owner: bytes, values: Values, above: int) -> Iterator[tuple[int, Change]]:
    """Give a session's changes after a revision that is not under the base, the newest first.

    Raises:
        StoreDamaged: one is damaged or missing.
    """
    number = values[_LATEST_CHANGE]
    while number > above:
        change = read_change(txn, owner, number)
        yield number, change
        number = change.previous


def latest(txn: Transaction, session_id: str) -> dict[str, Stored | None]:
    """Give what the journal says of the current state: its changes' groups as they were last; None for gone."""
    values = index.kept_values_of(txn, session_id)
    found: dict[str, Stored | None] = {}
    for _, change in changes_down(txn, schema.id_key(session_id), values, values[_BASE]):
        for group_id, (_, after) in change.groups.items():
            found.setdefault(group_id, after)
    return found


def with_counts(values: Values, **counts: int) -> Values:
    """Give what is stored of a record with other counts."""
    changed = list(values)
    for name, count in counts.items():
        changed[POSITION[name]] = count
    return changed


def started_at(txn: Transaction, owner: bytes, number: int) -> float:
    """Give when the form of a revision began, in seconds since 1970."""
    values = txn.require(JOURNAL, schema.entry_key(owner, number))
    started: float = values[_STARTED_AT]
    return started


def is_whole(txn: Transaction, owner: bytes, number: int) -> bool:
    """Say whether a revision's entry is there, and its change if it should have one."""
    values = txn.get(JOURNAL, schema.entry_key(owner, number))
    return values is not None and (not values[_HAS_CHANGE] or txn.has(JOURNAL, schema.change_key(owner, number)))


def forget(txn: Transaction, owner: bytes, number: int, ledger: Ledger) -> None:
    """Remove a revision, and note what it does not refer to any more."""
    change = schema.change_key(owner, number)
    if txn.has(JOURNAL, change):
        garbage.release(txn, JOURNAL, change, ledger)
        txn.delete(JOURNAL, change)
    txn.delete(JOURNAL, schema.entry_key(owner, number))


def _revision(txn: Transaction, owner: bytes, number: int, values: list[Any] | None = None) -> Revision:
    values = values or txn.require(JOURNAL, schema.entry_key(owner, number))
    entry = Entry(*values[:_HAS_CHANGE])
    if not values[_HAS_CHANGE]:
        return Revision(number, entry, [], [])
    change = read_change(txn, owner, number)
    after = {name for _, group in change.groups.values() if group for name in group[0]}
    before = {name for group, _ in change.groups.values() if group for name in group[0]}
    return Revision(number, entry, sorted(after), sorted(before - after), change.target)


def _entry_values(entry: Entry, *, is_change: bool) -> list[Any]:
    return [
        entry.form,
        entry.started_at,
        entry.ms,
        entry.value,
        entry.output,
        entry.error,
        entry.who,
        entry.kind,
        is_change,
    ]
