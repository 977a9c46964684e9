"""Values back to text as the LFE shell shows them: width 80, depth 30, printable lists as strings.

Depth counts both nesting and position, as LFE's printer does.  Erlang's syntax is in `erlang_printer.py`.
"""

from __future__ import annotations

from typing import Any

from xrepl.dialect.bits import Bits
from xrepl.dialect.data import NIL, Atom, Cons, is_list, key_value, map_key, text_of, uncons
from xrepl.dialect.function_text import function_text
from xrepl.dialect.order import sort_key
from xrepl.dialect.scanner import is_symbol

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
    127: "\\d",
}
_QUOTES = {"quote": "'", "backquote": "`", "comma": ",", "comma-at": ",@"}
_WIDTH = 80
_MARGIN = 10  # LFE's printer ends a filled line ten columns before the width
_ENDLESS = 99_999
DEFUN = -1
# how many elements stand beside the head of a form that has to be broken
INDENT = {
    **dict.fromkeys(["defun", "defmacro"], DEFUN),
    **dict.fromkeys(
        "begin syntax-rules macro match-lambda progn prog1 prog2 maybe receive catch eval-when-compile extend-module "
        "match-spec".split(),
        0,
    ),
    **dict.fromkeys(
        "define define-syntax define-record let-syntax defmodule defsyntax defrecord deftest lambda let let-function "
        "letrec-function let-macro if case try funcall define-function define-macro define-module define-type "
        "define-opaque-type define-function-spec let* flet flet* fletrec macrolet syntaxlet lc list-comp bc "
        "binary-comp".split(),
        1,
    ),
    **dict.fromkeys(["call", ":", "do"], 2),
    "cond": 999,
}


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
    if is_symbol(name):
        return name
    return "|" + "".join("\\|" if c == "|" else c if c == '"' else _ESCAPES.get(ord(c), c) for c in name) + "|"


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


def _bytes_text(value: bytes, depth: int, is_text: bool) -> str:
    try:
        text = value.decode() if is_text else None
    except UnicodeDecodeError:
        text = None
    if text is not None and all(is_printable(ord(c)) for c in text):
        return "#" + string_text(text)
    shown = [str(byte) for byte in (value[:depth] if depth >= 0 else value)]
    return f"#B({' '.join(shown)}{' ...' if len(shown) < len(value) else ''})"


def _bits_text(value: Bits, depth: int) -> str:
    parts = [str(byte) for byte in value.data[:-1]]
    spare = value.bit_size % 8
    parts.append(f"({value.data[-1] >> (8 - spare)} (size {spare}))")
    shown = parts[:depth] if depth >= 0 else parts
    return f"#B({' '.join(shown)}{' ...' if len(shown) < len(parts) else ''})"


def atomic_text(value: Any, depth: int = -1, *, is_text: bool = True) -> str | None:
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
        return _bytes_text(value, depth, is_text)
    if kind is Bits:
        return _bits_text(value, depth)
    if value is NIL:
        return "()"
    if isinstance(value, (tuple, dict)) or is_list(value):
        return None
    text = getattr(value, "lfe_text", None)
    if text is not None:
        return str(text())
    if callable(value) and not isinstance(value, type):
        return function_text(value)
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


def is_end(tail: Any) -> bool:
    """Say whether a tail is the end of a proper list."""
    return tail is NIL or (isinstance(tail, (str, list)) and not tail)


def is_alone(value: Any) -> bool:
    """Say whether an element of a filled list stands on a line of its own, as all with parts do."""
    if value is NIL:
        return False
    return isinstance(value, (tuple, dict, bytes, Bits)) or is_list(value)


def _are_symbols(value: Any) -> bool:
    """Say whether a list is a proper one of symbols."""
    items, tail = list_parts(value, -1)
    return is_end(tail) and all(isinstance(item, (Atom, bool)) for item in items)


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
    return _Writer().term(value, depth)


def show(value: Any, *, indent: int = 0, width: int = _WIDTH, depth: int = 30) -> str:
    """Give what the shell prints for a value."""
    return pretty(value, indent=indent, width=width, depth=depth)


def pretty(value: Any, *, indent: int = 0, width: int = _WIDTH, depth: int = 30) -> str:
    """Give a value on as many lines as it needs: `~p` of lfe_io."""
    return _Pretty().term(value, depth, indent, width)


