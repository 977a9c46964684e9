"""How values are shown: LFE's forms, and Python's objects beside them."""

from typing import Any

import pytest
from hypothesis import given

from tests.dialect.conftest import Shell
from tests.dialect.terms import terms
from xrepl.dialect.arithmetic import exactly_equal
from xrepl.dialect.data import from_iterable
from xrepl.dialect.printer import show, write
from xrepl.dialect.reader import read_forms
from xrepl.dialect.tokens import datum

SHOWN = [
    ("(list 1000 2000)", '"Ϩߐ"'),
    ("(list 8 13 27)", r'"\b\r\e"'),
    ("(list 7)", "(7)"),
    ("(list 127)", "(127)"),
    ('""', "()"),
    ("'(1 . 2)", "(1 . 2)"),
    (
        "(list 1.0 1.0e22 1.0e-5 123456.0 0.0001 100.0 1100.0 -0.0)",
        "(1.0 1.0e22 1.0e-5 123456.0 0.0001 100.0 1.1e3 -0.0)",
    ),
    ("''x", "'x"),
    ("'(quote x y)", "(quote x y)"),
    ("'`(a ,b ,@c)", "`(a ,b ,@c)"),
    ("'(|a b| |12| || |(| a|b Foo)", "(|a b| |12| || |(| a|b Foo)"),
    ("'|a\\|b c|", "|a\\|b c|"),
    ("(tuple)", "#()"),
    ('(map "k" #(1) \'a ())', '#M(a () "k" #(1))'),
    ('(list #"ab" #B(200 1) #B(1 (2 (size 3))))', '(#"ab" #B(200 1) #B(1 (2 (size 3))))'),
    ("(lists:seq 1 31)", f"({' '.join(map(str, range(1, 30)))} ...)"),
    ("#'lists:map/2", "(function lists map 2)"),
    ("#'nowhere:f/2", "(function nowhere f 2)"),
    ("(lambda (x y) x)", "#Fun<lambda/2>"),
    ("(progn (defun f (x) x) #'f/1)", "#Fun<f/1>"),
]


@pytest.mark.parametrize(("form", "shown"), SHOWN)
def test_value_shows_as_in_the_shell(shell: Shell, form: str, shown: str) -> None:
    """A value is shown as the LFE shell shows it."""
    assert shell(form) == shown


def test_long_list_is_filled_to_the_margin(shell: Shell) -> None:
    """Elements without parts are filled up to column 69; the thirtieth is the last."""
    assert shell("(lists:seq 2000000 2000039)").split("\n") == [
        "(2000000 2000001 2000002 2000003 2000004 2000005 2000006 2000007",
        " 2000008 2000009 2000010 2000011 2000012 2000013 2000014 2000015",
        " 2000016 2000017 2000018 2000019 2000020 2000021 2000022 2000023",
        " 2000024 2000025 2000026 2000027 2000028 2000029 ...)",
    ]


def test_long_code_is_indented_as_code() -> None:
    """A list that looks like code is laid out by its head."""
    text = "(defun fac (n) (if (=< n 1) 1 (* n (fac (- n 1)))) (and-something-more-to-make-it-wide n))"

    assert show(datum(next(read_forms(text)).model)).split("\n") == [
        "(defun fac (n)",
        "  (if (=< n 1) 1 (* n (fac (- n 1))))",
        "  (and-something-more-to-make-it-wide n))",
    ]


PYTHON = [
    ("(py \"[1, 'a', [2.5]]\")", '(1 "a" (2.5))'),
    ('(py "{1, 2}")', "{1, 2}"),
    ("(py \"{'a': 1}\")", '#M("a" 1)'),
    ('(py "(1, None)")', "#(1 None)"),
    ("int", "<class 'int'>"),
    ("print", "#Fun<print>"),
    ("(py \"b'ab'\")", '#"ab"'),
    ('(py "2 + 3j")', "(2+3j)"),
]


@pytest.mark.parametrize(("form", "shown"), PYTHON)
def test_python_value_shows_sensibly(shell: Shell, form: str, shown: str) -> None:
    """A Python list is a list, a dict a map; what LFE has no kind for shows as Python shows it."""
    assert shell(form) == shown


def test_object_of_several_lines_stands_alone_and_indented() -> None:
    """An array or a table in a list keeps its columns."""

    class Table:
        def __repr__(self) -> str:
            return "a b\n1 2"

    assert show(from_iterable([1, Table(), 2])) == "(1\n a b\n 1 2\n 2)"
    assert show((Table(),)) == "#(a b\n  1 2)"


def test_tuples_of_pythons_own_types_show_their_names() -> None:
    """A named tuple is an object of Python's, and no tuple to match."""
    from fractions import Fraction
    from time import struct_time

    assert show(struct_time(range(9))).startswith("time.struct_time(tm_year=0")
    assert show(from_iterable([Fraction(1, 2)])) == "(Fraction(1, 2))"


def test_none_shows_nothing(shell: Shell) -> None:
    """A form whose value is Python's None prints nothing."""
    assert shell('(py "None")') == ""


@given(terms)
def test_printed_value_reads_as_an_equal_one(value: Any) -> None:
    """What is written is read back as the same value: on one line, and laid out without a limit on depth."""
    for text in (write(value), show(value, depth=-1)):
        assert exactly_equal(value, datum(next(read_forms(f"{text} ")).model)), text


def test_deep_value_is_shown_without_a_deep_stack() -> None:
    """The depth that is shown is a limit for the printer too."""
    value: Any = 1
    for _ in range(100_000):
        value = from_iterable([value])

    assert show(value) == f"{'(' * 30}...{')' * 30}"


def test_functions_are_laid_out_as_wide_as_in_lfe(shell: Shell) -> None:
    """What LFE writes of a function has 28 columns: lines end where its lines end."""
    assert (
        shell("(list (lambda (x) x) (lambda (x) x) (lambda (x) x))")
        == "(#Fun<lambda/1> #Fun<lambda/1>\n #Fun<lambda/1>)"
    )
