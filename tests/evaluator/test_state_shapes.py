"""Values that are deep, long, big or strange in shape."""

import collections
import sys

import pytest

from tests.evaluator.conftest import Life
from xrepl.dialect.data import NIL, Cons, from_iterable


def bind(life: Life, **values: object) -> None:
    """Bind names and tell it, as a form would."""
    life.interpreter.namespace.update(values)
    life.take(life.keeper.delta())


def depth(value: object) -> int:
    """Count the levels of a value that is nested in first elements."""
    levels = 0
    while True:
        if isinstance(value, Cons):
            value = value.head
        elif isinstance(value, (tuple, list)) and value:
            value = value[0]
        elif isinstance(value, dict):
            value = value["a"]
        else:
            return levels
        levels += 1


NESTINGS = {
    "list of the language": lambda value: Cons(value, NIL),
    "tuple": lambda value: (value,),
    "list": lambda value: [value],
    "map": lambda value: {"a": value},
    "all in turn": lambda value: Cons(([{"a": value}],), NIL),
}


@pytest.mark.parametrize("nest", NESTINGS.values(), ids=NESTINGS)
def test_value_nested_6000_deep_comes_back(life: Life, nest: object) -> None:
    """Depth is no reason to lose a value."""
    value: object = 1
    for _ in range(6_000):
        value = nest(value)  # type: ignore[operator]
    levels = depth(value)

    bind(life, x=value)
    again = life.born_again()

    assert life.last.not_kept == {}
    assert depth(again.interpreter.namespace["x"]) == levels


def test_chain_of_instances_comes_back_or_is_named(life: Life) -> None:
    """A linked list of Python objects is kept, however long."""
    life("(defclass Node [] (defn __init__ [self after] (setv self.after after)))", is_hy=True)
    life("(setv x None) (for [i (range 1500)] (setv x (Node x)))", is_hy=True)

    again = life.born_again()
    again("(setv n 0 y x) (while y (+= n 1) (setv y y.after))", is_hy=True)

    assert again("n") == "1500"


def test_value_that_is_too_deep_to_pickle_is_named(life: Life) -> None:
    """Where depth cannot be taken apart, the value is named and the session lives."""
    value: object = 1
    for _ in range(6_000):
        value = collections.deque([value])
    bind(life, x=value)

    assert life.last.not_kept == {"x": "nested too deeply"}
    assert life.born_again()("(+ 1 1)") == "2"


def test_list_of_100000_elements_comes_back(life: Life) -> None:
    """A long list is stored in one run."""
    bind(life, x=from_iterable(range(100_000)))

    assert life.born_again()("(tuple (length x) (lists:last x))") == "#(100000 99999)"


def test_tails_of_one_list_are_stored_once(life: Life) -> None:
    """Lists that share a tail share it after a restart, and the tail's bytes are there once."""
    tail = from_iterable(range(1_000, 2_000))
    bind(life, x=(Cons(1, tail), Cons(2, tail)), alone=tail)

    again = life.born_again().interpreter.namespace

    first, second = again["x"]
    assert first.tail is second.tail
    assert len(life.store["g1"]) < 1.1 * len(life.store["g2"])


def test_tail_inside_other_data_is_shared(life: Life) -> None:
    """A tail that a map and an instance's list hold is one object after a restart."""
    tail = from_iterable("abcdef")
    bind(life, x={"a": Cons("x", tail), "b": [Cons("y", tail), tail]})

    x = life.born_again().interpreter.namespace["x"]

    assert x["a"].tail is x["b"][0].tail
    assert x["b"][1] is x["a"].tail


def test_all_tails_of_a_long_list_come_back(life: Life) -> None:
    """A list of all its tails needs neither deep recursion nor quadratic room."""
    cell: object = from_iterable(range(5_000))
    tails = []
    while type(cell) is Cons:
        tails.append(cell)
        cell = cell.tail
    bind(life, x=tuple(tails))

    x = life.born_again().interpreter.namespace["x"]

    assert all(x[i].tail is x[i + 1] for i in range(4_999))
    assert len(life.store["g1"]) < 400_000


def test_doubling_structure_stays_small(life: Life) -> None:
    """A value whose parts are shared at each level costs its parts, not its paths."""
    value: object = NIL
    for _ in range(200):
        value = Cons(value, value)
    bind(life, x=value)

    x = life.born_again().interpreter.namespace["x"]

    assert x.head is x.tail
    assert len(life.store["g1"]) < 10_000


def test_recursion_limit_is_what_it_was(life: Life) -> None:
    """Telling a deep value leaves the interpreter's limits alone."""
    before = sys.getrecursionlimit()

    value: object = 1
    for _ in range(6_000):
        value = [value]
    bind(life, x=value)

    assert sys.getrecursionlimit() == before


def test_big_value_is_compared_by_digest(life: Life) -> None:
    """A value over 256 KB is not kept a second time to compare it, and its changes are seen."""
    life("(setv x (list (range 200000)))")

    life("(len x)")
    assert life.changed() == []

    life("(setv (get x 100000) -1)")
    assert life.changed() == ["x"]
    assert life.born_again()("(get x 100000)") == "-1"


def test_big_value_that_became_small_is_seen(life: Life) -> None:
    """A value may cross the border between big and small."""
    life("(setv x (list (range 200000)))")
    life("(x.clear)")
    assert life.born_again()("(len x)") == "0"

    life("(x.extend (range 300000))")

    assert life.born_again()("(len x)") == "300000"


def test_large_buffers_are_stored_beside_the_pickles(life: Life) -> None:
    """What pickles as a buffer, as numpy's arrays do, comes back and can be changed."""
    life("(import pickle)")
    life(
        "(defclass Block [] (defn __init__ [self data] (setv self.data (bytearray data)))"
        " (defn __reduce_ex__ [self protocol] #(Block #((pickle.PickleBuffer self.data)))))"
        "(setv x (Block (bytes 400000)))",
        is_hy=True,
    )
    life("(setv (get x.data 399999) 7)", is_hy=True)
    assert life.changed() == ["Block", "x"]

    again = life.born_again()

    assert again("(setv (get x.data 0) 5) #((get x.data 0) (get x.data 399999) (len x.data))", is_hy=True) == (
        "#(5 7 400000)"
    )


def test_namespace_as_a_value_is_the_namespace(life: Life) -> None:
    """The session's own dictionary and module, held by a name, are the new session's."""
    life('(setv g (globals) d {"n" g})', is_hy=True)

    again = life.born_again()

    assert again('(is g (globals) (get d "n"))', is_hy=True) == "true"
    assert life.last.not_kept == {}
