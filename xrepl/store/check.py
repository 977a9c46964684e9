"""Looks at every value of a store: checksums, references, and what must agree with what.

That LMDB can read the file at all is for `pages.py` to check, before.  Repairs nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from xrepl.errors import StoreDamaged, StoreError
from xrepl.store import blobs, index, revisions, schema
from xrepl.store.records import POSITION, Entry
from xrepl.store.schema import (
    ARCHIVE,
    ARCHIVED,
    BLOBS,
    EXPIRY,
    FORMER,
    GARBAGE,
    JOURNAL,
    META,
    NAMES,
    SESSIONS,
    STATE,
)
from xrepl.store.transaction import Transaction

_NAME = POSITION["name"]
_ENVIRONMENT = POSITION["environment"]
_REVISION = POSITION["revision"]
_LATEST_CHANGE = POSITION["latest_change"]
_BASE = POSITION["base"]
_GROUPS = POSITION["groups"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong.

    Attributes:
        session: the session that it is about; empty for the store as a whole.
        text: what is wrong.
    """

    session: str
    text: str

    def __str__(self) -> str:
        return f"session {self.session}: {self.text}" if self.session else self.text


def check(txn: Transaction) -> list[Finding]:
    """Look at everything; some microseconds a value, and 2 ms a megabyte of blobs."""
    return _Check(txn).run()


