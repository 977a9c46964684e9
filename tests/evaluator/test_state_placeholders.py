"""A name whose value was not kept says so, however it is used."""

import pytest

from tests.evaluator.conftest import Life

SOCKET = "(import socket) (setv sock (socket.socket))"
TOLD = "** exception error: RestoreIncomplete: sock was not kept: socket; bind it again"


@pytest.mark.parametrize(
    "use",
    [
        "(sock)",
        "(funcall sock 1)",
        "(sock.close)",
        "sock.family",
        "(len sock)",
        "(get sock 0)",
        "(list #* sock)",
        "(next sock)",
        "(int sock)",
        "(for [x sock] x)",
        "(with [s sock] s)",
        "(in 1 sock)",
        "(setv sock.a 1)",
        "(setv (get sock 1) 2)",
        "(bool sock)",
        "(% sock 2)",
        "(sorted sock)",
    ],
)
def test_use_of_a_placeholder_explains_it(life: Life, use: str) -> None:
    """Calling, attributes, iteration, arithmetic: each says what the value was and what to do."""
    life(SOCKET)

    again = life.born_again()

    assert again(use, is_hy="#*" in use) == TOLD


def test_placeholder_prints_plainly(life: Life) -> None:
    """Looking at it shows what it stands for, also inside other data."""
    life(SOCKET)

    again = life.born_again()

    assert again("sock") == "#<sock was not kept: socket>"
    assert again("(list 1 sock)") == "(1 #<sock was not kept: socket>)"


def test_binding_the_name_again_ends_it(life: Life) -> None:
    """A name that was not kept is like any other once it has a new value."""
    life(SOCKET)
    again = life.born_again()

    again("(set sock 5)")

    assert again.last.not_kept == {}
    assert again.born_again()("sock") == "5"


def test_value_that_can_be_kept_after_all_is_kept(life: Life) -> None:
    """A list is kept again once the lock in it is gone."""
    life("(import threading) (setv x [1 (threading.Lock)])")
    assert life.last.not_kept == {"x": "list that holds a thread lock"}

    life("(x.pop)")

    assert life.last.not_kept == {}
    assert life.born_again()("(len x)") == "1"


def test_value_that_can_no_longer_be_kept_is_named(life: Life) -> None:
    """A list into which a lock is put is named, and its former value does not come back."""
    life("(import threading) (setv x [1])")

    life("(x.append (threading.Lock))")

    assert life.last.not_kept == {"x": "list that holds a thread lock"}
    assert life.born_again()("x") == "#<x was not kept: list that holds a thread lock>"


def test_function_over_a_lock_is_named_and_others_are_kept(life: Life) -> None:
    """Closures that share something that cannot be kept are named; what else they share is kept."""
    life("(import threading)")
    life("(defn make [l lock] (defn f [] [l lock]) (defn g [] l) [f g]) (setv l [1])", is_hy=True)
    life("(setv fs (make l (threading.Lock))) (setv f (get fs 0) g (get fs 1)) (del fs)", is_hy=True)

    again = life.born_again()

    assert list(again.restored.not_kept) == ["f"]
    assert again("(is (g) l)", is_hy=True) == "true"


def test_shell_variable_that_cannot_be_kept_is_no_loss(life: Life) -> None:
    """A socket that is only the last form's value is dropped without a word."""
    life("(import socket) (socket.socket)")

    assert life.last.not_kept == {}
    assert life.born_again()("*") == "()"
