"""Records in their tables, with the indexes that follow from them: names and expiry.

The only file that writes the tables of listed sessions, so that record and indexes always agree.  Which record may
follow which is decided in `sessions.py`.
"""

from __future__ import annotations

from typing import Any

from xrepl.config import DEFAULT_SESSION
from xrepl.errors import NameTaken, StoreDamaged, UnknownSession
from xrepl.store import blobs, records, schema
from xrepl.store.blobs import Ledger
from xrepl.store.records import POSITION, Record
from xrepl.store.references import Blob
from xrepl.store.schema import ARCHIVE, EXPIRY, NAMES, SESSIONS
from xrepl.store.transaction import Transaction

_NAME = POSITION["name"]
_LAST_ACTIVE = POSITION["last_active"]
_TIMEOUT = POSITION["timeout_ms"]
_ENVIRONMENT = POSITION["environment"]

# under which name a record says that its environment is damaged
ENVIRONMENT_VARIABLES = "environment variables"

# what to do about a record that cannot be read
SALVAGE = "`xrepl server stop`, then `xrepl store compact`: it comes back under another name"

# environment variables, by the reference of their blob
Environments = dict[bytes, dict[str, str]]
# what is stored of a record, see `records.record_values`
Values = list[Any]


def values_of(txn: Transaction, session_id: str) -> Values:
    """Give what is stored of a listed session.

    Raises:
        UnknownSession: there is none with this id.
        StoreDamaged: its record is damaged.
    """
    return whole(session_id, listed_values_of(txn, session_id))


def listed_values_of(txn: Transaction, session_id: str) -> Values:
    """Give what is stored of a listed session, be it all that should be or not.

    Raises:
        UnknownSession: there is none with this id.
        StoreDamaged: its record cannot be read.
    """
    try:
        values: Values | None = txn.get(SESSIONS, schema.id_key(session_id))
    except StoreDamaged as reason:
        raise StoreDamaged(f"the record of session {session_id} is damaged: {reason.message}", SALVAGE) from reason
    if values is None:
        raise unknown(session_id)
    return values


def whole(session_id: str, values: Values) -> Values:
    """Give what is stored of a record, if it is all that should be.

    Raises:
        StoreDamaged: it is not.
    """
    if len(values) < len(POSITION):
        what = f"the record of session {session_id} has {len(values)} of its {len(POSITION)} fields"
        raise StoreDamaged(what, f"`xrepl close {session_id}` puts it aside, `xrepl store check` looks at the rest")
    return values


def kept_values_of(txn: Transaction, session_id: str) -> Values:
    """Give what is stored of a listed or archived session.

    Raises:
        UnknownSession: there is none with this id.
        StoreDamaged: its record is damaged.
    """
    key = schema.id_key(session_id)
    stored = txn.get(ARCHIVE, key)
    return whole(session_id, stored[0]) if stored else values_of(txn, session_id)


def unknown(text: str) -> UnknownSession:
    """Make the error for a session that does not exist."""
    return UnknownSession(f"there is no session {text!r}", "`(sessions)` lists them")


def record_from(txn: Transaction, session_id: str, values: Values, known: Environments | None = None) -> Record:
    """Make the record of what is stored; a damaged environment comes back empty and is named in `not_kept`.

    Raises:
        StoreDamaged: there is less than a record has.

    Args:
        txn: any.
        session_id: its id.
        values: what is stored.
        known: environments by reference, to be completed: most sessions have one in common.
    """
    ref = whole(session_id, values)[_ENVIRONMENT]
    environment = known.get(ref) if known is not None else None
    try:
        if environment is None:
            environment = schema.unseal(b"", blobs.content_of(txn, ref))
    except StoreDamaged as reason:
        record = records.record_of(session_id, values, {})
        record.not_kept[ENVIRONMENT_VARIABLES] = reason.message
        return record
    if known is not None:
        known[ref] = environment
    return records.record_of(session_id, values, environment)


def environment_blob(environment: dict[str, str]) -> Blob:
    """Give the blob for environment variables, which most sessions have in common."""
    return Blob(schema.seal(b"", dict(sorted(environment.items()))))


def insert(txn: Transaction, record: Record, ledger: Ledger) -> None:
    """Store a new record; the reference to its environment is noted in the ledger.

    Raises:
        NameTaken: another listed session has its name.
    """
    blob = environment_blob(record.environment)
    ledger.add(blob.ref, 1, blob)
    insert_values(txn, schema.id_key(record.id), records.record_values(record, blob.ref))


def insert_values(txn: Transaction, key: bytes, values: Values) -> None:
    """Store a record that is not listed, with its name and its expiry.

    Raises:
        NameTaken: another listed session has its name.
    """
    _claim(txn, values[_NAME], key)
    end = expiry_key(key, values)
    if end:
        txn.put(EXPIRY, end, None)
    txn.put(SESSIONS, key, values)


def rewrite(txn: Transaction, key: bytes, old: Values, new: Values) -> None:
    """Store a listed record anew, and move its name and expiry if they changed.

    Args:
        key: its id.
        old: what is stored of it.
        new: what shall be.

    Raises:
        NameTaken: another listed session has its new name.
    """
    if old[_NAME] != new[_NAME]:
        _claim(txn, new[_NAME], key)
        _leave(txn, old[_NAME])
    before, after = expiry_key(key, old), expiry_key(key, new)
    if before != after:
        if before:
            txn.delete(EXPIRY, before)
        if after:
            txn.put(EXPIRY, after, None)
    txn.put(SESSIONS, key, new)


def remove(txn: Transaction, key: bytes, values: Values) -> None:
    """Take a record out of the tables of listed sessions."""
    _leave(txn, values[_NAME])
    end = expiry_key(key, values)
    if end:
        txn.delete(EXPIRY, end)
    txn.delete(SESSIONS, key)


def named(txn: Transaction, name: str) -> str | None:
    """Give the id of the listed session with a name; None if there is none."""
    key: bytes | None = txn.get(NAMES, schema.text_key(name)) if name else None
    return key.hex() if key else None


def expiry_of(key: bytes) -> str:
    """Give the session id in a key of the expiry table."""
    return key[8:].hex()


def _claim(txn: Transaction, name: str, key: bytes) -> None:
    if name and not txn.put_new(NAMES, schema.text_key(name), key):
        raise NameTaken(f"another session is named {name!r}", "choose another name, or rename that one")


def _leave(txn: Transaction, name: str) -> None:
    if name:
        txn.delete(NAMES, schema.text_key(name))


def expiry_key(key: bytes, values: Values) -> bytes | None:
    """Give the key of a record's end in the expiry table; None for what never expires."""
    timeout_ms = values[_TIMEOUT]
    if timeout_ms is None or values[_NAME] == DEFAULT_SESSION:
        return None
    return schema.number_key(values[_LAST_ACTIVE] * 1000 + timeout_ms) + key
