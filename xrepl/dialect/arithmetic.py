"""Erlang's operators on two values: what the translated code calls when it is not sure that both are integers.

Operands are checked: Python would add strings and booleans.  An object of Python's that the language has no kind for
(an array, a fraction, a date) keeps its own operators.  The order of terms is in `order.py`.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from xrepl.dialect.order import compare, exactly_equal, is_foreign, sort_key
from xrepl.dialect.raising import badarith

_NUMBERS = frozenset({int, float})

__all__ = ["add", "compare", "exactly_equal", "sort_key"]  # the names that are only passed on


def _apply(function: Callable[[Any, Any], Any], name: str, a: Any, b: Any) -> Any:
    """Apply an operator of numbers; `badarith` for other values of the language and for results that are no number."""
    if type(a) in _NUMBERS and type(b) in _NUMBERS:
        try:
            result = function(a, b)
        except (OverflowError, ZeroDivisionError):
            raise badarith(name, a, b) from None
        if type(result) is float and result - result != 0:
            raise badarith(name, a, b)
        return result
    return _apply_foreign(function, name, a, b)


def _apply_foreign(function: Callable[[Any, Any], Any], name: str, a: Any, b: Any) -> Any:
    """Apply an operator of Python's to its objects, and to one of them and a number."""
    is_left, is_right = is_foreign(a), is_foreign(b)
    if (is_left and (is_right or type(b) in _NUMBERS)) or (is_right and type(a) in _NUMBERS):
        return function(a, b)
    raise badarith(name, a, b)


def add(a: Any, b: Any) -> Any:
    """Give a + b."""
    return _apply(operator.add, "+", a, b)


def subtract(a: Any, b: Any) -> Any:
    """Give a - b."""
    return _apply(operator.sub, "-", a, b)


def multiply(a: Any, b: Any) -> Any:
    """Give a * b."""
    return _apply(operator.mul, "*", a, b)


def divide(a: Any, b: Any) -> Any:
    """Give a / b, always a float."""
    return _apply(operator.truediv, "/", a, b)


def div(a: Any, b: Any) -> int:
    """Give the quotient, cut towards zero."""
    if type(a) is not int or type(b) is not int or not b:
        raise badarith("div", a, b)
    quotient = abs(a) // abs(b)
    return quotient if (a < 0) == (b < 0) else -quotient


def rem(a: Any, b: Any) -> int:
    """Give the remainder, with the sign of the dividend."""
    if type(a) is not int or type(b) is not int or not b:
        raise badarith("rem", a, b)
    remainder = abs(a) % abs(b)
    return -remainder if a < 0 else remainder


def negate(a: Any) -> Any:
    """Give -a."""
    if type(a) not in _NUMBERS and not is_foreign(a):
        raise badarith("-", a)
    return -a


def plus(a: Any) -> Any:
    """Give +a."""
    if type(a) not in _NUMBERS and not is_foreign(a):
        raise badarith("+", a)
    return a


def _comparison(function: Callable[[Any, Any], Any], holds: Callable[[int], bool], name: str) -> Callable[..., Any]:
    """Make a comparison: Python's own for its objects, the order of terms for all else."""

    def compare_two(a: Any, b: Any) -> Any:
        kind = type(a)
        if kind is type(b) and (kind is int or kind is float or kind is str):
            return function(a, b)
        if is_foreign(a) or is_foreign(b):
            try:
                return function(a, b)
            except TypeError:
                pass  # it has no order with this one
        return holds(compare(a, b))

    compare_two.__name__ = compare_two.__qualname__ = name
    compare_two.__doc__ = f"Say whether a {name.replace('_', ' ')} b in the order of all terms."
    return compare_two


less = _comparison(operator.lt, lambda order: order < 0, "less")
greater = _comparison(operator.gt, lambda order: order > 0, "greater")
at_most = _comparison(operator.le, lambda order: order <= 0, "at_most")
at_least = _comparison(operator.ge, lambda order: order >= 0, "at_least")
equal = _comparison(operator.eq, lambda order: order == 0, "equal")
unequal = _comparison(operator.ne, lambda order: order != 0, "unequal")


def exactly_unequal(a: Any, b: Any) -> bool:
    """Say whether a =/= b."""
    return not exactly_equal(a, b)
