"""New lines are indented as Lisp programmers indent."""

import pytest

from xrepl.client.indentation import indentation
from xrepl.client.syntax import HY

CASES = [
    ("", 0),
    ("(foo", 1),
    ("(foo bar", 5),
    ("(foo bar\n     baz", 5),
    ("(foo\n bar", 1),
    ("(defun f (x)", 2),
    ("(defun f", 2),
    ("(defmodule m", 2),
    ("(let ((a 1)", 6),
    ("(let ((a 1))", 2),
    ("(let", 4),
    ("(if (> x 1)", 2),
    ("(case x", 2),
    ("(receive", 2),
    ("(progn (foo)", 2),
    ("(case x\n  ((tuple 'ok v)", 3),
    ("'(a b", 2),
    ("#(a b", 2),
    ("#M(a 1", 3),
    ("(list 'a\n      (g 1", 9),
    ("(x (y) ", 3),
    ('(f "a', 0),
    ("(foo)", 0),
    ("(foo ; (bar", 1),
    ("(lambda (x)", 2),
    ("`(let ((,x 1))", 3),
]


@pytest.mark.parametrize(("text", "wanted"), CASES)
def test_line_is_indented_by_its_form(text: str, wanted: int) -> None:
    """Bodies by two, arguments below the first one, data below its first element."""
    assert indentation(text, len(text)) == wanted


def test_hy_is_indented_by_its_own_forms() -> None:
    """A bracket of Hy's is data."""
    assert indentation("(defn f [x", 10, HY) == 9
    assert indentation("(defn f [x]", 11, HY) == 2
    assert indentation("{:a 1", 5, HY) == 1
