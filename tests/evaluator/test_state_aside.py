"""State beside the namespace: shell variables, the working directory, what is registered; and replacing parts of it."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.evaluator.conftest import Life
from xrepl.dialect.state_hooks import PROVIDERS, Provider, register


@pytest.fixture(autouse=True)
def _same_directory() -> Iterator[None]:
    """Come back to the directory that the test began in, and to the providers."""
    before, providers = Path.cwd(), dict(PROVIDERS)
    yield
    os.chdir(before)
    PROVIDERS.clear()
    PROVIDERS.update(providers)


def test_shell_variables_come_back(life: Life) -> None:
    """The last three forms and values are there after a restart."""
    life('(+ 1 1) \'b "c"')

    again = life.born_again()

    assert again("(list * ** ***)") == '("c" b 2)'


def test_shell_variables_hold_forms(life: Life) -> None:
    """The forms come back as data."""
    life("(+ 1 1) 'b")

    assert life.born_again()("(list + ++)") == "('b (+ 1 1))"


def test_shell_variable_that_is_a_binding_is_that_binding(life: Life) -> None:
    """A value that a name has is not stored twice, and is the same object after a restart."""
    life("(setv x (list (range 1000)))")
    life("x")
    assert "x" in life.interpreter.namespace
    assert sum(map(len, life.store.values())) < 6_000

    assert life.born_again()("(let ((l *)) (is l x))") == "true"


def test_long_value_moves_without_being_stored_again(life: Life) -> None:
    """A long value is a group of its own, written once, and gone when it has moved out."""
    life("0")  # what other tests have left in tables is told with the first form
    life("(lists:seq 1 500)")
    (id_,) = [id_ for id_ in life.last.set if id_ != "shell"]

    life("1")
    assert list(life.last.set) == ["shell"]
    assert life.born_again()("(length **)") == "500"

    life("2 3")
    assert id_ not in life.store


def test_changing_value_of_the_last_form_is_kept_as_it_is(life: Life) -> None:
    """A list that only `*` holds is stored anew when a form changes it."""
    life("(setv f (fn [] [1 2]))")
    life("(f)")

    life("(let ((l *)) (l.append 3))")

    assert life.born_again()("(length **)") == "3"


def test_very_large_value_is_dropped_from_the_shell_variables(life: Life) -> None:
    """Looking at something huge does not store it."""
    life("(setv f (fn [] (bytes 9000000)))")
    life("(f)")

    assert sum(map(len, life.store.values())) < 10_000
    assert life.last.not_kept == {}


def test_working_directory_comes_back(life: Life, tmp_path: Path) -> None:
    """A directory that a form changed to is where the session goes on."""
    life("(import os)")
    life(f'(os.chdir "{tmp_path}")')
    os.chdir("/")

    life.born_again()

    assert tmp_path == Path.cwd()


def test_working_directory_that_nobody_changed_is_not_state(life: Life, tmp_path: Path) -> None:
    """A session without a directory of its own stays where it is started."""
    life("(+ 1 1)")
    os.chdir(tmp_path)

    life.born_again()

    assert tmp_path == Path.cwd()


def test_working_directory_that_is_gone_is_told(life: Life, tmp_path: Path) -> None:
    """A directory that was removed costs nothing else."""
    gone = tmp_path / "gone"
    gone.mkdir()
    life(f'(import os) (os.chdir "{gone}") (set x 1)')
    os.chdir("/")
    gone.rmdir()

    again = life.born_again()

    assert again.restored.damaged == {"cwd": f"{gone}: No such file or directory"}
    assert again("x") == "1"


def test_registered_state_is_kept_by_its_parts(life: Life) -> None:
    """A provider's parts are groups: only changed ones are told, removed ones go, a bad one is named."""
    parts: dict[str, list[object]] = {"a": [1], "b": [2]}

    def load(loaded: dict[str, list[object]], gone: list[str]) -> None:
        parts.update(loaded)

    revision = [0]
    register(Provider("table", lambda: revision[0], lambda: {name: tuple(part) for name, part in parts.items()}, load))
    life("1")
    assert {"table/a", "table/b"} <= set(life.store)

    parts["a"].append(3)
    del parts["b"]
    revision[0] += 1
    life("2")
    assert [id_ for id_ in life.last.set if "/" in id_] == ["table/a"]
    assert life.last.gone == ["table/b"]

    parts.clear()
    life.born_again()
    assert parts == {"a": (1, 3)}

    parts["a"] = [life]
    revision[0] += 1
    life("3")
    assert list(life.last.not_kept) == ["table/a"]


def test_replacing_groups_binds_and_unbinds(life: Life) -> None:
    """An undo gives the bindings that an earlier state had, and nothing of it is told as a change."""
    life("(set x 1) (setv l [1]) (defun f () 'old)")
    earlier = dict(life.store)
    life("(set x 2) (set y 3) (l.append 2) (defun f () 'new) (defun g () 1)")

    changed = {id_: blob for id_, blob in earlier.items() if life.store.get(id_) != blob}
    life.keeper.load(changed, [id_ for id_ in life.store if id_ not in earlier])
    life.store = earlier

    assert life.keeper.names() == ["f/0", "l", "x"]
    assert life("(list x (len l) (f))") == "(1 1 old)"
    assert life.changed() == []
    assert life.keeper.delta_all().set.keys() <= {"random"}  # other tests draw random numbers, too


def test_replacing_groups_leaves_others_alone(life: Life) -> None:
    """Objects of groups that stay are the same objects."""
    life("(setv l [1]) (set x 1)")
    earlier = dict(life.store)
    life("(set x 2)")
    kept = life.interpreter.namespace["l"]

    life.keeper.load({id_: blob for id_, blob in earlier.items() if life.store[id_] != blob}, [])

    assert life.interpreter.namespace["l"] is kept
    assert life("x") == "1"


def test_change_that_was_not_told_survives_a_replacement(life: Life) -> None:
    """A binding that a form made before it replaced others is told afterwards."""
    life("(set x 1)")
    earlier = dict(life.store)
    life("(set x 2)")
    life.interpreter.namespace["fresh"] = 5

    life.keeper.load({id_: blob for id_, blob in earlier.items() if life.store[id_] != blob}, [])

    assert life.take(life.keeper.delta()).set["g2" if "g2" in life.last.set else next(iter(life.last.set))][0] == [
        "fresh"
    ]


def test_new_groups_get_ids_that_no_stored_one_has(life: Life) -> None:
    """A restored session does not write over the groups that it came from."""
    life("(set a 1) (set b 2) (lists:seq 1 500)")
    again = life.born_again()

    again("(set c 3)")

    assert again.born_again()("(list a b c)") == "(1 2 3)"
