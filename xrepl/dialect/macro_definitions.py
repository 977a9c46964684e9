"""Definitions of macros: defmacro and define-macro.

A macro is a function of the list of a form's arguments and of the environment of the place where the form stands.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hy.models import String

from xrepl.dialect.clauses import Clause
from xrepl.dialect.data import NIL, Atom
from xrepl.dialect.definitions import forget, misshapen, toplevel, undefined_form
from xrepl.dialect.forms import CORE_FORMS, head_of, is_form, is_symbols, no_clause
from xrepl.dialect.functions import Parsed, parse_lambda, split_documentation
from xrepl.dialect.names import macro_id
from xrepl.dialect.predefined import macro_parts
from xrepl.dialect.raising import ExpansionFailed, LfeError
from xrepl.dialect.recompiling import remember
from xrepl.dialect.tokens import Dotted, LSym, datum, form

if TYPE_CHECKING:
    from xrepl.dialect.interpreter import Interpreter
    from xrepl.dialect.scope import Macro


@toplevel("defmacro")
def defmacro(interpreter: Interpreter, model: Any) -> Any:
    """`(defmacro name (x ...) body ...)`, `(defmacro name args body ...)` or with clauses over the arguments' list."""
    if len(model) == 1:
        raise undefined_form("defmacro", 0)
    if len(model) == 2 or not (is_form(model[2]) or isinstance(model[2], (LSym, String, Dotted))):
        raise misshapen(model)
    try:
        parsed = macro_clauses(model[2:])
    except LfeError:
        raise misshapen(model) from None
    return define_macro(interpreter, model, lambda: parsed)


@toplevel("define-macro")
def define_macro_form(interpreter: Interpreter, model: Any) -> Any:
    """`(define-macro name meta lambda-or-match-lambda)`: a function of the arguments' list and the environment."""
    if len(model) != 4 or head_of(model[3]) not in ("lambda", "match-lambda"):
        return _refuse_macro("bad eval-when-compile macro form")
    return define_macro(interpreter, model, lambda: parse_lambda(model[3], "define-macro"))


def define_macro(interpreter: Interpreter, model: Any, parse: Callable[[], Parsed]) -> Any:
    """Compile a macro and bind it, in the place of functions of its name."""
    if not isinstance(model[1], LSym):
        return _refuse_macro("bad eval-when-compile macro form")
    text = str(model[1])
    if text in CORE_FORMS:
        sys.stdout.write(f"1: Warning: defining core form {text} as macro\n")
        return NIL
    interpreter.begin()
    made: Any = make_macro(interpreter, text, model, parse, is_noted=True)
    forget(interpreter, frozenset([text]))
    made.definition = datum(macro_parts(list(model[2:]))[1] if model[0] == "defmacro" else model[3])
    remember(interpreter, made, model)
    interpreter.namespace[macro_id(text)] = made
    interpreter.changed(frozenset([text]))
    return Atom(text)


def make_macro(
    interpreter: Interpreter, text: str, model: Any, parse: Callable[[], Parsed], *, is_noted: bool = False
) -> Macro:
    """Compile a macro; one in whose body another macro fails is one that fails when it is called."""
    try:
        parsed = parse()
        made = interpreter.make_macro(text, parsed, is_noted=is_noted)
        made.__doc__ = parsed.documentation or None
        return made
    except ExpansionFailed as problem:
        if problem.model is model:
            raise
        failing = Parsed(2, [([LSym("args"), LSym("env")], [_failing(problem.reason)])])
        return interpreter.make_macro(text, failing, is_noted=is_noted)


def _failing(reason: Any) -> Any:
    """Give the form that fails with a reason."""
    return form("erlang:error", reason)


def _refuse_macro(text: str) -> Any:
    sys.stdout.write(f"1: {text}\n")
    return Atom("error")


def macro_clauses(parts: Any) -> Parsed:
    """Read what follows a macro's name: a function of the arguments' list and `$ENV`."""
    parts = list(parts)
    first = parts[0]
    if is_symbols(first) or isinstance(first, LSym):
        pattern = form("list", *first) if is_form(first) else first
        documentation, body = split_documentation(parts[1:])
        return Parsed(2, [_macro_clause(pattern, body)], documentation)
    documentation, parts = split_documentation(parts)
    clauses = []
    for part in parts:
        if isinstance(part, Dotted) and len(part) == 2:
            clauses.append(_macro_clause(part[0], [_failing((Atom("bad_form"), Atom("body")))]))
        elif not is_form(part) or not part:
            raise no_clause()
        else:
            clauses.append(_macro_clause(part[0], part[1:]))
    return Parsed(2, clauses, documentation)


def _macro_clause(pattern: Any, body: Any) -> Clause:
    return [pattern, LSym("$ENV")], list(body)
