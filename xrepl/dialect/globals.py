"""What the names of one session stand for: its namespace, its macros, the functions that are found for it.

The namespace holds what the user defined and nothing else.  What translated code needs beside it is in the module's
own builtins, where Python looks after the namespace: the runtime, stubs, library functions, shell functions.
"""

from __future__ import annotations

import builtins
import types
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from typing import Any

import hy

from xrepl.dialect.bif_names import AUTO_IMPORTED
from xrepl.dialect.bifs import BIFS
from xrepl.dialect.data import NIL, Atom
from xrepl.dialect.definitions import DEFINITIONS
from xrepl.dialect.environment import SESSION
from xrepl.dialect.functions import MAX_ARITY
from xrepl.dialect.hy_bridge import Constants
from xrepl.dialect.interop import is_dotted, to_python
from xrepl.dialect.kernel import call
from xrepl.dialect.library import find_function, find_macro, resolve
from xrepl.dialect.modules import Links, Module, all_modules, find
from xrepl.dialect.names import (
    function_id,
    function_name,
    is_private,
    is_remote,
    macro_id,
    python_name,
    record_id,
    remote_id,
    variable_id,
    variable_name,
)
from xrepl.dialect.raising import LfeError, error
from xrepl.dialect.records import find_record_macro
from xrepl.dialect.runtime import RUNTIME
from xrepl.dialect.scope import Macro, RecordFields
from xrepl.dialect.shell_functions import shell_functions
from xrepl.dialect.tail_calls import STUB, is_elsewhere, may_return
from xrepl.dialect.tokens import LSym

_NOT_PYTHONS = frozenset({*DEFINITIONS, "eval"})  # the language has them, with another number of arguments
_OWN_NAMES = frozenset(name for name, _ in AUTO_IMPORTED)  # Python has some too, such as `max`, for other arguments
_SITE_NAMES = frozenset({"exit", "quit", "help"})  # Python's shell has them too: here they are ours
SHELL_VARIABLES = ("-", "+", "++", "+++", "*", "**", "***")


def shell_id(variable: str) -> str:
    """Give the identifier of one of the shell's own variables."""
    return f"_x_shell_{len(variable)}_{ord(variable[0])}"


