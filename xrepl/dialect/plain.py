"""Values of the language as plain data, which crosses process borders and is stored without pickling.

What msgpack has a type for stays what it is; the rest travels as its extension types: atoms, tuples, long integers,
improper lists, bit strings.  A map is a map whose keys are texts, atoms or whole encoded values, so that the server can
merge two without knowing the language.  Processes, references and functions belong to one evaluator and do not cross.

| code | what | content |
|---|---|---|
| 10 | atom | its name, UTF-8 |
| 11 | tuple | the elements, msgpack |
| 12 | integer over 64 bits | two's complement, big-endian |
| 13 | improper list | its elements and the tail, msgpack |
| 14 | bit string | number of bits and the bytes, msgpack |
| 15 | key of a map that is neither text nor atom | the value, msgpack |
"""

from __future__ import annotations

from typing import Any

import msgpack
from msgpack import ExtType

from xrepl.dialect.bits import Bits
from xrepl.dialect.data import NIL, Atom, Cons, View, atom, from_iterable, is_list, map_items, map_key, uncons
from xrepl.errors import XreplError

ATOM, TUPLE, INTEGER, IMPROPER, BITS, KEY = range(10, 16)
_LEAST, _MOST = -(1 << 63), (1 << 64) - 1
MAX_DEPTH = 200


class NotPlain(XreplError):
    """A value cannot leave its evaluator."""

    code = "not-plain"


def encode(value: Any, depth: int = 0) -> Any:
    """Give a value as plain data.

    Raises:
        NotPlain: it holds a process, a reference, a function or an object of Python's, or is nested too deep.
    """
    kind = type(value)
    if kind in (bool, float, str, bytes) or value is None:
        return value
    if kind is int:
        return value if _LEAST <= value <= _MOST else ExtType(INTEGER, _signed(value))
    if kind is Atom:
        return ExtType(ATOM, value.name.encode("utf-8", "surrogatepass"))
    if depth > MAX_DEPTH:
        raise NotPlain(f"the value is nested deeper than {MAX_DEPTH}", "keep it in a session, or make it flat")
    if kind is tuple:
        return ExtType(TUPLE, _pack([encode(item, depth + 1) for item in value]))
    if kind is dict or isinstance(value, dict):
        return {_key(key, depth + 1): encode(item, depth + 1) for key, item in map_items(value)}
    if is_list(value):
        return _list(value, depth + 1)
    if kind is Bits:
        return ExtType(BITS, _pack([value.bit_size, value.data]))
    raise NotPlain(f"{_what(value)} is not plain data", "send data, not processes, references or functions")


def decode(data: Any) -> Any:
    """Give the value of plain data.

    Raises:
        NotPlain: it is nothing that `encode` gives.
    """
    kind = type(data)
    if kind is ExtType:
        return _decode_extension(data.code, data.data)
    if kind is list:
        return from_iterable([decode(item) for item in data])
    if kind is str:
        return data or NIL
    if kind is dict:
        return {map_key(_decode_key(key)): decode(item) for key, item in data.items()}
    return data


def _decode_extension(code: int, body: bytes) -> Any:
    if code == ATOM:
        return atom(body.decode("utf-8", "surrogatepass"))
    if code == INTEGER:
        return int.from_bytes(body, "big", signed=True)
    if code not in (TUPLE, IMPROPER, BITS):
        raise NotPlain(f"there is no plain data of code {code}", "a later version may have made it")
    content = _unpack(body)
    if code == TUPLE:
        return tuple(decode(item) for item in content)
    if code == IMPROPER:
        return from_iterable([decode(item) for item in content[:-1]], decode(content[-1]))
    return Bits(content[1], content[0])


def _key(key: Any, depth: int) -> Any:
    if type(key) is str or type(key) is Atom:
        return encode(key)
    return ExtType(KEY, _pack(encode(key, depth)))


def _decode_key(key: Any) -> Any:
    if type(key) is ExtType and key.code == KEY:
        return decode(_unpack(key.data))
    return decode(key)


def _list(value: Any, depth: int) -> Any:
    items: list[Any] = []
    while (cell := uncons(value)) is not None:
        while type(cell) is Cons:
            items.append(encode(cell.head, depth))
            cell = cell.tail
        value = cell
    if value is NIL or (isinstance(value, (str, list, View)) and not list(value)):
        return items
    return ExtType(IMPROPER, _pack([*items, encode(value, depth)]))


def _pack(data: Any) -> bytes:
    packed: bytes = msgpack.packb(data, use_bin_type=True, unicode_errors="surrogatepass")
    return packed


def _unpack(body: bytes) -> Any:
    try:
        return msgpack.unpackb(body, raw=False, strict_map_key=False, unicode_errors="surrogatepass")
    except ValueError as reason:
        raise NotPlain(f"plain data is damaged: {reason}") from reason


def _signed(value: int) -> bytes:
    return value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True)


def _what(value: Any) -> str:
    return "a function" if callable(value) and not isinstance(value, type) else f"a {type(value).__name__.lower()}"
