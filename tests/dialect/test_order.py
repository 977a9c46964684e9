"""Erlang's order and equality of all terms."""

import itertools
from typing import Any

import pytest
from hypothesis import given

from tests.dialect.conftest import Shell
from tests.dialect.terms import order_key, terms
from xrepl.dialect.arithmetic import at_least, at_most, equal, exactly_equal, greater, less, unequal
from xrepl.dialect.order import compare

ASCENDING = ["1", "1.5", "'a", "'true", "(make_ref)", "(lambda () 1)", "(self)", "#()", "#(b)", "#(a b)", "#M()"]
ASCENDING += ["#M(a 1)", "()", "'(1 . 2)", "'(1)", "'(1 2)", '"a"', "'(a)", '#""', '#"a"', '#"ab"']


def test_terms_of_all_kinds_have_erlangs_order(shell: Shell) -> None:
    """Every term is less than every one after it."""
    pairs = list(itertools.combinations(ASCENDING, 2))

    assert ["true"] * len(pairs) == [shell(f"(< {a} {b})") for a, b in pairs]


@given(terms, terms)
def test_comparisons_agree_with_a_plain_model(a: Any, b: Any) -> None:
    """All comparisons are those of the model's keys."""
    x, y = order_key(a), order_key(b)

    assert (x < y, x > y, x <= y, x >= y, x == y, x != y) == (
        less(a, b),
        greater(a, b),
        at_most(a, b),
        at_least(a, b),
        equal(a, b),
        unequal(a, b),
    )


@given(terms, terms, terms)
def test_order_is_transitive(a: Any, b: Any, c: Any) -> None:
    """Three terms have one order."""
    low, middle, high = sorted([a, b, c], key=order_key)

    assert (compare(low, middle) <= 0, compare(middle, high) <= 0, compare(low, high) <= 0) == (True, True, True)


@given(terms)
def test_term_equals_itself_only_in_its_own_kind(value: Any) -> None:
    """A number is == to the same number as a float, =:= it is not."""
    assert exactly_equal(value, value)
    assert not isinstance(value, int) or isinstance(value, bool) or not exactly_equal(value, float(value % 1000))


UNLIKE = [(1, 1.0), (1, True), (0, False), (1.0, True), ((1,), (1.0,)), ({1: 2}, {1: 2.0}), ([1], [True])]


@pytest.mark.parametrize(("a", "b"), UNLIKE)
def test_what_python_takes_for_equal_is_not_exactly_equal(a: Any, b: Any) -> None:
    """Numbers, floats and truth values are told apart at every depth."""
    assert not exactly_equal(a, b)


def test_string_equals_the_list_of_its_characters(shell: Shell) -> None:
    """A string is a list, however it was made."""
    assert shell('(list (=:= "ab" \'(97 98)) (== (list 97 98) "ab") (=:= "ab" \'(97.0 98)))') == "(true true false)"


def test_python_objects_are_ordered_by_python(shell: Shell) -> None:
    """Dates, fractions and decimals compare as they do in Python; a fraction is a number."""
    shell("(import fractions [Fraction]) (import datetime [date])")

    assert shell("(list (< (date 2020 1 2) (date 2020 1 3)) (< (Fraction 1 3) 0.5) (< 1 (Fraction 3 2)))") == (
        "(true true true)"
    )
