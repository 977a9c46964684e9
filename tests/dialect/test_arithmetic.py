"""Arithmetic: Erlang's rules on Python's numbers."""

import math
import operator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.dialect.conftest import Shell
from tests.dialect.terms import numbers, order_key, terms
from xrepl.dialect import arithmetic
from xrepl.dialect.data import Atom
from xrepl.dialect.printer import show
from xrepl.dialect.raising import LfeError

SHOWN = [
    ("(+ 1 2.0)", "3.0"),
    ("(/ 6 3)", "2.0"),
    ("(- 10 1 2)", "7"),
    ("(* 2 (+ 1 2) 4)", "24"),
    ("(list (div 7 2) (div -7 2) (div 7 -2) (rem -7 2) (rem 7 -2))", "(3 -3 -3 -1 1)"),
    ("(bsl 1 70)", "1180591620717411303424"),
    ("(list (band 6 3) (bor 6 3) (bxor 6 3) (bnot 5) (bsr -8 1))", "(2 7 5 -6 -4)"),
    ("(list (+ 5) (- 5) (- -2.5))", "(5 -5 2.5)"),
    ("(< 1 2 3)", "false"),
    ("(> 3 2 1)", "true"),
    ("(list (== 1 1.0) (=:= 1 1.0) (/= 1 1.0) (=/= 1 1.0))", "(true false false true)"),
    (
        "(list (and 'true 'true 'false) (or 'false 'true) (xor 'true 'false 'true) (not 'true))",
        "(false true false false)",
    ),
    ("(list (++ '(1) '(2) '(3)) (++ '(1)) (++ '(1) 2) (-- '(1 2 1) '(1)))", "((1 2 3) (1) (1 . 2) (2 1))"),
    ("(let ((x 9007199254740993)) (== x (+ x 0.0)))", "false"),
]


@pytest.mark.parametrize(("form", "shown"), SHOWN)
def test_operator_shows_its_value(shell: Shell, form: str, shown: str) -> None:
    """An operator gives what Erlang's does."""
    assert shell(form) == shown


BAD = [
    ('(+ "a" "b")', '+ "a" "b"'),
    ("(+ 'true 1)", "+ true 1"),
    ("(+ 1 'a)", "+ 1 a"),
    ("(- 'a)", "- a"),
    ("(/ 1 0)", "/ 1 0"),
    ("(/ 1 0.0)", "/ 1 0.0"),
    ("(* 1.0e308 10)", "* 1.0e308 10"),
    ("(- 1.0e308 -1.0e308)", "- 1.0e308 -1.0e308"),
    ("(div 7 0)", "div 7 0"),
    ("(div 7.0 2)", "div 7.0 2"),
    ("(rem 1 'a)", "rem 1 a"),
    ("(band 1.0 2)", "band 1.0 2"),
    ("(let ((big (bsl 1 2000))) (< 0 (+ big 0.5)))", None),
]


@pytest.mark.parametrize(("form", "call"), BAD)
def test_bad_operand_is_an_error_of_arithmetic(shell: Shell, form: str, call: str | None) -> None:
    """Operands that are no numbers, and results that no float holds, are errors that name the call."""
    shown = shell(form)

    assert shown.startswith("** exception error: error in arithmetic expression\n  in (erlang : ")
    assert call is None or shown.endswith(f"(erlang : {call})")


def _value_or_error(function: Any, a: Any, b: Any) -> Any:
    try:
        return function(a, b)
    except LfeError as problem:
        return str(problem.reason)


def _model(name: str, a: Any, b: Any) -> Any:
    """Give what Erlang gives, from exact rules: the sign, the kind, the range."""
    if any(type(x) not in (int, float) for x in (a, b)):
        return "badarith"
    try:
        if name == "divide":
            result: Any = a / b
        else:
            result = {"add": lambda: a + b, "subtract": lambda: a - b, "multiply": lambda: a * b}[name]()
    except (OverflowError, ZeroDivisionError):
        return "badarith"
    return result if type(result) is int or math.isfinite(result) else "badarith"