class _Writer:
    """One line, Lisp syntax, nothing as a string; depth counts nesting and position, below zero there is no limit."""

    def term(self, value: Any, depth: int) -> str:
        if depth == 0:
            return "..."
        text = atomic_text(value, is_text=False)
        if text is not None:
            return text
        if isinstance(value, tuple):
            return f"#({self.sequence(list(value), NIL, depth - 1)})"
        if isinstance(value, dict):
            return f"#M({self.pairs(sorted_pairs(value), depth)})"
        return f"({self.sequence(*list_parts(value, depth - 1 if depth > 0 else -1), depth - 1)})"

    def sequence(self, items: list[Any], tail: Any, depth: int) -> str:
        parts: list[str] = []
        for index, item in enumerate(items):
            if depth == index:
                return " ".join([*parts, "..."])
            parts.append(self.term(item, depth - index))
        if not is_end(tail):
            if is_list(tail) or depth == len(items):
                parts.append("...")
            else:
                parts.append(f". {self.term(tail, depth - len(items))}")
        return " ".join(parts)

    def pairs(self, pairs: list[tuple[Any, Any]], depth: int) -> str:
        parts: list[str] = []
        for index, (key, item) in enumerate(pairs):
            if depth - index in (0, 1):
                return " ".join([*parts, "..."])
            left = depth - index - 1
            parts.append(f"{self.term(key, left)} {self.term(item, left)}")
        return " ".join(parts)


