"""The operators that are written in place: arithmetic and comparison with checked operands, and a few constructors.

An operand that is not surely an integer goes through `arithmetic.py`; integers take Python's own operator.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hy.models import Expression, Integer, Tuple

from xrepl.dialect.forms import no_clause
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
_FOLDED = frozenset("+ - * / < > =< >= == =:= /= =/= ++ -- and or xor".split())
_FUNCTIONS = {"/": "_x_divide", "and": "_x_and", "or": "_x_or", "xor": "_x_xor"}
_FROM_THE_RIGHT = frozenset({"++", "--"})
_TESTS = """
    is_atom is_binary is_bitstring is_boolean is_float is_function is_integer is_list is_map
    is_number is_pid is_reference is_tuple
"""

BOOLEAN = frozenset(
    {(operator, 2) for operator in _COMPARISON}
    | {(test, 1) for test in _TESTS.split()}
    | {("not", 1), ("is_map_key", 2)}
)


def is_operator(t: Translator, text: str, arity: int) -> bool:
    """Say whether a call is written in place: not when the user has a function of that name."""
    if text in ("list", "tuple", "++"):
        return True
    if text == "cons":
        return arity == 2
    if text in ("-", "+") and arity == 1:
        return not t.globals.is_redefined(text, arity)
    return text in _FOLDED and arity >= 2 and not t.globals.is_redefined(text, arity)


def operator(t: Translator, text: str, arguments: Any, where: Where, before: Block) -> Model:
    """Write a call in place."""
    models = t.arguments(arguments, where, before)
    if text == "tuple":
        return Tuple(models)
    if text == "list":
        return call("_x_from_iterable", Tuple(models)) if models else name("_x_NIL")
    if text == "cons":
        return call("_x_Cons", *models)
    if len(models) == 1 and text not in _FROM_THE_RIGHT:
        return call("_x_negate" if text == "-" else "_x_plus", *models)
    if text in _FROM_THE_RIGHT:
        if not models:
            raise no_clause()
        function = "_x_append" if text == "++" else t.globals.remote("erlang", "--", 2)
        while len(models) > 1:
            right = models.pop()
            models[-1] = call(function, models[-1], right)
        return models[0]
    result = models[0]
    for model in models[1:]:
        result = _binary(text, result, model, where)
    return result


def _binary(text: str, a: Model, b: Model, where: Where) -> Model:
    """Write an operator of two operands."""
    if text in _FUNCTIONS:
        return call(_FUNCTIONS[text], a, b)
    plain, checked = _ARITHMETIC.get(text) or _COMPARISON[text]
    unsure = [operand for operand in (a, b) if type(operand) is not Integer]
    if not unsure:
        return call(plain, a, b)
    if len(unsure) == 2 and (a != b or isinstance(a, Expression)):
        return _two_unsure(plain, checked, a, b, where)
    operand, again = _once(unsure[0], where)
    a = again if type(a) is not Integer else a
    b = again if type(b) is not Integer else b
    sure = call("is", call("_x_type", operand), name("_x_int"))
    return call("if", sure, call(plain, a, b), call(checked, a, b))


def _two_unsure(plain: str, checked: str, a: Model, b: Model, where: Where) -> Model:
    """Test both operands; a temporary inside an expression keeps the order and costs a local store."""
    first, a = _once(a, where)
    second, b = _once(b, where)
    left = call("is", call("_x_type", first), name("_x_int"))
    right = call("is", call("_x_type", second), name("_x_int"))
    # `&` evaluates both sides, as `and` would not: the second operand must have its value whatever the first is
    both = call("and" if second is b else "&", left, right)
    return call("if", both, call(plain, a, b), call(checked, a, b))


def _once(model: Model, where: Where) -> tuple[Model, Model]:
    """Give the model's first use and its later uses: a walrus when evaluating it twice would matter."""
    if not isinstance(model, Expression):
        return model, model
    temporary = name(where.fresh("t"))
    return call("setx", temporary, model), temporary
