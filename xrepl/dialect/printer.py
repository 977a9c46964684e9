"""Values back to text as the LFE shell shows them: width 80, depth 30, printable lists as strings.

Depth counts both nesting and position, as LFE's printer does.  Erlang's syntax is in `erlang_printer.py`.
"""

from __future__ import annotations

import re
from typing import Any

from xrepl.dialect.arithmetic import sort_key
from xrepl.dialect.data import NIL, Atom, Cons, is_list, key_value, map_key, text_of, uncons

_ESCAPES = {
    8: "\\b",
    9: "\\t",
    10: "\\n",
    11: "\\v",
    12: "\\f",
    13: "\\r",
    27: "\\e",
    34: '\\"',
    92: "\\\\",
}
_PLAIN_SYMBOL = re.compile(r"[^\s\x00-\x20()\[\]{}\";#'`,|][^\s\x00-\x20()\[\]{}\";]*\Z")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+([eE][+-]?\d+)?)?\Z")
_QUOTES = {"quote": "'", "backquote": "`", "comma": ",", "comma-at": ",@"}
_WIDTH = 80
_FILL = 69  # LFE's printer ends a filled line ten columns before the width


def float_text(value: float) -> str:
    """Give the shortest text that reads back as this float, in the shorter of the two notations."""
    digits, _, exponent = repr(value).partition("e")
    if not exponent:
        if "." not in digits:
            return digits
        sign, body = ("-", digits[1:]) if digits[0] == "-" else ("", digits)
        whole, _, fraction = body.partition(".")
        scientific = _scientific(whole, fraction)
        return sign + (scientific if len(scientific) < len(body) else body)
    return f"{digits if '.' in digits else digits + '.0'}e{int(exponent)}"


def _scientific(whole: str, fraction: str) -> str:
    """Give the exponent notation of digits before and after the point."""
    digits = (whole + fraction).lstrip("0")
    power = len(whole) - 1 if whole.strip("0") else -(len(fraction) - len(fraction.lstrip("0")) + 1)
    digits = digits.rstrip("0") or "0"
    return f"{digits[0]}.{digits[1:] or '0'}e{power}"


def atom_text(name: str) -> str:
    """Give a symbol as it is read: between bars when it would not be one otherwise."""
    if name and name != "." and _PLAIN_SYMBOL.match(name) and not _NUMBER.match(name):
        return name
    return "|" + name.replace("\\", "\\\\").replace("|", "\\|") + "|"


def is_printable(code: Any) -> bool:
    """Say whether a value is a code point that is shown in a string."""
    if type(code) is not int:
        return False
    return (
        32 <= code <= 126
        or 8 <= code <= 13
        or code == 27
        or 160 <= code < 0xD800
        or 0xDFFF < code < 0xFFFE
        or 0x10000 <= code <= 0x10FFFF
    )


def string_text(text: str) -> str:
    """Give a string in quotes, escaped."""
    return '"' + "".join(_ESCAPES.get(ord(c), c) for c in text) + '"'


def _bytes_text(value: bytes, depth: int) -> str:
    try:
        text = value.decode()
    except UnicodeDecodeError:
        text = None
    if text is not None and all(is_printable(ord(c)) for c in text):
        return "#" + string_text(text)
    shown = list(map(str, value[:depth] if depth >= 0 else value))
    return f"#B({' '.join(shown)}{' ...' if len(shown) < len(value) else ''})"


def atomic_text(value: Any, depth: int = -1) -> str | None:
    """Give the text of a value without parts; None for a collection."""
    kind = type(value)
    if kind is bool:
        return "true" if value else "false"
    if kind is Atom:
        return atom_text(value.name)
    if kind is int:
        return str(value) if abs(value) < 10**4000 else _long_integer(value)
    if kind is float:
        return float_text(value)
    if kind is bytes:
        return _bytes_text(value, depth)
    if value is NIL:
        return "()"
    if isinstance(value, (tuple, dict)) or is_list(value):
        return None
    text = getattr(value, "lfe_text", None)
    if text is not None:
        return str(text())
    if callable(value) and not isinstance(value, type):
        return f"#Fun<{getattr(value, '__name__', 'fun')}>"
    return repr(value)


def _long_integer(value: int) -> str:
    from decimal import MAX_EMAX, MAX_PREC, Context, Decimal

    context = Context(prec=MAX_PREC, Emax=MAX_EMAX)
    return format(Decimal(value).normalize(context), "f")


def list_text(value: Any, limit: int = 100_000) -> str | None:
    """Give the text of a list value whose elements are all printable code points; None for others."""
    if isinstance(value, str):
        return value if all(is_printable(ord(c)) for c in value) else None
    items: list[Any] = []
    cell = uncons(value)
    while cell is not None:
        if not is_printable(cell.head) or len(items) > limit:
            return None
        items.append(cell.head)
        value = cell.tail
        cell = value if type(value) is Cons else uncons(value)
    return text_of(items) if value is NIL or (is_list(value) and not value) else None


def list_parts(value: Any, limit: int) -> tuple[list[Any], Any]:
    """Give up to `limit` elements of a list (all, below zero) and what is left."""
    items: list[Any] = []
    cell = uncons(value)
    while cell is not None and (limit < 0 or len(items) < limit):
        items.append(cell.head)
        value = cell.tail
        cell = value if type(value) is Cons else uncons(value)
    return items, value


