"""What can be read of a damaged store, as a new store; the damaged one is left as it is.

Records, groups of bindings, revisions and blobs are taken over if their checksums are right; indexes and counts are
made anew.  A session keeps its journal back to the first gap.  What is lost is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from xrepl.store import archive, blobs, garbage, index, pages, records, references, revisions, schema, state
from xrepl.store.records import POSITION, Record
from xrepl.store.schema import ARCHIVE, BLOBS, JOURNAL, SESSIONS, STATE
from xrepl.store.store import Store
from xrepl.store.transaction import Transaction

_BATCH_VALUES = 1000
_BATCH_BYTES = 16 << 20
_NAME = POSITION["name"]
_REVISION = POSITION["revision"]
_BASE = POSITION["base"]
_LATEST_CHANGE = POSITION["latest_change"]
_GROUPS = POSITION["groups"]


def salvage(path: str, store: Store) -> list[str]:
    """Bring what can be read of a damaged data file into an empty store; give what is lost, in words.

    Args:
        path: the damaged file, which nobody writes to.
        store: a new store.

    Raises:
        StoreDamaged: nothing can be read.
        StoreFull: there is no room.
    """
    found = _Found(store)
    pages.salvage(path, found.take)
    found.flush()
    lost = [f"{count} values in the {table} table are damaged" for table, count in found.damaged.items()]
    for key in found.in_order():
        lost += store.run(_settling(key, found))
    store.run(_count)
    return lost


@dataclass(slots=True)
class _Found:
    """What has been read: records are kept aside, everything else is in the new store already."""

    store: Store
    listed: dict[bytes, index.Values] = field(default_factory=dict)
    archived: dict[bytes, list[Any]] = field(default_factory=dict)
    owners: set[bytes] = field(default_factory=set)
    damaged: Counter[str] = field(default_factory=Counter)
    _batch: list[tuple[str, bytes, bytes]] = field(default_factory=list)
    _batch_bytes: int = 0

    def in_order(self) -> list[bytes]:
        """Give the sessions: the listed ones, those without a record, the archived ones as they were archived."""
        archived = sorted(self.archived.keys() - self.listed.keys(), key=lambda key: self.archived[key][-1])
        return [*sorted(self.listed), *sorted(self.owners - self.listed.keys() - self.archived.keys()), *archived]

    def take(self, table: str, key: bytes, raw: bytes) -> None:
        if table not in (SESSIONS, ARCHIVE, JOURNAL, STATE, BLOBS):
            return
        if table == BLOBS:
            if len(key) == schema.DIGEST_BYTES:
                self._keep(table, key, raw, is_sound=schema.digest(raw) == key)
        elif table in (JOURNAL, STATE):
            self.owners.add(key[: schema.ID_BYTES])
            self._keep(table, key, raw, is_sound=schema.is_sound(key, raw))
        elif not self._take_record(table, key, raw):
            self.damaged[table] += 1

    def _take_record(self, table: str, key: bytes, raw: bytes) -> bool:
        if not schema.is_sound(key, raw):
            return False
        stored = schema.unseal(key, raw)
        if len(stored if table == SESSIONS else stored[0]) < len(POSITION):
            return False
        (self.listed if table == SESSIONS else self.archived)[key] = stored
        return True

    def _keep(self, table: str, key: bytes, raw: bytes, *, is_sound: bool) -> None:
        if not is_sound:
            self.damaged[table] += 1
            return
        self._batch.append((table, key, raw))
        self._batch_bytes += len(raw)
        if len(self._batch) >= _BATCH_VALUES or self._batch_bytes >= _BATCH_BYTES:
            self.flush()

    def flush(self) -> None:
        batch, self._batch, self._batch_bytes = self._batch, [], 0

        def put(txn: Transaction) -> None:
            for table, key, raw in batch:
                txn.put_raw(table, key, raw)

        self.store.run(put)


def _settling(key: bytes, found: _Found) -> Callable[[Transaction], list[str]]:
    """Give the change that gives a session its record and makes its journal and state agree with it."""

    def settle(txn: Transaction) -> list[str]:
        if key in found.listed:
            return _settle(txn, key, found.listed[key])
        if key not in found.archived:
            values = _new_record(txn, key)
            text = f"session {key.hex()} has lost its record, and is now named {values[_NAME]}"
            return [text, *_settle(txn, key, values)]
        values, at, why, _ = found.archived[key]
        lost = _settle(txn, key, [*values[:_NAME], "", *values[_NAME + 1 :]])
        settled = index.values_of(txn, key.hex())
        index.remove(txn, key, settled)
        settled[_NAME] = values[_NAME]
        archive.keep(txn, key, settled, at, why)
        return lost

    return settle


def _settle(txn: Transaction, key: bytes, before: index.Values) -> list[str]:
    """List a session; give what of it is lost."""
    values = list(before)
    lost = _settle_journal(txn, key, values)
    index.insert_values(txn, key, values)
    return lost + _settle_state(txn, key, values)


def _new_record(txn: Transaction, key: bytes) -> index.Values:
    """Make a record for a session that has lost its own."""
    nothing = index.environment_blob({}).ref  # so small that it is its own reference
    values = records.record_values(Record(key.hex(), f"recovered-{key.hex()[:8]}", timeout_ms=None), nothing)
    for entry in txn.keys(JOURNAL, key, schema.after(key)):
        values[_REVISION] = max(values[_REVISION], schema.revision_in(entry))
        if schema.is_change(entry):
            values[_LATEST_CHANGE] = max(values[_LATEST_CHANGE], schema.revision_in(entry))
    values[_GROUPS] = sum(1 for _ in txn.keys(STATE, key, schema.after(key)))
    return values


def _settle_journal(txn: Transaction, key: bytes, values: index.Values) -> list[str]:
    """Forget a journal up to its last gap, and what is counted nowhere."""
    base = newest = values[_REVISION]
    while base > values[_BASE] and revisions.is_whole(txn, key, base):
        base -= 1
    for entry in list(txn.keys(JOURNAL, key, schema.after(key))):
        if not base < schema.revision_in(entry) <= newest:
            txn.delete(JOURNAL, entry)
    lost = base - values[_BASE]
    values[_BASE] = base
    return [f"session {key.hex()} has lost its {lost} earliest revisions"] if lost > 0 else []


def _settle_state(txn: Transaction, key: bytes, values: index.Values) -> list[str]:
    """Complete a state by the journal, count its groups, and tell what is missing."""
    groups = state.state_of(txn, key.hex())
    sound = {group_id: stored for group_id, stored in groups.items() if references.fault_of(stored[1]) is None}
    for group_id, stored in sound.items():
        place = state.state_key(key, group_id)
        txn.put(STATE, place, state.state_value(place, group_id, stored))
    lost = [f"session {key.hex()}: {group.fault}" for group in map(_reading(txn), groups.values()) if group.fault]
    index.rewrite(txn, key, values, revisions.with_counts(values, groups=len(sound)))
    return lost


def _reading(txn: Transaction) -> Callable[[revisions.Stored], records.Group]:
    return lambda stored: state.group_from(txn, stored)


def _count(txn: Transaction) -> None:
    """Count the references to each blob anew, and remove those without any."""
    counts: Counter[bytes] = Counter()
    for table in (SESSIONS, ARCHIVE, STATE, JOURNAL):
        for key in txn.keys(table):
            counts.update(garbage.references_in(table, key, txn.get(table, key)))
    blobs.recount(txn, counts)
