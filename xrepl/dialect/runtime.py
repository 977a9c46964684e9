"""What translated code calls: the names that begin with `_x_` in a session's builtins.

Kept out of the session's namespace, so that it holds only what the user defined.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator
from typing import Any

from xrepl.dialect import arithmetic
from xrepl.dialect.bifs import ACCESSORS
from xrepl.dialect.bit_runtime import BIT_RUNTIME
from xrepl.dialect.calls import call_function
from xrepl.dialect.data import NIL, Atom, Cons, from_iterable, is_list, map_key, uncons
from xrepl.dialect.failures import reify
from xrepl.dialect.hy_calls import HY_RUNTIME
from xrepl.dialect.interop import python_call
from xrepl.dialect.mailbox import TIMEOUT, receive
from xrepl.dialect.map_forms import MAP_RUNTIME
from xrepl.dialect.order import is_foreign
from xrepl.dialect.raising import LfeError, badarg, error
from xrepl.dialect.records import RECORD_RUNTIME
from xrepl.dialect.structs import STRUCT_RUNTIME
from xrepl.dialect.tail_calls import bounce
from xrepl.dialect.tracebacks import stack_of

_BADARG = Atom("badarg")


def is_nil(value: Any) -> bool:
    """Say whether a value is the empty list, also as an empty string or Python list."""
    return value is NIL or (isinstance(value, (str, list)) and not value)


def test(value: Any, what: Atom) -> bool:
    """Check that a test's value is true or false."""
    if value is True or value is False or type(value).__module__ == "numpy":
        return bool(value)  # numpy has truth values of its own
    raise error((Atom("nonbool_test"), what) if what is not _BADARG else what)


def is_true(value: Any) -> bool:
    """Say whether what is neither true nor false is a truth value of numpy's that is true."""
    return type(value).__module__ == "numpy" and getattr(value, "ndim", 1) == 0 and bool(value)


def case_clause(value: Any) -> LfeError:
    """Make the failure of a `case`."""
    return error((Atom("case_clause"), value))


def try_clause(value: Any) -> LfeError:
    """Make the failure of a `try`'s `case`."""
    return error((Atom("try_clause"), value))


def badmatch(value: Any) -> LfeError:
    """Make the failure of a `let` or `set`."""
    return error((Atom("badmatch"), value))


def function_clause(name: str, *arguments: Any) -> LfeError:
    """Make the failure of a function no clause of which matches."""
    return error(Atom("function_clause"))


def make_map(*parts: Any) -> dict[Any, Any]:
    """Make a map of keys and values in turn."""
    return {map_key(key): value for key, value in zip(parts[::2], parts[1::2], strict=True)}


def append(a: Any, b: Any) -> Any:
    """Give the list of a's elements before b: `++`."""
    if isinstance(a, str) and isinstance(b, str):
        return a + b
    if is_nil(a):
        return b
    if not is_list(a):
        raise badarg("erlang", "++", a, b)
    try:
        return from_iterable(list(map(ord, a)) if isinstance(a, str) else list(a), b if not is_nil(b) else NIL)
    except TypeError:
        raise badarg("erlang", "++", a, b) from None


def both(a: Any, b: Any) -> bool:
    """Give `(and a b)`, with both evaluated."""
    if type(a) is not bool or type(b) is not bool:
        raise badarg("erlang", "and", a, b)
    return a and b


def either(a: Any, b: Any) -> bool:
    """Give `(or a b)`, with both evaluated."""
    if type(a) is not bool or type(b) is not bool:
        raise badarg("erlang", "or", a, b)
    return a or b


def exclusive_or(a: Any, b: Any) -> bool:
    """Give `(xor a b)`."""
    if type(a) is not bool or type(b) is not bool:
        raise badarg("erlang", "xor", a, b)
    return a is not b


def generator(value: Any) -> Iterator[Any]:
    """Go through the list of a comprehension's generator, or what Python goes through."""
    cell: Any = value
    while True:
        step = uncons(cell)
        if step is None:
            if is_nil(cell):
                return
            if cell is not value or not is_foreign(value) or not hasattr(value, "__iter__"):
                raise error((Atom("bad_generator"), cell))
            yield from value
            return
        while type(step) is Cons:
            yield step.head
            step = step.tail
        cell = step


def funcall(function: Any, *arguments: Any) -> Any:
    """Call a function that is a value."""
    if not callable(function):
        raise error((Atom("case_clause"), function))
    return function(*arguments)


def caught(problem: BaseException) -> Any:
    """Give the value of `(catch ...)` for an exception."""
    exception = reify(problem)
    if exception.kind == "throw":
        return exception.reason
    return (Atom("EXIT"), exception.reason if exception.kind == "exit" else (exception.reason, stack_of(problem)))


