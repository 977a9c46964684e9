"""What stands for a blob elsewhere in the store: pure functions, no I/O.

A small blob is its own reference, which costs less than a hash and its bookkeeping.  A larger one is referred to by
its hash.  A large one is cut into parts, each stored under its own hash, so that changing a little costs a little; its
reference is the hash of the list of its parts.  Where the store is damaged, the reason may stand in the place of a
reference.
"""

from __future__ import annotations

from xrepl.store import schema

MAX_INLINE_BYTES = 192
PART_BYTES = 256 << 10
MAX_WHOLE_BYTES = 2 * PART_BYTES
_INLINE, _WHOLE, _PARTED, _FAULT = b"=", b"#", b"*", b"!"


class Blob:
    """A blob on its way into the store; hashes it once, at 2 ms a megabyte.

    Attributes:
        ref: its reference.
        pieces: what is to be stored, by hash: the blob, or its parts and their list; empty if it is its own reference.
    """

    __slots__ = ("pieces", "ref")

    def __init__(self, content: bytes) -> None:
        self.pieces: dict[bytes, bytes | memoryview] = {}
        if len(content) <= MAX_INLINE_BYTES:
            self.ref = _INLINE + content
        elif len(content) <= MAX_WHOLE_BYTES:
            self.ref = _WHOLE + self._add(content)
        else:
            view = memoryview(content)
            cut = (view[start : start + PART_BYTES] for start in range(0, len(view), PART_BYTES))
            self.ref = _PARTED + self._add(b"".join([self._add(part) for part in cut]))

    def _add(self, piece: bytes | memoryview) -> bytes:
        digest = schema.digest(piece)
        self.pieces[digest] = piece
        return digest


def inline_of(ref: bytes) -> bytes | None:
    """Give the blob that is its own reference; None if it is not."""
    return ref[1:] if ref[:1] == _INLINE else None


def hash_of(ref: bytes) -> bytes | None:
    """Give the hash in a reference; None if it has none."""
    return ref[1:] if ref[:1] in (_WHOLE, _PARTED) else None


def is_parted(ref: bytes) -> bool:
    """Say whether a reference is that of a blob in parts."""
    return ref[:1] == _PARTED


def parts_in(parts: bytes) -> list[bytes]:
    """Give the hashes in the list of a blob's parts."""
    return [parts[start : start + schema.DIGEST_BYTES] for start in range(0, len(parts), schema.DIGEST_BYTES)]


def fault(reason: str) -> bytes:
    """Give what stands in the place of a reference that is damaged."""
    return _FAULT + reason.encode()


def fault_of(ref: bytes) -> str | None:
    """Give why there is no reference; None if there is one."""
    return ref[1:].decode() if ref[:1] == _FAULT else None
