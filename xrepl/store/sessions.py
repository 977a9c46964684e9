"""Session records: make, find, replace, list, expire, delete.  The archive's functions are here by name too.

All are functions of a transaction: of a change handed to `Store.submit`, or, those that only read, of `Store.read`.
What a session's journal and state hold is `journal.py`'s business.
"""

from __future__ import annotations

import dataclasses

from xrepl.errors import AmbiguousPrefix, Conflict, StoreDamaged
from xrepl.store import garbage, index, records, schema
from xrepl.store.archive import archive, archived, find_archived, purge, reopen, thin
from xrepl.store.blobs import Ledger
from xrepl.store.records import POSITION, Record
from xrepl.store.schema import ARCHIVE, EXPIRY, GARBAGE, SESSIONS
from xrepl.store.transaction import Transaction

__all__ = [
    "all",
    "archive",
    "archived",
    "count",
    "create",
    "delete",
    "expired",
    "find",
    "find_archived",
    "get",
    "is_listed",
    "locate",
    "page",
    "purge",
    "reopen",
    "replace",
    "thin",
    "touch",
]

MIN_PREFIX_DIGITS = 4
_MAX_CANDIDATES = 10


def create(txn: Transaction, record: Record) -> Record:
    """Store a new session, with an empty journal and no bindings.

    Raises:
        NameTaken: another listed session has its name.
        Conflict: its id is used, by a session that is listed, archived or not yet wholly deleted.
    """
    key = schema.id_key(record.id)
    if any(txn.has(table, key) for table in (SESSIONS, ARCHIVE, GARBAGE)):
        raise Conflict(f"session id {record.id} is used already", "take another")
    record = dataclasses.replace(record, revision=0, version=0)
    ledger = Ledger()
    index.insert(txn, record, ledger)
    ledger.settle(txn)
    return record


def get(txn: Transaction, session_id: str) -> Record | None:
    """Give a listed session; None if there is none with this id.

    Raises:
        StoreDamaged: its record is damaged.
    """
    if not is_listed(txn, session_id):
        return None
    return index.record_from(txn, session_id, index.values_of(txn, session_id))


def is_listed(txn: Transaction, session_id: str) -> bool:
    """Say whether there is a listed session with this id, without looking at its record."""
    return schema.is_id(session_id) and txn.has(SESSIONS, schema.id_key(session_id))


def find(txn: Transaction, text: str) -> Record:
    """Find a listed session by its id, else its name, else the beginning of its id (4 hex digits or more).

    Raises:
        UnknownSession: there is none.
        AmbiguousPrefix: several ids begin so; `candidates` are they, ten at most.
        StoreDamaged: its record is damaged, or not where its name leads to.
    """
    session_id = locate(txn, text)
    if not txn.has(SESSIONS, schema.id_key(session_id)):
        raise StoreDamaged(f"the name {text!r} leads to a session that is not there", index.SALVAGE)
    return index.record_from(txn, session_id, index.values_of(txn, session_id))


def locate(txn: Transaction, text: str) -> str:
    """Give the id of the session that `find` finds, without looking at its record.

    Raises:
        UnknownSession, AmbiguousPrefix: as `find`.
    """
    session_id = text.lower()
    if is_listed(txn, session_id):
        return session_id
    session_id = index.named(txn, text) or _by_prefix(txn, text.lower())
    if not session_id:
        raise index.unknown(text)
    return session_id


def _by_prefix(txn: Transaction, prefix: str) -> str:
    """Give the one id that begins so; empty for none."""
    if len(prefix) < MIN_PREFIX_DIGITS or not schema.is_prefix(prefix):
        return ""
    found = [key.hex() for key in txn.some_keys(SESSIONS, _MAX_CANDIDATES + 1, *schema.prefix_range(prefix))]
    if len(found) > 1:
        raise ambiguous(prefix, found)
    return found[0] if found else ""


