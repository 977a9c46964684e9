"""Blobs: each content is stored once, under its hash, for as long as something refers to it.

A *reference* is what stands for a blob elsewhere in the store: the hash, or, for a small blob, the content itself,
which costs less than a hash and its bookkeeping.  What a blob holds is not this file's business.
"""

from __future__ import annotations

from collections.abc import Mapping

from xrepl.errors import StoreDamaged
from xrepl.store import schema
from xrepl.store.schema import BLOBS
from xrepl.store.transaction import Transaction

MAX_INLINE_BYTES = 192
_INLINE, _HASH, _FAULT = b"=", b"#", b"!"
_COUNT = b"n"
# referred to by the state and by the change that set it, or by two changes: most blobs, so it is not written down
_USUAL_COUNT = 2


def reference(content: bytes, digest: bytes | None = None) -> bytes:
    """Give the reference of a content.

    Args:
        content: the blob.
        digest: its hash, if that is known already.
    """
    if len(content) <= MAX_INLINE_BYTES:
        return _INLINE + content
    return _HASH + (digest or schema.digest(content))


def fault(reason: str) -> bytes:
    """Give the reference of a blob that cannot be read, because what referred to it is damaged."""
    return _FAULT + reason.encode()


def is_fault(ref: bytes) -> bool:
    """Say whether a reference says why there is none."""
    return ref[:1] == _FAULT


def content_of(txn: Transaction, ref: bytes) -> bytes:
    """Give the content that a reference stands for.

    Raises:
        StoreDamaged: it is missing, or is not what was stored.
    """
    if ref[:1] == _INLINE:
        return ref[1:]
    if is_fault(ref):
        raise StoreDamaged(ref[1:].decode(), "run `xrepl store check`")
    content = txn.get_raw(BLOBS, ref[1:])
    if content is None:
        raise StoreDamaged(f"blob {ref[1:].hex()} is missing", "run `xrepl store check`")
    if schema.digest(content) != ref[1:]:
        raise StoreDamaged(f"blob {ref[1:].hex()} is damaged", "run `xrepl store check`")
    return content


def is_hash(ref: bytes) -> bool:
    """Say whether a reference is the hash of a blob, not the blob itself."""
    return ref[:1] == _HASH


def reference_of(digest: bytes) -> bytes:
    """Give the reference of the blob with a hash."""
    return _HASH + digest


def count_of(txn: Transaction, digest: bytes) -> int:
    """Give how many references a blob is said to have."""
    count: int | None = txn.get(BLOBS, digest + _COUNT)
    if count is None:
        return _USUAL_COUNT if txn.has(BLOBS, digest) else 0
    return count


def recount(txn: Transaction, counts: Mapping[bytes, int]) -> None:
    """Write down how often each blob is referred to, by reference, and remove those that are not."""
    for digest in [key for key in txn.keys(BLOBS) if len(key) == schema.DIGEST_BYTES]:
        count = counts.get(reference_of(digest), 0)
        if not count:
            txn.delete(BLOBS, digest)
        elif count != _USUAL_COUNT:
            txn.put(BLOBS, digest + _COUNT, count)


class Ledger:
    """Collects how the numbers of references change, and settles them at once.

    A blob whose number falls to nothing is removed, one that is new is stored; what goes up and down by as much is
    not touched.
    """

    def __init__(self) -> None:
        self._changes: dict[bytes, int] = {}
        self._contents: dict[bytes, bytes] = {}

    def add(self, ref: bytes, times: int = 1, content: bytes | None = None) -> None:
        """Note that something refers to a blob, with its content if it may be new; or, below zero, does no more."""
        if not is_hash(ref):
            return
        digest = ref[1:]
        self._changes[digest] = self._changes.get(digest, 0) + times
        if content is not None:
            self._contents[digest] = content

    def settle(self, txn: Transaction) -> None:
        """Write what has been noted.

        A blob that should be there and is not is left to who reads it.

        Raises:
            StoreDamaged: a number of references is damaged.
        """
        for digest, change in self._changes.items():
            if change:
                self._settle(txn, digest, change)

    def _settle(self, txn: Transaction, digest: bytes, change: int) -> None:
        before = count_of(txn, digest)
        if not before and digest in self._contents:
            txn.put_raw(BLOBS, digest, self._contents[digest])
        count = before + change
        if count > 0 and count != _USUAL_COUNT:
            txn.put(BLOBS, digest + _COUNT, count)
        elif before and before != _USUAL_COUNT:
            txn.delete(BLOBS, digest + _COUNT)
        if before and count <= 0:
            txn.delete(BLOBS, digest)
