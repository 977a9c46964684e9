"""Where in a text a form stands that cannot be compiled or read: file, line and column, with a caret below the line.

The LFE shell says nothing of it; who evaluates a file or a form of several lines shows it below the error.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from hy.models import Object, Sequence


class Place(NamedTuple):
    """A place in a text.

    Attributes:
        file: the name of the file; empty when the text is from none.
        line: counted from 1.
        column: counted from 1.
        source: the text of the line.
    """

    file: str
    line: int
    column: int
    source: str

    def text(self) -> str:
        """Give the place with its line and a caret, on three lines."""
        where = f"{self.file}:{self.line}:{self.column}" if self.file else f"line {self.line}, column {self.column}"
        start = self.source[: self.column - 1]
        below = "".join(c if c == "\t" else " " for c in start)
        return f"  at {where}\n    {self.source}\n    {below}^"


class Source:
    """One form of a text while it is evaluated: it knows where the forms inside it stand.

    Args:
        model: the form as it was read.
        text: its text.
        line: the line of the whole text on which it begins, counted from 1.
        file: the file that the text is from, or empty.
        offset: how many lines of the file come before the text.
    """

    def __init__(self, model: Any, text: str, line: int, file: str = "", offset: int = 0) -> None:
        self._model = model
        self._lines = text.split("\n")
        self._line = line
        self._file = file
        self._offset = offset

    def place(self, model: Any) -> Place | None:
        """Give the place of a form that was read here; None for any other, and for what a macro has made."""
        if not has_place(model) or not _is_inside(self._model, model):
            return None
        index = model._start_line - self._line
        source = self._lines[index]
        if index == 0:  # the text begins where the form does
            source = " " * (self._model._start_column - 1) + source
        return Place(self._file, model._start_line + self._offset, model._start_column, source)

    @property
    def is_long(self) -> bool:
        """Whether the form takes several lines."""
        return len(self._lines) > 1

    def start(self) -> Place | None:
        """Give the place where the form begins."""
        return self.place(self._model)


def has_place(model: Any) -> bool:
    """Say whether a model has been read from a text."""
    return isinstance(model, Object) and getattr(model, "_start_line", None) is not None


def _is_inside(whole: Any, part: Any) -> bool:
    """Say whether a model is another one or part of it: the very object, since equal ones may stand elsewhere."""
    pending = [whole]
    while pending:
        model = pending.pop()
        if model is part:
            return True
        if isinstance(model, Sequence):
            pending.extend(model)
    return False
