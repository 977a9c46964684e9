"""Forms that only the top level has: set, defun, defmacro, and progn of such.

Each is given the interpreter and the form, binds in the session's namespace, and gives the form's value.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hy.models import String, Tuple

from xrepl.dialect.clauses import Clause, guard, nest, split_guard
from xrepl.dialect.data import NIL, Atom
from xrepl.dialect.forms import CORE_FORMS, RETURN, bad_form, head_of, is_form, is_symbols, no_clause
from xrepl.dialect.functions import (
    MAX_ARITY,
    Parsed,
    definition,
    first_arity,
    parse_function,
    parse_lambda,
    split_documentation,
)
from xrepl.dialect.kernel import call, function, name
from xrepl.dialect.names import function_id, function_name, macro_id, macro_name, variable_id
from xrepl.dialect.patterns import Matching
from xrepl.dialect.predefined import macro_parts
from xrepl.dialect.raising import ExpansionFailed, LfeError, error
from xrepl.dialect.recompiling import remember
from xrepl.dialect.scope import Block, Where
from xrepl.dialect.tokens import Dotted, LSym, datum, form

if TYPE_CHECKING:
    from xrepl.dialect.interpreter import Interpreter

TOP = "_x_top"
_NO_CLAUSE = Atom("function_clause")
Definition = Callable[["Interpreter", Any], Any]
DEFINITIONS: dict[str, Definition] = {}


def toplevel(*heads: str) -> Callable[[Definition], Definition]:
    """Register a form of the top level."""

    def register(define: Definition) -> Definition:
        DEFINITIONS.update(dict.fromkeys(heads, define))
        return define

    return register


@toplevel("progn")
def progn(interpreter: Interpreter, model: Any) -> Any:
    """`(progn form ...)`: each as if it stood alone, all or nothing."""
    value: Any = NIL
    for item in model[1:]:
        value = interpreter.run(item)
    return value


@toplevel("eval-when-compile")
def eval_when_compile(interpreter: Interpreter, model: Any) -> Any:
    """`(eval-when-compile form ...)`: evaluated now; its value is ()."""
    progn(interpreter, model)
    return NIL


@toplevel("set")
def set_(interpreter: Interpreter, model: Any) -> Any:
    """`(set pattern [(when test ...)] value)`."""
    if len(model) == 1:
        return NIL
    if not 3 <= len(model) <= 4 or (len(model) == 4 and head_of(model[2]) != "when"):
        raise bad_form("set")
    t, where = interpreter.begin(), Where()
    body: Block = []
    value = t.value_name(model[-1], where, body)
    matching = Matching(t, where)
    matching.add(model[1], value)
    success: Block = [call("return", Tuple([value, *map(name, matching.bound.values())]))]
    tests, _ = split_guard(list(model[2:-1]))
    if tests:
        before: Block = []
        tested = guard(t, tests, where.with_variables(matching.bound), before)
        success = [*before, call("if", tested, success[0], name("None"))]
    body.extend(nest(matching.steps, success))
    body.append(call("raise", call("_x_badmatch", value)))
    values = interpreter.call(function(TOP, [], [], body))
    for text, bound in zip(matching.bound, values[1:], strict=True):
        interpreter.namespace[variable_id(text)] = bound
    return values[0]


@toplevel("defun")
def defun(interpreter: Interpreter, model: Any) -> Any:
    """`(defun name (x ...) [docstring] body ...)` or `(defun name [docstring] ((pattern ...) body ...) ...)`."""
    if len(model) == 1:
        raise _undefined("defun", 0)
    if len(model) == 2:
        raise misshapen(model)
    return _define(interpreter, model, lambda: parse_function(model[2:], "defun"))


@toplevel("define-function")
def define_function(interpreter: Interpreter, model: Any) -> Any:
    """`(define-function name meta lambda-or-match-lambda)`."""
    if len(model) != 4:
        return _evaluate_as_call(interpreter, model)
    return _define(interpreter, model, lambda: _parse_lambda(model[3], "define-function"))


def _parse_lambda(model: Any, head: str) -> Parsed:
    if head_of(model) not in ("lambda", "match-lambda"):
        raise no_clause()
    return parse_lambda(model, head)


def _define(interpreter: Interpreter, model: Any, parse: Callable[[], Parsed]) -> Any:
    """Define a function; one whose body has a wrong shape is defined too and fails when it is called, as in LFE."""
    try:
        parsed = parse()
    except LfeError as problem:
        arity = _arity(model)
        return _bind_failing(interpreter, model, arity, problem)
    if not isinstance(model[1], LSym):
        return datum(model[1])
    try:
        made = definition(interpreter.begin(), str(model[1]), parsed)
    except ExpansionFailed as problem:
        return _bind_failing(interpreter, model, parsed.arity, problem)
    return _bind(interpreter, model, parsed.arity, made, parsed.documentation)


def _arity(model: Any) -> int:
    """Give the arity of a definition that cannot be read as a whole, by its first clause."""
    parts = list(model[2:]) if model[0] == "defun" else list(model[3][1:])
    return first_arity(split_documentation(parts)[1])


def _bind_failing(interpreter: Interpreter, model: Any, arity: int, problem: LfeError) -> Any:
    """Define a function that fails when it is called."""
    if arity > MAX_ARITY:
        raise problem
    used = interpreter.globals.used
    failing = interpreter.begin().failing(problem)
    interpreter.globals.used = used
    parameters = [f"l_a{index}" for index in range(arity)]
    made = function(function_id(str(model[1]), arity), parameters, [], [failing])
    return _bind(interpreter, model, arity, made, "")


def _bind(interpreter: Interpreter, model: Any, arity: int, made: Any, documentation: str) -> Any:
    text = str(model[1])
    interpreter.execute(made)
    bound = interpreter.namespace[function_id(text, arity)]
    bound.__doc__ = documentation or None
    bound.__name__ = bound.__qualname__ = text
    remember(interpreter, bound, model)
    interpreter.globals.defined(text)
    if interpreter.namespace.pop(macro_id(text), None) is not None:
        interpreter.changed(frozenset([text]))
    return Atom(text)


def _undefined(text: str, arity: int) -> LfeError:
    return error((Atom("undefined_function"), (Atom(text), arity)))


def _evaluate_as_call(interpreter: Interpreter, model: Any) -> Any:
    """Evaluate a form that has not the shape of its definition: a call of a function that there is not."""
    t = interpreter.begin()
    body: Block = []
    t.put(t.call(str(model[0]), model[1:], Where(), body), RETURN, body)
    return interpreter.call(function(TOP, [], [], body))


def misshapen(model: Any, reason: Any = _NO_CLAUSE) -> ExpansionFailed:
    """Make the failure of a definition that is a macro in LFE and has no clause for such a shape."""
    failed = ExpansionFailed(model, datum(model), reason)
    failed.is_top = True
    return failed


@toplevel("defmacro")
def defmacro(interpreter: Interpreter, model: Any) -> Any:
    """`(defmacro name (x ...) body ...)`, `(defmacro name args body ...)` or with clauses over the arguments' list."""
    if len(model) == 1:
        raise _undefined("defmacro", 0)
    if len(model) == 2 or not (is_form(model[2]) or isinstance(model[2], (LSym, String, Dotted))):
        raise misshapen(model)

    def parse() -> Parsed:
        try:
            return macro_clauses(model[2:])
        except LfeError:
            raise misshapen(model) from None

    return define_macro(interpreter, model, parse)


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
    try:
        made = interpreter.make_macro(text, parse())
    except ExpansionFailed as problem:
        if problem.model is model:
            raise
        made = interpreter.make_macro(text, Parsed(2, [([LSym("args"), LSym("env")], [_failing(problem.reason)])]))
    forget(interpreter, frozenset([text]))
    made.definition = datum(  # type: ignore[attr-defined]
        macro_parts(list(model[2:]))[1] if model[0] == "defmacro" else model[3]
    )
    remember(interpreter, made, model)
    interpreter.namespace[macro_id(text)] = made
    interpreter.changed(frozenset([text]))
    return Atom(text)


def _failing(reason: Any) -> Any:
    """Give the form that fails with a reason."""
    return form("erlang:error", reason)


def _refuse_macro(text: str) -> Any:
    sys.stdout.write(f"1: {text}\n")
    return Atom("error")


def forget(interpreter: Interpreter, names: frozenset[str]) -> None:
    """Forget the functions and macros of these names: something else has taken them."""
    for identifier in list(interpreter.namespace):
        found = function_name(identifier)
        if (found[0] if found else macro_name(identifier)) in names:
            del interpreter.namespace[identifier]


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
