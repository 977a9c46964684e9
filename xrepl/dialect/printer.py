"""Values back to text as the LFE shell shows them: width 80, depth 30, printable lists as strings.

Depth counts both nesting and position, as LFE's printer does.  The texts of values without parts are in
`atomic_text.py`, Erlang's syntax is in `erlang_printer.py`.
"""

from __future__ import annotations

import re
from typing import Any

from xrepl.dialect.atomic_text import atom_text, atomic_text, is_printable, string_text
from xrepl.dialect.bits import Bits
from xrepl.dialect.data import NIL, Atom, Cons, is_list, key_value, map_key, text_of, uncons
from xrepl.dialect.order import sort_key

_QUOTES = {"quote": "'", "backquote": "`", "comma": ",", "comma-at": ",@"}
_WIDTH = 80
_MARGIN = 10  # LFE's printer ends a filled line ten columns before the width
_ENDLESS = 99_999
_FUNCTION = re.compile(r"#Fun<[^>]*>")
_FUNCTION_COLUMNS = len("#Fun<lfe_eval.37.12345678/1>")
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


def _columns(text: str) -> int:
    """Give the columns that a text takes in LFE's layout, where that of every function is as long as LFE's."""
    if "#Fun<" not in text:
        return len(text)
    return sum(_FUNCTION_COLUMNS - len(found) for found in _FUNCTION.findall(text)) + len(text)


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
    return type(value) is tuple or isinstance(value, (dict, bytes, Bits)) or is_list(value)


def _are_symbols(value: Any) -> bool:
    """Say whether a list is a proper one of symbols."""
    items, tail = list_parts(value, -1)
    return is_end(tail) and all(isinstance(item, (Atom, bool)) for item in items)


def _name(value: Any) -> str:
    """Give a symbol's name."""
    return value.name if isinstance(value, Atom) else "true" if value else "false"


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
        if type(value) is tuple:
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
            return text.replace("\n", "\n" + " " * indent) if "\n" in text else text  # an array, a table
        if type(value) is tuple:
            whole = self.on_one_line(list(value), NIL, depth - 1, indent + 2, end - 1)
            return f"#({whole if whole is not None else self.filled(list(value), NIL, depth - 1, indent + 2, end)})"
        if isinstance(value, dict):
            return self.map(value, depth, indent, end)
        return self.cells(value, depth, indent, end)

    def cells(self, value: Any, depth: int, indent: int, end: int) -> str:
        # a form's head and what stands beside it are shown beyond the depth; one element more says that some are left
        items, tail = list_parts(value, depth + 4 if depth > 0 else -1)
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
        if special is None:
            return f"({self.filled(items, tail, depth - 1, indent + 1, end - 1)})"
        if special == DEFUN:
            return self.definition(items, tail, depth, indent, end)
        return self.special(items, tail, depth, indent, end, special)

    def on_one_line(self, items: list[Any], tail: Any, depth: int, column: int, end: int) -> str | None:
        """Give elements on one line; None if that would pass the end."""
        parts: list[str] = []
        for index, item in enumerate(items):
            if depth == index:
                return " ".join([*parts, "..."])
            parts.append(self.term(item, depth - index, 0, _ENDLESS))
            column += _columns(parts[-1]) + (1 if index else 0)
            if column >= end or "\n" in parts[-1]:
                return None
        if is_end(tail):
            return " ".join(parts)
        if is_list(tail) or depth == len(items):
            return " ".join([*parts, "..."])
        parts.append(f". {self.term(tail, depth - len(items), 0, _ENDLESS)}")
        return " ".join(parts) if column + _columns(parts[-1]) + 1 < end else None

    def filled(self, items: list[Any], tail: Any, depth: int, indent: int, end: int) -> str:
        """Give elements, several atomic ones on a line, others each on a line of its own."""
        if depth == 0 or not items:
            return "..." if items else ""
        text, is_joined = self.element(items[0], indent, depth, indent, end)
        column = end if is_joined is None else indent + _columns(text)
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
                column += 1 + _columns(text)
            else:
                out += f"\n{' ' * indent}{text}"
                column = end if joined is None else indent + _columns(text)
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
            if "\n" not in text:
                return text, column + _columns(text) <= end - _MARGIN
        return self.term(item, depth, indent, end), None

    def definition(self, items: list[Any], tail: Any, depth: int, indent: int, end: int) -> str:
        """Lay out `(defun name args ...)`."""
        if len(items) < 3 or not isinstance(items[1], (Atom, bool)) or 0 <= depth <= 3:
            return f"({self.filled(items, tail, depth - 1, indent + 1, end)})"
        start = f"{items[0].name} {_name(items[1])}"
        arguments = items[2]
        if is_list(arguments) and _are_symbols(arguments):
            shown = self.term(arguments, depth - 2, indent + len(start) + 2, end)
            return f"({start} {shown}{self.rest(items[3:], tail, end, depth - 3, indent + 2, end)})"
        return f"({start}{self.rest(items[2:], tail, end, depth - 2, indent + 2, end)})"

    def special(self, items: list[Any], tail: Any, depth: int, indent: int, end: int, count: int) -> str:
        """Lay out a form with `count` elements beside its head and the rest indented by 2."""
        if 0 <= depth <= 2 or (len(items) <= count and not is_list(tail)):
            return f"({self.filled(items, tail, depth - 1, indent + 1, end)})"
        head = items[0].name
        first, rest = items[1 : count + 1], items[count + 1 :]
        beside = self.filled(first, NIL if rest else tail, depth - 1, indent + len(head) + 2, end)
        below = self.rest(rest, tail if rest else NIL, end, depth - 2, indent + 2, end)
        return f"({head} {beside}{below})"

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
            size = _columns(shown_key) + _columns(shown)
            if column + gap + size < margin:
                out += f"{' ' * gap}{shown_key} {shown}"
                column += gap + size + 1
            elif indent + size < margin:
                out += f"{'' if starts else chr(10) + ' ' * indent}{shown_key} {shown}"
                column = indent + size + 1
            else:
                shown_key = shown_key if indent + _columns(shown_key) < margin else self.term(key, depth, indent, end)
                shown = shown if indent + _columns(shown) < margin else self.term(item, depth, indent + 2, end)
                out += f"{'' if starts else chr(10) + ' ' * indent}{shown_key}\n{' ' * (indent + 2)}{shown}"
                column = end
            depth -= 1
        return f"{out} ..." if pairs and depth == 0 else out  # LFE says so also when nothing is left out


def sorted_pairs(value: dict[Any, Any]) -> list[tuple[Any, Any]]:
    """Give a map's pairs in the order of the keys."""
    keys = sorted(map(key_value, value), key=sort_key)
    return [(key, value[map_key(key)]) for key in keys]
