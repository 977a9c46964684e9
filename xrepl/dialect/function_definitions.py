"""Definitions of functions: defun and define-function, in the session or in the module that it is in.

A function of a module is bound in the module, and at the prompt under its own name in the session as well.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from xrepl.dialect.data import Atom
from xrepl.dialect.definitions import evaluate_as_call, misshapen, toplevel, undefined_form
from xrepl.dialect.forms import head_of, is_form, no_clause
from xrepl.dialect.functions import (
    Parsed,
    definition,
    first_arity,
    parse_function,
    parse_lambda,
    split_documentation,
)
from xrepl.dialect.kernel import function
from xrepl.dialect.module_globals import ModuleGlobals
from xrepl.dialect.names import function_id, macro_id, module_id
from xrepl.dialect.raising import LfeError
from xrepl.dialect.recompiling import remember
from xrepl.dialect.tokens import LSym, datum

if TYPE_CHECKING:
    from xrepl.dialect.interpreter import Interpreter


@toplevel("defun")
def defun(interpreter: Interpreter, model: Any) -> Any:
    """`(defun name (x ...) [docstring] body ...)` or `(defun name [docstring] ((pattern ...) body ...) ...)`."""
    if len(model) == 1:
        raise undefined_form("defun", 0)
    if len(model) == 2:
        raise misshapen(model)
    return _define(interpreter, model, lambda: parse_function(model[2:], "defun"))


@toplevel("define-function")
def define_function(interpreter: Interpreter, model: Any) -> Any:
    """`(define-function name meta lambda-or-match-lambda)`."""
    if len(model) != 4:
        return evaluate_as_call(interpreter, model)
    return _define(interpreter, model, lambda: parse_definition(model[3]))


def parse_definition(model: Any) -> Parsed:
    """Read the lambda or match-lambda of a definition."""
    if head_of(model) not in ("lambda", "match-lambda"):
        raise no_clause()
    return parse_lambda(model, str(model[0]))


def _define(interpreter: Interpreter, model: Any, parse: Callable[[], Parsed]) -> Any:
    """Define a function; one whose body has a wrong shape is defined too and fails when it is called, as in LFE."""
    with interpreter.in_module(model):
        try:
            parsed = parse()
        except LfeError as problem:
            return _bind_failing(interpreter, model, _arity(model), problem)
        if not isinstance(model[1], LSym):
            return datum(model[1])
        try:
            made = definition(interpreter.begin(), str(model[1]), parsed).replace(model)
        except LfeError as problem:
            return _bind_failing(interpreter, model, parsed.arity, problem)
        return _bind(interpreter, model, parsed.arity, made, parsed.documentation)


def _arity(model: Any) -> int:
    """Give the arity of a definition that cannot be read as a whole, by its first clause."""
    parts = list(model[2:] if model[0] == "defun" else model[3][1:] if is_form(model[3]) else ())
    return first_arity(split_documentation(parts)[1])


def _bind_failing(interpreter: Interpreter, model: Any, arity: int, problem: LfeError) -> Any:
    """Define a function that fails when it is called."""
    if not isinstance(model[1], LSym):
        return datum(model[1])
    used = interpreter.globals.used
    t = interpreter.begin()
    interpreter.globals.used = used
    problem.model = problem.model or model
    parameters = [f"l_a{index}" for index in range(arity)]
    made = function(t.globals.own_id(str(model[1]), arity), parameters, [], [t.failing(problem)])
    return _bind(interpreter, model, arity, made, "")


def _bind(interpreter: Interpreter, model: Any, arity: int, made: Any, documentation: str) -> Any:
    text, view = str(model[1]), interpreter.view
    interpreter.execute(made)
    bound = interpreter.namespace.pop(view.own_id(text, arity))
    bound.__doc__ = documentation or None
    bound.__name__ = bound.__qualname__ = text
    remember(interpreter, bound, model)
    if isinstance(view, ModuleGlobals):
        module = view.module.with_function(text, arity, bound)
        interpreter.namespace[module_id(module.name)] = module
        interpreter.globals.links.add(module, text, arity, bound)
        bound.lfe_name = (module.name, text, arity)
    interpreter.namespace[function_id(text, arity)] = bound
    interpreter.globals.defined(text)
    if interpreter.namespace.pop(macro_id(text), None) is not None:
        interpreter.changed(frozenset([text]))
    return Atom(text)
