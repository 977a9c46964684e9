"""Where a form stands that cannot be compiled or read: line, column, and a caret below the line."""

import pytest

from xrepl.dialect.interpreter import Interpreter
from xrepl.dialect.reader import read_forms
from xrepl.errors import ReadError

FAILING = [
    ("(defun f (x)\n  (let ((y))\n    x))\n(f 1)", "  at s.lfe:2:3\n      (let ((y))\n      ^"),
    ("(defmacro m (x) `(let ((y)) ,x))\n(list 1\n\t(m 5))", "  at s.lfe:3:2\n    \t(m 5))\n    \t^"),
    ("(case 1\n  ((foo y) y))", "  at s.lfe:2:4\n      ((foo y) y))\n       ^"),
    ("(case 1\n  (x (when (foo x)) y))", "  at s.lfe:1:1\n    (case 1\n    ^"),
    ("(defmacro m () (/ 1 0))\n(list 1\n   (m))", "  at s.lfe:3:4\n       (m))\n       ^"),
    ("'ok (car 5)", "  at s.lfe:1:5\n        (car 5)\n        ^"),
    ("(defmodule a (export (b 0)))\n(defun b ()\n (if))\n(a:b)", "  at s.lfe:3:2\n     (if))\n     ^"),
]


def failing_place(interpreter: Interpreter, text: str) -> str | None:
    """Evaluate the forms of a text; give the place that is shown for the one that fails."""
    for form in interpreter.read(text):
        try:
            interpreter.evaluate(form)
        except Exception as problem:
            place = interpreter.place(problem, form)
            return None if place is None else place.text()
    return None


@pytest.mark.parametrize(("text", "shown"), FAILING)
def test_form_of_a_file_that_fails_is_pointed_at(interpreter: Interpreter, text: str, shown: str) -> None:
    """What cannot be compiled is found, also in what was defined before; else the form that fails stands for it."""
    interpreter.origin = "s.lfe", 0

    assert failing_place(interpreter, text) == shown


def test_lines_count_from_where_the_text_begins_in_its_file(interpreter: Interpreter) -> None:
    """A text may be the rest of a file."""
    interpreter.origin = "s.lfe", 10

    assert failing_place(interpreter, "\n(if)") == "  at s.lfe:12:1\n    (if)\n    ^"


def test_form_of_several_lines_is_pointed_into(interpreter: Interpreter) -> None:
    """At a prompt the place of what cannot be compiled is shown if the form has several lines, and of nothing else."""
    texts = ["(list 1\n (if))", "(list 1 (if))", "(list 1\n (car 5))"]

    places = [failing_place(interpreter, text) for text in texts]

    assert places == ["  at line 2, column 2\n     (if))\n     ^", None, None]


UNREADABLE = [
    ("(list 1\n  2 ])", (2, 5)),
    ("(list\n #q)", (2, 2)),
    ("(a)\n(b }", (2, 4)),
    ("(a . b c)", (1, 8)),
    ("(a .)", (1, 5)),
    ("(\n#M(a))", (2, 1)),
    ("(a\n(b", (1, 1)),
]


@pytest.mark.parametrize(("text", "place"), UNREADABLE)
def test_text_that_is_no_form_has_a_place(text: str, place: tuple[int, int]) -> None:
    """Line and column are those of the word that is wrong, or of the form that is not finished."""
    with pytest.raises(ReadError) as caught:
        list(read_forms(text))

    assert (caught.value.line, caught.value.column) == place
