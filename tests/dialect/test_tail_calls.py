"""Tail calls take no stack, body recursion goes deep, and what is checked once is checked right."""

import sys
import threading
import tracemalloc
from collections.abc import Callable

import pytest

from tests.dialect.conftest import Shell


@pytest.fixture
def deep() -> Callable[[Callable[[], None]], None]:
    """Give a function that runs another one on a stack like an evaluator's."""

    def run(function: Callable[[], None]) -> None:
        limit, size = sys.getrecursionlimit(), threading.stack_size(1 << 29)
        failures: list[BaseException] = []

        def work() -> None:
            try:
                function()
            except BaseException as problem:
                failures.append(problem)

        thread = threading.Thread(target=work)
        sys.setrecursionlimit(1_000_000)
        try:
            thread.start()
            thread.join()
        finally:
            sys.setrecursionlimit(limit)
            threading.stack_size(size)
        if failures:
            raise failures[0]

    return run


def test_functions_that_call_each_other_take_no_stack(shell: Shell) -> None:
    """Two functions that call each other in the last place go on under Python's usual limit."""
    shell("(defun even? ((0) 'true) ((n) (odd? (- n 1))))")
    shell("(defun odd? ((0) 'false) ((n) (even? (- n 1))))")

    assert shell("(even? 30001)") == "false"


def test_states_of_a_machine_take_no_memory(shell: Shell) -> None:
    """Three functions that lead from one to the next run in constant memory, whatever the order of definition."""
    shell("(defun c (n) (if (== n 0) 'end (a (- n 1))))")
    shell("(defun b (n) (c n))")
    shell("(defun a (n) (b n))")
    tracemalloc.start()
    try:
        shown = shell("(a 5000)")
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert shown == "end"
    assert peak < 1_000_000


def test_local_functions_that_call_each_other_take_no_stack(shell: Shell) -> None:
    """The functions of a fletrec are no exception."""
    form = "(fletrec ((ev ((0) 'true) ((n) (od (- n 1)))) (od ((0) 'false) ((n) (ev (- n 1))))) (ev 30001))"

    assert shell(form) == "false"


def test_value_of_a_call_in_the_middle_comes_back(shell: Shell) -> None:
    """A function that is called in the last place by one, and in the middle by another, gives its value to both."""
    shell("(defun up (n) (if (> n 3) n (middle (+ n 1))))")
    shell("(defun middle (n) (+ 100 (up n)))")
    shell("(defun last (n) (if (> n 3) n (other (+ n 1))))")
    shell("(defun other (n) (last (+ 1 (- (last (+ n 10)) 10))))")

    assert [shell("(up 1)"), shell("(last 1)"), shell("(list (last 1) (up 3))")] == ["304", "5", "(5 104)"]


def test_redefined_function_is_called_from_then_on(shell: Shell) -> None:
    """What a function calls in the last place is looked up when it is called."""
    shell("(defun ping (n) (pong n))")
    shell("(defun pong (n) (if (== n 0) 'old (ping (- n 1))))")
    before = shell("(ping 3)")
    shell("(defun pong (n) (list 'new n))")

    assert [before, shell("(ping 3)")] == ["old", "(new 3)"]


def test_local_function_hides_the_one_that_it_is_in(shell: Shell) -> None:
    """A call in the last place of a local function is no call of the outer one with its name."""
    shell("(defun f (n) (flet ((f (x) (list 'inner x))) (f n)))")

    assert shell("(f 5)") == "(inner 5)"


def test_exception_passes_through(shell: Shell) -> None:
    """An exception in one of the functions reaches who called the first."""
    shell("(defun one (n) (if (== n 0) (error 'deep) (two (- n 1))))")
    shell("(defun two (n) (one n))")

    assert shell("(catch (one 100))").startswith("#(EXIT\n  #(deep")


def test_body_recursion_goes_deep(shell: Shell, deep: Callable[[Callable[[], None]], None]) -> None:
    """A function that has work left after its call of itself goes 100,000 deep."""
    shell("(defun build ((0) ()) ((n) (cons n (build (- n 1)))))")

    def check() -> None:
        assert shell("(length (build 100000))") == "100000"

    deep(check)


def test_integer_parameter_may_become_something_else(shell: Shell) -> None:
    """A loop that begins with integers and goes on with floats or lists is right all the same."""
    shell("(defun halve (n k) (if (== k 0) n (halve (/ n 2) (- k 1))))")
    shell("(defun sum (n acc) (if (== n 0) acc (sum (- n 1) (+ acc (* n 0.5)))))")

    assert [shell("(halve 8 2)"), shell("(sum 4 0)"), shell("(halve 3.0 1)")] == ["2.0", "5.0", "1.5"]


CHECKED = [
    ("(f 'true 1)", "+ true 1"),
    ('(f "a" "b")', '+ "a" "b"'),
    ("(f 1 'true)", "+ 1 true"),
    ("(g 'true)", "+ true 1"),
]


@pytest.mark.parametrize(("form", "call"), CHECKED)
def test_operands_are_checked_in_functions_too(shell: Shell, form: str, call: str) -> None:
    """What Python would add is an error also where a function has a version for integers."""
    shell("(defun f (a b) (list (+ a b) (- a b) (* a b)))")
    shell("(defun g (n) (if (> n 1000) n (g (+ n 1))))") if form.startswith("(f") else shell(
        "(defun g (n) (+ n 1 (* n 2) (- n 3)))"
    )

    assert shell(form) == f"** exception error: error in arithmetic expression\n  in (erlang : {call})"


def test_variables_with_numbers_in_their_names_stay_apart(shell: Shell) -> None:
    """A second variable of one name is not the variable that the name with a number is."""
    assert shell("(let ((x 1) (x-2 5)) (let ((x 3)) (list x x-2)))") == "(3 5)"


@pytest.mark.slow
def test_a_million_mutual_tail_calls(shell: Shell) -> None:
    """A million calls between two functions end without an error."""
    shell("(defun even? ((0) 'true) ((n) (odd? (- n 1))))")
    shell("(defun odd? ((0) 'false) ((n) (even? (- n 1))))")

    assert shell("(even? 1000000)") == "true"
