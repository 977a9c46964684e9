"""Other views of a session's globals: what code sees that is not the session's own.

`FreshGlobals` is an environment without anything of the user's.  Modules have theirs in `modules.py`.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from xrepl.dialect.bif_names import AUTO_IMPORTED
from xrepl.dialect.bifs import BIFS
from xrepl.dialect.kernel import call
from xrepl.dialect.names import function_id
from xrepl.dialect.raising import LfeError
from xrepl.dialect.scope import Macro, Model, RecordFields

NO_MODULE = "-no-module-"

if TYPE_CHECKING:
    from xrepl.dialect.interpreter import Interpreter


class FreshGlobals:
    """The globals of an environment in which nothing was defined.

    Args:
        interpreter: the session's whose code runs.
    """

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter
        self._session = interpreter.globals

    def variable(self, name: str) -> str | None:
        """Give None: no variable is bound."""
        return None

    def missing_variable(self, name: str) -> Model:
        """Give the model that fails for a variable."""
        return call("_x_unbound", self.constant(name))

    def function(self, name: str, arity: int) -> str:
        """Give the identifier of one of LFE's functions, or of a stub."""
        if (name, arity) in AUTO_IMPORTED or (name, arity) in BIFS:
            return self._session.remote("erlang", name, arity)
        return self._session.without_user(name, arity)

    def remote(self, module: str, name: str, arity: int) -> str:
        """Give the identifier of a module's function."""
        return self._session.remote(module, name, arity)

    def is_redefined(self, name: str, arity: int) -> bool:
        """Give false: the user has no functions."""
        return False

    def may_come_back(self, name: str, arity: int, caller: tuple[str, int]) -> bool:
        """Give false: no function of the user's is called."""
        return False

    def macro(self, name: str) -> Macro | None:
        """Give a module's macro; the session's are not seen."""
        return self._session.macro(name) if ":" in name.strip(":") else None

    def local_macro(self, name: str, parsed: Any) -> Macro:
        """Compile a macro that is local to a form."""
        return self._interpreter.make_macro(name, parsed)

    def record(self, name: str) -> RecordFields | None:
        """Give None: no record is defined."""
        return None

    def constant(self, value: Any) -> Model:
        """Give the model of a constant of the form that is being translated."""
        return self._session.constant(value)

    def place(self, model: Any) -> tuple[Any, ...] | None:
        """Give where a form stands in the text that is evaluated."""
        return self._session.place(model)

    @property
    def module_name(self) -> str:
        """The name that stands for no module."""
        return NO_MODULE

    @property
    def is_compiled(self) -> bool:
        """False: the code is the shell's."""
        return False

    def own_id(self, name: str, arity: int) -> str:
        """Give the identifier that a definition of a function binds."""
        return function_id(name, arity)

    def failed(self, problem: LfeError, head: str) -> None:
        """Let a form with a wrong shape fail when it is evaluated."""

    def quiet(self) -> AbstractContextManager[None]:
        """Go on: no note is taken anyway."""
        return nullcontext()

    def no_clause(self, label: str, values: list[Any]) -> Any:
        """Give the failure of a function no clause of which matches these arguments."""
        return call("_x_function_clause", self.constant(label), *values)