@given(st.sampled_from(["add", "subtract", "multiply", "divide"]), numbers | terms, numbers | terms)
def test_arithmetic_agrees_with_a_plain_model(name: str, a: Any, b: Any) -> None:
    """Numbers give numbers of the right kind, everything else an error."""
    result = _value_or_error(getattr(arithmetic, name), a, b)

    assert (_model(name, a, b), type(_model(name, a, b))) == (result, type(result))


@given(st.integers(), st.integers().filter(bool))
def test_quotient_and_remainder_make_the_dividend(a: int, b: int) -> None:
    """The quotient is cut towards zero and the remainder has the dividend's sign."""
    quotient, remainder = arithmetic.div(a, b), arithmetic.rem(a, b)

    assert a == quotient * b + remainder
    assert abs(remainder) < abs(b)
    assert remainder == 0 or (remainder < 0) == (a < 0)


def test_python_objects_keep_their_operators(shell: Shell) -> None:
    """A fraction adds to numbers and to its like, not to strings."""
    shell("(import fractions [Fraction])")

    assert shell("(str (+ (Fraction 1 2) 1))") == '"3/2"'
    assert shell('(+ (Fraction 1 2) "a")').startswith("** exception error: error in arithmetic expression")


def test_equal_operands_that_are_calls_are_both_evaluated(shell: Shell) -> None:
    """`(== (new-session) (new-session))` makes two sessions."""
    shell("(import itertools)")
    shell("(set numbers (itertools.count))")

    assert shell("(== (next numbers) (next numbers))") == "false"
    assert shell("(+ (next numbers) (next numbers))") == "5"


_OPERATORS = ["+", "-", "*", "div", "rem", "band", "bor", "bxor"]
_COMPARISONS = {"<": operator.lt, ">": operator.gt, "=<": operator.le, ">=": operator.ge, "==": operator.eq}
_VALUES: dict[str, Any] = {"1": 1, "-7": -7, "2.5": 2.5, "0": 0, "x": 12, "y": -5, "z": 0.5, "'a": None, "b": True}
_trees = st.recursive(
    st.sampled_from(list(_VALUES)),
    lambda inner: st.tuples(st.sampled_from([*_OPERATORS, "/", *_COMPARISONS]), inner, inner),
    max_leaves=8,
)


def _written(tree: Any) -> str:
    return tree if isinstance(tree, str) else f"({' '.join(map(_written, tree))})"


def _computed(tree: Any) -> Any:
    """Give the value of a tree of operators by plain rules: from left to right; an operand that is no number fails.

    Raises:
        ArithmeticError: an operator fails.
    """
    if isinstance(tree, str):
        return _VALUES[tree]
    name, left, right = tree
    a, b = _computed(left), _computed(right)
    if name in _COMPARISONS:
        return _COMPARISONS[name](order_key(_term(a)), order_key(_term(b)))
    if not {type(a), type(b)} <= ({int} if name not in ("+", "-", "*", "/") else {int, float}):
        raise ArithmeticError
    if name in ("div", "rem"):
        quotient = abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
        return quotient if name == "div" else a - quotient * b
    plain = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}
    return (plain | {"band": operator.and_, "bor": operator.or_, "bxor": operator.xor})[name](a, b)


def _term(value: Any) -> Any:
    return Atom("a") if value is None else value


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(_trees)
def test_compiled_operators_agree_with_a_plain_model(shell: Shell, tree: Any) -> None:
    """Operators that are written in place give what the rules say, whatever is known of their operands' kinds."""
    try:
        expected = shell(f"'{show(_term(_computed(tree)))}")
    except ArithmeticError:
        expected = "** exception error: error in arithmetic expression"
    for form in (
        f"(let ((x 12) (y -5) (z 0.5) (b 'true)) {_written(tree)})",
        f"(funcall (lambda (x y z b) {_written(tree)}) 12 -5 0.5 'true)",
    ):
        assert shell(form).partition("\n")[0] == expected
