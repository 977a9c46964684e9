"""The archive: closed and expired sessions, which are in no listing but can be reopened.

Their journal and state stay where they are; only the record moves.  Use these by their names in `sessions.py`.
"""

from __future__ import annotations

from typing import Any

from xrepl.errors import AmbiguousPrefix, StoreDamaged, UnknownSession
from xrepl.store import garbage, index, schema
from xrepl.store.records import DAMAGED, POSITION, Archived, Record
from xrepl.store.schema import ARCHIVE, ARCHIVED, FORMER
from xrepl.store.transaction import Transaction

_MIN_PREFIX_DIGITS = 4
_MAX_CANDIDATES = 10
_LAST = b"\xff" * 8


def archive(txn: Transaction, session_id: str, now_s: float, why: str) -> None:
    """Take a listed session out of every listing and keep it.

    Args:
        txn: a change's.
        session_id: its id.
        now_s: the time, in seconds since 1970.
        why: `closed` or `expired`.

    Raises:
        UnknownSession: no listed session has this id.
    """
    key = schema.id_key(session_id)
    values = index.listed_values_of(txn, session_id)
    index.remove(txn, key, values)
    keep(txn, key, values, int(now_s), why)


def keep(txn: Transaction, key: bytes, values: index.Values, at: int, why: str) -> None:
    """Put a record that is not listed into the archive, as the latest."""
    latest = txn.last_key(ARCHIVED)
    order = schema.number_in(latest) + 1 if latest else 1
    txn.put(ARCHIVE, key, [values, at, why, order])
    txn.put(ARCHIVED, schema.number_key(order), key)
    name = values[POSITION["name"]]
    if name:
        txn.put(FORMER, _former_key(name, schema.number_key(order)), key)


def archived(txn: Transaction) -> list[Archived]:
    """Give all archived sessions, the earliest archived first; of a damaged one, that it is."""
    known: index.Environments = {}
    return [_listed(txn, key, known) for key in txn.keys(ARCHIVED)]


def _listed(txn: Transaction, order: bytes, known: index.Environments) -> Archived:
    key = txn.get(ARCHIVED, order)
    try:
        return _read(txn, txn.require(ARCHIVE, key), key, known)
    except StoreDamaged:
        return Archived(Record(key.hex(), timeout_ms=None, status=DAMAGED), 0, "")


def find_archived(txn: Transaction, text: str) -> Archived:
    """Find an archived session by its id, else its name, else the beginning of its id (4 hex digits or more).

    Of several that had the name, it is the one that was archived last.

    Raises:
        UnknownSession: there is none.
        AmbiguousPrefix: several ids begin so.
        StoreDamaged: its record is damaged, or not where its name leads to.
    """
    lowered = text.lower()
    if schema.is_id(lowered) and txn.has(ARCHIVE, schema.id_key(lowered)):
        key: bytes | None = schema.id_key(lowered)
    else:
        key = _latest_named(txn, text) or _by_prefix(txn, lowered)
    if key is None:
        raise UnknownSession(f"no session {text!r} is archived", "`(archived-sessions)` lists them")
    return _read(txn, txn.require(ARCHIVE, key), key)


def reopen(txn: Transaction, session_id: str, now_s: float | None = None, *, is_nameless: bool = False) -> Record:
    """List an archived session again, with its journal and state.

    Args:
        txn: a change's.
        session_id: its id.
        now_s: the time, which becomes its last activity, lest it expire at once; None to leave that.
        is_nameless: list it without its name.

    Raises:
        UnknownSession: none is archived under this id.
        NameTaken: a listed session has its name by now.
    """
    key = schema.id_key(session_id)
    values, _, _, order = _stored(txn, key)
    if now_s is not None:
        values[POSITION["last_active"]] = max(int(now_s), values[POSITION["last_active"]])
    listed = list(values)
    if is_nameless:
        listed[POSITION["name"]] = ""
    index.insert_values(txn, key, listed)
    _remove(txn, key, values, order)
    return index.record_from(txn, session_id, listed)


def purge(txn: Transaction, session_id: str | None = None, before_s: float | None = None) -> int:
    """Delete archived sessions for good; their journals and states are freed in steps.

    Args:
        txn: a change's.
        session_id: the one to delete; None for all.
        before_s: with `session_id` None: only those archived before this time, in seconds since 1970.

    Returns:
        How many were deleted.

    Raises:
        UnknownSession: none is archived under this id.
    """
    if session_id is not None:
        key = schema.id_key(session_id)
        _purge(txn, key, _stored(txn, key))
        return 1
    purged = 0
    for key in [txn.get(ARCHIVED, order) for order in txn.keys(ARCHIVED)]:
        try:
            stored = txn.require(ARCHIVE, key)
        except StoreDamaged:
            continue  # `xrepl store compact` leaves it behind
        if before_s is None or stored[1] < before_s:
            _purge(txn, key, stored)
            purged += 1
    return purged


def thin(txn: Transaction, before_s: float | None, most: int | None, limit: int) -> int:
    """Delete for good the sessions that were archived first, as far as they are too old or too many.

    Args:
        txn: a change's.
        before_s: delete those archived before this time, in seconds since 1970; None for none.
        most: delete those over this number; None for none.
        limit: how many to delete at most.

    Returns:
        How many were deleted.
    """
    surplus = 0 if most is None else txn.count(ARCHIVED) - most
    purged = 0
    for order in txn.some_keys(ARCHIVED, limit):
        try:
            key = txn.get(ARCHIVED, order)
            stored = _stored(txn, key)
        except (StoreDamaged, UnknownSession):
            continue  # `xrepl store compact` leaves it behind
        if purged >= surplus and (before_s is None or stored[1] >= before_s):
            break
        _purge(txn, key, stored)
        purged += 1
    return purged


def _purge(txn: Transaction, key: bytes, stored: list[Any]) -> None:
    values, _, _, order = stored
    _remove(txn, key, values, order)
    garbage.discard(txn, key.hex(), values)


def _stored(txn: Transaction, key: bytes) -> list[Any]:
    stored: list[Any] | None = txn.get(ARCHIVE, key)
    if stored is None:
        raise UnknownSession(f"no session {key.hex()} is archived", "`(archived-sessions)` lists them")
    return stored


def _read(txn: Transaction, stored: list[Any], key: bytes, known: index.Environments | None = None) -> Archived:
    values, at, why, _ = stored
    return Archived(index.record_from(txn, key.hex(), values, known), at, why)


def _remove(txn: Transaction, key: bytes, values: index.Values, order: int) -> None:
    txn.delete(ARCHIVE, key)
    txn.delete(ARCHIVED, schema.number_key(order))
    name = values[POSITION["name"]]
    if name:
        txn.delete(FORMER, _former_key(name, schema.number_key(order)))


def _former_key(name: str, order: bytes) -> bytes:
    return schema.digest(name.encode("utf-8", "surrogatepass")) + order


def _latest_named(txn: Transaction, name: str) -> bytes | None:
    for key in txn.keys_down(FORMER, _former_key(name, _LAST), _former_key(name, b"")):
        found: bytes = txn.get(FORMER, key)
        return found
    return None


def _by_prefix(txn: Transaction, prefix: str) -> bytes | None:
    if len(prefix) < _MIN_PREFIX_DIGITS or not schema.is_prefix(prefix):
        return None
    found = list(txn.keys(ARCHIVE, *schema.prefix_range(prefix)))
    if len(found) > 1:
        names = tuple(key.hex() for key in found[:_MAX_CANDIDATES])
        raise AmbiguousPrefix(f"several archived ids begin with {prefix!r}", "give more digits", candidates=names)
    return found[0] if found else None
