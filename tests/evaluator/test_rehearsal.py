"""What a spare evaluates before it has a session."""

import sys

from xrepl.dialect.interpreter import Interpreter
from xrepl.evaluator.rehearsal import rehearse
from xrepl.evaluator.state import StateKeeper


def test_rehearsal_leaves_no_trace_in_the_session() -> None:
    """Variables of the shell, bindings and made-up names are as in an interpreter that was just made."""
    used, new = Interpreter("rehearsed"), Interpreter("unused")
    rehearse(used)

    for interpreter in (used, new):
        del sys.modules[interpreter.module.__name__]
    assert (new.namespace.keys(), new.globals.held.keys(), new.compiler.anonymous) == (
        used.namespace.keys(),
        used.globals.held.keys(),
        used.compiler.anonymous,
    )


def test_form_of_the_rehearsal_is_told_when_the_user_types_it() -> None:
    """The first form's changes are told, whether or not the rehearsal was of the same form."""
    interpreter = Interpreter("rehearsed")
    rehearse(interpreter)
    keeper = StateKeeper(interpreter)
    keeper.restore({})
    for form in interpreter.read("(+ 1 2)"):
        interpreter.evaluate(form)
    del sys.modules["rehearsed"]

    assert "shell" in keeper.delta().set
