"""Functions that were compiled with a macro or a record that is another one now are compiled again.

In LFE's shell a function's body is expanded when it is called, so that it sees the macros of that moment, also those
that were defined after it.  Here a function knows what it was compiled with and from which text.
"""

from __future__ import annotations

import types
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xrepl.dialect.names import function_name, macro_name
from xrepl.dialect.printer import write
from xrepl.dialect.tokens import datum

if TYPE_CHECKING:
    from xrepl.dialect.interpreter import Interpreter


def remember(interpreter: Interpreter, function: Any, model: Any) -> None:
    """Keep with a function or macro the text that defines it and the names that its meaning depends on."""
    form = interpreter.form
    function.source = form.text if form is not None and form.model is model else write(datum(model))
    uses = interpreter.globals.used
    if uses:
        function.uses = tuple(sorted(uses))


def recompile(interpreter: Interpreter, names: frozenset[str]) -> None:
    """Compile again what depends on these names: macros, functions that became macros, `record name` for records."""
    for identifier, value in list(interpreter.namespace.items()):
        if not isinstance(value, types.FunctionType) or not hasattr(value, "source"):
            continue
        found = function_name(identifier)
        own = found[0] if found is not None else macro_name(identifier)
        if own is not None and own not in names and not names.isdisjoint(_dependencies(value)):
            _define_again(interpreter, value.source)


def _dependencies(function: Any) -> Iterator[str]:
    yield from getattr(function, "uses", ())
    yield from _called(function.__code__)


def _called(code: types.CodeType) -> Iterator[str]:
    """Go through the names of the functions that code calls."""
    for identifier in code.co_names:
        found = function_name(identifier)
        if found is not None:
            yield found[0]
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _called(constant)


def _define_again(interpreter: Interpreter, source: str) -> None:
    outer = interpreter.form
    try:
        for form in interpreter.read(source):
            interpreter.form = form
            interpreter.run(form.model)
    finally:
        interpreter.form = outer
