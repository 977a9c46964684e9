"""Records, structs and modules come back as they were defined."""

from pathlib import Path

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


@pytest.mark.parametrize("form", ["(defun f () 3)", "(defmacro f () 3)"])
def test_same_definition_again_is_no_change(life: Life, form: str) -> None:
    """The same bytes are told again: there is nothing to undo, and nothing to store."""
    life(form)
    before = {id_: blob for id_, blob in life.store.items() if id_.startswith("g")}
    life(form)

    assert {id_: blob for id_, blob in life.store.items() if id_.startswith("g")} == before


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


MODULE = """
    (defmodule m (export (f 1) (even 1)))
    (defun f (x) (h x))
    (defun h (x) (tuple 'm (later x)))
    (defun later (x) (* 2 x))
    (defun even ((0) 'true) ((n) (odd (- n 1))))
    (defun odd ((0) 'false) ((n) (even (- n 1))))
    (defmodule n (export all))
    (defun h (x) 'n)
"""


@pytest.mark.parametrize("versions", [None, b"none"], ids=["same versions", "other versions"])
def test_module_of_the_prompt_comes_back(life: Life, monkeypatch: pytest.MonkeyPatch, versions: bytes | None) -> None:
    """A module's functions call each other, not those of another module, also after a restart."""
    life(MODULE)
    if versions is not None:
        monkeypatch.setattr(blobs, "VERSIONS", versions)

    again = life.born_again()

    assert again.restored.damaged == {}
    assert again("(tuple (m:f 4) (n:h 1) (m:even 100001))") == "#(#(m 8) n false)"
    assert again("(m:h 4)") == "** exception error: undefined function\n  in (m : h 4)"
    again("(defun h (x) 'other)")
    assert again("(tuple (m:f 4) (n:h 1))") == "#(#(m 8) other)"


FILE = """
(defmodule m (export (f 1)) (export-macro twice))
(defmacro twice (x) `(list ,x ,x))
(defrecord point x y)

(defun f (x)
  (g (twice x)))
(defun g (x) (make-point x x y (lambda () x)))
"""


@pytest.mark.parametrize("versions", [None, b"none"], ids=["same versions", "other versions"])
def test_module_of_a_file_comes_back(
    life: Life, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, versions: bytes | None
) -> None:
    """A compiled module needs its file no more; its macros work."""
    path = tmp_path / "m.lfe"
    path.write_text(FILE)
    life(f'(c "{path}")')
    path.unlink()
    if versions is not None:
        monkeypatch.setattr(blobs, "VERSIONS", versions)

    again = life.born_again()

    assert again.restored.damaged == {}
    assert again("(tuple (element 2 (m:f 'a)) (m:twice 'b))") == "#((a a) (b b))"
    assert again("(funcall (element 3 (m:f 'c)))") == "(c c)"
    assert again("(m:g 1)") == "** exception error: undefined function\n  in (m : g 1)"


def test_function_of_a_file_that_expands_macros_says_undefined_after_a_restart(life: Life, tmp_path: Path) -> None:
    """LFE's own functions are there again for a restored module's code: `macroexpand-1` and its kin."""
    path = tmp_path / "m.lfe"
    path.write_text("(defmodule m (export (f 0)))\n(defun f () (macroexpand-1 '(let* ((a 1)) a)))")
    life(f'(c "{path}")')

    again = life.born_again()

    assert again("(m:f)") == "(let ((a 1)) (progn a))"


def test_module_is_told_as_a_module(life: Life) -> None:
    """Its name says what it is, as a record's and a macro's do."""
    life("(defmodule m) (defrecord r a)")

    assert life.keeper.names() == ["module m", "record r"]
