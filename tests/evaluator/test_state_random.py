"""Whatever forms do, a restart gives the same bindings with the same sharing."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evaluator.conftest import Life
from xrepl.dialect import processes
from xrepl.dialect.data import Cons

NAMES = ["a", "b", "c", "d"]
name = st.sampled_from(NAMES)
number = st.integers(0, 3)

FORMS = st.one_of(
    st.builds("(setv {} [{} {}])".format, name, number, number),
    st.builds("(setv {} {})".format, name, name),
    st.builds("(setv {} [{} {}])".format, name, name, name),
    st.builds('(setv {} {{"k" {} {} []}})'.format, name, name, number),
    st.builds("(setv {} #({} {}))".format, name, name, number),
    st.builds("(setv {} {})".format, name, number),
    st.builds("(setv {} (get (keep {}) 0))".format, name, name),
    st.builds("(.append {} {})".format, name, name),
    st.builds("(.append (get {} 0) {})".format, name, name),
    st.builds("(setv (get {} 0) {})".format, name, name),
    st.builds('(setv (get {} "k") {})'.format, name, name),
    st.builds("(.pop {})".format, name),
    st.builds("(del {})".format, name),
    st.builds("(setv {} (fn [] (.append {} 1) {}))".format, name, name, name),
    st.builds("(setv {} (closure {}))".format, name, name),
    st.builds("({})".format, name),
    st.builds("(setv {} (Thing {}))".format, name, name),
    st.builds("(setv (. {} held) {})".format, name, name),
    st.builds("(do (setv {} {}) (.append {} 9) (/ 1 0))".format, name, name, name),
    st.builds("(put-all {} {})".format, name, name),
    st.builds("(setv {} (cons {} (cons {} ())))".format, name, name, name),
)
PRELUDE = """
    (defn keep [x] [x])
    (defn closure [x] (fn [] (.append x 2) x))
    (defn put-all [x y] (.append x y) (.append y x))
    (defclass Thing [] (defn __init__ [self held] (setv self.held held)))
"""


def graph(bindings: dict[str, Any]) -> list[Any]:
    """Describe values and what they share: each object that can change by the number of its first visit."""
    seen: dict[int, int] = {}
    kept: list[Any] = []  # so that no id is used twice

    def describe(value: Any) -> Any:
        kept.append(value)
        if isinstance(value, (int, str, type(None))):
            return value
        if isinstance(value, tuple):
            return ("tuple", *map(describe, value))
        if type(value) is Cons:
            return ("cons", *map(describe, value))
        if id(value) in seen:
            return ("seen", seen[id(value)])
        seen[id(value)] = len(seen)
        if isinstance(value, list):
            return ("list", *map(describe, value))
        if isinstance(value, dict):
            return ("dict", *((key, describe(part)) for key, part in value.items()))
        if callable(value):
            cells = [cell.cell_contents for cell in value.__closure__ or ()]
            return ("function", value.__name__.strip("0123456789"), *map(describe, cells))
        return (type(value).__name__, describe(value.__dict__))

    return [(key, describe(bindings[key])) for key in NAMES if key in bindings]


@pytest.mark.slow
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(FORMS, st.booleans()), max_size=25))
def test_restart_gives_the_same_graph(steps: list[tuple[str, bool]]) -> None:
    """Bindings, aliases and what is shared inside are the same after a restart, at any point of any history."""
    processes.restart()
    life = Life()
    life(PRELUDE, is_hy=True)
    for form, is_restart in steps:
        life(form, is_hy=True)
        if is_restart:
            expected = graph(life.interpreter.namespace)
            life = life.born_again()
            assert graph(life.interpreter.namespace) == expected
    expected = graph(life.interpreter.namespace)
    assert life.keeper.delta_all().late == []

    assert graph(life.born_again().interpreter.namespace) == expected


@pytest.mark.slow
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.one_of(FORMS, st.integers(0, 20)), min_size=2, max_size=25))
def test_going_back_gives_the_graph_of_that_moment(steps: list[str | int]) -> None:
    """Replacing groups by those of an earlier moment gives that moment's bindings, whatever happened in between."""
    processes.restart()
    life = Life()
    life(PRELUDE, is_hy=True)
    history: list[tuple[dict[str, bytes], list[Any]]] = []
    for step in steps:
        history.append((dict(life.store), graph(life.interpreter.namespace)))
        if isinstance(step, str):
            life(step, is_hy=True)
            continue
        store, expected = history[step % len(history)]
        changed = {id_: blob for id_, blob in store.items() if life.store.get(id_) != blob}
        life.keeper.load(changed, [id_ for id_ in life.store if id_ not in store])
        life.store = dict(store)
        assert graph(life.interpreter.namespace) == expected
        assert life.keeper.delta_all().late == []

    assert graph(life.born_again().interpreter.namespace) == graph(life.interpreter.namespace)
