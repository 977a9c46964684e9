"""The interpreter whose form is running: what shell functions, which belong to no session, ask for.

An evaluator has one; a test may have several, one after the other.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xrepl.dialect.interpreter import Interpreter


class Current:
    """Holds the interpreter that evaluated last.

    Attributes:
        interpreter: None before the first form.
        problem: the exception of the last form that failed, with its traceback.
        failure: what was shown for it.
    """

    def __init__(self) -> None:
        self.interpreter: Interpreter | None = None
        self.problem: BaseException | None = None
        self.failure = ""


current = Current()
