"""The operators that are written in place: arithmetic and comparison with checked operands, and a few constructors.

An operand that is not surely an integer is tested first; what is none goes through `arithmetic.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hy.models import Expression, Float, Integer, Tuple

from xrepl.dialect.bifs import ACCESSORS
from xrepl.dialect.forms import no_clause
from xrepl.dialect.integers import as_integer, integer_test, integers_test, is_integer
from xrepl.dialect.kernel import call, name
from xrepl.dialect.scope import Block, Model, Where

if TYPE_CHECKING:
    from xrepl.dialect.translate import Translator

_ARITHMETIC = {"+": ("+", "_x_add"), "-": ("-", "_x_subtract"), "*": ("*", "_x_multiply")}
_COMPARISON = {
    "<": ("<", "_x_less"),
    ">": (">", "_x_greater"),
    "=<": ("<=", "_x_at_most"),
    ">=": (">=", "_x_at_least"),
    "==": ("=", "_x_equal"),
    "=:=": ("=", "_x_exactly_equal"),
    "/=": ("!=", "_x_unequal"),
    "=/=": ("!=", "_x_exactly_unequal"),
}
_BITS = {"band": "&", "bor": "|", "bxor": "^"}
_DIVISION = {"div": "//", "rem": "%"}
_FOLDED = frozenset("+ - * / < > =< >= == =:= /= =/= ++ -- and or xor".split())
_FUNCTIONS = {"/": "_x_divide", "and": "_x_and", "or": "_x_or", "xor": "_x_xor"}
_FROM_THE_RIGHT = frozenset({"++", "--"})
_TESTS = """
    is_atom is_binary is_bitstring is_boolean is_float is_function is_integer is_list is_map
    is_number is_pid is_reference is_tuple
"""

# calls whose value is true or false for whatever operands
TESTS = frozenset({(operator, 2) for operator in _COMPARISON} | {(test, 1) for test in _TESTS.split()})
BOOLEAN = TESTS | {("not", 1), ("is_map_key", 2)}


def is_operator(t: Translator, text: str, arity: int) -> bool:
    """Say whether a call is written in place: not when the user has a function of that name."""
    if text in ("list", "tuple", "++") or (text, arity) in ACCESSORS:
        return True
    if text == "cons":
        return arity == 2
    if text in ("-", "+") and arity == 1:
        return not t.globals.is_redefined(text, arity)
    is_two = arity == 2 and (text in _BITS or text in _DIVISION)
    return (is_two or (text in _FOLDED and arity >= 2)) and not t.globals.is_redefined(text, arity)


def operator(t: Translator, text: str, arguments: Any, where: Where, before: Block) -> Model:
    """Write a call in place."""
    models = t.arguments(arguments, where, before)
    if text == "tuple":
        return Tuple(models)
    if text == "list":
        return call("_x_from_iterable", Tuple(models)) if models else name("_x_NIL")
    if text == "cons":
        return call("_x_Cons", *models)
    if (text, len(models)) in ACCESSORS:
        return call(f"_x_{text}", *models)
    if text in _FROM_THE_RIGHT:
        return _from_the_right(t, text, models)
    if len(models) == 1:
        return call("_x_negate" if text == "-" else "_x_plus", *models)
    if text in _BITS or text in _DIVISION:
        return _of_integers(t, text, models[0], models[1], where)
    result = models[0]
    for model in models[1:]:
        result = _binary(text, result, model, where)
    return result


def _from_the_right(t: Translator, text: str, models: list[Model]) -> Model:
    if not models:
        raise no_clause()
    function = "_x_append" if text == "++" else t.globals.remote("erlang", "--", 2)
    while len(models) > 1:
        right = models.pop()
        models[-1] = call(function, models[-1], right)
    return models[0]


def _binary(text: str, a: Model, b: Model, where: Where) -> Model:
    """Write an operator of two operands."""
    if text in _FUNCTIONS:
        return call(_FUNCTIONS[text], a, b)
    plain, checked = _ARITHMETIC.get(text) or _COMPARISON[text]
    if type(a) is Float or type(b) is Float:
        return call(checked, a, b)
    unsure = [operand for operand in (a, b) if not is_integer(operand, where)]
    if not unsure:
        return _plain(text, call(plain, a, b))
    if len(unsure) == 2 and (a != b or isinstance(a, Expression)):  # two equal calls are two calls
        return _two_unsure(plain, checked, a, b, where)
    operand, again = _once(unsure[0], where)
    a = again if not is_integer(a, where) else a
    b = again if not is_integer(b, where) else b
    return call("if", integer_test(operand, where), call(plain, a, b), call(checked, a, b))


def _plain(text: str, model: Model) -> Model:
    """Give Python's operator on integers; the result of arithmetic is one."""
    return as_integer(model) if text in _ARITHMETIC else model


def _two_unsure(plain: str, checked: str, a: Model, b: Model, where: Where) -> Model:
    """Test both operands; a temporary inside an expression keeps the order and costs a local store."""
    first, a = _once(a, where)
    second, b = _once(b, where)
    return call("if", integers_test(first, second, where), call(plain, a, b), call(checked, a, b))


def _of_integers(t: Translator, text: str, a: Model, b: Model, where: Where) -> Model:
    """Write an operator of integers in place where both are sure, or one is and the other is a name."""
    checked = t.globals.function(text, 2)
    if text in _DIVISION and (type(b) is not Integer or b <= 0):
        return call(checked, a, b)
    unsure = [operand for operand in (a, b) if not is_integer(operand, where)]
    if len(unsure) > 1 or any(isinstance(operand, Expression) for operand in (a, b)):
        return call(checked, a, b)
    plain = call(_BITS[text], a, b) if text in _BITS else _divided(text, a, b)
    if not unsure:
        return as_integer(plain)
    return call("if", integer_test(unsure[0], where), plain, call(checked, a, b))


def _divided(text: str, a: Model, b: Model) -> Model:
    """Give the quotient or remainder by a positive integer: cut towards zero, where Python goes down."""
    plain = _DIVISION[text]
    negative = call("-", call(plain, call("-", a), b))
    return call("if", call(">=", a, Integer(0)), call(plain, a, b), negative)


def _once(model: Model, where: Where) -> tuple[Model, Model]:
    """Give the model's first use and its later uses: a walrus when evaluating it twice would matter."""
    if not isinstance(model, Expression):
        return model, model
    temporary = name(where.fresh("t"))
    return call("setx", temporary, model), temporary
