"""include-file and include-lib: the forms of a file in the place of the form.

A library's file is one that comes with the language: `lfe/include/cl.lfe` and its like.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hy.models import String

from xrepl.dialect.data import NIL, Atom
from xrepl.dialect.definitions import evaluate_as_call, toplevel
from xrepl.dialect.library import library_file
from xrepl.dialect.reader import Form, read_forms, source_text
from xrepl.errors import IncompleteInput, ReadError

if TYPE_CHECKING:
    from xrepl.dialect.interpreter import Interpreter


class NotIncluded(Exception):
    """A file cannot be included; its argument says why, as the shell does."""


def included_text(model: Any, folder: Path) -> str:
    """Give the text of the file that an include form names.

    Args:
        model: `(include-file name)` or `(include-lib name)`.
        folder: where else a file is looked for than in the working directory.

    Raises:
        NotIncluded: there is no such file.
    """
    if len(model) != 2 or type(model[1]) is not String:
        raise NotIncluded(f"bad {model[0]} form")
    name = str(model[1])
    try:
        return source_text(_path(model, name, folder))
    except OSError:
        raise _missing(model, name) from None


def included_forms(text: str) -> list[Form]:
    """Read the forms of a file that is included.

    Raises:
        NotIncluded: they cannot be read.
    """
    try:
        return list(read_forms(text, None))
    except ReadError as problem:
        what = "missing token" if isinstance(problem, IncompleteInput) else problem.message.partition(": ")[2]
        raise NotIncluded(what) from None


def _missing(model: Any, name: str) -> NotIncluded:
    return NotIncluded(f"can't find include {'file' if model[0] == 'include-file' else 'lib'} {name}")


def _path(model: Any, name: str, folder: Path) -> Path:
    places = [Path(name), folder / name]
    if model[0] == "include-lib":
        places.append(library_file(name) or Path(name))
    found = next((path for path in places if path.is_file()), None)
    if found is None:
        raise _missing(model, name)
    return found


@toplevel("include-file", "include-lib")
def include(interpreter: Interpreter, model: Any) -> Any:
    """`(include-file name)` and `(include-lib name)`: evaluate a file's forms here; the value is the last one's."""
    if len(model) != 2:
        return evaluate_as_call(interpreter, model)
    try:
        forms = included_forms(included_text(model, interpreter.folder))
    except NotIncluded as problem:
        sys.stdout.write(f"1: {problem}\n")
        return Atom("error")
    value: Any = NIL
    outer = interpreter.form
    for form in forms:
        interpreter.form = form
        try:
            value = interpreter.run(form.model)
        finally:
            interpreter.form = outer
    return value
