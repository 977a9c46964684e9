"""What a session has defined goes as source text and comes back: records, modules, functions of larger forms."""

from pathlib import Path

from tests.evaluator.conftest import Life
from xrepl.evaluator import portable

DEFINED = """
    (defrecord point x (y (+ 1 1)))
    (progn (defun twice (x) (* 2 x)) (defmacro four (x) `(twice (twice ,x))))
    (defmodule m (export (f 1)) (import (from lists (reverse 1))))
    (defun f (x) (h (reverse x)))
    (defun h (x) (tuple 'm x))
    (defmodule box (export all))
    (defstruct (size 1) label)
    (defun h (x) (struct box label x))
"""
LOOK = "(tuple (make-point x 1) (four 3) (m:f '(a b)) (box:h 'red) (struct-field (struct box) box size))"
SEEN = "#(#(point 1 2) 12 #(m (b a)) #S(box label red size 1) 1)"


def test_definitions_come_back_from_text(life: Life, tmp_path: Path) -> None:
    """Nothing is left out, and everything works in a new session, also a module of a file that is gone."""
    file = tmp_path / "filed.lfe"
    file.write_text("(defmodule filed (export (g 1)))\n(defmacro plus (x) `(+ 1 ,x))\n(defun g (x) (plus x))")
    life(DEFINED)
    life(f'(c "{file}")')
    file.unlink()
    exported = portable.export(life.keeper)
    other = Life()

    assert exported["left-out"] == {}
    assert portable.import_(other.interpreter, exported) == {}
    assert other(LOOK) == SEEN
    assert other("(filed:g 41)") == "42"
