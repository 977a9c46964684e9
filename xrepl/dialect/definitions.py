"""Forms that only the top level has: their table, and set, progn and eval-when-compile.

Each is given the interpreter and the form, binds in the session's namespace, and gives the form's value.  Functions are
defined in `function_definitions.py`, macros in `macro_definitions.py`, modules in `module_forms.py`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hy.models import Tuple

from xrepl.dialect.clauses import guard, nest, split_guard
from xrepl.dialect.data import NIL, Atom
from xrepl.dialect.forms import RETURN, bad_form, head_of
from xrepl.dialect.kernel import call, function, name
from xrepl.dialect.names import function_name, macro_name, variable_id
from xrepl.dialect.patterns import Matching
from xrepl.dialect.raising import ExpansionFailed, LfeError, error
from xrepl.dialect.scope import Block, Where
from xrepl.dialect.tokens import LSym, datum

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
    try:
        progn(interpreter, model)
    except ExpansionFailed:
        raise
    except LfeError:
        sys.stdout.write("1: bad eval-when-compile expression form\n")
        return Atom("error")
    return NIL


@toplevel("set")
def set_(interpreter: Interpreter, model: Any) -> Any:
    """`(set pattern [(when test ...)] value)`."""
    if len(model) == 1:
        return NIL
    if not 3 <= len(model) <= 4 or (len(model) == 4 and head_of(model[2]) != "when"):
        raise bad_form("set")
    if len(model) == 3 and type(model[1]) is LSym and str(model[1]) != "_":  # it matches whatever there is
        value = interpreter.value_of(model[2])
        interpreter.namespace[variable_id(str(model[1]))] = value
        return value
    t, where = interpreter.begin(), Where()
    body: Block = []
    matched = t.value_name(model[-1], where, body)
    matching = Matching(t, where)
    matching.add(model[1], matched)
    success: Block = [call("return", Tuple([matched, *map(name, matching.bound.values())]))]
    tests, _ = split_guard(list(model[2:-1]))
    if tests:
        before: Block = []
        tested = guard(t, tests, where.with_variables(matching.bound), before)
        success = [*before, call("if", tested, success[0], name("None"))]
    body.extend(nest(matching.steps, success))
    body.append(call("raise", call("_x_badmatch", matched)))
    values = interpreter.call(function(TOP, [], [], body))
    for text, bound in zip(matching.bound, values[1:], strict=True):
        interpreter.namespace[variable_id(text)] = bound
    return values[0]


def undefined_form(text: str, arity: int) -> LfeError:
    """Make the failure of a form that is not there with so many parts."""
    return error((Atom("undefined_function"), (Atom(text), arity)))


def evaluate_as_call(interpreter: Interpreter, model: Any) -> Any:
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


def forget(interpreter: Interpreter, names: frozenset[str]) -> None:
    """Forget the functions and macros of these names: something else has taken them."""
    for identifier in list(interpreter.namespace):
        found = function_name(identifier)
        if (found[0] if found else macro_name(identifier)) in names:
            del interpreter.namespace[identifier]
