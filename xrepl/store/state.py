"""A session's current state: its groups of bindings, in the state table.

What a blob holds only an evaluator knows.  A group that is damaged costs that group and no other.
"""

from __future__ import annotations

from typing import Any

from xrepl.errors import StoreDamaged
from xrepl.store import blobs, index, references, revisions, schema
from xrepl.store.blobs import Ledger
from xrepl.store.records import POSITION, Group
from xrepl.store.references import Blob
from xrepl.store.revisions import Change, Stored
from xrepl.store.schema import STATE
from xrepl.store.transaction import Transaction

_GROUPS = POSITION["groups"]


def current(txn: Transaction, session_id: str) -> dict[str, Group]:
    """Give the state of a listed or archived session: its groups by group id.

    What is damaged comes back as a group with a `fault` and an empty blob.

    Raises:
        UnknownSession: there is no such session.
    """
    stored = state_of(txn, session_id)
    return {group_id: group_from(txn, group) for group_id, group in stored.items()}


def change_group(
    txn: Transaction,
    owner: bytes,
    group_id: str,
    after: Stored | None,
    change: Change,
    ledger: Ledger,
    blob: Blob | None = None,
) -> None:
    """Set a group in the current state, or remove it, and note the change.

    A group without names is the shell's own (`*`, `+` ...), not the user's: it is no part of history.
    """
    key = state_key(owner, group_id)
    before = read_group(txn, key)
    if before == after:
        return
    change.growth += bool(after) - bool(before)
    if not (before and before[0]) and not (after and after[0]):
        _replace(txn, key, group_id, before, after, ledger, blob)
        return
    change.groups[group_id] = (before, after)
    if after is None:
        txn.delete(STATE, key)
        return  # the state's reference becomes the journal's
    txn.put(STATE, key, state_value(key, group_id, after))
    ledger.add(after[1], 2, blob)  # the state's and the journal's


def _replace(
    txn: Transaction,
    key: bytes,
    group_id: str,
    before: Stored | None,
    after: Stored | None,
    ledger: Ledger,
    blob: Blob | None,
) -> None:
    if before is not None:
        ledger.add(before[1], -1)
    if after is None:
        txn.delete(STATE, key)
        return
    txn.put(STATE, key, state_value(key, group_id, after))
    ledger.add(after[1], 1, blob)


def state_key(owner: bytes, group_id: str) -> bytes:
    """Give the key of a group in the state table."""
    return owner + schema.text_key(group_id)


def state_value(key: bytes, group_id: str, stored: Stored) -> list[Any]:
    """Give the value to store of a group: with its id, if the key has only a hash of that."""
    return [*stored, group_id] if schema.is_hashed(key[schema.ID_BYTES :]) else stored


def read_group(txn: Transaction, key: bytes) -> Stored | None:
    """Give what is stored of a group; None for none.  A damaged one has no names, and a fault as its reference."""
    try:
        stored: Stored | None = txn.get(STATE, key)
    except StoreDamaged as reason:
        return [[], references.fault(reason.message)]
    return stored and stored[:2]


def state_of(txn: Transaction, session_id: str) -> dict[str, Stored]:
    """Give what is stored of all groups of the current state, by group id.

    What is damaged or missing there is taken from the journal; if that does not have it, it has a fault.
    """
    owner = schema.id_key(session_id)
    found: dict[str, Stored] = {}
    for key in txn.keys(STATE, owner, schema.after(owner)):
        stored = read_group(txn, key)
        if stored:
            found[_group_id(txn, key)] = stored
    try:
        expected = index.kept_values_of(txn, session_id)[_GROUPS]
    except StoreDamaged:
        expected = len(found)
    if len(found) == expected and not any(references.fault_of(stored[1]) for stored in found.values()):
        return found
    return _mended(txn, session_id, found, expected)


def _mended(txn: Transaction, session_id: str, found: dict[str, Stored], expected: int) -> dict[str, Stored]:
    """Complete a damaged state by what the journal says of it."""
    sound = {group_id: stored for group_id, stored in found.items() if references.fault_of(stored[1]) is None}
    try:
        for group_id, after in revisions.latest(txn, session_id).items():
            if after:
                sound.setdefault(group_id, after)
    except StoreDamaged:
        pass  # then what is missing stays so
    if len(sound) == expected:
        return sound
    missing = references.fault(f"{expected - len(sound)} groups of bindings are damaged or missing")
    return {**found, **sound, "": [[], missing]}


def group_from(txn: Transaction, stored: Stored) -> Group:
    """Make a group with its blob; one that is damaged has a fault."""
    names, ref = stored
    try:
        return Group(names, blobs.content_of(txn, ref))
    except StoreDamaged as reason:
        return Group(names, b"", reason.message)


def _group_id(txn: Transaction, key: bytes) -> str:
    """Give the group id in a key, or, if only its hash fits there, in the value."""
    raw = key[schema.ID_BYTES :]
    if not schema.is_hashed(raw):
        return raw.decode("utf-8", "surrogatepass")
    try:
        group_id: str = txn.get(STATE, key)[2]
    except StoreDamaged:
        return raw.hex()
    return group_id
