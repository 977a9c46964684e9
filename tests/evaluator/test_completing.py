"""What the prompt can complete: names with their signatures, found without running anything of the user's."""

import pytest

from xrepl.dialect.definitions import DEFINITIONS
from xrepl.dialect.forms import EXPRESSIONS, STATEMENTS
from xrepl.dialect.interpreter import Interpreter
from xrepl.evaluator.completing import Names, base, modules
from xrepl.evaluator.core_forms import CORE_FORMS

DEFINED = """
(defun area (width height) "The area of a rectangle." (* width height))
(defun area (side) (area side side))
(defmacro twice (form) "Do it twice." `(progn ,form ,form))
(set some-list '(1 2))
(import math)
(defclass Trap [] (defn [property] bait [self] (print "sprung")) (defn run [self speed] "Run.\n\n    Away." speed))
(set trap (Trap))
"""


def defined(text: str) -> Interpreter:
    """Give an interpreter in which forms were evaluated."""
    interpreter = Interpreter()
    for form in interpreter.read(text):
        interpreter.evaluate(form)
    return interpreter


@pytest.fixture(scope="module")
def names() -> Names:
    """Give the names of a session in which something of each kind is defined."""
    return Names(defined(DEFINED))


def test_own_names_have_signatures_and_documentation(names: Names) -> None:
    """Functions of each arity, macros, variables and what Hy's forms define."""
    entries, gone = names.changes(is_first=True)
    told = sorted(entries.values())

    assert ["area", "function", "(area width height)", "The area of a rectangle."] in told
    assert ["area", "function", "(area side)", ""] in told
    assert ["twice", "macro", "(twice form)", "Do it twice."] in told
    assert ["some-list", "variable", "", "list"] in told
    assert [entry[1] for entry in told if entry[0] in ("some-list", "math", "Trap")] == [
        "class",
        "namespace",
        "variable",
    ]
    assert gone == []


def test_only_changes_are_told_again() -> None:
    """A second look tells what is new and what is gone."""
    interpreter = defined("(set a 1) (set b 2)")
    names = Names(interpreter)
    assert {entry[0] for entry in names.changes(is_first=True)[0].values()} == {"a", "b"}
    del interpreter.namespace["a"]
    interpreter.evaluate(next(interpreter.read("(defun c () 1)")))
    changed, gone = names.changes(is_first=False)

    assert ([entry[0] for entry in changed.values()], gone) == (["c"], ["a"])
    assert names.changes(is_first=False) == ({}, [])


def test_modules_and_objects_are_looked_into(names: Names, capsys: pytest.CaptureFixture[str]) -> None:
    """Functions after `lists:`, attributes after a dot; a property is named, and not run."""
    assert ["lists:map", "function", "(lists:map f xs)"] in [entry[:3] for entry in names.of("lists:").values()]
    assert "math.sqrt" in {entry[0] for entry in names.of("math.").values()}
    assert {entry[0] for entry in names.of("trap.").values()} == {"trap.bait", "trap.run"}
    assert names.of("trap.bait.") == {}
    assert names.of("nothing.at.all.") == {}
    assert capsys.readouterr().out == ""


def test_one_name_is_told_in_full(names: Names) -> None:
    """All signatures, and the documentation to its end; a method is called without its object."""
    assert [entry[2] for entry in names.full("area", ["", "*"])] == ["(area width height)", "(area side)"]
    assert names.full("trap.run", ["", "trap."]) == [["trap.run", "function", "(trap.run speed)", "Run.\n\nAway."]]
    assert names.full("nothing", ["", "*"]) == []


@pytest.mark.parametrize(
    ("definition", "signature"),
    [
        ("(defmacro m (a b) a)", "(m a b)"),
        ("(defmacro m args 1)", "(m args ...)"),
        ("(defmacro m () 1)", "(m)"),
        ("(defmacro m ((list a) a) ((list a 1) a))", "(m a) (m a 1)"),
        ("(defmacro m ((cons a b) a))", "(m a b ...)"),
    ],
)
def test_macros_have_signatures(definition: str, signature: str) -> None:
    """Each clause of a macro shows what its call looks like."""
    [entry] = Names(defined(definition)).full("m", [""])

    assert entry[2] == signature


def test_every_core_form_is_known() -> None:
    """The table of core forms has all that the translator knows, but for those that only it writes."""
    forms = {form for form in [*STATEMENTS, *EXPRESSIONS, *DEFINITIONS] if not form.startswith("-")}

    assert forms - set(CORE_FORMS) == set()


def test_what_every_session_has() -> None:
    """Core forms, functions without a module, shell functions, modules of the library, Python's functions."""
    told = {entry[0] for entry in base().values()}

    assert {"let", "car", "length", "switch-session", "lists:", "print", "setv"} <= told
    assert {"json", "math"} <= {entry[0] for entry in modules().values()}
