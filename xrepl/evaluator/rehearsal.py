"""One form evaluated by a spare evaluator before it has a session: the first form of the user's waits for nothing then.

What a form takes is code and data of the zygote's; whoever uses a page of it first gets a copy of his own from the
kernel, which is most of what a first form takes.  Leaves no trace in the session.
"""

from __future__ import annotations

from functools import partial

from xrepl.dialect import processes
from xrepl.dialect.data import NIL
from xrepl.dialect.globals import SHELL_VARIABLES, shell_id
from xrepl.dialect.interpreter import Interpreter
from xrepl.evaluator.forms import delta_frame
from xrepl.evaluator.state import StateKeeper
from xrepl.protocol.frames import pack

_FORM = "(+ 1 2)"


def rehearse(interpreter: Interpreter) -> None:
    """Evaluate a form, and look at what it has changed, as the evaluator does.  Main thread only."""
    keeper = StateKeeper(interpreter)
    keeper.restore({})
    for form in interpreter.read(_FORM):
        interpreter.show(processes.run_shell(partial(interpreter.evaluate, form)))
        pack({"delta": delta_frame(keeper.delta())})
    interpreter.globals.held.update(dict.fromkeys(map(shell_id, SHELL_VARIABLES), NIL))
