"""Changes that no name in the form points to, and sharing that plain pickling would lose."""

import pytest

from tests.evaluator.conftest import Life

# Hy: what is bound, a form that changes something, a form that tells what is there then
CHANGES = {
    "through the namespace in a name": ("(setv xs [] g (globals))", '(.append (get g "xs") 1)', "(len xs)", "1"),
    "through the module in a name": (
        "(import sys) (setv xs [] m (get sys.modules __name__))",
        "(.append m.xs 1)",
        "(len xs)",
        "1",
    ),
    "by a finalizer": (
        "(setv log []) (defclass A [] (defn __del__ [self] (.append log 1))) (setv a (A))",
        "(setv a None)",
        "(len log)",
        "1",
    ),
    "by a finalizer of a value without a name": (
        "(setv log []) (defclass A [] (defn __del__ [self] (.append log 1))) (setv l [(A)])",
        "(.clear l)",
        "(len log)",
        "1",
    ),
    "by what weakref calls": (
        "(import weakref) (setv log []) (defclass A []) (setv a (A)) (weakref.finalize a log.append 1)",
        "(setv a None)",
        "(len log)",
        "1",
    ),
    "attributes under another name": (
        "(defclass A []) (setv a (A) d (vars a))",
        '(setv (get d "z") 3)',
        '(do (setv (get d "w") 4) (+ a.z a.w))',
        "7",
    ),
    "attributes that objects share": (
        "(defclass B [] (setv shared {}) (defn __init__ [self] (setv self.__dict__ B.shared))) (setv a (B) b (B))",
        "(setv a.x 1)",
        "(do (setv b.y 2) (+ b.x a.y))",
        "3",
    ),
    "attributes that are the object": (
        "(defclass D [dict] (defn __init__ [self] (setv self.__dict__ self))) (setv d (D))",
        "(setv d.x 1)",
        '(do (setv d.y 2) (+ (get d "x") (get d "y")))',
        "3",
    ),
    "attribute of an enumeration's member": (
        "(import enum) (defclass C [enum.Enum] (setv R 1))",
        "(setv C.R.more [5])",
        "C.R.more",
        "(5)",
    ),
    "member that made its attributes": (
        "(import enum) (defclass P [enum.Enum] (setv E #(1 2)) (defn __init__ [self a b] (setv self.a a)))",
        "(setv e P.E)",
        "e.a",
        "1",
    ),
    "class that an abstract one was told of": (
        "(import abc) (defclass I [abc.ABC]) (defclass J [])",
        "(I.register J)",
        "(isinstance (J) I)",
        "true",
    ),
    "what an exception was raised from": (
        '(setv y (ValueError "b") x (ValueError "a"))',
        "(setv x.__cause__ y)",
        "(is x.__cause__ y)",
        "true",
    ),
}


@pytest.mark.parametrize(("binds", "changes", "tells", "told"), CHANGES.values(), ids=CHANGES)
def test_change_is_there_after_a_restart(life: Life, binds: str, changes: str, tells: str, told: str) -> None:
    """It was told with the form that made it; the next evaluator has it, and can lose it no more easily."""
    life(binds, is_hy=True)
    life(changes, is_hy=True)
    again = life.born_again()

    assert again(tells, is_hy=True) == told
    assert again.born_again()(tells, is_hy=True) == told


def test_object_that_a_table_holds_is_told_when_it_changes(life: Life) -> None:
    """A list of Python's in a table or in the process dictionary changes without either being called."""
    life("(setv xs []) (put 'k xs) (ets:new 't '(named_table)) (ets:insert 't (tuple 'a xs))")
    life("(xs.append 1)")
    again = life.born_again()

    assert again("(list (len (get 'k)) (len (element 2 (car (ets:lookup 't 'a)))))") == "(1 1)"


def test_class_is_not_told_again_when_its_first_object_is_pickled(life: Life) -> None:
    """What Python remembers in a class for pickling is no change of the session's."""
    life("(defclass A [])", is_hy=True)
    life("(A)", is_hy=True)

    assert life.keeper.delta_all().late == []


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("(setv string.mine 1)", "string.mine"),
        ('(setattr string "mine" 2)', "string.mine"),
        ("(setv string.Template.mine (fn [self] 1))", "string.Template.mine"),
        ("(.append string.row 1)", "string.row"),
    ],
)
def test_what_is_set_in_a_module_is_named_as_not_kept(life: Life, form: str, name: str) -> None:
    """Modules are imported again; the name is told at once, and again after a restart."""
    import string

    before = dict(vars(string))
    string.row = []  # type: ignore[attr-defined]
    try:
        life("(import string)", is_hy=True)
        life(form, is_hy=True)
        lost = life.last.not_kept
        again = life.born_again()
    finally:
        vars(string).clear()
        vars(string).update(before)
        vars(string.Template).get("mine") and delattr(string.Template, "mine")

    assert list(lost) == [name]
    assert again.restored.not_kept == lost


def test_what_a_module_loads_late_is_not_named(life: Life) -> None:
    """Classes and modules that a module binds itself when they are used are no change of the session's."""
    life("(import concurrent.futures)", is_hy=True)
    life("(concurrent.futures.ThreadPoolExecutor :max-workers 1) (import concurrent.futures.process)", is_hy=True)

    assert life.last.not_kept == {}
