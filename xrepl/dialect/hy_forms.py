"""Hy's own syntax, form by form: what `--hy` and `.hy` scripts are read as.

Hy's reader does the work.  Two things are added: `(set name value)` at the top is `setv`, as in the shell, while
`(set items)` stays Python's; and `(module:function ...)` calls the language's modules.  LFE's syntax is `reader.py`'s.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import accumulate
from typing import Any, NamedTuple

import hy
from hy.models import Expression, Symbol
from hy.reader.exceptions import LexException, PrematureEndOfInput

from xrepl.dialect.hy_calls import with_remote_calls
from xrepl.errors import IncompleteInput, InvalidInput


class HyForm(NamedTuple):
    """One form in Hy's syntax; the fields are those of `reader.Form`."""

    model: Any
    text: str
    start: int
    end: int
    line: int


def read_hy(text: str) -> Iterator[HyForm]:
    """Read forms lazily.

    Raises:
        IncompleteInput: the text ends inside a form.
        InvalidInput: no further text can make this a form.
    """
    lines = [0, *accumulate(map(len, text.splitlines(keepends=True)))]
    end = 0
    forms = iter(hy.read_many(text))
    while True:
        try:
            model = next(forms, None)
        except PrematureEndOfInput as problem:
            line = text.count("\n", 0, end) + 1
            raise IncompleteInput(f"{line}: {_message(problem)}", line=line) from None
        except LexException as problem:
            line = problem.lineno or 1
            raise InvalidInput(f"{line}: {_message(problem)}", line=line) from None
        if model is None:
            return
        start = lines[model.start_line - 1] + model.start_column - 1
        end = lines[model.end_line - 1] + model.end_column
        yield HyForm(with_remote_calls(_as_shell_form(model)), text[start:end], start, end, model.start_line)


def _as_shell_form(model: Any) -> Any:
    if isinstance(model, Expression) and len(model) == 3 and model[0] == Symbol("set"):
        return Expression([Symbol("setv"), *model[1:]])
    return model


def _message(problem: SyntaxError) -> str:
    return str(problem.msg).partition("\n")[0]
