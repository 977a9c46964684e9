"""Values in Erlang's syntax, as `io:format` writes them: on one line, to a depth.

LFE's syntax is in `printer.py`.  Long terms are not broken into lines.
"""

from __future__ import annotations

import re
from typing import Any

from xrepl.dialect.data import Atom, is_list
from xrepl.dialect.printer import (
    atomic_text,
    is_printable,
    list_parts,
    list_text,
    sorted_pairs,
    string_text,
)

_BARE_ATOM = re.compile(r"[a-z\xdf-\xf6\xf8-\xff][\w@]*\Z")
_RESERVED = frozenset(
    "after and andalso band begin bnot bor bsl bsr bxor case catch cond div end fun if let maybe not of or orelse "
    "receive rem try when xor".split()
)


def atom_text(name: str) -> str:
    """Give an atom, quoted if Erlang needs that."""
    if _BARE_ATOM.match(name) and name not in _RESERVED:
        return name
    return "'" + name.replace("\\", "\\\\").replace("'", "\\'") + "'"


def write(value: Any, depth: int = -1, *, unicode: bool = False) -> str:
    """Give a value without strings: `~w`."""
    return _text(value, depth, with_strings=False, unicode=unicode)


def pretty(value: Any, *, column: int = 1, width: int = 80, depth: int = -1, unicode: bool = False) -> str:
    """Give a value with printable lists as strings: `~p`."""
    return _text(value, depth, with_strings=True, unicode=unicode)


def _text(value: Any, depth: int, *, with_strings: bool, unicode: bool) -> str:
    if depth == 0:
        return "..."

    def inner(item: Any, left: int) -> str:
        return _text(item, left, with_strings=with_strings, unicode=unicode)

    if isinstance(value, Atom):
        return atom_text(value.name)
    if isinstance(value, bytes):
        return _binary(value, with_strings)
    if isinstance(value, tuple):
        return "{" + _sequence(list(value), depth, inner) + "}"
    if isinstance(value, dict):
        return "#{" + ",".join(f"{inner(k, depth - 1)} => {inner(v, depth - 1)}" for k, v in sorted_pairs(value)) + "}"
    if is_list(value):
        content = list_text(value) if with_strings else None
        if content and (unicode or all(ord(c) < 256 for c in content)):
            return string_text(content)
        items, tail = list_parts(value, -1)
        end = "" if is_list(tail) else "|" + inner(tail, depth - 1)
        return "[" + _sequence(items, depth, inner) + end + "]"
    return (atomic_text(value) or repr(value)).removeprefix("#Pid")


def _sequence(items: list[Any], depth: int, inner: Any) -> str:
    if depth < 0:
        return ",".join(inner(item, -1) for item in items)
    shown = [inner(item, depth - 1) for item in items[: depth - 1]]
    return ",".join(shown) + ("|..." if len(items) > len(shown) else "")


def _binary(value: bytes, with_strings: bool) -> str:
    if with_strings and value and all(is_printable(byte) for byte in value):
        return f"<<{string_text(value.decode('latin-1'))}>>"
    return f"<<{','.join(map(str, value))}>>"
