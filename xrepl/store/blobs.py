"""Blobs: each content is stored once, under its hash, for as long as something refers to it.

How a reference looks is in `references.py`; what a blob holds is nobody's business here.
"""

from __future__ import annotations

from collections import Counter

from xrepl.errors import StoreDamaged
from xrepl.store import references, schema
from xrepl.store.references import Blob
from xrepl.store.schema import BLOBS
from xrepl.store.transaction import Transaction

_COUNT = b"n"
# referred to by the state and by the change that set it, or by two changes: most blobs, so it is not written down
_USUAL_COUNT = 2


def content_of(txn: Transaction, ref: bytes) -> bytes:
    """Give the content that a reference stands for.

    Raises:
        StoreDamaged: it is missing, or is not what was stored.
    """
    content = references.inline_of(ref)
    if content is not None:
        return content
    digest = references.hash_of(ref)
    if digest is None:
        raise StoreDamaged(references.fault_of(ref) or "a reference is damaged", "run `xrepl store check`")
    if not references.is_parted(ref):
        return piece_of(txn, digest)
    return b"".join([piece_of(txn, part) for part in references.parts_in(piece_of(txn, digest))])


def piece_of(txn: Transaction, digest: bytes) -> bytes:
    """Give what is stored under a hash: a blob, a part of one, or the list of its parts.

    Raises:
        StoreDamaged: it is missing, or is not what was stored.
    """
    piece = txn.get_raw(BLOBS, digest)
    if piece is None:
        raise StoreDamaged(f"blob {digest.hex()} is missing", "run `xrepl store check`")
    if schema.digest(piece) != digest:
        raise StoreDamaged(f"blob {digest.hex()} is damaged", "run `xrepl store check`")
    return piece


def count_of(txn: Transaction, digest: bytes) -> int:
    """Give how many references a piece is said to have.

    Raises:
        StoreDamaged: the number is damaged.
    """
    count: int | None = txn.get(BLOBS, digest + _COUNT)
    if count is None:
        return _USUAL_COUNT if txn.has(BLOBS, digest) else 0
    return count


def expected_counts(txn: Transaction, counts: Counter[bytes]) -> Counter[bytes]:
    """Give how many references each piece should have, by hash, from how often each reference is there."""
    expected: Counter[bytes] = Counter()
    for ref, count in counts.items():
        digest = references.hash_of(ref)
        if digest is None:
            continue
        if references.is_parted(ref):
            expected.update(_parts(txn, digest))
        expected[digest] += count
    return expected


def _parts(txn: Transaction, digest: bytes) -> list[bytes]:
    """Give the parts in a list; none if that is missing or damaged."""
    try:
        return references.parts_in(piece_of(txn, digest))
    except StoreDamaged:
        return []


def recount(txn: Transaction, counts: Counter[bytes]) -> None:
    """Write down how many references each piece has, and remove those without any.

    Args:
        txn: a change's, of a store without numbers of references.
        counts: how often each reference is there.
    """
    expected = expected_counts(txn, counts)
    for digest in list(txn.keys(BLOBS)):
        if not expected[digest]:
            txn.delete(BLOBS, digest)
        elif expected[digest] != _USUAL_COUNT:
            txn.put(BLOBS, digest + _COUNT, expected[digest])


class Ledger:
    """Collects how the numbers of references change, and settles them at once.

    A piece whose number falls to nothing is removed, one that is new is stored; what goes up and down by as much is
    not touched.
    """

    def __init__(self) -> None:
        self._changes: Counter[bytes] = Counter()
        self._parted: set[bytes] = set()
        self._pieces: dict[bytes, bytes | memoryview] = {}

    def add(self, ref: bytes, times: int = 1, blob: Blob | None = None) -> None:
        """Note that something refers to a blob; or, below zero, does no more.

        Args:
            ref: its reference.
            times: how often.
            blob: the blob itself, if it may be new.
        """
        digest = references.hash_of(ref)
        if digest is None:
            return
        self._changes[digest] += times
        if references.is_parted(ref):
            self._parted.add(digest)
        if blob is not None:
            self._pieces |= blob.pieces

    def settle(self, txn: Transaction) -> None:
        """Write what has been noted.

        A piece that should be there and is not is left to who reads it.

        Raises:
            StoreDamaged: a number of references is damaged.
        """
        for digest in self._parted:
            self._note_parts(txn, digest)
        for digest, change in self._changes.items():
            if change:
                self._settle(txn, digest, change)

    def _note_parts(self, txn: Transaction, digest: bytes) -> None:
        """Note that a list of parts that is new refers to them, or that one that goes does no more."""
        before = count_of(txn, digest)
        after = before + self._changes[digest]
        if not before and after > 0:
            self._changes.update(references.parts_in(bytes(self._pieces.get(digest, b""))))
        elif before and after <= 0:
            self._changes.subtract(_parts(txn, digest))

    def _settle(self, txn: Transaction, digest: bytes, change: int) -> None:
        before = count_of(txn, digest)
        if not before and digest in self._pieces:
            txn.put_raw(BLOBS, digest, self._pieces[digest])
        count = before + change
        if count > 0 and count != _USUAL_COUNT:
            txn.put(BLOBS, digest + _COUNT, count)
        elif before and before != _USUAL_COUNT:
            txn.delete(BLOBS, digest + _COUNT)
        if before and count <= 0:
            txn.delete(BLOBS, digest)
