"""Text to forms: LFE's syntax as Hy models, in one pass without recursion.

Reads one form after the other, so that forms before a bad one can run.  The error texts are those of the LFE shell
(`1: illegal ')'`); text that ends inside a form is `IncompleteInput`.  The words are in `scanner.py`.  What is written
to be evaluated while reading (`#.form`) goes to the caller's function; without one it is left as it is.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from hy.models import Expression, Float, Integer, List, Object, String, Tuple
from hy.reader.hy_reader import HyReader

from xrepl.dialect.binaries import literal_binary
from xrepl.dialect.scanner import METHOD, WORD, BadWord, unreadable, value
from xrepl.dialect.tokens import BinLit, Dotted, LSym, MapLit, StructLit, form, to_model
from xrepl.errors import IncompleteInput, InvalidInput

Evaluate = Callable[[Any], Any]

_QUOTES = {"'": "quote", "`": "backquote", ",": "comma", ",@": "comma-at", "#.": "#."}
_QUOTES |= {"#*": "unpack-iterable", "#**": "unpack-mapping"}  # Hy's; in LFE they are numbers without digits
_CLOSERS = {"(": ")", "[": "]"}
_COLLECTIONS: dict[str, type] = {
    "(": Expression,
    "[": List,
    "#(": Tuple,
    "#m(": MapLit,
    "#b(": BinLit,
    "#s(": StructLit,
}


_SURPLUS = re.compile(r"[)\]\s]+(?:;[^\n]*\s*)*\Z")


class Form(NamedTuple):
    """One form: its model, its text, where it starts and ends in the whole text, and its first line."""

    model: Any
    text: str
    start: int
    end: int
    line: int


class _Open(NamedTuple):
    """A collection that is being read: what stood before it, and how it began."""

    items: list[Any]
    opener: str
    start: int
    quotes: list[tuple[str, int]]


class _Dot:
    """The dot of a dotted pair while its list is being read."""


_DOT: Any = _Dot()


class _Reading:
    """The state of one text's reading; forms come out as soon as they are whole."""

    def __init__(self, text: str, evaluate: Evaluate | None) -> None:
        self.text = text
        self.evaluate = evaluate
        self.lines = [-1, *(match.start() for match in re.finditer("\n", text))]
        self.stack: list[_Open] = []
        self.quotes: list[tuple[str, int]] = []
        self.items: list[Any] = []
        self.form_start = 0
        self.form_end = 0

    def line(self, at: int) -> int:
        """Give the line of an offset, counted from 1."""
        return bisect_left(self.lines, at)

    def invalid(self, what: str, at: int) -> InvalidInput:
        """Make the error of text that is no form: its line counts from the form's first."""
        line, first = self.line(at), self.line(self.form_start)
        return InvalidInput(f"{line - first + 1}: {what}", line=line, column=at - self.lines[line - 1])

    def illegal(self, what: str, at: int) -> InvalidInput:
        """Make the error of a word in the wrong place: LFE's text names the line where the form starts."""
        problem = self.invalid(f"illegal {what}", self.form_start)
        problem.line = self.line(at)
        problem.column = at - self.lines[problem.line - 1]
        return problem

    def forms(self) -> Iterator[Form]:
        """Go through the text."""
        text, at, size = self.text, 0, len(self.text)
        match_at = WORD.match
        while at < size:
            match = match_at(text, at)
            kind = match.lastgroup if match is not None else None
            if kind == "space":
                at = match.end()  # type: ignore[union-attr]
                continue
            if not self.stack and not self.quotes:
                self.form_start = at
            if match is None:
                raise self.unreadable(at)
            if kind == "close" and not self.stack and not self.quotes and self.is_surplus(at):
                return
            start, at = at, match.end()
            at = self.word(kind or "", match[0], start, at)
            if self.items and not self.stack:
                model = self.items.pop()
                line = self.line(self.form_start)
                self.form_end = at
                yield Form(model, text[self.form_start : at], self.form_start, at, line)
        if self.stack or self.quotes:
            raise self.incomplete()

    def is_surplus(self, at: int) -> bool:
        """Say whether a form is followed by nothing but closing parentheses, which the LFE shell passes over."""
        return self.form_end > 0 and _SURPLUS.match(self.text, at) is not None

    def incomplete(self) -> IncompleteInput:
        line = self.line(self.form_start)
        column = self.form_start - self.lines[line - 1]
        return IncompleteInput("the text ends inside a form", line=line, column=column)

    def unreadable(self, at: int) -> IncompleteInput | InvalidInput:
        what = unreadable(self.text, at)
        if what is None:
            return self.incomplete()
        if what.startswith("illegal '"):
            return self.illegal(what.removeprefix("illegal "), at)
        return self.invalid(what, at)

    def word(self, kind: str, text: str, start: int, end: int) -> int:
        """Take in one word; give where the next one begins."""
        if kind == "close":
            self.close(text, end)
            return end
        if kind == "dot":
            return self.dot(start)
        model = None
        if kind not in ("open", "quote"):
            model = self.value(kind, text, end - 1 if kind == "block" else start)
        if self.has_tail():
            raise self.illegal(_type_of(kind, text), start)
        if kind == "open":
            self.stack.append(_Open(self.items, text.lower(), start, self.quotes))
            self.items, self.quotes = [], []
        elif kind == "quote":
            self.quotes.append((_QUOTES[text], start))
        else:
            self.put(model, start, end)
        return end

    def value(self, kind: str, text: str, at: int) -> Any:
        """Give the model of a word without parts; `at` is where the error of a bad one is."""
        try:
            return value(kind, text)
        except BadWord as bad:
            raise self.invalid(str(bad), at) from None

    def has_tail(self) -> bool:
        """Say whether the list that is being read has its tail, so that nothing may follow."""
        return len(self.items) > 1 and self.items[-2] is _DOT and bool(self.stack)

    def dot(self, start: int) -> int:
        """Take in a dot: that of a pair, or of a method's name at the beginning of a list."""
        is_list = bool(self.stack) and self.stack[-1].opener in _CLOSERS and not self.quotes
        if is_list and not self.items:
            method = METHOD.match(self.text, start)
            if method is not None:
                self.put(LSym(method[0]), start, method.end())
                return method.end()
        if not is_list or not self.items or self.items[-1] is _DOT or self.has_tail():
            raise self.illegal("'.'", start)
        self.items.append(_DOT)
        return start + 1

    def put(self, model: Any, start: int, end: int) -> None:
        """Add a model to what is being read, inside the quotes before it."""
        self.place(model, start, end)
        while self.quotes:
            quote, start = self.quotes.pop()
            if quote == "#." and self.evaluate is not None:
                model = self.evaluated(model, "bad #. expression", start)
            else:
                model = Expression((LSym(quote), model))
            self.place(model, start, end)
        self.items.append(model)

    def evaluated(self, model: Any, problem: str, start: int) -> Any:
        """Evaluate a form while reading, and give its value's model."""
        assert self.evaluate is not None
        try:
            return to_model(self.evaluate(model))
        except Exception:
            raise self.invalid(problem, start) from None

    def place(self, model: Any, start: int, end: int) -> None:
        """Write down where a model stands: lines and columns from 1, the end included, as Hy does."""
        if not isinstance(model, Object):
            return  # a value of the language: a bit string, what `#.` gave
        lines = self.lines
        row = bisect_left(lines, start)
        last = bisect_left(lines, end - 1)
        model._start_line, model._start_column = row, start - lines[row - 1]
        model._end_line, model._end_column = last, end - 1 - lines[last - 1]

    def close(self, closer: str, end: int) -> None:
        """Take in the end of a collection."""
        opened = self.stack[-1] if self.stack else None
        is_right = opened is not None and _CLOSERS[opened.opener[-1]] == closer
        if opened is None or not is_right or self.quotes or (self.items and self.items[-1] is _DOT):
            raise self.illegal(f"'{closer}'", end - 1)
        items = self.items
        self.stack.pop()
        model = self.collection(opened.opener, items, opened.start)
        self.items, self.quotes = opened.items, opened.quotes
        self.put(model, opened.start, end)

    def collection(self, opener: str, items: list[Any], start: int) -> Any:
        """Give the model of a collection."""
        if opener in _CLOSERS:
            if len(items) < 3 or items[-2] is not _DOT:
                return _COLLECTIONS[opener](items)
            tail = items.pop()
            items.pop()
            return Dotted([*items, *tail]) if type(tail) is Dotted else _with_tail(items, tail)
        if opener == "#m(" and len(items) % 2:
            raise self.invalid("bad map", start)
        if opener == "#s(" and not len(items) % 2:
            raise self.invalid("bad struct", start)
        return self.binary(items, start) if opener == "#b(" else _COLLECTIONS[opener](items)

    def binary(self, segments: list[Any], start: int) -> Any:
        """Give the binary of `#B(...)`, which is made while reading."""
        try:
            made = literal_binary(segments)
        except Exception:
            raise self.invalid("bad binary", start) from None
        if made is not None:
            return to_model(made)
        if self.evaluate is None:
            return BinLit(segments)
        return self.evaluated(form("binary", *segments), "bad binary", start)


