"""Bencode, as nREPL uses it: integers, byte strings, lists and dictionaries.

A codec only: it reads no socket.  Byte strings that are UTF-8 come back as `str`, all others as `bytes`.  Sizes,
digits and depth are bounded, since the peer may be hostile.  Imports nothing heavy: the one-shot client uses it.
"""

from xrepl.errors import LocalProtocolError, RemoteProtocolError

MAX_DEPTH = 32
MAX_DIGITS = 20
MAX_MESSAGE_BYTES = 64 << 20

_DIGITS = b"0123456789"


def encode(value: object) -> bytes:
    """Give the bytes of a value made of int, str, bytes, list, tuple and dict (str keys, sent sorted).

    Raises:
        LocalProtocolError: a value of another type.
    """
    parts: list[bytes] = []
    _encode(value, parts)
    return b"".join(parts)


def _encode(value: object, parts: list[bytes]) -> None:
    if isinstance(value, str):
        value = value.encode("utf-8", "surrogateescape")
    if isinstance(value, bytes):
        parts.append(b"%d:" % len(value))
        parts.append(value)
    elif isinstance(value, int):
        parts.append(b"i%de" % value)
    elif isinstance(value, (list, tuple)):
        parts.append(b"l")
        for item in value:
            _encode(item, parts)
        parts.append(b"e")
    elif isinstance(value, dict):
        parts.append(b"d")
        for key in sorted(value):
            _encode(key, parts)
            _encode(value[key], parts)
        parts.append(b"e")
    else:
        raise LocalProtocolError(f"bencode has no {type(value).__name__}")


class _Unfinished(Exception):
    """The bytes end inside a value."""


class Decoder:
    """Cuts a stream of bytes into values; keeps the unfinished rest."""

    def __init__(self) -> None:
        self._rest = bytearray()

    def feed(self, data: bytes) -> list[object]:
        """Take bytes and give the values that are whole now.

        Raises:
            RemoteProtocolError: bytes that no bencode value begins with, or a limit exceeded.
        """
        rest = self._rest
        rest += data
        values: list[object] = []
        buffer = bytes(rest)
        start = 0
        while start < len(buffer):
            try:
                value, start = _decode(buffer, start, 0)
            except _Unfinished:
                break
            values.append(value)
        del rest[:start]
        if len(rest) > MAX_MESSAGE_BYTES:
            raise RemoteProtocolError(f"a message is over {MAX_MESSAGE_BYTES} bytes")
        return values


def _decode(buffer: bytes, at: int, depth: int) -> tuple[object, int]:
    if at >= len(buffer):
        raise _Unfinished
    lead = buffer[at]
    if lead in _DIGITS:
        return _string(buffer, at)
    if lead == 0x69:  # i
        return _integer(buffer, at + 1)
    if lead in (0x6C, 0x64):  # l d
        if depth >= MAX_DEPTH:
            raise RemoteProtocolError(f"a message is nested deeper than {MAX_DEPTH}")
        return _collection(buffer, at + 1, depth + 1, is_dict=lead == 0x64)
    raise RemoteProtocolError(f"byte {lead} begins no bencode value")


def _collection(buffer: bytes, at: int, depth: int, *, is_dict: bool) -> tuple[object, int]:
    items = []
    while True:
        if at >= len(buffer):
            raise _Unfinished
        if buffer[at] == 0x65:  # e
            break
        item, at = _decode(buffer, at, depth)
        items.append(item)
    if not is_dict:
        return items, at + 1
    if len(items) % 2 or not all(isinstance(key, str) for key in items[::2]):
        raise RemoteProtocolError("a dictionary has a key that is no text, or a key without a value")
    return dict(zip(items[::2], items[1::2], strict=True)), at + 1


def _number(buffer: bytes, at: int, stop: int) -> tuple[int, int]:
    end = buffer.find(stop, at, at + MAX_DIGITS + 1)
    if end < 0:
        if len(buffer) - at > MAX_DIGITS:
            raise RemoteProtocolError(f"a number has over {MAX_DIGITS} digits")
        text = buffer[at:]
        if text.lstrip(b"-").strip(_DIGITS):
            raise RemoteProtocolError("a number holds something else than digits")
        raise _Unfinished
    text = buffer[at:end]
    if not text.lstrip(b"-").isdigit() or text.count(b"-") > (stop == 0x65):
        raise RemoteProtocolError("a number holds something else than digits")
    return int(text), end + 1


def _integer(buffer: bytes, at: int) -> tuple[int, int]:
    return _number(buffer, at, 0x65)


def _string(buffer: bytes, at: int) -> tuple[object, int]:
    size, at = _number(buffer, at, 0x3A)
    if size > MAX_MESSAGE_BYTES:
        raise RemoteProtocolError(f"a string of {size} bytes is over the limit of {MAX_MESSAGE_BYTES}")
    if len(buffer) - at < size:
        raise _Unfinished
    raw = buffer[at : at + size]
    try:
        return raw.decode(), at + size
    except UnicodeDecodeError:
        return raw, at + size
