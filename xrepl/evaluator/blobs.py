"""The bytes in which one group is stored: a header that says whose they are, the pickles, the buffers beside them.

The header can be read without unpickling anything, and has a checksum of the whole, so that a damaged group costs its
own names and is never fed to the unpickler.  Neither pickles nor looks at values.
"""

from __future__ import annotations

import importlib.util
import struct
import zlib
from collections.abc import Sequence
from typing import NamedTuple

import hy

from xrepl.errors import StoreDamaged
from xrepl.evaluator.delta import identifier_of
from xrepl.protocol import lost

FORMAT = 1
_MAGIC = b"xg"
# magic, format, flags, key of the versions, bytes of the names, of the digest, number of buffers, checksum
_HEADER = struct.Struct("<2sBB4sIHHI")
_LENGTH = struct.Struct("<Q")
_CHECKSUM = struct.Struct("<I")
_CHECKED = _HEADER.size - _CHECKSUM.size  # bytes of the header that the checksum covers

IS_IMMUTABLE = 1  # nothing in it can change: compared by identity
HAS_CODE = 2  # it holds code objects, which only the same versions can load
HAS_CELLS = 4  # contents of closures' cells follow the values
IS_PLAIN = 16  # a function that captured nothing that can change
IS_ORDERED = 8  # parts of a deep value come before it

# code objects are a cache: what they depend on
VERSIONS = zlib.crc32(importlib.util.MAGIC_NUMBER + f"hy {hy.__version__} format {FORMAT}".encode()).to_bytes(4, "big")


class Blob(NamedTuple):
    """What the bytes of a group hold.

    Attributes:
        names: identifiers of the bindings, in the order of the pickled values.
        flags: what is said above.
        versions: the key of the versions that wrote it.
        stamp: what the group is compared by: its pickles, or their digest when they are big.
        is_big: whether the stamp is a digest.
        pickles: one pickle or several, one after the other.
        buffers: large data that the pickles refer to.
    """

    names: tuple[str, ...]
    flags: int
    versions: bytes
    stamp: bytes
    is_big: bool
    pickles: memoryview
    buffers: list[memoryview]


def encode(
    names: Sequence[str], flags: int, pickles: Sequence[bytes], buffers: Sequence[memoryview] = (), digest: bytes = b""
) -> bytes:
    """Give the bytes of a group; the pickles may be in any number of pieces."""
    said = "\n".join(names).encode()
    lengths = b"".join(_LENGTH.pack(len(buffer)) for buffer in buffers)
    head = _HEADER.pack(_MAGIC, FORMAT, flags, VERSIONS, len(said), len(digest), len(buffers), 0)[:_CHECKED]
    parts: list[bytes | memoryview] = [said + digest + lengths, *pickles, *buffers]
    checksum = zlib.crc32(head)
    for part in parts:
        checksum = zlib.crc32(part, checksum)
    return b"".join([head, _CHECKSUM.pack(checksum), *parts])


def decode(blob: bytes) -> Blob:
    """Take the bytes of a group apart.

    Raises:
        StoreDamaged: they are not what was written, or of a format that is not known, or the store has lost them.
    """
    missing = lost.read(blob)
    if missing is not None:
        raise StoreDamaged(missing[1])
    flags, versions, size, digest_size, count, checksum = _header(blob)
    whole = memoryview(blob)
    if zlib.crc32(whole[_HEADER.size :], zlib.crc32(whole[:_CHECKED])) != checksum:
        raise StoreDamaged("its bytes are damaged")
    at = _HEADER.size + size
    names = tuple(blob[_HEADER.size : at].decode().split("\n")) if size else ()
    digest = blob[at : at + digest_size]
    at += digest_size
    lengths = [_LENGTH.unpack_from(blob, at + index * _LENGTH.size)[0] for index in range(count)]
    at += count * _LENGTH.size
    end = after = len(blob) - sum(lengths)
    buffers = []
    for length in lengths:
        buffers.append(whole[after : after + length])
        after += length
    pickles = whole[at:end]
    return Blob(names, flags, versions, digest or bytes(pickles), bool(digest), pickles, buffers)


def names_in(blob: bytes) -> tuple[str, ...]:
    """Give the identifiers in a group's header, also of a damaged group; empty if that is damaged too."""
    missing = lost.read(blob)
    if missing is not None:
        return tuple(map(identifier_of, missing[0]))
    try:
        size = _header(blob)[2]
        said = blob[_HEADER.size : _HEADER.size + size].decode()
    except (StoreDamaged, UnicodeDecodeError):
        return ()
    return tuple(said.split("\n")) if said else ()


def _header(blob: bytes) -> tuple[int, bytes, int, int, int, int]:
    """Give flags, versions, bytes of the names and of the digest, number of buffers, checksum."""
    if len(blob) < _HEADER.size:
        raise StoreDamaged("its bytes are cut off")
    magic, number, *rest = _HEADER.unpack_from(blob)
    if magic != _MAGIC:
        raise StoreDamaged("its bytes are not those of a group")
    if number != FORMAT:
        raise StoreDamaged(f"its format is {number}, not {FORMAT}")
    flags, versions, size, digest_size, count, checksum = rest
    return flags, versions, size, digest_size, count, checksum