def _with_tail(items: list[Any], tail: Any) -> Any:
    if type(tail) in (Expression, List):
        return Expression([*items, *tail])
    if type(tail) is String:
        return Expression([*items, *map(Integer, map(ord, tail))])
    return Dotted([*items, tail])


def _type_of(kind: str, text: str) -> str:
    """Give the name that LFE's parser has for a word."""
    if kind in ("symbol", "module", "bars"):
        return "number" if kind == "symbol" and type(value(kind, text)) in (Integer, Float) else "symbol"
    if kind in ("text", "block"):
        return "binary" if text[0] == "#" else "string"
    if kind == "function":
        return "'#\\''"
    if kind in ("based", "character"):
        return "number"
    return f"'{text.upper() if kind == 'open' else text}'" if text != "'" else "'\\''"


def source_text(path: str | Path) -> str:
    """Read a file of code: UTF-8, or Latin-1 as old ones are.

    Raises:
        OSError: it cannot be read.
    """
    content = Path(path).read_bytes()
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.decode("latin-1")


def read_forms(text: str, evaluate: Evaluate | None = None) -> Iterator[Form]:
    """Read the forms of a text, one after the other.

    Args:
        text: the whole text.
        evaluate: gives the value of a form that has to be evaluated while reading (`#.form`).

    Raises:
        IncompleteInput: the text ends inside a form.
        InvalidInput: no further text can make this a form; the message is the LFE shell's.
    """
    return _Reading(text, evaluate).forms()


class LfeReader(HyReader):  # type: ignore[misc]
    """The same behind Hy's interface: `hy.read_many(text, reader=LfeReader())`."""

    def parse(self, stream: Any, filename: str | None = None, skip_shebang: bool = False) -> Iterator[Any]:
        """Read the models of a stream, as Hy's own reader does."""
        self._set_source(stream, filename)
        return (form.model for form in read_forms(stream.read()))
