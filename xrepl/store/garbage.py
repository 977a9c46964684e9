"""Freeing what deleted sessions leave behind, in steps of bounded time.

A deleted session is gone at once for every reader; its journal, its state and the blobs that nothing else refers to
are freed afterwards by the store's writer, while it has nothing better to do.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from xrepl.errors import StoreDamaged
from xrepl.store import schema
from xrepl.store.blobs import Ledger
from xrepl.store.records import POSITION
from xrepl.store.schema import ARCHIVE, GARBAGE, JOURNAL, SESSIONS, STATE
from xrepl.store.transaction import Transaction

_ENVIRONMENT = POSITION["environment"]


def discard(txn: Transaction, session_id: str, values: list[Any]) -> None:
    """Note that a session's data can be freed, and let go of its environment.

    Args:
        txn: a change's.
        session_id: of a session whose record has been removed.
        values: what was stored of it.
    """
    ledger = Ledger()
    ledger.add(values[_ENVIRONMENT], -1)
    ledger.settle(txn)
    txn.put(GARBAGE, schema.id_key(session_id), None)


def is_left(txn: Transaction) -> bool:
    """Say whether there is something to free."""
    return txn.count(GARBAGE) > 0


def collect(txn: Transaction, limit: int) -> int:
    """Free some of what deleted sessions left.

    Args:
        txn: a change's.
        limit: how many values to free at most.

    Returns:
        How many were freed; 0 when nothing is left.
    """
    freed = 0
    ledger = Ledger()
    for owner in txn.some_keys(GARBAGE, limit):
        for table in (JOURNAL, STATE):
            freed += _free(txn, table, owner, limit - freed, ledger)
        if freed >= limit:
            break
        txn.delete(GARBAGE, owner)
        freed += 1
    ledger.settle(txn)
    return freed


def _free(txn: Transaction, table: str, owner: bytes, limit: int, ledger: Ledger) -> int:
    """Remove up to `limit` values of a session from a table."""
    keys = txn.some_keys(table, limit, owner, schema.after(owner))
    for key in keys:
        release(txn, table, key, ledger)
        txn.delete(table, key)
    return len(keys)


def release(txn: Transaction, table: str, key: bytes, ledger: Ledger) -> None:
    """Note that what a value refers to is not referred to by it any more; a damaged value is passed over."""
    try:
        value = txn.get(table, key)
    except StoreDamaged:
        return  # its blobs stay; `xrepl store compact` leaves them behind
    for ref in references_in(table, key, value):
        ledger.add(ref, -1)


def references_in(table: str, key: bytes, value: Any) -> Iterator[bytes]:
    """Give the references to blobs in a value of any table, each as often as it is there."""
    if table == SESSIONS:
        yield value[_ENVIRONMENT]
    elif table == ARCHIVE:
        yield value[0][_ENVIRONMENT]
    elif table == STATE:
        yield value[1]
    elif table == JOURNAL and schema.is_change(key):
        for before, after in value[2].values():
            yield from (group[1] for group in (before, after) if group)
