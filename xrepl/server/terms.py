"""Values of the language as the server sees them: plain data, of which it understands atoms and maps only.

The codes are those of `xrepl/dialect/plain.py`, said again here since the server does not import the language.
"""

from __future__ import annotations

from typing import Any

import msgpack
from msgpack import ExtType

ATOM, TUPLE, INTEGER, IMPROPER, BITS, KEY = range(10, 16)


def atom(name: str) -> ExtType:
    """Give an atom."""
    return ExtType(ATOM, name.encode("utf-8", "surrogatepass"))


INFINITY = atom("infinity")


def atom_name(value: Any) -> str | None:
    """Give the name of an atom; None for anything else."""
    if type(value) is ExtType and value.code == ATOM:
        return bytes(value.data).decode("utf-8", "surrogatepass")
    return None


def text_of(value: Any) -> str | None:
    """Give the text of a string, a list of code points or a binary; None for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return None
    if isinstance(value, list) and all(type(item) is int and 0 <= item < 0x110000 for item in value):
        return "".join(map(chr, value))
    return None


def simple(value: Any) -> Any:
    """Give plain data as JSON and bencode can say it: atoms as texts, tuples as lists, keys as texts."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, ExtType):
        return _simple_extension(value.code, value.data)
    if isinstance(value, (str, int)):
        return value
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace")
    if isinstance(value, (list, tuple)):
        return [simple(item) for item in value]
    if isinstance(value, dict):
        return {str(simple(key)): simple(item) for key, item in value.items()}
    return str(value)


def _simple_extension(code: int, body: bytes) -> Any:
    if code == ATOM:
        return body.decode("utf-8", "replace")
    if code == INTEGER:
        return str(int.from_bytes(body, "big", signed=True))
    if code in (TUPLE, IMPROPER, BITS, KEY):
        return simple(msgpack.unpackb(body, raw=False, strict_map_key=False, unicode_errors="surrogatepass"))
    return body.hex()
