"""Bencode, as nREPL uses it: integers, byte strings, lists and dictionaries.

A codec only: it reads no socket.  Byte strings that are UTF-8 come back as `str`, all others as `bytes`.  Sizes,
digits and depth are bounded, since the peer may be hostile.  Imports nothing heavy: the one-shot client uses it.
"""

from xrepl.errors import LocalProtocolError, RemoteProtocolError

MAX_DEPTH = 32
MAX_DIGITS = 20
MAX_MESSAGE_BYTES = 64 << 20

_DIGITS = b"0123456789"
_INTEGER, _LIST, _DICTIONARY, _END = b"ilde"
_COLON = 0x3A
_SHORT_DIGITS = 4


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
        value = _utf8(value)
    if isinstance(value, bytes):
        parts.append(b"%d:%b" % (len(value), value))
    elif isinstance(value, int):
        parts.append(b"i%de" % value)
    elif isinstance(value, (list, tuple)):
        parts.append(b"l")
        for item in value:
            _encode(item, parts)
        parts.append(b"e")
    elif isinstance(value, dict):
        if not all(isinstance(key, str) for key in value):
            raise LocalProtocolError("a dictionary has a key that is no text")
        parts.append(b"d")
        for key in sorted(value):
            raw = _utf8(key)
            parts.append(b"%d:%b" % (len(raw), raw))
            _encode(value[key], parts)
        parts.append(b"e")
    else:
        raise LocalProtocolError(f"bencode has no {type(value).__name__}")


def _utf8(text: str) -> bytes:
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        # half of a surrogate pair, which a program can make but UTF-8 cannot say
        return text.encode("utf-8", "surrogatepass")


class _Open:
    """A list or dictionary whose end has not come yet."""

    __slots__ = ("is_dictionary", "items")

    def __init__(self, *, is_dictionary: bool) -> None:
        self.is_dictionary = is_dictionary
        self.items: list[object] = []

    def close(self) -> object:
        items = self.items
        if not self.is_dictionary:
            return items
        keys = items[::2]
        if len(items) % 2 or not all(isinstance(key, str) for key in keys):
            raise RemoteProtocolError("a dictionary has a key that is no text, or a key without a value")
        return dict(zip(keys, items[1::2], strict=True))


class Decoder:
    """Cuts a stream of bytes into values; keeps the unfinished rest.

    Every byte is looked at once, however small the pieces are in which a message arrives.
    """

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._open: list[_Open] = []
        self._message_bytes = 0
        self._wanted = 0

    def feed(self, data: bytes) -> list[object]:
        """Take bytes and give the values that are whole now.

        Raises:
            RemoteProtocolError: bytes that no bencode value begins with, or a limit exceeded.  The stream cannot be
                read any further.
        """
        buffer = self._buffer
        buffer += data
        values: list[object] = []
        if len(buffer) < self._wanted:
            return values
        self._wanted = 0
        value: object
        at, size = 0, len(buffer)
        while at < size:
            # nearly all tokens are short strings
            colon = buffer.find(_COLON, at, at + _SHORT_DIGITS)
            digits = buffer[at:colon]
            if colon > 0 and digits.isdigit() and (end := colon + 1 + int(digits)) <= size:
                value, is_whole = _text(buffer[colon + 1 : end]), True
            else:
                end, value, is_whole = self._token(buffer, at)
            if end < 0:
                break
            self._message_bytes += end - at
            if self._message_bytes > MAX_MESSAGE_BYTES:
                raise RemoteProtocolError(f"a message is over {MAX_MESSAGE_BYTES} bytes")
            at = end
            if not is_whole:
                continue
            if self._open:
                self._open[-1].items.append(value)
            else:
                values.append(value)
                self._message_bytes = 0
        del buffer[:at]
        self._wanted = max(0, self._wanted - at)
        return values

    def _token(self, buffer: bytearray, at: int) -> tuple[int, object, bool]:
        """Read the token at a place: where it ends (-1: not all there), its value, whether it is a value."""
        lead = buffer[at]
        if lead in _DIGITS:
            return self._string(buffer, at)
        if lead == _INTEGER:
            number, end = _number(buffer, at + 1, _END)
            return end, number, True
        if lead in (_LIST, _DICTIONARY):
            if len(self._open) >= MAX_DEPTH:
                raise RemoteProtocolError(f"a message is nested deeper than {MAX_DEPTH}")
            self._open.append(_Open(is_dictionary=lead == _DICTIONARY))
            return at + 1, None, False
        if lead == _END and self._open:
            return at + 1, self._open.pop().close(), True
        raise RemoteProtocolError(f"byte {lead} begins no bencode value")

    def _string(self, buffer: bytearray, at: int) -> tuple[int, object, bool]:
        size, start = _number(buffer, at, _COLON)
        if start < 0:
            return -1, None, False
        if size > MAX_MESSAGE_BYTES:
            raise RemoteProtocolError(f"a string of {size} bytes is over the limit of {MAX_MESSAGE_BYTES}")
        end = start + size
        if len(buffer) < end:
            self._wanted = end
            return -1, None, False
        return end, _text(buffer[start:end]), True


def _text(raw: bytearray) -> str | bytes:
    """Give a byte string as text if it is UTF-8."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return bytes(raw)


def _number(buffer: bytearray, at: int, stop: int) -> tuple[int, int]:
    """Read digits up to a stop byte: the number and the place after the stop (-1: not all there)."""
    end = buffer.find(stop, at, at + MAX_DIGITS + 2)
    text = bytes(buffer[at : end if end >= 0 else at + MAX_DIGITS + 2])
    digits = text[1:] if stop == _END and text[:1] == b"-" else text
    if len(digits) > MAX_DIGITS:
        raise RemoteProtocolError(f"a number has over {MAX_DIGITS} digits")
    if digits.strip(_DIGITS) or (end >= 0 and not digits):
        raise RemoteProtocolError("a number holds something else than digits")
    return (int(text), end + 1) if end >= 0 else (0, -1)
