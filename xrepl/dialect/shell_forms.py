"""Forms that only the shell has: reset-environment, run, slurp, unslurp.

They change the session as a whole: forget it, evaluate a file in it, take a module's file into it and go back.  The
session as it was before a slurp is itself one of its bindings, so that it is stored like the others.
"""

from __future__ import annotations

import errno
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hy.models import Expression

from xrepl.dialect.compiling import compile_file
from xrepl.dialect.data import NIL, Atom, elements, is_list, text_of
from xrepl.dialect.definitions import toplevel
from xrepl.dialect.forms import CORE_FORMS, head_of, is_form, no_clause
from xrepl.dialect.functions import parse_function
from xrepl.dialect.hy_forms import HyForm, read_hy
from xrepl.dialect.names import function_id
from xrepl.dialect.raising import error
from xrepl.dialect.reader import Form, source_text
from xrepl.dialect.tokens import LSym, form
from xrepl.errors import IncompleteInput, ReadError

if TYPE_CHECKING:
    from xrepl.dialect.interpreter import Interpreter

BEFORE_SLURP = "_x_before_slurp"
SUFFIX = ".lfe"


# --- forgetting


@toplevel("reset-environment")
def reset_environment(interpreter: Interpreter, model: Any) -> Any:
    """`(reset-environment)`: forget all that was defined."""
    if len(model) != 1:
        raise error((Atom("undefined_function"), (Atom("reset-environment"), len(model) - 1)))
    for name in _bindings(interpreter):
        del interpreter.namespace[name]
    return Atom("ok")


def _bindings(interpreter: Interpreter) -> list[str]:
    return [name for name in interpreter.namespace if name not in interpreter.baseline]


# --- running a file


@toplevel("run")
def run(interpreter: Interpreter, model: Any) -> Any:
    """`(run file)`: evaluate a file's forms; the value is the last one's, and a form that fails undoes all."""
    path = _path(interpreter, model)
    try:
        text = source_text(path)
    except OSError as problem:
        raise error((Atom("case_clause"), (Atom("error"), Atom(_code(problem))))) from None
    try:
        is_hy = path.endswith(".hy")
        forms: list[Form | HyForm] = [*(read_hy(text) if is_hy else interpreter.read(_without_first(text)))]
    except ReadError as problem:
        return _tell(path, text, problem)
    value: Any = NIL
    outer, interpreter.file = interpreter.file, path
    try:
        for item in forms:
            value = interpreter.evaluate(item)
    finally:
        interpreter.file = outer
    return value


def _path(interpreter: Interpreter, model: Any) -> str:
    """Evaluate a form's argument, the name of a file."""
    if len(model) != 2:
        raise no_clause()
    name = interpreter.run(model[1])
    text = text_of(elements(name)) if is_list(name) else str(name) if type(name) is Atom else None
    if type(name) is bytes:
        text = name.decode()
    if text is None:
        raise error((Atom("case_clause"), (Atom("error"), Atom("badarg"))))
    return text


def _without_first(text: str) -> str:
    """Leave out a first line that says by which program a file is run."""
    return "\n" + text.partition("\n")[2] if text.startswith("#!") else text


def _code(problem: OSError) -> str:
    return errno.errorcode.get(problem.errno or 0, "EIO").lower()


def _tell(file: str, text: str, problem: ReadError) -> Any:
    """Say what is wrong with a file's text."""
    line, _, what = problem.message.partition(": ")
    if isinstance(problem, IncompleteInput):
        line, what = str(len(text.rstrip().splitlines())), "missing token"
    sys.stdout.write(f"{file}:{line}: {what}\n")
    return Atom("error")


# --- slurping


@toplevel("slurp")
def slurp(interpreter: Interpreter, model: Any) -> Any:
    """`(slurp file)`: define a module's functions, macros, records and imports in the session; `unslurp` goes back."""
    path = _path(interpreter, model)
    _go_back(interpreter)
    file = path if path.endswith(SUFFIX) else path + SUFFIX
    try:
        text = source_text(file)
    except OSError as problem:
        sys.stdout.write(f"{file}:none: {(problem.strerror or 'unknown error').lower()}\n")
        return Atom("error")
    try:
        forms = [item.model for item in interpreter.read(text)]
    except ReadError as problem:
        return _tell(file, text, problem)
    header = next((item for item in forms if head_of(item) == "defmodule"), None)
    if header is None or len(header) < 2:
        raise error((Atom("case_clause"), (Atom("ok"), NIL, NIL)))
    report = compile_file(interpreter, path, binds=False)
    if report.problems:
        sys.stdout.writelines(f"{line}\n" for line in report.lines())
        return Atom("error")
    before = tuple((name, interpreter.namespace[name]) for name in _bindings(interpreter))
    _announce(interpreter, forms)
    outer, interpreter.folder = interpreter.folder, Path(file).parent
    try:
        for item in [*_imported(header), *(item for item in forms if _is_taken(item, header))]:
            interpreter.run(item)
    finally:
        interpreter.folder = outer
    interpreter.namespace[BEFORE_SLURP] = before
    return Atom("ok"), Atom(str(header[1]))


def _announce(interpreter: Interpreter, forms: list[Any]) -> None:
    """Let the file's functions be known before they are defined: a call of `match` is none of Hy's then."""
    for item in forms:
        if head_of(item) == "defun" and len(item) > 2:
            identifier = function_id(str(item[1]), parse_function(item[2:], "defun").arity)
            interpreter.namespace.setdefault(identifier, _not_yet)


def _is_taken(item: Any, header: Any) -> bool:
    """Say whether a form of a file goes into the session: not its header, nor macros in the place of core forms."""
    is_hidden = head_of(item) == "defmacro" and len(item) > 1 and item[1] in CORE_FORMS
    return item is not header and not is_hidden


def _not_yet(*arguments: Any) -> Any:
    """Stand for a function whose definition comes further down in a file."""
    raise no_clause()


def _imported(header: Any) -> list[Any]:
    """Give definitions of the functions that a module imports."""
    found = []
    for clause in header[2:]:
        for item in clause[1:] if head_of(clause) == "import" else []:
            if head_of(item) in ("from", "rename"):
                found += [_import(str(item[1]), str(item[0]), each) for each in item[2:]]
    return found


def _import(module: str, kind: str, what: Any) -> Any:
    """Give the definition of one: `(name arity)`, or `((name arity) local-name)`."""
    key, local = (what[0], what[1]) if kind == "rename" and is_form(what[0]) else (what, what[0])
    parameters = [LSym(f"a{index}") for index in range(int(key[1]))]
    return form("defun", local, Expression(parameters), form(f"{module}:{key[0]}", *parameters))


@toplevel("unslurp")
def unslurp(interpreter: Interpreter, model: Any) -> Any:
    """`(unslurp)`: go back to before the last slurp."""
    _go_back(interpreter)
    return Atom("ok")


def _go_back(interpreter: Interpreter) -> None:
    namespace = interpreter.namespace
    before = namespace.get(BEFORE_SLURP)
    if before is None:
        return
    for name in _bindings(interpreter):
        del namespace[name]
    namespace.update(before)
