"""Python and Hy beside the language: calls, keyword arguments, objects, what goes through loops."""

import pytest

from tests.dialect.conftest import Shell

SHOWN = [
    ("(sorted '(3 1 2) :reverse 'true)", "(3 2 1)"),
    ("(sorted '(3 1 2) :key (lambda (x) (- x)))", "(3 2 1)"),
    ("(dict :a 1 :some-name 2)", '#M("a" 1 "some_name" 2)'),
    ('(json.dumps #M("a" (1 2.5 "x" #(1 2))))', r'"{\"a\": [1, 2.5, \"x\", [1, 2]]}"'),
    (r'(mref (json.loads "{\"k\": [1, null, true]}") "k")', "(1 None true)"),
    ("(math.sqrt 16)", "4.0"),
    ("(math:sqrt 16)", "4.0"),
    ("(lc ((<- x (range 4)) (> x 1)) (* x x))", "(4 9)"),
    ("(lc ((<- x (gfor y [1 2 3] (* 10 y)))) x)", "(10 20 30)"),
    ("(lists:map #'str/1 '(1 a))", '("1" "a")'),
    ('(lists:sum (py "[1, 2, 3]"))', "6"),
    ('(case (py "[1, 2]") ((list a b) (tuple b a)))', "#(2 1)"),
    ("(len '(1 2 3))", "3"),
    ('(.upper "abc")', '"ABC"'),
    ('(let ((s "a,b")) (s.split ","))', '("a" "b")'),
    ("(let ((xs '(3 4))) (lfor x xs (+ x 1)))", "(4 5)"),
]


@pytest.mark.parametrize(("form", "shown"), SHOWN)
def test_python_and_the_language_take_each_others_values(shell: Shell, form: str, shown: str) -> None:
    """Lists go to Python as lists, what comes back is used where a list or a map is."""
    shell("(import json math)")

    assert shell(form) == shown


def test_positions_of_keyword_arguments_do_not_matter(shell: Shell) -> None:
    """A plain argument may follow a keyword one, and all are evaluated from left to right."""
    shell("(defn f [#* args #** named] [args named])")
    shell('(defun say (x) (io:format "~w" (list x)) x)')

    assert shell("(f (say 1) :k (say 2) (say 3))") == '123(#(1 3) #M("k" 2))'


def test_keyword_is_an_unbound_symbol_for_lfes_functions(shell: Shell) -> None:
    """Functions of the session take no keyword arguments."""
    shell("(defun f (x y) (list x y))")

    assert shell("(f :k 1)") == "** exception error: symbol :k is unbound"


def test_object_of_a_class_keeps_its_state(shell: Shell) -> None:
    """A class of Hy's is made, its objects are called and changed."""
    shell("(defclass Counter [] (defn __init__ [self n] (setv self.n n)) (defn up [self by] (+= self.n by) self.n))")
    shell("(set c (Counter 5))")

    assert [shell("(c.up 2)"), shell("c.n"), shell("(setv c.n 1)"), shell("(c.up :by 1)")] == ["7", "7", "", "2"]


def test_python_exception_is_caught_by_try(shell: Shell) -> None:
    """An exception of Python's is an error of the language."""
    assert shell('(try (int "x") (catch ((tuple c _ _) c)))') == "error"


def test_numpy_truth_values_are_tests(shell: Shell) -> None:
    """What numpy says is true or false chooses a branch."""
    pytest.importorskip("numpy")
    shell("(import numpy :as np)")

    assert [shell("(if (np.any (> (np.array '(1 2)) 1)) 'yes 'no)"), shell("(+ (np.array '(1 2)) 1)")] == [
        "yes",
        "array([2, 3])",
    ]
    assert shell("(lc ((<- x (np.array '(1 5))) (> x 2) (is-not x 'a)) (int x))") == "(5)"
    assert shell("(case (get (np.array '(1 5)) 1) (x (when (> (+ x 1) 5)) 'big))") == "big"


PYTHON_TEXTS = [
    ('(let ((xs \'(3 1 2)) (a-b 5)) (py "[x * a_b for x in xs]"))', "(15 5 10)"),
    ('(let ((x 1)) (py "(lambda x, y: x + y)(x, 2)"))', "3"),
    ('(lists:map (lambda (x) (py "x * 2")) \'(1 2 3))', "(2 4 6)"),
    ('(let ((x 1)) (pys "print(x)"))', "1\n"),
]


@pytest.mark.parametrize(("form", "shown"), PYTHON_TEXTS)
def test_python_text_sees_local_variables(shell: Shell, form: str, shown: str) -> None:
    """What `py` evaluates knows the variables of the place where it stands."""
    assert shell(form) == shown
