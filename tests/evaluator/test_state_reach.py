"""After a form only what it could have reached is looked at, and only what changed is told."""

from collections.abc import Callable

import pytest

from tests.evaluator.conftest import Life
from xrepl.dialect import processes
from xrepl.evaluator import regrouping
from xrepl.evaluator.pickling import Pickled

MANY = " ".join(f"(setv v{i} [{i}])" for i in range(30))


@pytest.fixture
def pickles(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count, per pickle of bindings, how many values it had."""
    counts: list[int] = []
    real: Callable[..., Pickled] = regrouping.pickled

    def counted(context: object, values: tuple[object, ...], **options: object) -> Pickled:
        counts.append(len(values))
        return real(context, values, **options)

    monkeypatch.setattr(regrouping, "pickled", counted)
    return counts


def test_form_that_mentions_nothing_pickles_nothing(life: Life, pickles: list[int]) -> None:
    """`(+ 1 1)` costs nothing, whatever the session holds."""
    life(MANY)
    pickles.clear()

    life("(+ 1 1)")

    assert pickles == []
    assert life.changed() == []


def test_form_pickles_what_it_mentions_and_no_more(life: Life, pickles: list[int]) -> None:
    """A form that touches one value among many costs that value."""
    life(MANY)
    pickles.clear()

    life("(v3.append 1)")

    assert pickles == [1]
    assert life.changed() == ["v3"]


def test_unchanging_data_is_never_pickled_again(life: Life, pickles: list[int]) -> None:
    """Data of the language is compared by identity."""
    life('(set x \'(1 (2 #(a b)) "c"))')
    pickles.clear()

    life("(length x)")

    assert pickles == []


def test_plain_functions_are_never_pickled_again(life: Life, pickles: list[int]) -> None:
    """A function without captured state is compared by its parts."""
    life("(defun f (a) (g a)) (defun g (a) (* a 2)) (set h (let ((n 1)) (lambda () n)))")
    pickles.clear()

    life("(list (f 2) (funcall h))")

    assert pickles == []


def test_reach_goes_through_functions(life: Life, pickles: list[int]) -> None:
    """A form reaches what the functions that it calls mention, to any depth, and nothing else."""
    life("(setv a [1] b [2] c [3]) (defun f () (g)) (defun g () (b.append 1))")
    pickles.clear()

    life("(f)")

    assert life.changed() == ["b"]
    assert pickles == [1]


def test_reach_goes_through_names_of_either_syntax(life: Life) -> None:
    """Hy's code that calls a function of the language by its plain name is followed, and the other way round."""
    life("(setv a [1] b [1]) (defun f () (a.append 2)) (defn g [] (f)) (defn g2 [] (b.append 2)) (defun f2 () (g2))")

    life("(g)")
    assert life.changed() == ["a"]

    life("(f2)")
    assert life.changed() == ["b"]


def test_value_of_the_last_form_is_followed(life: Life) -> None:
    """What `*` holds is part of a binding: changing it through `*` changes the binding."""
    life('(setv d {"a" [1]})', is_hy=True)
    life('(get d "a")')

    life("(let ((l *)) (l.append 2))")

    assert life.born_again()('(len (get d "a"))') == "2"


def test_binding_what_the_last_form_gave_shares_it(life: Life) -> None:
    """A name that is bound to `*` shares it with the binding that it came from."""
    life('(setv d {"a" [1]})', is_hy=True)
    life('(get d "a")')

    life("(set x *)")

    assert life.born_again()('(is x (get d "a"))') == "true"


@pytest.mark.parametrize("form", ["(globals)", '(eval "1")', "(import sys) (sys._getframe)"])
def test_form_that_may_reach_everything_looks_at_everything(life: Life, pickles: list[int], form: str) -> None:
    """A form that gets at the namespace without naming bindings costs all that can change."""
    life(MANY)
    pickles.clear()

    life(form, is_hy=True)

    assert len(pickles) >= 30


def test_change_by_a_background_process_is_told_with_the_next_form(life: Life) -> None:
    """After a process has run the next form looks at everything."""
    life("(setv xs [1])")
    namespace = life.interpreter.namespace
    processes.run_shell(lambda: processes.spawn(lambda: (processes.sleep(0), namespace["xs"].append(2))))
    life("(+ 1 1)")
    processes.idle(None)

    life("(+ 1 1)")

    assert life.born_again()("(len xs)") == "2"


def test_change_that_no_form_could_have_made_is_found_and_reported(life: Life) -> None:
    """The check of everything is the net: what it catches is told, and named as late."""
    life("(setv xs [1] ys [1])")
    life.interpreter.namespace["xs"].append(2)
    life("(ys.append 1)")

    delta = life.take(life.keeper.delta_all())

    assert delta.late == ["xs"]
    assert life.born_again()("(len xs)") == "2"
    assert life.keeper.delta_all().is_empty


def test_check_of_everything_after_a_restart_finds_nothing(life: Life) -> None:
    """What was restored is as it was stored: nothing is written for it again."""
    life('(set x \'(a "b")) (setv xs [1 "a"] d (dict :a xs)) (defun f (a) a) (defmacro m (a) a)')
    life("(defclass A [] (defn f [self] 1)) (setv a (A) b (A)) (defn make [] (setv n 0) (fn [] (nonlocal n) (+= n 1)))")
    life("(setv c (make)) (defmacro hm [a] a) (setv t #(c 1))", is_hy=True)

    delta = life.born_again().keeper.delta_all()

    assert [names for names, _ in delta.set.values() if names] == []


def test_changing_one_of_many_tells_one(life: Life) -> None:
    """A rebound name among many tells its own group and the shell's variables."""
    life(MANY)

    life("(set v7 1)")

    assert life.changed() == ["v7"]
    assert set(life.last.set) - {"shell"} <= {"g8"}


def test_group_keeps_its_id(life: Life) -> None:
    """A name that is bound again keeps its place in the store."""
    life("(set x 1)")
    first = set(life.store)

    life("(set x 2) (set x 3)")

    assert set(life.store) == first


def test_process_that_waits_costs_nothing(life: Life, pickles: list[int]) -> None:
    """A process that did not run since the last form changed nothing."""
    life(MANY)
    processes.run_shell(lambda: processes.spawn(lambda: processes.sleep(1_000_000)))
    processes.idle(0.0)
    life("(+ 1 1)")
    pickles.clear()

    life("(+ 1 1)")

    assert pickles == []


def test_function_that_was_lent_is_followed(life: Life) -> None:
    """A script's helper that stands beside the namespace may change what it mentions."""
    life("(setv xs [1]) (defun add (x) (xs.append x))")
    name = "lfe_add__1"
    life.interpreter.globals.held[name] = life.interpreter.namespace.pop(name)
    life.take(life.keeper.delta())

    life("(add 2)")

    assert life.changed() == ["xs"]


def test_macro_of_hy_does_not_make_forms_reach_everything(life: Life, pickles: list[int]) -> None:
    """A macro that quotes mentions Hy's models, and nothing of the session."""
    life(MANY)
    life("(defmacro plus-two [x] `(+ ~x 2))", is_hy=True)
    life("(+ 1 1)")
    pickles.clear()

    life("(plus-two 1)", is_hy=True)

    assert pickles == []
