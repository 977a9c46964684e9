"""One transaction: reading and writing values by table and key.

Knows nothing of what the values mean, and nothing of LMDB but the handles that `environment.py` passes in.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from xrepl.errors import StoreDamaged
from xrepl.store import schema


class Transaction:
    """A view of the whole store at one moment; in a change, with what the change itself has written.

    Valid only inside the `with store.read()` or the change that it was made for, and only on that thread.

    Args:
        handle: LMDB's transaction.
        tables: LMDB's table handles by name.
    """

    __slots__ = ("_handle", "_tables")

    def __init__(self, handle: Any, tables: dict[str, Any]) -> None:
        self._handle = handle
        self._tables = tables

    def get(self, table: str, key: bytes) -> Any:
        """Give the value under a key; None if there is none.

        Raises:
            StoreDamaged: the value is not what was stored.
        """
        raw = self._handle.get(key, None, self._tables[table])
        return None if raw is None else schema.unseal(key, raw)

    def has(self, table: str, key: bytes) -> bool:
        """Say whether there is a value under a key, without reading it."""
        cursor = self._handle.cursor(self._tables[table])
        found: bool = cursor.set_key(key)
        return found

    def put(self, table: str, key: bytes, value: object) -> None:
        """Store a value under a key, over the one that is there."""
        self._handle.put(key, schema.seal(key, value), db=self._tables[table])

    def put_new(self, table: str, key: bytes, value: object) -> bool:
        """Store a value unless there is one; say whether it was stored."""
        stored: bool = self._handle.put(key, schema.seal(key, value), overwrite=False, db=self._tables[table])
        return stored

    def delete(self, table: str, key: bytes) -> bool:
        """Remove a key; say whether it was there."""
        removed: bool = self._handle.delete(key, db=self._tables[table])
        return removed

    def get_raw(self, table: str, key: bytes) -> bytes | None:
        """Give the bytes under a key as they are; for blobs, whose key is their checksum."""
        raw: bytes | None = self._handle.get(key, None, self._tables[table])
        return raw

    def put_raw(self, table: str, key: bytes, raw: bytes | memoryview) -> None:
        """Store bytes as they are."""
        self._handle.put(key, raw, db=self._tables[table])

    def count(self, table: str) -> int:
        """Give the number of keys in a table."""
        entries: int = self._handle.stat(self._tables[table])["entries"]
        return entries

    def keys(self, table: str, lowest: bytes = b"", highest: bytes | None = None) -> Iterator[bytes]:
        """Give the keys from one to another, both included, in order.

        The table must not be written to while this is under way: take a list first.
        """
        cursor = self._handle.cursor(self._tables[table])
        if not cursor.set_range(lowest):
            return
        for key in cursor.iternext(keys=True, values=False):
            if highest is not None and key > highest:
                return
            yield key

    def some_keys(self, table: str, limit: int, lowest: bytes = b"", highest: bytes | None = None) -> list[bytes]:
        """Give the first keys of a range, so many at most; the table may be written to afterwards."""
        return list(itertools.islice(self.keys(table, lowest, highest), max(limit, 0)))

    def last_key(self, table: str) -> bytes | None:
        """Give the highest key of a table; None if it is empty."""
        cursor = self._handle.cursor(self._tables[table])
        return cursor.key() if cursor.last() else None

    def keys_down(self, table: str, highest: bytes, lowest: bytes) -> Iterator[bytes]:
        """Give the keys from a high one down to a low one, both included; see `keys`."""
        cursor = self._handle.cursor(self._tables[table])
        if not self._is_at_or_below(cursor, highest):
            return
        for key in cursor.iterprev(keys=True, values=False):
            if key < lowest:
                return
            yield key

    @staticmethod
    def _is_at_or_below(cursor: Any, highest: bytes) -> bool:
        """Move a cursor to the last key that is not over one; False if there is none."""
        if not cursor.set_range(highest):
            moved: bool = cursor.last()
            return moved
        return bool(cursor.key() == highest or cursor.prev())

    def require(self, table: str, key: bytes) -> Any:
        """Give the value under a key that another value refers to.

        Raises:
            StoreDamaged: it is missing, or not what was stored.
        """
        value = self.get(table, key)
        if value is None:
            raise StoreDamaged(f"the {table} table lacks key {key.hex()}", "run `xrepl store check`")
        return value
