"""The journal's revisions: one entry each, and what it changed, if it changed anything.

The only file that writes the journal table.  What follows from the changes is in `history.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xrepl.errors import UnknownRevision
from xrepl.store import garbage, index, schema
from xrepl.store.blobs import Ledger
from xrepl.store.records import POSITION, Entry, Revision
from xrepl.store.schema import JOURNAL
from xrepl.store.state import Groups
from xrepl.store.transaction import Transaction

DEFAULT_PAGE = 50
_LAST_NUMBER = (1 << 64) - 1
_REVISION = POSITION["revision"]
_LAST_ACTIVE = POSITION["last_active"]
_NOT_KEPT = POSITION["not_kept"]
_FORM = 0
_STARTED_AT = 1


def append(
    txn: Transaction,
    session_id: str,
    entry: Entry,
    change: list[Any] | None,
    now_s: float,
    not_kept: dict[str, str] | None = None,
) -> int:
    """Write a revision's entry and change, and count it in the record."""
    owner = schema.id_key(session_id)
    old = index.values_of(txn, session_id)
    new = list(old)
    number: int = old[_REVISION] + 1
    new[_REVISION] = number
    new[_LAST_ACTIVE] = max(int(now_s), old[_LAST_ACTIVE])
    if not_kept is not None:
        new[_NOT_KEPT] = not_kept
    index.rewrite(txn, owner, old, new)
    txn.put(JOURNAL, schema.entry_key(owner, number), _entry_values(entry))
    if change:
        txn.put(JOURNAL, schema.change_key(owner, number), change)
    return number


def revision(txn: Transaction, session_id: str, number: int) -> Revision:
    """Give one revision.

    Raises:
        UnknownRevision: there is none of this number, or not any more.
    """
    owner = schema.id_key(session_id)
    values = txn.get(JOURNAL, schema.entry_key(owner, number)) if number > 0 else None
    if values is None:
        raise unknown_revision(number)
    return _revision(txn, owner, number, values)


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
    wanted = search.casefold()
    found: list[Revision] = []
    for number in numbers_down(txn, owner, None if before is None else before - 1):
        if len(found) >= limit:
            break
        values = txn.require(JOURNAL, schema.entry_key(owner, number))
        if wanted in values[_FORM].casefold():
            found.append(_revision(txn, owner, number, values))
    return found


def numbers_down(txn: Transaction, owner: bytes, highest: int | None = None) -> Iterator[int]:
    """Give the numbers of a session's revisions, the newest first."""
    end = schema.entry_key(owner, _LAST_NUMBER if highest is None else max(highest, 0))
    for key in txn.keys_down(JOURNAL, end, owner):
        if not schema.is_change(key):
            yield schema.revision_in(key)


def base_of(txn: Transaction, owner: bytes, newest: int) -> int:
    """Give the earliest revision whose state can be had: the one before the first that the journal holds."""
    first = txn.some_keys(JOURNAL, 1, owner, schema.after(owner))
    return schema.revision_in(first[0]) - 1 if first else newest


def changes_down(
    txn: Transaction, owner: bytes, above: int, highest: int = _LAST_NUMBER
) -> Iterator[tuple[int, Groups]]:
    """Give the changes after a revision, and up to another, the newest first."""
    lowest = schema.change_key(owner, above + 1)
    for key in txn.keys_down(JOURNAL, schema.change_key(owner, highest), lowest):
        if schema.is_change(key):
            yield schema.revision_in(key), txn.require(JOURNAL, key)[2]


def started_at(txn: Transaction, owner: bytes, number: int) -> float:
    """Give when the form of a revision began, in seconds since 1970."""
    values = txn.require(JOURNAL, schema.entry_key(owner, number))
    started: float = values[_STARTED_AT]
    return started


def forget(txn: Transaction, owner: bytes, number: int, ledger: Ledger) -> None:
    """Remove a revision, and note what it does not refer to any more."""
    change = schema.change_key(owner, number)
    if txn.has(JOURNAL, change):
        garbage.release(txn, JOURNAL, change, ledger)
        txn.delete(JOURNAL, change)
    txn.delete(JOURNAL, schema.entry_key(owner, number))


def _revision(txn: Transaction, owner: bytes, number: int, values: list[Any]) -> Revision:
    entry = Entry(*values)
    change = txn.get(JOURNAL, schema.change_key(owner, number))
    if change is None:
        return Revision(number, entry, [], [])
    _, target, groups = change
    after = {name for _, group in groups.values() if group for name in group[0]}
    before = {name for group, _ in groups.values() if group for name in group[0]}
    return Revision(number, entry, sorted(after), sorted(before - after), target)


def _entry_values(entry: Entry) -> list[Any]:
    return [
        entry.form,
        entry.started_at,
        entry.ms,
        entry.value,
        entry.output,
        entry.error,
        entry.who,
        entry.kind,
    ]
