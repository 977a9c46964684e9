"""Values in Erlang's syntax on one line, to a depth: `~w` of `io:format`, and what `~p` shares with it.

LFE's syntax is in `printer.py`.  Long terms are broken into lines in `erlang_pretty.py`.
"""

from __future__ import annotations

import re
from typing import Any

from xrepl.dialect.atomic_text import atomic_text, is_printable, string_text
from xrepl.dialect.data import Atom, is_list
from xrepl.dialect.printer import list_parts, sorted_pairs

_BARE_ATOM = re.compile(r"[a-z\xdf-\xf6\xf8-\xff][\w@]*\Z")
_DEPTH_BYTES = 4  # characters of a binary for each step of depth
_LATIN_1 = "\xff"
_RESERVED = frozenset(
    "after and andalso band begin bnot bor bsl bsr bxor case catch cond div end fun if let maybe not of or orelse "
    "receive rem try when xor".split()
)


def atom_text(name: str, *, unicode: bool = True) -> str:
    """Give an atom, quoted if Erlang needs that; without Unicode what is not Latin-1 is written as numbers."""
    if _BARE_ATOM.match(name) and name not in _RESERVED and (unicode or max(name) <= _LATIN_1):
        return name
    text = name.replace("\\", "\\\\").replace("'", "\\'")
    if not unicode:
        text = "".join(c if c <= _LATIN_1 else f"\\x{{{ord(c):X}}}" for c in text)
    return f"'{text}'"


def write(value: Any, depth: int = -1, *, unicode: bool = False) -> str:
    """Give a value without strings: `~w`."""
    if depth == 0:
        return "..."

    def inner(item: Any, left: int) -> str:
        return write(item, left, unicode=unicode)

    if isinstance(value, Atom):
        return atom_text(value.name, unicode=unicode)
    if isinstance(value, bytes):
        return binary_text(value, depth, strings=False, unicode=unicode)
    if isinstance(value, tuple):
        return "{" + _sequence(list(value), depth, inner, ",...") + "}"
    if isinstance(value, dict):
        return "#{" + _pairs(sorted_pairs(value), depth, inner) + "}"
    if is_list(value):
        items, tail = list_parts(value, -1)
        left = depth - len(items) - 1 if depth > 0 else -1
        end = "" if is_list(tail) or 0 < depth <= len(items) else "|" + inner(tail, left)
        return "[" + _sequence(items, depth, inner, "|...") + end + "]"
    return (atomic_text(value) or repr(value)).removeprefix("#Pid")


def _sequence(items: list[Any], depth: int, inner: Any, dots: str) -> str:
    if depth < 0:
        return ",".join(inner(item, -1) for item in items)
    shown = [inner(item, depth - 1 - index) for index, item in enumerate(items[: depth - 1])]
    rest = dots if len(items) > len(shown) else ""
    return ",".join(shown) + (rest if shown else rest[1:])


def _pairs(pairs: list[tuple[Any, Any]], depth: int, inner: Any) -> str:
    def text(pair: tuple[Any, Any], left: int) -> str:
        return f"{inner(pair[0], depth - 1)} => {inner(pair[1], depth - 1)}"

    return _sequence(pairs, depth, text, ",...")


def binary_text(value: bytes, depth: int, *, strings: bool, unicode: bool) -> str:
    """Give a binary: as text when it is printable and that is asked for, else as bytes.

    Args:
        value: its bytes.
        depth: how much is shown: a byte less than this, or four times as many characters; all of it below 0.
        strings: whether printable bytes are shown as text, also a printable beginning as long as bytes would be.
        unicode: whether UTF-8 counts as printable.
    """
    left = depth - 1
    if strings and value and left:
        text, mark = _printable(value, unicode, _DEPTH_BYTES * left if left > 0 else len(value))
        size = len(value.decode() if mark else value)
        if len(text) == size or (0 < left <= len(text)):
            return f"<<{string_text(text)}{'...' if len(text) < size else ''}{mark}>>"
    shown = list(map(str, value if left < 0 else value[:left]))
    if len(shown) < len(value):
        shown.append("...")
    return f"<<{','.join(shown)}>>"


def _printable(value: bytes, unicode: bool, limit: int) -> tuple[str, str]:
    """Give the printable beginning of bytes, up to a number of characters, and the mark after it."""
    mark = ""
    text = value.decode("latin-1")
    if unicode and not value.isascii():
        try:
            text, mark = value.decode("utf-8"), "/utf8"
        except UnicodeDecodeError:
            mark = ""
    count = next((i for i, character in enumerate(text[:limit]) if not is_printable(ord(character))), limit)
    return text[:count], mark
