"""Text to forms: LFE's syntax as Hy models.  A tokenizer in one regular expression, then one pass without recursion.

Reads one form after the other, so that forms before a bad one can run.  The error texts are those of the LFE shell
(`1: illegal ')'`); text that ends inside a form is `IncompleteInput`.  Evaluates nothing.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import Any, NamedTuple

from hy.models import Bytes, Expression, Float, Integer, List, String, Tuple
from hy.reader.hy_reader import HyReader

from xrepl.dialect.tokens import BinLit, Dotted, LSym, MapLit, Quoted, StructLit
from xrepl.errors import IncompleteInput, InvalidInput

_TOKEN = re.compile(
    r"""(?P<space>[\s\x00-\x20]+|;[^\n]*|\#\|.*?\|\#)
 |(?P<open>\#[mMbBsS]?\(|[(\[])|(?P<close>[)\]])
 |(?P<quote>,@|['`,]|\#\.(?=[^\s]))
 |(?P<text>\#?\"\"\"[^\n"]*\n(?:.*?\n)??[ \t]*\"\"\"|\#?"(?!"")(?:[^"\\]|\\.)*"|\#?""(?!"))
 |(?P<function>\#'[^\s()\[\]{}";]+)
 |(?P<character>\#\\.)
 |(?P<bars>\|(?:[^|\\]|\\.)*\|)
 |(?P<based>\#(?:[bBoOdDxX*]|\d+[rR])[^\s()\[\]{}";]*)
 |(?P<dot>\.(?=[\s()\[\]{}";0-9]|$))
 |(?P<symbol>[^\s()\[\]{}";\#'`,|][^\s()\[\]{}";]*)""",
    re.VERBOSE | re.DOTALL,
)
_INTEGER = re.compile(r"[+-]?\d+\Z")
_FLOAT = re.compile(r"[+-]?\d+\.\d+([eE][+-]?\d+)?\Z")
_BASED = re.compile(r"#([bBoOdDxX*]|\d+[rR])([+-]?)(.*)\Z", re.DOTALL)
_UNFINISHED = re.compile(r'#?"|\||#\|[^|]*|#\Z|#\\\Z|#\.\s*\Z|\\')
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {
    "b": "\b",
    "t": "\t",
    "n": "\n",
    "v": "\v",
    "f": "\f",
    "r": "\r",
    "e": "\x1b",
    "s": " ",
    "d": "\x7f",
}
_QUOTES = {"'": "quote", "`": "backquote", ",": "comma", ",@": "comma-at", "#.": "#."}
_BASES = {"b": 2, "*": 2, "o": 8, "d": 10, "x": 16}
_CLOSERS = {"(": ")", "[": "]"}
_COLLECTIONS: dict[str, type] = {
    "(": Expression,
    "[": List,
    "#(": Tuple,
    "#m(": MapLit,
    "#b(": BinLit,
    "#s(": StructLit,
}


class Form(NamedTuple):
    """One form: its model, its text, where it starts and ends in the whole text, and its first line."""

    model: Any
    text: str
    start: int
    end: int
    line: int


class _Open(NamedTuple):
    """A collection that is being read."""

    items: list[Any]
    opener: str
    start: int
    quotes: list[tuple[str, int]]


class _Reading:
    """The state of one text's reading; forms come out as soon as they are whole."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [-1, *(match.start() for match in re.finditer("\n", text))]
        self.stack: list[_Open] = []
        self.quotes: list[tuple[str, int]] = []
        self.items: list[Any] = []
        self.form_start = 0

    def line(self, at: int) -> int:
        """Give the line of an offset, counted from the form's first line."""
        return bisect_left(self.lines, at) - bisect_left(self.lines, self.form_start) + 1

    def invalid(self, what: str, at: int | None = None) -> InvalidInput:
        line = self.line(self.form_start if at is None else at)
        absolute = bisect_left(self.lines, self.form_start if at is None else at)
        return InvalidInput(f"{line}: {what}", line=absolute)

    def forms(self) -> Iterator[Form]:
        """Go through the text."""
        text, at, size = self.text, 0, len(self.text)
        match_at = _TOKEN.match
        while at < size:
            match = match_at(text, at)
            if match is None:
                raise self.unreadable(at)
            kind = match.lastgroup
            start, at = at, match.end()
            if kind == "space":
                continue
            if not self.stack and not self.quotes:
                self.form_start = start
            self.token(kind or "", match[0], start, at)
            if self.items and not self.stack:
                model = self.items.pop()
                line = bisect_left(self.lines, self.form_start)
                yield Form(model, text[self.form_start : at], self.form_start, at, line)
        if self.stack or self.quotes:
            raise IncompleteInput("the text ends inside a form", line=bisect_left(self.lines, self.form_start))

    def unreadable(self, at: int) -> IncompleteInput | InvalidInput:
        if not self.stack and not self.quotes:
            self.form_start = at
        text = self.text
        if _UNFINISHED.match(text, at):
            return IncompleteInput("the text ends inside a form", line=bisect_left(self.lines, self.form_start))
        if text[at] == "#":
            return self.invalid(f"illegal token {text[at : at + 2]}", at)
        return self.invalid(f"illegal '{text[at]}'")

    def token(self, kind: str, text: str, start: int, end: int) -> None:
        if kind == "open":
            self.stack.append(_Open(self.items, text, start, self.quotes))
            self.items, self.quotes = [], []
        elif kind == "close":
            self.close(text, end)
        elif kind == "quote":
            self.quotes.append((_QUOTES[text], start))
        elif kind == "dot":
            if not self.stack or self.stack[-1].opener not in _CLOSERS or not self.items or self.quotes:
                raise self.invalid("illegal '.'")
            self.items.append(_DOT)
        else:
            self.put(self.atomic(kind, text, start), start, end)

    def put(self, model: Any, start: int, end: int) -> None:
        """Add a model to what is being read, inside the quotes before it."""
        self.place(model, start, end)
        while self.quotes:
            name, start = self.quotes.pop()
            model = self.place(Expression((LSym(name), model)), start, end)
        self.items.append(model)

    def place(self, model: Any, start: int, end: int) -> Any:
        """Write down where a model stands: lines and columns from 1, the end included, as Hy does."""
        lines = self.lines
        row = bisect_left(lines, start)
        last = bisect_left(lines, end - 1)
        model._start_line, model._start_column = row, start - lines[row - 1]
        model._end_line, model._end_column = last, end - 1 - lines[last - 1]
        return model

    def close(self, closer: str, end: int) -> None:
        if not self.stack or self.quotes:
            raise self.invalid(f"illegal '{closer}'")
        opened = self.stack[-1]
        if _CLOSERS[opened.opener[-1]] != closer:
            raise self.invalid(f"illegal '{closer}'")
        items = self.items
        self.stack.pop()
        model = self.collection(opened.opener.lower(), items, opened.start)
        self.items, self.quotes = opened.items, opened.quotes
        self.put(model, opened.start, end)

    def collection(self, opener: str, items: list[Any], start: int) -> Any:
        if _DOT in items:
            if items.index(_DOT) != len(items) - 2:
                raise self.invalid("illegal '.'" if items[-1] is _DOT or items.count(_DOT) > 1 else "illegal ')'")
            tail = items[-1]
            if type(tail) in (Expression, List):
                return Expression([*items[:-2], *tail])
            return Dotted([*items[:-2], tail])
        if opener == "#m(" and len(items) % 2:
            raise self.invalid("bad map", start)
        if opener == "#s(" and not len(items) % 2:
            raise self.invalid("bad struct", start)
        return _COLLECTIONS[opener](items)

    def atomic(self, kind: str, text: str, start: int) -> Any:
        if kind == "symbol":
            if _INTEGER.match(text):
                return Integer(int(text)) if len(text) < 4000 else Integer(_long_integer(text))
            return Float(float(text)) if _FLOAT.match(text) else LSym(text)
        if kind == "text":
            return Bytes(_text(text[1:]).encode("utf-8", "surrogatepass")) if text[0] == "#" else String(_text(text))
        if kind == "character":
            return Integer(ord(text[2]))
        if kind == "bars":
            return Quoted(_ESCAPE.sub(r"\1", text[1:-1]))
        if kind == "function":
            return self.function(text[2:], start)
        return self.based(text, start)

    def function(self, text: str, start: int) -> Any:
        name, slash, arity = text.rpartition("/")
        if not slash or not arity.isdigit() or not name:
            raise self.invalid(f"illegal token #'{text}", start)
        module, colon, function = name.partition(":")
        names = [module, function] if colon and module and function else [name]
        return Expression((LSym("function"), *map(LSym, names), Integer(int(arity))))

    def based(self, text: str, start: int) -> Any:
        match = _BASED.match(text)
        assert match is not None
        base = _BASES.get(match[1].lower()) or int(match[1][:-1])
        if not 2 <= base <= 36:
            raise self.invalid("bad of format of based number", start)
        if not match[3]:
            raise self.invalid(f"illegal token {text}", start)
        try:
            if "_" in match[3]:
                raise ValueError
            return Integer(int(match[2] + match[3], base))
        except ValueError:
            raise self.invalid("illegal characters in based number", start) from None


class _Dot:
    """The dot of a dotted pair while its list is being read."""


_DOT: Any = _Dot()


def _long_integer(text: str) -> int:
    """Read an integer beyond Python's limit on digits, in pieces."""
    sign, digits = (-1, text[1:]) if text[0] == "-" else (1, text.lstrip("+"))
    value = 0
    for at in range(0, len(digits), 4000):
        piece = digits[at : at + 4000]
        value = value * 10 ** len(piece) + int(piece)
    return sign * value


def _text(token: str) -> str:
    """Give the text of a string token: escapes undone, or a triple-quoted block without its indentation."""
    if token.startswith('"""'):
        lines = token.split("\n")[1:]
        indent = len(lines[-1]) - 3
        return "\n".join(line[indent:] if not line[:indent].strip() else line for line in lines[:-1])
    body = token[1:-1]
    return _ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[1]), body) if "\\" in body else body


def read_forms(text: str) -> Iterator[Form]:
    """Read the forms of a text, one after the other.

    Raises:
        IncompleteInput: the text ends inside a form.
        InvalidInput: no further text can make this a form; the message is the LFE shell's.
    """
    return _Reading(text).forms()


class LfeReader(HyReader):  # type: ignore[misc]
    """The same behind Hy's interface: `hy.read_many(text, reader=LfeReader())`."""

    def parse(self, stream: Any, filename: str | None = None, skip_shebang: bool = False) -> Iterator[Any]:
        """Read the models of a stream, as Hy's own reader does."""
        self._set_source(stream, filename)
        return (form.model for form in read_forms(stream.read()))