def exception(problem: BaseException) -> tuple[Any, Any, Any]:
    """Give what `try`'s catch clauses match: kind, reason, and an empty list, for when no clause wants the stack."""
    raised = reify(problem)
    return Atom(raised.kind), raised.reason, NIL


def exception_and_stack(problem: BaseException) -> tuple[Any, Any, Any]:
    """Give what `try`'s catch clauses match: kind, reason, stack."""
    raised = reify(problem)
    return Atom(raised.kind), raised.reason, stack_of(problem)


def unbound(name: str) -> Any:
    """Fail for a variable that is not bound."""
    raise error((Atom("unbound_symbol"), Atom(name)))


def attribute(ask: Callable[[], Any], first: str, reason: Any) -> Any:
    """Give an attribute of Python's that is asked for; fail for a reason when what it is asked of is not bound."""
    try:
        return ask()
    except NameError as problem:
        if problem.name != first:
            raise
        raise error(reason) from None


def compiled_test(value: Any, tag: Atom) -> bool:
    """Check that a test's value is true or false, failing as compiled code does."""
    if value is True or value is False:
        return bool(value)
    raise error((tag, value))


def compiled_funcall(function: Any, *arguments: Any) -> Any:
    """Call a function that is a value, failing as compiled code does."""
    if not callable(function):
        raise error((Atom("badfun"), function))
    return function(*arguments)


def module_clause(module: str, name: str, *arguments: Any) -> LfeError:
    """Make the failure of a module's function no clause of which matches."""
    return LfeError("error", Atom("function_clause"), (module, name, arguments))


def call_module(module: Any, name: Any, *arguments: Any) -> Any:
    """Call a function by the names of its module and itself, which are values."""
    return call_function(module, name, arguments)


def else_clause(value: Any) -> LfeError:
    """Make the failure of a `maybe`'s `else`."""
    return error((Atom("else_clause"), value))


def failure(what: tuple[Any, ...]) -> LfeError:
    """Make an exception of its kind, its reason, the library call that failed or None, and the form's place or None."""
    kind, reason, called, *place = what
    problem = LfeError(kind, reason, called)
    problem.place = place[0] if place else None
    return problem


RUNTIME: dict[str, Any] = {
    "_x_failure": failure,
    "_x_compiled_test": compiled_test,
    "_x_compiled_funcall": compiled_funcall,
    "_x_module_clause": module_clause,
    "_x_call": call_module,
    "_x_else_clause": else_clause,
    "_x_unbound": unbound,
    "_x_attribute": attribute,
    **BIT_RUNTIME,
    **RECORD_RUNTIME,
    **STRUCT_RUNTIME,
    **HY_RUNTIME,
    **MAP_RUNTIME,
    "_x_NIL": NIL,
    "_x_Cons": Cons,
    "_x_uncons": uncons,
    "_x_from_iterable": from_iterable,
    "_x_map_key": map_key,
    "_x_make_map": make_map,
    "_x_is_nil": is_nil,
    "_x_type": type,
    "_x_receive": receive,
    "_x_TIMEOUT": TIMEOUT,
    "_x_int": int,
    "_x_tuple": tuple,
    "_x_dict": dict,
    "_x_len": len,
    "_x_isinstance": isinstance,
    "_x_Exception": Exception,
    "_x_BaseException": BaseException,
    "_x_test": test,
    "_x_is_true": is_true,
    "_x_case_clause": case_clause,
    "_x_try_clause": try_clause,
    "_x_badmatch": badmatch,
    "_x_function_clause": function_clause,
    "_x_append": append,
    "_x_and": both,
    "_x_or": either,
    "_x_xor": exclusive_or,
    "_x_generator": generator,
    "_x_funcall": funcall,
    "_x_python_call": python_call,
    "_x_catch": caught,
    "_x_exception": exception,
    "_x_exception_and_stack": exception_and_stack,
    "_x_error": error,
    "_x_function": types.FunctionType,
    "_x_bounce": bounce,
    **{f"_x_{name}": function for (name, _), function in ACCESSORS.items()},
    **{
        f"_x_{function.__name__}": function
        for function in (
            arithmetic.add,
            arithmetic.subtract,
            arithmetic.multiply,
            arithmetic.divide,
            arithmetic.negate,
            arithmetic.plus,
            arithmetic.less,
            arithmetic.greater,
            arithmetic.at_most,
            arithmetic.at_least,
            arithmetic.equal,
            arithmetic.unequal,
            arithmetic.exactly_equal,
            arithmetic.exactly_unequal,
        )
    },
}