class _Check:
    """One pass over all tables; counts the references to blobs on the way."""

    def __init__(self, txn: Transaction) -> None:
        self._txn = txn
        self._findings: list[Finding] = []
        self._references: Counter[bytes] = Counter()
        self._newest: dict[bytes, int] = {}
        # how many values a session should have, in journal and state, less those found
        self._missing: Counter[tuple[bytes, str]] = Counter()
        # what the journal says about the current state: by key in the state table
        self._latest: dict[bytes, Any] = {}

    def run(self) -> list[Finding]:
        self._each(META, lambda key, value: None)
        self._each(SESSIONS, self._session)
        self._each(ARCHIVE, self._archived)
        self._each(NAMES, self._name)
        self._each(EXPIRY, self._expiry)
        self._each(ARCHIVED, self._order)
        self._each(FORMER, self._order)
        self._newest.update(dict.fromkeys(self._txn.keys(GARBAGE), -1))
        self._each(JOURNAL, self._journal)
        self._each(STATE, self._state)
        for key, after in self._latest.items():
            if after and self._newest.get(_owner(key), -1) >= 0:
                self._say(key, "a binding that the journal has is missing")
        for (owner, what), count in self._missing.items():
            if count and self._newest.get(owner, -1) >= 0:
                self._say(owner, f"{count} {what} are missing" if count > 0 else f"{-count} {what} too many")
        self._counts()
        return self._findings

    def _say(self, key: bytes, text: str) -> None:
        self._findings.append(Finding(_owner(key).hex(), text))

    def _each(self, table: str, look: Callable[[bytes, Any], None]) -> None:
        """Look at each value of a table; what cannot be read is a finding."""
        for key in self._txn.keys(table):
            try:
                look(key, self._txn.get(table, key))
            except (StoreError, LookupError, TypeError, ValueError, AttributeError) as reason:
                place = key[8:] if table == EXPIRY else key
                owner = "" if table in (META, NAMES, ARCHIVED, FORMER) else _owner(place).hex()
                self._findings.append(Finding(owner, f"in the {table} table: {_words(reason)}"))

    def _session(self, key: bytes, values: index.Values) -> None:
        self._record(key, values)
        name = values[_NAME]
        if name and self._txn.get(NAMES, schema.text_key(name)) != key:
            self._say(key, f"its name {name!r} does not lead to it")
        end = index.expiry_key(key, values)
        if end and not self._txn.has(EXPIRY, end):
            self._say(key, "it is not among those that will expire")

    def _archived(self, key: bytes, stored: list[Any]) -> None:
        values, _, _, order = stored
        self._record(key, values)
        if self._txn.get(ARCHIVED, schema.number_key(order)) != key:
            self._say(key, "it is not in the order of the archive")

    def _record(self, key: bytes, values: index.Values) -> None:
        self._newest[key] = -1  # for what is found of it if its record cannot be read
        index.whole(key.hex(), values)
        self._newest[key] = values[_REVISION]
        self._missing[key, "revisions"] += values[_REVISION] - values[_BASE]
        self._missing[key, "groups of bindings"] += values[_GROUPS]
        if values[_LATEST_CHANGE] > values[_BASE]:
            self._changes(key, values)
        self._references[values[_ENVIRONMENT]] += 1
        for name, reason in index.record_from(self._txn, key.hex(), values).not_kept.items():
            if name == index.ENVIRONMENT_VARIABLES:
                self._say(key, f"its environment: {reason}")

    def _changes(self, key: bytes, values: index.Values) -> None:
        try:
            for _ in revisions.changes_down(self._txn, key, values, values[_BASE]):
                pass
        except StoreDamaged as reason:
            self._say(key, f"what its revisions changed: {reason.message}")

    def _name(self, key: bytes, owner: bytes) -> None:
        values = self._txn.get(SESSIONS, owner)
        if values is None or schema.text_key(values[_NAME]) != key:
            self._say(owner, "a name leads to it that it has not")

    def _expiry(self, key: bytes, _: None) -> None:
        owner = key[8:]
        values = self._txn.get(SESSIONS, owner)
        if values is None or index.expiry_key(owner, values) != key:
            self._say(owner, "it is to expire at a time that it has not")

    def _order(self, _: bytes, owner: bytes) -> None:
        if not self._txn.has(ARCHIVE, owner):
            self._say(owner, "the archive's order has it, but the archive has not")

    def _journal(self, key: bytes, value: list[Any]) -> None:
        owner, number = _owner(key), schema.revision_in(key)
        newest = self._newest.get(owner)
        if newest is None:
            self._say(key, "a revision of a session that does not exist")
        elif 0 <= newest < number:
            self._say(key, f"revision {number} is not counted")
        if not schema.is_change(key):
            Entry(*value[:-1])
            self._missing[owner, "revisions"] -= 1
            return
        for group_id, (before, after) in value[2].items():
            self._refer(before)
            self._refer(after)
            if after is None or after[0]:
                self._latest[owner + schema.text_key(group_id)] = after

    def _state(self, key: bytes, stored: list[Any]) -> None:
        if _owner(key) not in self._newest:
            self._say(key, "a binding of a session that does not exist")
        self._missing[_owner(key), "groups of bindings"] -= 1
        self._refer(stored)
        try:
            blobs.content_of(self._txn, stored[1])
        except StoreDamaged as reason:
            self._say(key, f"{', '.join(stored[0])}: {reason.message}")
        if self._latest.pop(key, stored) not in (stored, stored[:2]) and self._newest.get(_owner(key), -1) >= 0:
            self._say(key, f"{', '.join(stored[0])}: not as the journal has it")

    def _refer(self, group: list[Any] | None) -> None:
        if group:
            self._references[group[1]] += 1

    def _counts(self) -> None:
        """Compare the numbers of references with what was counted."""
        wanted = blobs.expected_counts(self._txn, self._references)
        for digest in self._blobs():
            expected = wanted.pop(digest, 0)
            try:
                found = blobs.count_of(self._txn, digest)
                blobs.piece_of(self._txn, digest)
            except StoreDamaged as reason:
                self._findings.append(Finding("", reason.message))
                continue
            if found != expected:
                text = f"blob {digest.hex()} counts {found} references and has {expected}"
                self._findings.append(Finding("", text))
        for digest in wanted:
            self._findings.append(Finding("", f"blob {digest.hex()} is missing"))

    def _blobs(self) -> Iterator[bytes]:
        """Give the hash of each blob that has content or a count."""
        yield from dict.fromkeys(key[: schema.DIGEST_BYTES] for key in self._txn.keys(BLOBS))


def _owner(key: bytes) -> bytes:
    return key[: schema.ID_BYTES]


def _words(reason: Exception) -> str:
    return reason.message if isinstance(reason, StoreError) else f"a value is not what should be there: {reason!r}"
