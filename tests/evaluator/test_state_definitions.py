"""Records, structs and modules come back as they were defined."""

import pytest

from tests.evaluator.conftest import Life
from xrepl.evaluator import blobs

CASES = {
    "record": (
        "(defrecord point x (y 0)) (set p (make-point x 1))",
        "(list (point-x p) (point-y (set-point-y p 5)) (is-point p) (make-point y 2 x 3))",
    ),
    "record used by a function": (
        "(defrecord point x y) (defun flip (p) (make-point x (point-y p) y (point-x p)))",
        "(flip (make-point x 1 y 2))",
    ),
    "record pattern": (
        "(defrecord point x y) (defun first (((match-point x a)) a))",
        "(first (make-point x 7 y 2))",
    ),
    "redefined record": ("(defrecord r a) (defrecord r a b)", "(r-b (make-r b 2))"),
    "module": ("(defmodule m (export (f 1))) (defun f (a) (g a)) (defun g (a) (* a 2))", "(m:f 4)"),
    "struct in a module": ("(defmodule s) (defstruct (a 1) (b 2))", "(__struct__ (s))"),
}


@pytest.mark.parametrize(("forms", "use"), CASES.values(), ids=CASES)
def test_definition_comes_back(life: Life, forms: str, use: str) -> None:
    """What a definition defined works after a restart as before, and is counted among the user's names."""
    life(forms)
    shown = life(use)
    if "exception" in shown:
        pytest.skip(f"not in the language: {shown}")

    again = life.born_again()

    assert again(use) == shown
    assert again.keeper.names() == life.keeper.names()
    assert again.restored.bindings == len(life.keeper.names())


def test_function_sees_a_later_macro_after_a_restart(life: Life) -> None:
    """A function knows its text and what it depends on also after a restart."""
    life("(defun f (x) (twice x))")
    life("(defmacro twice (x) `(* 2 ,x))")

    again = life.born_again()

    assert again("(f 4)") == "8"
    again("(defmacro twice (x) `(list ,x))")
    assert again("(f 4)") == "(4)"
    assert again.born_again()("(f 4)") == "(4)"
    assert again.born_again()("(macro-function 'twice $ENV)") == "(match-lambda (((list x) $ENV) `(list ,x)))"


def test_function_compiled_again_comes_back_under_other_versions(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a macro's definition has compiled again has a source of its own."""
    life("(defun f (x) (twice x))")
    life("(progn (defmacro twice (x) `(* 2 ,x)) (defun g (x) (* 3 x)))")
    monkeypatch.setattr(blobs, "VERSIONS", b"none")

    again = life.born_again()

    assert again.restored.damaged == {}
    assert again("(tuple (f 4) (g 4))") == "#(8 12)"
