"""The version record: which schema a store has, and who wrote it.

How an older schema becomes this one is in `migrate.py`.
"""

from __future__ import annotations

from typing import Any

import xrepl
from xrepl.errors import StoreDamaged, StoreVersion
from xrepl.store.pages import damaged
from xrepl.store.schema import META, SCHEMA_VERSION
from xrepl.store.transaction import Transaction

_KEY = b"version"


def write(txn: Transaction, now_s: float) -> None:
    """Write the version record of a new or migrated store."""
    known = txn.get(META, _KEY) or {"created_at": int(now_s)}
    txn.put(META, _KEY, {**known, "schema": SCHEMA_VERSION, "written_by": xrepl.__version__})


def check(txn: Transaction, path: str) -> int:
    """Give the schema version of a store that this program can read, maybe after a migration.

    Args:
        txn: any.
        path: the store's file, for the messages.

    Raises:
        StoreDamaged: there is no version record, or it is damaged.
        StoreVersion: a later release wrote it.
    """
    try:
        record: dict[str, Any] = txn.require(META, _KEY)
    except StoreDamaged as reason:
        raise damaged(path, "it has no sound version record") from reason
    schema: int = record["schema"]
    if schema > SCHEMA_VERSION:
        raise StoreVersion(
            f"{path} was written by xrepl {record['written_by']} (schema {schema}); this is xrepl {xrepl.__version__}, "
            f"which reads schemas up to {SCHEMA_VERSION}",
            f"use xrepl {record['written_by']} or later, or set XREPL_HOME to another directory",
        )
    return schema