def ambiguous(prefix: str, found: list[str]) -> AmbiguousPrefix:
    """Make the error for a prefix of several ids."""
    more = " and more" if len(found) > _MAX_CANDIDATES else ""
    return AmbiguousPrefix(
        f"several ids begin with {prefix!r}: {', '.join(found[:_MAX_CANDIDATES])}{more}",
        "give more digits",
        candidates=tuple(found[:_MAX_CANDIDATES]),
    )


def replace(txn: Transaction, record: Record, expected_version: int | None = None) -> Record:
    """Store a listed session anew; give it as it now is, with the next version.

    The journal's count of revisions stays as it is stored, and `last_active` never goes back.

    Args:
        txn: a change's.
        record: the session as it shall be.
        expected_version: the version that the caller has seen; None to replace any.

    Raises:
        UnknownSession: no listed session has its id.
        Conflict: it has been replaced since that version.
        NameTaken: another listed session has its new name.
    """
    key = schema.id_key(record.id)
    old = index.values_of(txn, record.id)
    version = old[POSITION["version"]]
    if expected_version is not None and expected_version != version:
        raise Conflict(f"session {record.id} has changed: it is at version {version}, not {expected_version}", "retry")
    record = dataclasses.replace(
        record,
        version=version + 1,
        revision=old[POSITION["revision"]],
        last_active=max(record.last_active, old[POSITION["last_active"]]),
    )
    before = old[POSITION["environment"]]
    blob = index.environment_blob(record.environment)
    if blob.ref != before:
        ledger = Ledger()
        ledger.add(blob.ref, 1, blob)
        ledger.add(before, -1)
        ledger.settle(txn)
    index.rewrite(txn, key, old, records.record_values(record, blob.ref, old))
    return record


def touch(txn: Transaction, session_id: str, now_s: float) -> None:
    """Note that a listed session was active; the version stays.

    Raises:
        UnknownSession: no listed session has this id.
    """
    old = index.values_of(txn, session_id)
    new = list(old)
    new[POSITION["last_active"]] = max(int(now_s), old[POSITION["last_active"]])
    if new != old:
        index.rewrite(txn, schema.id_key(session_id), old, new)


def all(txn: Transaction) -> list[Record]:
    """Give all listed sessions, by id.  One whose record is damaged has that status and nothing else."""
    return page(txn, "", txn.count(SESSIONS))


def page(txn: Transaction, after_id: str | None, limit: int) -> list[Record]:
    """Give some listed sessions, by id.

    Args:
        txn: any.
        after_id: the last id of the page before; None or empty for the first page.
        limit: how many at most.
    """
    lowest = schema.id_key(after_id) + b"\0" if after_id else b""
    known: index.Environments = {}
    return [_listed(txn, key, known) for key in txn.some_keys(SESSIONS, limit, lowest)]


def _listed(txn: Transaction, key: bytes, known: index.Environments) -> Record:
    try:
        return index.record_from(txn, key.hex(), txn.require(SESSIONS, key), known)
    except StoreDamaged:
        return Record(key.hex(), timeout_ms=None, status=records.DAMAGED)


def count(txn: Transaction) -> int:
    """Give the number of listed sessions."""
    return txn.count(SESSIONS)


def expired(txn: Transaction, now_s: float, limit: int) -> list[str]:
    """Give the ids of listed sessions whose time is up, longest ago first, without looking at the others.

    `default`, and sessions without a timeout, are never among them.  Whether one is in use is for the caller to know.
    """
    keys = txn.some_keys(EXPIRY, limit, highest=schema.number_key(int(now_s * 1000)))
    return [index.expiry_of(key) for key in keys]


def delete(txn: Transaction, session_id: str) -> None:
    """Delete a listed session for good; its journal and state are freed in steps.

    Raises:
        UnknownSession: no listed session has this id.
        StoreDamaged: its record is damaged: `xrepl store compact` leaves it behind.
    """
    values = index.values_of(txn, session_id)
    index.remove(txn, schema.id_key(session_id), values)
    garbage.discard(txn, session_id, values)
