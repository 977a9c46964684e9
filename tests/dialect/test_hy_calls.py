"""Hy's code calls the language's modules as the language does: `(lists:reverse xs)`."""

import contextlib
import io

import pytest

from tests.dialect.conftest import Shell
from xrepl.dialect.hy_forms import read_hy
from xrepl.dialect.interpreter import Interpreter


def in_hy(interpreter: Interpreter, text: str) -> str:
    """Evaluate Hy's forms; give what was printed and the last value as the shell shows it."""
    shown = ""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        for form in read_hy(text):
            shown = interpreter.show(interpreter.evaluate(form)) or ""
    return out.getvalue() + shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("(lists:reverse [1 2 3])", "(3 2 1)"),
        ("(lists:map (fn [x] (+ x 1)) [1 2])", "(2 3)"),
        ("(defn f [xs] (lists:reverse (lists:reverse xs))) (f [1 2])", "(1 2)"),
        ('(lists:reverse \'(a "s" 2.5 True))', '(true 2.5 "s" a)'),
        ("(maps:to_list '{a 1})", "(#(a 1))"),
        ("(maps:to_list {'a '(b)})", "(#(a (b)))"),
        ("(lfor x [1 2] (lists:seq 1 x))", "((1) (1 2))"),
        ("(print (hy.repr '(a:b 1)))", "'(a:b 1)\n"),
        ('(setv d {"a" 1}) (:a d)', "1"),
    ],
)
def test_hys_syntax_calls_modules(interpreter: Interpreter, text: str, shown: str) -> None:
    """Quoted code is data of the language for the function that gets it; other quotes stay Hy's."""
    assert in_hy(interpreter, text) == shown


def test_hys_forms_in_the_language_call_modules(shell: Shell) -> None:
    """A form that is Hy all the way down may call one, too."""
    assert shell("(defn g [xs] (lists:reverse xs)) (g '(1 2))") == "(2 1)"
    assert shell("(for [i [1 2]] (print (lists:seq 1 i)))") == "(1)\n(1 2)\n"


def test_module_that_is_not_there_is_undefined(shell: Shell) -> None:
    """It fails as it does in the language."""
    assert shell("(defn g [] (nowhere:f 1)) (g)").startswith("** exception error: undefined function")