class _Pretty:
    """As many lines as it takes; columns count from 0, `end` is the width that a line may have."""

    def term(self, value: Any, depth: int, indent: int, end: int) -> str:
        if depth == 0:
            return "..."
        text = atomic_text(value, depth)
        if text is not None:
            return text
        if isinstance(value, tuple):
            whole = self.on_one_line(list(value), NIL, depth - 1, indent + 2, end - 1)
            return f"#({whole if whole is not None else self.filled(list(value), NIL, depth - 1, indent + 2, end)})"
        if isinstance(value, dict):
            return self.map(value, depth, indent, end)
        return self.cells(value, depth, indent, end)

    def cells(self, value: Any, depth: int, indent: int, end: int) -> str:
        items, tail = list_parts(value, depth if depth > 0 else -1)
        head = items[0].name if isinstance(items[0], Atom) else ""
        if len(items) == 2 and head in _QUOTES and is_end(tail):
            return _QUOTES[head] + self.term(items[1], depth, indent + len(_QUOTES[head]), end)
        content = list_text(value)
        if content is not None:
            return string_text(content)
        whole = self.on_one_line(items, tail, depth - 1, indent + 1, end - 1)
        if whole is not None:
            return f"({whole})"
        special = INDENT.get(head)
        if special is None or not is_end(tail):
            return f"({self.filled(items, tail, depth - 1, indent + 1, end - 1)})"
        if special == DEFUN:
            return self.definition(items, depth, indent, end)
        return self.special(items, depth, indent, end, special)

    def on_one_line(self, items: list[Any], tail: Any, depth: int, column: int, end: int) -> str | None:
        """Give elements on one line; None if that would pass the end."""
        parts: list[str] = []
        for index, item in enumerate(items):
            if depth == index:
                return " ".join([*parts, "..."])
            parts.append(self.term(item, depth - index, 0, _ENDLESS))
            column += len(parts[-1]) + (1 if index else 0)
            if column >= end:
                return None
        if is_end(tail):
            return " ".join(parts)
        if is_list(tail) or depth == len(items):
            return " ".join([*parts, "..."])
        parts.append(f". {self.term(tail, depth - len(items), 0, _ENDLESS)}")
        return " ".join(parts) if column + len(parts[-1]) + 1 < end else None

    def filled(self, items: list[Any], tail: Any, depth: int, indent: int, end: int) -> str:
        """Give elements, several atomic ones on a line, others each on a line of its own."""
        if depth == 0 or not items:
            return "..." if items else ""
        text, is_joined = self.element(items[0], indent, depth, indent, end)
        column = end if is_joined is None else indent + len(text)
        # LFE does not count the first element of a filled list against the depth
        return text + self.rest(items[1:], tail, column, depth, indent, end)

    def rest(self, items: list[Any], tail: Any, column: int, depth: int, indent: int, end: int) -> str:
        """Give what follows on from a column; a column at the end forces a break."""
        out = ""
        for item in items:
            if depth == 0:
                return f"{out} ..."
            text, joined = self.element(item, column + 1, depth, indent, end)
            if joined:
                out += f" {text}"
                column += 1 + len(text)
            else:
                out += f"\n{' ' * indent}{text}"
                column = end if joined is None else indent + len(text)
            depth -= 1
        if is_end(tail):
            return out
        if depth == 0 or is_list(tail):
            return f"{out} ..."
        text, joined = self.element(tail, column + 3, depth, indent, end)
        return f"{out} . {text}" if joined else f"{out} .\n{' ' * indent}{text}"

    def element(self, item: Any, column: int, depth: int, indent: int, end: int) -> tuple[str, bool | None]:
        """Give an element and whether it joins the line; None for one that has to stand alone."""
        if not is_alone(item):
            text = "..." if depth == 0 else atomic_text(item) or ""
            return text, column + len(text) <= end - _MARGIN
        return self.term(item, depth, indent, end), None

    def definition(self, items: list[Any], depth: int, indent: int, end: int) -> str:
        """Lay out `(defun name args ...)`."""
        if len(items) < 3 or not isinstance(items[1], Atom) or 0 <= depth <= 3:
            return f"({self.filled(items, NIL, depth - 1, indent + 1, end)})"
        start = f"{items[0].name} {items[1].name}"
        arguments = items[2]
        if is_list(arguments) and _are_symbols(arguments):
            shown = self.term(arguments, depth - 2, indent + len(start) + 2, end)
            return f"({start} {shown}{self.rest(items[3:], NIL, end, depth - 3, indent + 2, end)})"
        return f"({start}{self.rest(items[2:], NIL, end, depth - 2, indent + 2, end)})"

    def special(self, items: list[Any], depth: int, indent: int, end: int, count: int) -> str:
        """Lay out a form with `count` elements beside its head and the rest indented by 2."""
        if 0 <= depth <= 2:
            return f"({self.filled(items, NIL, depth - 1, indent + 1, end)})"
        head = items[0].name
        first, rest = items[1 : count + 1], items[count + 1 :]
        beside = self.filled(first, NIL, depth - 1, indent + len(head) + 2, end)
        return f"({head} {beside}{self.rest(rest, NIL, end, depth - 2, indent + 2, end)})"

    def map(self, value: dict[Any, Any], depth: int, indent: int, end: int) -> str:
        """Lay a map out, each pair on the line while it has room; a struct begins with its name."""
        indent += 3
        pairs = sorted_pairs(value)
        kind = value.get(Atom("__struct__"))
        if isinstance(kind, Atom):
            shown = atom_text(kind.name)
            pairs = [pair for pair in pairs if pair[0] is not Atom("__struct__")]
            return f"#S({shown}{self.pairs(pairs, indent + len(shown), depth - 1, indent, end, is_first=False)})"
        return f"#M({self.pairs(pairs, indent, depth, indent, end - 1, is_first=True)})"

    def pairs(
        self, pairs: list[tuple[Any, Any]], column: int, depth: int, indent: int, end: int, *, is_first: bool
    ) -> str:
        """Give a map's pairs."""
        out = ""
        margin = end - _MARGIN
        for index, (key, item) in enumerate(pairs):
            starts = is_first and not index
            if depth == 0 and not starts:
                return f"{out} ..."
            gap = 0 if starts else 1
            shown_key = self.term(key, depth, 0, _ENDLESS)
            shown = self.term(item, depth, 0, _ENDLESS)
            size = len(shown_key) + len(shown)
            if column + gap + size < margin:
                out += f"{' ' * gap}{shown_key} {shown}"
                column += gap + size + 1
            elif indent + size < margin:
                out += f"{'' if starts else chr(10) + ' ' * indent}{shown_key} {shown}"
                column = indent + size + 1
            else:
                shown_key = shown_key if indent + len(shown_key) < margin else self.term(key, depth, indent, end)
                shown = shown if indent + len(shown) < margin else self.term(item, depth, indent + 2, end)
                out += f"{'' if starts else chr(10) + ' ' * indent}{shown_key}\n{' ' * (indent + 2)}{shown}"
                column = end
            depth -= 1
        return out


def sorted_pairs(value: dict[Any, Any]) -> list[tuple[Any, Any]]:
    """Give a map's pairs in the order of the keys."""
    keys = sorted(map(key_value, value), key=sort_key)
    return [(key, value[map_key(key)]) for key in keys]
