"""How keys and values look in the tables: pure functions, no I/O.

A value is msgpack behind a checksum that covers its key too, so that a value that was damaged, or that stands under
another key, is never taken for the right one.  Blobs carry no checksum: their key is the hash of their content.
Numbers in keys are big-endian, so that they sort by size.
"""

from __future__ import annotations

import hashlib
import zlib
from typing import Any

import msgpack

from xrepl.errors import StoreDamaged, StoreError

SCHEMA_VERSION = 1

META = "meta"  # name -> value: the version, counters
SESSIONS = "sessions"  # id -> record of a listed session
NAMES = "names"  # name of a listed session -> id
EXPIRY = "expiry"  # end in ms, id -> nothing
JOURNAL = "journal"  # id, revision, part -> entry or change
STATE = "state"  # id, group -> names and reference
BLOBS = "blobs"  # content hash, part -> content or number of references
ARCHIVE = "archive"  # id -> record of a closed or expired session
FORMER = "former"  # hash of the name, order of archiving -> id
ARCHIVED = "archived"  # order of archiving -> id
GARBAGE = "garbage"  # id of a deleted session whose data is still to be freed -> nothing
TABLES = (META, SESSIONS, NAMES, EXPIRY, JOURNAL, STATE, BLOBS, ARCHIVE, FORMER, ARCHIVED, GARBAGE)
# what is small and needed for everything: a damaged key in one of these would hide a session that is there
INDEXES = frozenset((META, NAMES, EXPIRY, FORMER, ARCHIVED))

ID_BYTES = 16
ID_DIGITS = 2 * ID_BYTES
DIGEST_BYTES = 20
CHECKSUM_BYTES = 4
# LMDB takes keys of 511 bytes; longer texts are hashed
MAX_TEXT_KEY_BYTES = 255
_HASHED = b"\xff"  # begins no UTF-8
_HEX = frozenset("0123456789abcdef")
_EXT_TUPLE, _EXT_INTEGER = 1, 2
_CHANGE, _ENTRY = b"c", b"e"


def is_id(text: str) -> bool:
    """Say whether a text is a whole session id: 32 lower-case hex digits."""
    return len(text) == ID_DIGITS and _HEX.issuperset(text)


def is_prefix(text: str) -> bool:
    """Say whether a text could be the beginning of an id."""
    return 0 < len(text) <= ID_DIGITS and _HEX.issuperset(text)


def id_key(session_id: str) -> bytes:
    """Give the key of a session id.

    Raises:
        StoreError: it is no id.
    """
    if not is_id(session_id):
        raise StoreError(f"{session_id!r} is no session id", "an id has 32 hex digits, in lower case")
    return bytes.fromhex(session_id)


def prefix_range(prefix: str) -> tuple[bytes, bytes]:
    """Give the lowest and the highest key of the ids that begin with some hex digits."""
    return bytes.fromhex(prefix.ljust(ID_DIGITS, "0")), bytes.fromhex(prefix.ljust(ID_DIGITS, "f"))


def text_key(text: str) -> bytes:
    """Give the key of a name or group id: its UTF-8, or a hash if that is too long for a key."""
    raw = text.encode("utf-8", "surrogatepass")
    return raw if 0 < len(raw) <= MAX_TEXT_KEY_BYTES else _HASHED + digest(raw)


def is_hashed(key: bytes) -> bool:
    """Say whether a text's key is only a hash of it."""
    return key[:1] == _HASHED


def number_key(number: int) -> bytes:
    """Give the key of a number from 0 to 2**64 - 1; numbers outside are taken for the nearest."""
    return min(max(number, 0), (1 << 64) - 1).to_bytes(8, "big")


def number_in(key: bytes) -> int:
    """Give the number that a key begins with."""
    return int.from_bytes(key[:8], "big")


def digest(content: bytes | memoryview) -> bytes:
    """Give the content hash of some bytes."""
    return hashlib.blake2b(content, digest_size=DIGEST_BYTES).digest()


def seal(key: bytes, value: object) -> bytes:
    """Give the bytes to store for a value under a key.

    Raises:
        StoreError: the value holds something that is no data (numbers, texts, bytes, lists, tuples, maps).
    """
    body = _pack(value)
    return zlib.crc32(body, zlib.crc32(key)).to_bytes(CHECKSUM_BYTES, "big") + body


def _pack(value: object) -> bytes:
    if value is None:
        return b"\xc0"
    if type(value) is bytes and len(value) == ID_BYTES:  # what the indexes hold: a third of the time
        return b"\xc4\x10" + value
    try:
        body: bytes = msgpack.packb(value, default=_extension, strict_types=True, unicode_errors="surrogatepass")
    except (TypeError, ValueError, OverflowError, RecursionError) as reason:
        raise StoreError(f"a value cannot be stored: {reason}", "only plain data can be kept here") from reason
    return body


def is_sound(key: bytes, raw: bytes) -> bool:
    """Say whether stored bytes are what was stored under this key."""
    return raw[:CHECKSUM_BYTES] == zlib.crc32(raw[CHECKSUM_BYTES:], zlib.crc32(key)).to_bytes(CHECKSUM_BYTES, "big")


def unseal(key: bytes, raw: bytes) -> Any:
    """Give the value of stored bytes.

    Raises:
        StoreDamaged: the bytes are not what was stored under this key.
    """
    if not is_sound(key, raw):
        raise StoreDamaged(f"the value of key {key.hex()} is damaged", "run `xrepl store check`")
    return _unpack(raw[CHECKSUM_BYTES:])


def _unpack(body: bytes) -> Any:
    return msgpack.unpackb(body, strict_map_key=False, unicode_errors="surrogatepass", ext_hook=_from_extension)


def _extension(value: object) -> msgpack.ExtType:
    if isinstance(value, tuple):
        return msgpack.ExtType(_EXT_TUPLE, _pack(list(value)))
    if isinstance(value, int):
        return msgpack.ExtType(_EXT_INTEGER, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True))
    raise TypeError(f"it holds a value of type {type(value).__name__}")


def _from_extension(code: int, body: bytes) -> object:
    if code == _EXT_TUPLE:
        return tuple(_unpack(body))
    if code == _EXT_INTEGER:
        return int.from_bytes(body, "big", signed=True)
    return msgpack.ExtType(code, body)


def after(owner: bytes) -> bytes:
    """Give the highest key of the values of a session, in a table whose keys begin with its id."""
    return owner + b"\xff" * (MAX_TEXT_KEY_BYTES + 1)


def change_key(owner: bytes, revision: int) -> bytes:
    """Give the key of what a revision changed."""
    return owner + number_key(revision) + _CHANGE


def entry_key(owner: bytes, revision: int) -> bytes:
    """Give the key of a revision's journal entry, which comes right after that of its change."""
    return owner + number_key(revision) + _ENTRY


def is_change(key: bytes) -> bool:
    """Say whether a key of the journal is that of a change."""
    return key[-1:] == _CHANGE


def revision_in(key: bytes) -> int:
    """Give the revision in a key of the journal."""
    return int.from_bytes(key[ID_BYTES:-1], "big")
