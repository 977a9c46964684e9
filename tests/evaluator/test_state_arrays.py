"""numpy's arrays are kept, if numpy is installed."""

import pytest

from tests.evaluator.conftest import Life

pytest.importorskip("numpy")


def test_array_comes_back(life: Life) -> None:
    """Elements, type and shape are the same; it can be changed in place."""
    life("(import numpy) (setv a (.reshape (numpy.arange 6.0) #(2 3)))")

    again = life.born_again()
    again("(setv (get a #(1 2)) -1.0)")

    assert again.born_again()("(a.tolist)") == "((0.0 1.0 2.0) (3.0 4.0 -1.0))"


def test_arrays_are_apart(life: Life) -> None:
    """Two arrays of one element type are two groups."""
    life("(import numpy) (setv a (numpy.zeros 3) b (numpy.zeros 3))")

    assert life.groups() == [["a"], ["b"], ["numpy"]]


def test_view_shares_its_memory_through_several_restarts(life: Life) -> None:
    """A change through a view is one of its owner, before and after a restart."""
    life("(import numpy) (setv a (numpy.arange 200000.0)) (setv v (get a (slice 10 20 2)) m (.reshape a #(2 -1)))")
    life("(setv (get v 1) 7.5)")
    assert life.changed() == ["a", "m", "v"]

    again = life.born_again().born_again()
    again("(setv (get m #(0 14)) 8.5)")

    assert again.born_again()("(v.tolist)") == "(10.0 7.5 8.5 16.0 18.0)"
    assert sum(map(len, again.store.values())) < 2_000_000
