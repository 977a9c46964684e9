"""Forms that only the top level has: set, defun, defmacro, and progn of such.

Each is given the interpreter and the form, binds in the session's namespace, and gives the form's value.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hy.models import Expression, Tuple

from xrepl.dialect.clauses import Clause, guard, nest, split_guard
from xrepl.dialect.data import NIL, Atom
from xrepl.dialect.forms import bad_form, head_of, is_form, is_symbols
from xrepl.dialect.functions import Parsed, definition, parse_function, parse_lambda
from xrepl.dialect.kernel import call, function, name
from xrepl.dialect.names import function_id, function_name, macro_id, macro_name, variable_id
from xrepl.dialect.patterns import Matching
from xrepl.dialect.scope import Block, Where
from xrepl.dialect.tokens import LSym, form

if TYPE_CHECKING:
    from xrepl.dialect.interpreter import Interpreter

TOP = "_x_top"
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
    if not 3 <= len(model) <= 4:
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
    if len(model) < 3 or not isinstance(model[1], LSym):
        raise bad_form("defun")
    return _define(interpreter, str(model[1]), parse_function(model[2:], "defun"))


@toplevel("define-function")
def define_function(interpreter: Interpreter, model: Any) -> Any:
    """`(define-function name [meta] lambda-or-match-lambda)`."""
    if len(model) < 3 or not isinstance(model[1], LSym):
        raise bad_form("define-function")
    return _define(interpreter, str(model[1]), parse_lambda(model[-1], "define-function"))


def _define(interpreter: Interpreter, text: str, parsed: Parsed) -> Any:
    interpreter.execute(definition(interpreter.begin(), text, parsed))
    made = interpreter.namespace[function_id(text, parsed.arity)]
    made.__doc__ = parsed.documentation or None
    made.__name__ = made.__qualname__ = text
    interpreter.namespace.pop(macro_id(text), None)
    interpreter.globals.defined(text)
    return Atom(text)


@toplevel("defmacro")
def defmacro(interpreter: Interpreter, model: Any) -> Any:
    """`(defmacro name (x ...) body ...)`, `(defmacro name args body ...)` or with clauses over the arguments' list."""
    if len(model) < 3 or not isinstance(model[1], LSym):
        raise bad_form("defmacro")
    return define_macro(interpreter, str(model[1]), macro_clauses(model[2:]))


def define_macro(interpreter: Interpreter, text: str, parsed: Parsed) -> Any:
    """Compile a macro and bind it, in the place of functions of its name."""
    interpreter.namespace[macro_id(text)] = interpreter.make_macro(text, parsed)
    for arity in range(21):
        interpreter.namespace.pop(function_id(text, arity), None)
    return Atom(text)


@toplevel("define-macro")
def define_macro_form(interpreter: Interpreter, model: Any) -> Any:
    """`(define-macro name [meta] lambda-or-match-lambda)`: a function of the arguments' list and the environment."""
    if len(model) < 3 or not isinstance(model[1], LSym):
        raise bad_form("define-macro")
    return define_macro(interpreter, str(model[1]), parse_lambda(model[-1], "define-macro"))


def forget(interpreter: Interpreter, names: frozenset[str]) -> None:
    """Forget the functions and macros of these names: something else has taken them."""
    for identifier in list(interpreter.namespace):
        found = function_name(identifier)
        if (found[0] if found else macro_name(identifier)) in names:
            del interpreter.namespace[identifier]


def macro_clauses(parts: Any) -> Parsed:
    """Read what follows a macro's name: a function of the arguments' list and `$ENV`."""
    parts = list(parts)
    if len(parts) > 1 and type(parts[0]).__name__ == "String":
        parts = parts[1:]
    first = parts[0]
    if is_symbols(first):
        return Parsed(2, [_macro_clause(form("list", *first), parts[1:])])
    if isinstance(first, LSym):
        return Parsed(2, [_macro_clause(first, parts[1:])])
    clauses = []
    for part in parts:
        if not is_form(part) or not part:
            raise bad_form("defmacro")
        clauses.append(_macro_clause(part[0], part[1:]))
    return Parsed(2, clauses)


def _macro_clause(pattern: Any, body: Any) -> Clause:
    body = list(body)
    if len(body) > 1 and type(body[0]).__name__ == "String":
        body = body[1:]
    return [pattern, LSym("$ENV")], body


__all__ = ["DEFINITIONS", "Expression", "head_of", "macro_clauses"]