def write(value: Any, depth: int = -1) -> str:
    """Give a value on one line, no list as a string: `~w` of lfe_io."""
    return _Printer(with_strings=False).line(value, depth)


def show(value: Any, *, indent: int = 0, width: int = _WIDTH, depth: int = 30) -> str:
    """Give what the shell prints for a value."""
    return pretty(value, indent=indent, width=width, depth=depth)


def pretty(value: Any, *, indent: int = 0, width: int = _WIDTH, depth: int = 30) -> str:
    """Give a value on as many lines as it needs: `~p` of lfe_io."""
    return _Printer(with_strings=True, width=width).lay_out(value, indent, depth)


class _Printer:
    """Prints in one style; positions are columns from 0."""

    def __init__(self, *, with_strings: bool, width: int = _WIDTH) -> None:
        self.with_strings = with_strings
        self.width = width

    def simple(self, value: Any, depth: int) -> str | None:
        """Give the text of what never spans lines, and `...` when the depth is used up."""
        if depth == 0:
            return "..."
        text = atomic_text(value, depth)
        if text is None and self.with_strings and is_list(value):
            content = list_text(value)
            if content is not None:
                return string_text(content) if content else "()"
        return text

    def line(self, value: Any, depth: int) -> str:
        """Give a value on one line."""
        text = self.simple(value, depth)
        if text is not None:
            return text
        if isinstance(value, tuple):
            return f"#({self.sequence(list(value), depth=depth)})"
        if isinstance(value, dict):
            pairs = [self.line(part, depth - 1) for pair in sorted_pairs(value) for part in pair]
            return f"#M({' '.join(pairs)})"
        items, tail = list_parts(value, depth)
        if len(items) == 2 and tail is NIL and isinstance(items[0], Atom) and items[0].name in _QUOTES:
            return _QUOTES[items[0].name] + self.line(items[1], depth - 1)
        return f"({self.sequence(*list_parts(value, -1), depth=depth)})" if depth < 0 else self.bounded(value, depth)

    def bounded(self, value: Any, depth: int) -> str:
        items, tail = list_parts(value, depth)
        return f"({self.sequence(items, tail, depth=depth)})"

    def sequence(self, items: list[Any], tail: Any = NIL, depth: int = -1) -> str:
        """Give elements in order, each one a level deeper than the one before."""
        parts: list[str] = []
        for index, item in enumerate(items):
            left = depth - 1 - index if depth > 0 else -1
            if left == 0 and depth > 0:
                return " ".join([*parts, "..."])
            parts.append(self.line(item, left))
        if tail is not NIL and not (is_list(tail) and not tail):
            parts.append("... " if is_list(tail) else f". {self.line(tail, depth - 1)}")
        return " ".join(parts).rstrip()

    def lay_out(self, value: Any, indent: int, depth: int) -> str:
        """Give a value from a column on: on one line if it fits, else filled."""
        text = self.simple(value, depth)
        if text is not None:
            return text
        if not isinstance(value, dict):
            whole = self.line(value, depth)
            if indent + len(whole) < self.width:
                return whole
        if isinstance(value, dict):
            return self.map(value, indent, depth)
        if isinstance(value, tuple):
            return f"#({self.fill(list(value), NIL, indent + 2, depth, _FILL + 1)})"
        return f"({self.fill(*list_parts(value, depth), indent=indent + 1, depth=depth, end=_FILL)})"

    def fill(self, items: list[Any], tail: Any, indent: int, depth: int, end: int) -> str:
        """Fill lines with elements without parts; every other element has a line of its own."""
        out = ""
        column = indent
        must_break = False
        for index, item in enumerate(items):
            left = depth - index
            if left <= 0:
                return f"{out} ..."
            is_atomic = atomic_text(item) is not None
            text = self.lay_out(item, indent, left - 1 if left > 1 else 0)
            if index and (must_break or not is_atomic or column + 1 + len(text) > end):
                out += "\n" + " " * indent
                column = indent
            elif index:
                out += " "
                column += 1
            out += text
            column += len(text)
            must_break = not is_atomic
        if is_list(tail) and tail:
            return f"{out} ..."
        return out if tail is NIL or is_list(tail) else f"{out} . {self.lay_out(tail, column, depth - 1)}"

    def map(self, value: dict[Any, Any], indent: int, depth: int) -> str:
        """Lay a map out, each pair on the line while it has room."""
        inner = indent + 3
        out = "#M("
        column = inner
        for index, (key, item) in enumerate(sorted_pairs(value)):
            shown_key, shown = self.lay_out(key, inner, depth - 1), self.line(item, depth - 1)
            size = len(shown_key) + 1 + len(shown)
            if index and column + 1 + size > _FILL:
                out += "\n" + " " * inner
                column = inner
            elif index:
                out += " "
                column += 1
            if column + size >= self.width:
                shown = self.lay_out(item, inner + 2, depth - 1)
                out += f"{shown_key}\n{' ' * (inner + 2)}{shown}"
                column = self.width
            else:
                out += f"{shown_key} {shown}"
                column += size
        return out + ")"


def sorted_pairs(value: dict[Any, Any]) -> list[tuple[Any, Any]]:
    """Give a map's pairs in the order of the keys."""
    keys = sorted(map(key_value, value), key=sort_key)
    return [(key, value[map_key(key)]) for key in keys]