class Variables:
    """The variables of a session as attributes, by identifier: for code that was compiled before one was bound."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace

    def __getattr__(self, identifier: str) -> Any:
        """Give a variable's value.

        Raises:
            LfeError: it is not bound.
        """
        try:
            return self._namespace[identifier]
        except KeyError:
            raise error((Atom("unbound_symbol"), Atom(variable_name(identifier)))) from None


class SessionGlobals:
    """The global names of one session, as the translator asks for them.

    Args:
        namespace: the dictionary of the session's module.
    """

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.namespace = namespace
        self.constants = Constants()
        self.used: set[str] = set()  # macros and records with which the form under translation was compiled
        self.takes_for_bound = False  # while code is compiled again before the variables are there
        self.lent: dict[str, Any] = {}  # what a script brings along: held for its time, never stored
        self.held: dict[str, Any] = {**vars(builtins), **RUNTIME, "hy": hy}  # Hy's code quotes with `hy`
        for key, value in BIFS.items():
            self.held[function_id(*key)] = value
        self.held["_x_variables"] = Variables(namespace)
        self.held["_x_environment"] = SESSION
        self.lfe_functions: dict[tuple[str, int], Callable[..., Any]] = {}
        for variable in SHELL_VARIABLES:
            self.held[shell_id(variable)] = NIL
        self._module_macros: dict[tuple[str, str], tuple[Module, Macro | None]] = {}
        self.links = Links(self)
        namespace["__builtins__"] = self.held
        for (name, arity), function in shell_functions().functions.items():
            self.install(name, arity, function)

    def variable(self, name: str) -> str | None:
        """Give the identifier of a bound variable."""
        if name in SHELL_VARIABLES:
            return shell_id(name)
        if name == "$ENV":
            return "_x_environment"
        for identifier in (variable_id(name), python_name(name)):
            if identifier in self.namespace or identifier in self.lent:
                return identifier
        if hasattr(builtins, name):
            return name
        return variable_id(name) if self.takes_for_bound and not is_dotted(name) else None

    def missing_variable(self, name: str) -> Any:
        """Give the model of a variable that is not bound yet: it is looked up when the code runs.

        It is not looked for among the functions that Hy's code sees by such a name.
        """
        return call(".", LSym("_x_variables"), LSym(variable_id(name)))

    def function(self, name: str, arity: int) -> str:
        """Give the identifier of a function; an unknown one gets a stub that looks again when called."""
        identifier = function_id(name, arity)
        if identifier not in self.namespace and identifier not in self.held:
            self.held[identifier] = self.given(name, arity) or self.stub(name, arity)
        return identifier

    def given(self, name: str, arity: int) -> Callable[..., Any] | None:
        """Give a function that the language has without a module's name."""
        if (name, arity) in AUTO_IMPORTED:
            return find_function("erlang", name, arity)
        return self.lfe_functions.get((name, arity))

    def remote(self, module: str, name: str, arity: int) -> str:
        """Give the identifier of a module's function."""
        identifier = remote_id(module, name, arity)
        if identifier not in self.held:
            self.held[identifier] = resolve(module, name, arity)
        return identifier

    def without_user(self, name: str, arity: int) -> str:
        """Give the identifier of one of LFE's functions, or of a stub: what the user defined is not seen."""
        identifier = remote_id("", name, arity)
        if identifier not in self.held:
            self.held[identifier] = self.given(name, arity) or self.stub(name, arity)
        return identifier

    def again(self, identifier: str) -> None:
        """Make what answers to a function's identifier that code may still call."""
        if identifier in self.held or identifier in self.namespace:
            return
        found = function_name(identifier)
        if found is None:
            return
        module, _, text = found[0].partition(":")
        if is_remote(identifier):
            if module:
                self.remote(module, text, found[1])
            else:
                self.without_user(text, found[1])
        elif is_private(identifier):
            self.held[identifier] = self.stub(text, found[1], is_modules=True)
        else:
            self.function(*found)

    def is_redefined(self, name: str, arity: int) -> bool:
        """Say whether the user has a function of this name and arity."""
        return function_id(name, arity) in self.namespace

    def may_come_back(self, name: str, arity: int, caller: tuple[str, int]) -> bool:
        """Say whether a call of a function may lead to a call of the caller: never for one of the library's."""
        identifier = self.function(name, arity)
        if is_elsewhere(self.namespace, identifier):
            return False
        return may_return(self.namespace, identifier, function_id(*caller))

    def macro(self, name: str) -> Macro | None:
        """Give the session's macro of a name."""
        found = self._macro(name)
        if found is not None:
            self.used.add(name)
        return found

    def _macro(self, name: str) -> Macro | None:
        found: Macro | None = self.namespace.get(macro_id(name)) or self.lent.get(macro_id(name))
        module, colon, text = name.partition(":")
        if found is None and colon and module and text:
            return self._exported(module, text)
        return found or self._given_macro(name)

    def _exported(self, module: str, name: str) -> Macro | None:
        """Give a macro that a module exports: the session's module, or the library's."""
        own = find(self.namespace, module) or find(self.lent, module)
        if own is None:
            return find_macro(module, name)
        kept = self._module_macros.get((module, name))
        if kept is None or kept[0] is not own:
            kept = self._module_macros[module, name] = own, self.module_macro(own, name)
        return kept[1]

    def module_macro(self, module: Module, name: str) -> Macro | None:
        """Compile a macro of a module; only an interpreter can."""
        raise NotImplementedError

    def record(self, name: str) -> RecordFields | None:
        """Give a record's fields."""
        self.used.add(f"record {name}")
        return self._record(name)

    def _record(self, name: str) -> RecordFields | None:
        identifier = record_id(name)
        found: RecordFields | None = self.namespace.get(identifier, self.lent.get(identifier))
        return found

    def _given_macro(self, name: str) -> Macro | None:
        """Give a record's or the shell's macro of a name, unless the user has a function of that name."""
        found = find_record_macro(name, self._record) or shell_functions().macros.get(name)
        if found is None or any(self.is_redefined(name, arity) for arity in range(MAX_ARITY + 1)):
            return None
        return found

    def constant(self, value: Any) -> Any:
        """Give the model of a constant of the form that is being translated."""
        return self.constants.model(value)

    @property
    def module_name(self) -> str:
        """The name that stands for no module."""
        return "-no-module-"

    @property
    def is_compiled(self) -> bool:
        """False: the code is the shell's."""
        return False

    def own_id(self, name: str, arity: int) -> str:
        """Give the identifier that a definition of a function binds."""
        return function_id(name, arity)

    def place(self, model: Any) -> tuple[Any, ...] | None:
        """Give None: only an interpreter knows the text."""
        return None

    def failed(self, problem: LfeError, head: str) -> None:
        """Let a form with a wrong shape fail when it is evaluated."""

    def quiet(self) -> AbstractContextManager[None]:
        """Go on: no note is taken anyway."""
        return nullcontext()

    def no_clause(self, label: str, values: list[Any]) -> Any:
        """Give the failure of a function no clause of which matches these arguments."""
        return call("_x_function_clause", self.constant(label), *values)

    def install(self, name: str, arity: int, function: Callable[..., Any]) -> None:
        """Make a function callable as `name` with that many arguments, in both syntaxes, without storing it."""
        self.held[function_id(name, arity)] = function
        self._dispatch(name, is_shells=True)

    def defined(self, name: str) -> None:
        """Take note of a new function: Hy's code calls it by its plain name."""
        self._dispatch(name)

    def _dispatch(self, name: str, *, is_shells: bool = False) -> None:
        identifier = python_name(name)
        if hasattr(builtins, identifier) and not (is_shells and identifier in _SITE_NAMES):
            return

        def dispatch(*arguments: Any) -> Any:
            wanted = function_id(name, len(arguments))
            found = self.namespace.get(wanted) or self.held.get(wanted)
            if found is None:
                raise error((Atom("undefined_function"), (Atom(name), len(arguments))))
            return found(*arguments)

        dispatch.__name__ = name
        self.held[identifier] = dispatch

    def stub(self, name: str, arity: int, *, is_modules: bool = False) -> Callable[..., Any]:
        """Make what looks for a function when it is called: Python's or Hy's, else it fails.

        A module's own function that is not defined may be the session's.
        """
        identifier = python_name(name)

        def stub(*arguments: Any) -> Any:
            found = self.namespace.get(function_id(name, arity)) if is_modules else None
            if found is not None:
                return found(*arguments)
            found = self.namespace.get(identifier)
            if found is None and name not in _NOT_PYTHONS and identifier not in _SITE_NAMES:
                found = getattr(builtins, identifier, None)
            if not callable(found) or self._is_variable(identifier, found):
                raise error((Atom("undefined_function"), (Atom(name), arity)))
            try:
                return found(*map(to_python, arguments))
            except TypeError:
                if name not in _OWN_NAMES:
                    raise
                raise error((Atom("undefined_function"), (Atom(name), arity))) from None

        stub.__dict__[STUB] = True
        return stub

    def _is_variable(self, identifier: str, found: Any) -> bool:
        """Say whether a name has a function of the language as its value: a variable is not called by its name."""
        if not isinstance(found, types.FunctionType):
            return False
        if "__lfe_module__" in found.__globals__:
            return True
        return found.__globals__ is self.namespace and found.__code__.co_name.startswith(("l_", "lfe"))

    def link(self) -> None:
        """Put back what restored code calls: stubs, library functions, names for Hy's code."""
        self.links.renew()
        for identifier, value in list(self.namespace.items()):
            key = function_name(identifier)
            if key is not None:
                self.defined(key[0])
            if isinstance(value, types.FunctionType):
                self.link_code(value.__code__)
        for module in all_modules(self.namespace):
            for _, _, function in module.functions:
                self.link_code(function.__code__)

    def link_code(self, code: types.CodeType) -> None:
        """Put back what one code object and those inside it call."""
        for identifier in code.co_names:
            self.again(identifier)
        for constant in code.co_consts:
            if isinstance(constant, types.CodeType):
                self.link_code(constant)
