"""State that another version of Python or Hy wrote is restored from source and data."""

import pytest

from tests.evaluator.conftest import Life
from xrepl.evaluator import blobs
from xrepl.evaluator.regrouping import Regrouping


@pytest.fixture
def upgrade(monkeypatch: pytest.MonkeyPatch) -> object:
    """Give a function that restores a session under other versions than those that stored it."""

    def restart(life: Life) -> Life:
        monkeypatch.setattr(blobs, "VERSIONS", bytes(byte ^ 255 for byte in blobs.VERSIONS))
        again = life.born_again()
        again.take(again.keeper.delta_all())
        return again

    return restart


CASES = {
    "function": ("(defun f (a) (* a 2))", "(f 4)", "8"),
    "function with clauses": (
        "(defun f ((0) 'zero) ((n) (when (> n 5)) 'big) ((_) 'other))",
        "(list (f 0) (f 9))",
        None,
    ),
    "functions of one form": ("(progn (defun f (a) (g a)) (defun g (a) (+ a 1)))", "(f 4)", "5"),
    "macro": ("(defmacro m (a) `(+ ,a 1))", "(m 4)", "5"),
    "function that uses a macro": ("(defmacro m (a) `(+ ,a 1)) (defun f (a) (m a))", "(f 4)", "5"),
    "lambda": ("(set f (lambda (a) (* a 2)))", "(funcall f 4)", "8"),
    "lambda that captured": ("(set f (let ((n 10)) (lambda (a) (+ a n))))", "(funcall f 4)", "14"),
    "lambdas of a list": ("(set fs (list (lambda () 1) (lambda () 2)))", "(lc ((<- f fs)) (funcall f))", None),
    "function that a function made": ("(defun mk (n) (lambda (a) (+ a n))) (set f (mk 5))", "(funcall f 4)", "9"),
    "recursive local function": (
        "(set f (fletrec ((e? (n) (if (== n 0) 'true (o? (- n 1))))"
        " (o? (n) (if (== n 0) 'false (e? (- n 1))))) #'e?/1))",
        "(funcall f 10)",
        "true",
    ),
    "constant of the language": ('(defun f () \'(a #(b) "c"))', "(f)", '(a #(b) "c")'),
}

HY_CASES = {
    "function": ("(defn f [a [b 2]] (* a b))", "(f 4)", "8"),
    "counter": (
        "(defn mk [] (setv n 0) (fn [] (nonlocal n) (+= n 1) n)) (setv c (mk)) (c) (c)",
        "(c)",
        "3",
    ),
    "class": ("(defclass A [] (defn f [self] (* 2 self.a))) (setv x (A)) (setv x.a 4)", "(x.f)", "8"),
    "macro": ("(defmacro m [a] `(+ ~a 1))", "(m 4)", "5"),
    "function that uses a macro": ("(defmacro m [a] `(+ ~a 1)) (defn f [a] (m a))", "(f 4)", "5"),
    "decorated function": (
        "(defn twice [f] (fn [#* a] (* 2 (f #* a)))) (defn [twice] f [a] a)",
        "(f 4)",
        "8",
    ),
    "loop of closures": ("(setv fs []) (for [i [1 2]] (fs.append (fn [[i i]] i)))", "(lfor f fs (f))", None),
}  # fmt: skip


@pytest.mark.parametrize(("forms", "use", "value"), CASES.values(), ids=CASES)
def test_state_of_other_versions_is_restored_from_source(
    life: Life, upgrade: object, forms: str, use: str, value: str | None
) -> None:
    """Code is compiled anew, and then stored as the new versions write it."""
    life(forms)
    expected = value or life(use)

    again = upgrade(life)  # type: ignore[operator]

    assert again.restored.damaged == {}
    assert again(use) == expected
    assert again.born_again()(use) == expected


@pytest.mark.parametrize(("forms", "use", "value"), HY_CASES.values(), ids=HY_CASES)
def test_hys_state_of_other_versions_is_restored_from_source(
    life: Life, upgrade: object, forms: str, use: str, value: str | None
) -> None:
    """The same for what was defined with Hy's forms."""
    life(forms, is_hy=True)
    expected = value or life(use, is_hy=True)

    again = upgrade(life)  # type: ignore[operator]

    assert again.restored.damaged == {}
    assert again(use, is_hy=True) == expected
    assert again.born_again()("(+ 1 1)") == "2"


def test_restoring_from_source_runs_nothing(life: Life, upgrade: object) -> None:
    """Compiling a form again does not evaluate it."""
    life("(setv seen [])")
    life("(set f (progn (seen.append 1) (lambda () (length seen))))")

    again = upgrade(life)  # type: ignore[operator]

    assert again("(len seen)") == "1"
    assert again.keeper.names() == ["f", "seen"]


def test_data_of_other_versions_needs_no_source(life: Life, upgrade: object) -> None:
    """Data is read whatever the versions, and not written again for it."""
    life('(set x \'(1 "b" c)) (setv l [1 2])')

    again = upgrade(life)  # type: ignore[operator]

    assert again("(list x (len l))") == '((1 "b" c) 2)'
    assert again.store["g1"] == life.store["g1"]


def test_code_without_source_is_named(life: Life, upgrade: object) -> None:
    """What only the other version's code could give is named, with what it is."""
    life('(setv f (eval "lambda a: a"))', is_hy=True)
    life("(set x 1)")

    again = upgrade(life)  # type: ignore[operator]

    assert again.restored.damaged == {
        "f": "<lambda> was compiled by other versions, and its source does not give it again"
    }
    assert again("x") == "1"


def test_function_that_a_library_made_is_found_in_the_library(life: Life, upgrade: object) -> None:
    """A closure of a library's function gets its code from the library that is there now."""
    life(
        "(import functools) (setv l [1 2]) (setv f (functools.cmp-to-key (fn [a b] 1)) w (functools.wraps f))",
        is_hy=True,
    )
    life("(import contextlib) (setv g (contextlib.contextmanager (fn [] (yield 5))))", is_hy=True)

    again = upgrade(life)  # type: ignore[operator]

    assert again("(with [v (g)] v)", is_hy=True) == "5"


def test_failure_of_the_keeper_tells_everything_again(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault in keeping the state costs time, not the state or the evaluator."""
    life("(set x 1) (setv l [1])")
    with monkeypatch.context() as patch:
        failures = iter([True])
        real = Regrouping.look

        def look(self: Regrouping, *arguments: object) -> None:
            if next(failures, False):
                raise RuntimeError("a fault")
            real(self, *arguments)  # type: ignore[arg-type]

        patch.setattr(Regrouping, "look", look)
        life("(set y 2)")

    assert life.born_again()("(list x y (len l))") == "(1 2 1)"
