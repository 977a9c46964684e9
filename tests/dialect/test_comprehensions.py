"""Comprehensions and loops."""

import pytest

from tests.dialect.conftest import Shell

SHOWN = [
    ("(lc ((<- x '(1 2 3)) (<- y '(a b))) (tuple x y))", "(#(1 a) #(1 b) #(2 a) #(2 b) #(3 a) #(3 b))"),
    ("(lc ((<- x '(1 2 3)) (<- y (lists:seq 1 x))) y)", "(1 1 2 1 2 3)"),
    ("(lc ((<- x '(1 2 3 4)) (> x 1) (=:= 0 (rem x 2))) x)", "(2 4)"),
    ("(lc ((<- x (when (> x 1)) '(1 2 3))) x)", "(2 3)"),
    ("(lc ((<- (tuple 'ok x) '(#(ok 1) no #(ok 2)))) x)", "(1 2)"),
    ('(lc ((<- x "abc")) (+ x 1))', '"bcd"'),
    ("(lc ((<- x '(1 2)) x) x)", "()"),
    ("(lc () 5)", "(5)"),
    ("(list-comp ((<- x '(1 2))) (* x x))", "(1 4)"),
    ("(let ((n 10)) (lc ((<- x '(1 2))) (funcall (lambda (y) (+ n x y)) 90)))", '"ef"'),
    ("(lc ((<- f (lc ((<- x '(1 2 3))) (lambda () x)))) (funcall f))", "(1 2 3)"),
    ("(do ((i 0 (+ i 1)) (acc () (cons i acc))) ((> i 3) acc))", "(3 2 1 0)"),
    ("(do ((n 0 (+ n do-state))) ((>= n 10) n) (+ n 1))", "15"),
]


@pytest.mark.parametrize(("form", "shown"), SHOWN)
def test_comprehension_shows_its_value(shell: Shell, form: str, shown: str) -> None:
    """A comprehension or a loop shows what the LFE shell shows."""
    assert shell(form) == shown


FAILURES = [
    ("(lc ((<- x '(1))) x x)", "** exception error: bad application form"),
    ("(lc (5) (5) 1)", "** exception error: function lc/3 undefined"),
    ("(bc 1)", "** exception error: function bc/1 undefined"),
    ("(lc 5 x)", "** exception error: no function clause matching"),
    ("(lc x x)", "** exception error: no function clause matching"),
    ("(lc ((<- x 5)) x)", "** exception error: bad generator 5"),
    ("(bc ((<- x '(1))) x)", "** exception error: bad argument"),
    ("(do ((x 1)) ((> x 0) x))", "1: error expanding (do ((x 1)) ((> x 0) x)):\n    function_clause\nerror"),
]


@pytest.mark.parametrize(("form", "shown"), FAILURES)
def test_bad_comprehension_shows_the_text_of_the_shell(shell: Shell, form: str, shown: str) -> None:
    """A bad generator shows the LFE shell's text."""
    assert shell(form) == shown


def test_generators_variable_is_gone_afterwards(shell: Shell) -> None:
    """The variables of a comprehension are its own."""
    shell("(lc ((<- inside '(1 2))) inside)")

    assert shell("inside") == "** exception error: symbol inside is unbound"
