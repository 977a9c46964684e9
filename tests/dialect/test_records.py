"""Records: definition, the macros that it gives, the forms, patterns, and what goes wrong."""

import pytest

from tests.dialect.conftest import Shell

POINT = "(defrecord point (x 0) (y (+ 1 1)))"
SHOWN = [
    (POINT, "set-point-y"),
    ("(defrecord empty)", "size-empty"),
    ("(progn (defrecord empty) (list (make-empty) (is-empty #(empty)) (size-empty)))", "(#(empty) true 1)"),
    ("(make-point)", "#(point 0 2)"),
    ("(make-point y 5)", "#(point 0 5)"),
    ("(make-point y 5 y 6 other 7)", "#(point 0 5)"),
    ("(make-point _ 'a)", "#(point a a)"),
    ("(list (fields-point) (size-point) (point-y))", "((x y) 3 3)"),
    ("(is-point #(point 1 2))", "true"),
    ("(list (is-point #(point 1)) (is-point #(other 1 2)) (is-point 5))", "(false false false)"),
    ("(point-y #(point 1 2))", "2"),
    ("(set-point #(point 1 2) y 3)", "#(point 1 3)"),
    ("(update-point #(point 1 2) y 3 x 4)", "#(point 4 3)"),
    ("(list (set-point-x #(point 1 2) 9) (update-point-x #(point 1 2) 8))", "(#(point 9 2) #(point 8 2))"),
    ("(record point x 7)", "#(point 7 2)"),
    ("(record-index point x)", "2"),
    ("(record-field #(point 1 2) point x)", "1"),
    ("(record-update #(point 1 2) point x 5)", "#(point 5 2)"),
    ("(case #(point 1 2) ((match-point x a) a))", "1"),
    ("(case #(point 1 2) ((record point x 1 _ 3) 'three) ((match-point) 'any))", "any"),
    ("(case #(point 1 2) (p (when (== (point-x p) 1)) 'one))", "one"),
    ("(case 5 (p (when (== (point-x p) 1)) 'one) (_ 'none))", "none"),
    ("(let (((match-point x a y b) (make-point x 3 y 4))) (+ a b))", "7"),
    ('(progn (record point y (io:format "y") x (io:format "x")) \'done)', "xydone"),
]


@pytest.mark.parametrize(("form", "shown"), SHOWN)
def test_record_form_shows_its_value(shell: Shell, form: str, shown: str) -> None:
    """A form on records shows what the LFE shell shows."""
    shell(POINT)

    assert shell(form) == shown


FAILURES = [
    ("(point-x 5)", "** exception error: #(badrecord point 5)"),
    ("(set-point-x #(point 1) 5)", "** exception error: #(badrecord point #(point 1))"),
    ("(record nope x 1)", "** exception error: record nope undefined"),
    ("(is-record 5 nope)", "** exception error: record nope undefined"),
    ("(record-field #(point 1 2) point z)", "** exception error: field z undefined in record point"),
    ("(record-index point z)", "** exception error: field z undefined in record point"),
    ("(make-point x)", "** exception error: missing value to field x in record"),
    ("(point-z #(point 1 2))", "** exception error: function point-z/1 undefined"),
    ("(set-point-x #(point 1 2))", "1: error expanding (set-point-x #(point 1 2)):\n    function_clause\nerror"),
    ("(defrecord bad 5)", "1: error expanding (defrecord bad 5):\n    #(bad_record bad)\nerror"),
    ('(defrecord "x" a)', '1: error expanding (defrecord "x" a):\n    #(bad_record "x")\nerror'),
]


@pytest.mark.parametrize(("form", "shown"), FAILURES)
def test_wrong_record_shows_the_text_of_the_shell(shell: Shell, form: str, shown: str) -> None:
    """A value that is no such record, and a record or field that is not there, show the LFE shell's text."""
    shell(POINT)

    assert shell(form) == shown


def test_name_taken_from_a_record_is_the_users(shell: Shell) -> None:
    """Whoever defines a name last has it, the record or the user."""
    shell("(defun make-point (x) (list x))")
    shell(POINT)

    assert shell("(make-point x 1)") == "#(point 1 2)"
    shell("(defun make-point (x) (list x))")
    assert shell("(make-point 1)") == "(1)"
    shell("(defmacro make-point args `(tuple ,@args))")
    assert shell("(make-point 1 2)") == "#(1 2)"
