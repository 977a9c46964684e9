"""What the code of a session's module sees: its own functions and macros, what it imports, LFE's functions.

At the prompt it sees the session too.  In a file it does not; what it asks for and is not there is an error of the
file, which is told to whoever compiles it.
"""

from __future__ import annotations

import contextlib
import types
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from xrepl.dialect.bifs import BIFS
from xrepl.dialect.data import Atom, from_iterable
from xrepl.dialect.kernel import call
from xrepl.dialect.names import private_id, variable_id
from xrepl.dialect.raising import LfeError
from xrepl.dialect.records import find_record_macro
from xrepl.dialect.scope import Macro, Model, RecordFields
from xrepl.dialect.views import FreshGlobals

if TYPE_CHECKING:
    from xrepl.dialect.interpreter import Interpreter
    from xrepl.dialect.modules import Key, Module


HELPER = "_x_helper_"  # how the identifiers begin of what only macros see, while a file is compiled


def _say_nothing(reason: Any, head: str) -> None:
    """Take no note of what is wrong."""


class ModuleGlobals(FreshGlobals):
    """The globals of a module's code.

    Args:
        interpreter: the session's.
        module: what is known of the module.
        is_strict: whether it is compiled from a file: it sees nothing of the session's then.

    Attributes:
        own: names and arities of the functions that it defines.
        macros: its macros that were defined so far, in a file.
        records: the same of its records.
        tell: is given the reason of each error in a file's code, and the head of the form that has it.
        calls: which of its functions each of them may call, as far as its text says; without an entry, any.
        values: variables that only macros see, while the file is compiled.
        called: names and arities of its functions that it calls, by the function that calls.
        remotes: functions of other modules that they call, in order, by the function that calls.
        caller: the function that is being compiled.
    """

    def __init__(self, interpreter: Interpreter, module: Module, *, is_strict: bool) -> None:
        super().__init__(interpreter)
        self.module = module
        self.is_strict = is_strict
        self.own: set[Key] = {known[:2] for known in module.functions}
        self.macros: dict[str, Macro] = {}
        self.records: dict[str, RecordFields] = {}
        self.tell: Callable[[Any, str], None] = _say_nothing
        self.called: dict[Key | None, set[Key]] = {}
        self.remotes: dict[Key, dict[tuple[str, str, int], None]] = {}
        self.caller: Key | None = None
        self.calls: dict[Key, set[Key]] = {}
        self.values: dict[str, Any] = {}
        self._helpers: dict[Key, str] = {}
        self.extend(module)

    def extend(self, module: Module) -> None:
        """Take in what the module's header says, or says in addition."""
        self.module = module
        self._imports = {key: (origin, there) for key, origin, there in module.imports}
        self._aliases = dict(module.aliases)

    def help(self, name: str, arity: int, make: Callable[[], Callable[..., Any]]) -> None:
        """Make a function that only macros call, while the file is compiled."""
        identifier = self._helper((name, arity))
        self._session.held[identifier] = make()
        if self._interpreter.account is not None:
            self._interpreter.account.helped(identifier)

    def _helper(self, key: Key) -> str:
        """Give the identifier of a function that only macros call: it may be defined after them."""
        if key not in self._helpers:
            identifier = self._helpers[key] = f"{HELPER}{private_id(self.module.name, *key)}"
            self._session.held[identifier] = self._session.stub(*key)
        return self._helpers[key]

    # --- names

    @property
    def module_name(self) -> str:
        """The module's name."""
        return self.module.name

    @property
    def is_compiled(self) -> bool:
        """Whether the code fails as compiled code does in LFE, not as the shell's."""
        return self.is_strict

    def variable(self, name: str) -> str | None:
        """Give the session's variable; in a file those of what is evaluated while it is compiled."""
        if not self.is_strict:
            return self._session.variable(name)
        if self.caller is not None or name not in self.values:
            return None
        identifier = f"{HELPER}{variable_id(name)}"
        self._session.held[identifier] = self.values[name]
        if self._interpreter.account is not None:
            self._interpreter.account.helped(identifier)
        return identifier

    def missing_variable(self, name: str) -> Model:
        """Give the model of a variable that is not bound."""
        if not self.is_strict:
            return self._session.missing_variable(name)
        self.tell((Atom("unbound_symbol"), Atom(name)), "")
        return super().missing_variable(name)

    def function(self, name: str, arity: int) -> str:
        """Give the identifier of the function that a call without a module means."""
        key = (name, arity)
        if self.caller is None and key in self._helpers:
            return self._helpers[key]
        if key in self.own:
            self.called.setdefault(self.caller, set()).add(key)
            return self._private(key)
        if key in self._imports:
            return self._session.remote(*self._imports[key], arity)
        if self._session.given(name, arity) is not None or key in BIFS:
            return super().function(name, arity)
        if not self.is_strict:  # perhaps its own, later; else the session's, which is looked for at the call
            return self._private(key)
        if self.caller is None:
            return self._helper(key)
        self.tell((Atom("undefined_function"), (Atom(name), arity)), "")
        return super().function(name, arity)

    def _private(self, key: Key) -> str:
        identifier = private_id(self.module.name, *key)
        self._session.again(identifier)
        return identifier

    def remote(self, module: str, name: str, arity: int) -> str:
        """Give the identifier of another module's function; aliases stand for modules."""
        module = self._aliases.get(module, module)
        if self.caller is not None:
            self.remotes.setdefault(self.caller, {})[module, name, arity] = None
        return self._session.remote(module, name, arity)

    def is_redefined(self, name: str, arity: int) -> bool:
        """Say whether the module has a function of the name of one of LFE's."""
        return (name, arity) in self.own or (not self.is_strict and self._session.is_redefined(name, arity))

    def may_come_back(self, name: str, arity: int, caller: Key) -> bool:
        """Say whether a call of a function may lead to a call of the caller: never for one of another module."""
        key = (name, arity)
        if key not in self.own:
            return not self.is_strict and self._session.may_come_back(name, arity, caller)
        seen, left = {key}, [key]
        while left:
            calls = self.calls.get(left.pop())
            if calls is None or caller in calls:
                return True
            left += calls - seen
            seen |= calls
        return False

    # --- macros and records

    def macro(self, name: str) -> Macro | None:
        """Give the module's macro, or the session's at the prompt."""
        if not self.is_strict:
            return self._session.macro(name)
        found = self.macros.get(name) or self._fact(name)
        if found is not None:
            return found
        return self._exported(name) or find_record_macro(name, self.records.get)

    def _exported(self, name: str) -> Macro | None:
        """Give another module's macro."""
        found = super().macro(name)
        account = self._interpreter.account
        if account is not None:
            account.asked(name)
            if isinstance(found, types.FunctionType) and found.__globals__ is self._session.namespace:
                account.ran(found.__code__)
        return found

    def _fact(self, name: str) -> Macro | None:
        """Give the macros that every function of a file has: its own name and arity."""
        if self.caller is None or name not in ("FUNCTION_NAME", "FUNCTION_ARITY"):
            return None
        text, arity = self.caller
        value = arity if name == "FUNCTION_ARITY" else from_iterable([Atom("quote"), Atom(text)])
        return lambda arguments, environment: value

    def record(self, name: str) -> RecordFields | None:
        """Give the module's record, or the session's at the prompt."""
        return self.records.get(name) if self.is_strict else self._session.record(name)

    # --- failures

    def own_id(self, name: str, arity: int) -> str:
        """Give the identifier that a definition of a function binds."""
        return private_id(self.module.name, name, arity)

    def failed(self, problem: LfeError, head: str) -> None:
        """Take note that a form cannot be compiled."""
        self.tell(problem.reason, head)

    @contextlib.contextmanager
    def quiet(self) -> Iterator[None]:
        """Tell nothing meanwhile."""
        outer, self.tell = self.tell, _say_nothing
        try:
            yield
        finally:
            self.tell = outer

    def no_clause(self, label: str, values: list[Model]) -> Model:
        """Give the failure of a function no clause of which matches: it tells the call."""
        if self.caller is not None and self.caller[0] == label:
            own = map(self.constant, (self.module.name, label))
            return call("_x_module_clause", *own, *values)
        return super().no_clause(label, values)
