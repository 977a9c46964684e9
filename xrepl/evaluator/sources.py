"""The code object of a source: compiles a form as the session would, and runs nothing of it."""

from __future__ import annotations

import contextlib
import importlib
import re
import types
from collections.abc import Iterator
from typing import Any

from xrepl.dialect.data import NIL
from xrepl.dialect.hy_forms import HyForm, read_hy
from xrepl.dialect.interpreter import Interpreter
from xrepl.dialect.reader import Form
from xrepl.evaluator.codes import Source, follow, inside, shape

_MADE_UP = re.compile(r"_hy_(?:anon|let|gensym).*_(\d+)\Z", re.DOTALL)


class _Compiled(BaseException):
    """A form was compiled and must not run."""


def code_of(interpreter: Interpreter, source: Source, looks: tuple[Any, ...]) -> types.CodeType | None:
    """Give the code object that a source means; None if it can no longer be compiled to one of this shape."""
    if not source.text:
        code = _library_code(*source.path)
        return code if code is not None and shape(code) == looks else None
    # a function that is made in a form keeps the variables that are bound then: the restored ones may not be yet
    for takes_for_bound in (True, False):
        code = follow(_codes(interpreter, source, takes_for_bound=takes_for_bound), source.path)
        if code is not None and shape(code) == looks:
            return code
    return None


def _library_code(module: str, qualified: str) -> types.CodeType | None:
    """Give the code object of a function inside one of a library's."""
    outer, *names = qualified.split(".<locals>.")
    function: Any = importlib.import_module(module)
    for name in outer.split("."):
        function = getattr(function, name, None)
    code = getattr(function, "__code__", None)
    return inside(code, names) if isinstance(code, types.CodeType) else None


def _read(interpreter: Interpreter, source: Source) -> Iterator[Form | HyForm]:
    return read_hy(source.text) if source.is_hy else interpreter.read(source.text)


def _codes(interpreter: Interpreter, source: Source, *, takes_for_bound: bool) -> list[types.CodeType]:
    """Compile a form and give the code objects in the order in which the session would run them."""
    found: list[types.CodeType] = []

    def note(codes: tuple[types.CodeType | None, ...]) -> None:
        found.extend(code for code in codes if code is not None)
        raise _Compiled

    def run(model: Any) -> Any:
        try:
            return Interpreter.run(interpreter, model)
        except _Compiled:
            return NIL

    before, count = interpreter.note, interpreter.compiler.anonymous
    bindings = dict(interpreter.namespace)
    interpreter.note = note
    interpreter.globals.takes_for_bound = takes_for_bound
    interpreter.compiler.anonymous = source.anonymous
    vars(interpreter)["run"] = run  # `progn` runs its forms through it: each is compiled
    try:
        for form in _read(interpreter, source):
            if isinstance(form, HyForm):
                _compile(interpreter, form.model)
            else:
                run(form.model)
    except Exception:
        return found
    finally:
        interpreter.note = before
        interpreter.globals.takes_for_bound = False
        interpreter.namespace.clear()  # a record is defined without running anything
        interpreter.namespace.update(bindings)
        interpreter.compiler.anonymous = max(count, interpreter.compiler.anonymous)
        del vars(interpreter)["run"]
    return found


def _compile(interpreter: Interpreter, model: Any) -> None:
    with contextlib.suppress(_Compiled):
        interpreter.execute(model)


def anonymous_number(identifier: str) -> int:
    """Give the number of a name that Hy made up: `_hy_let_x_3`; 0 for any other."""
    found = _MADE_UP.match(identifier)
    return int(found[1]) if found else 0
