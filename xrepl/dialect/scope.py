"""What a name means while a form is translated: local variables, functions and macros, and where they live.

Translates nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple, Protocol

from xrepl.dialect.data import Atom
from xrepl.dialect.names import python_name
from xrepl.dialect.raising import LfeError

Model = Any
Block = list[Any]
Macro = Callable[[Any, Any], Any]
RecordFields = tuple[tuple[Atom, Any], ...]  # name and default form of each


class Globals(Protocol):
    """What the translator asks of the session."""

    def variable(self, name: str) -> str | None:
        """Give the identifier of a variable that is bound, or None."""

    def missing_variable(self, name: str) -> Model:
        """Give the model of a variable that is not bound yet."""

    def function(self, name: str, arity: int) -> str:
        """Give the identifier to call, making sure that something answers there."""

    def remote(self, module: str, name: str, arity: int) -> str:
        """Give the identifier to call for a module's function."""

    def is_redefined(self, name: str, arity: int) -> bool:
        """Say whether the user has a function of the name of one that is otherwise written in place."""

    def may_come_back(self, name: str, arity: int, caller: tuple[str, int]) -> bool:
        """Say whether a call of a function may lead to a call of the caller."""

    def macro(self, name: str) -> Macro | None:
        """Give the session's macro of a name."""

    def local_macro(self, name: str, parsed: Any) -> Macro:
        """Compile a macro that is local to a form."""

    def record(self, name: str) -> RecordFields | None:
        """Give a record's fields."""

    def constant(self, value: Any) -> Model:
        """Give the model of a constant."""

    @property
    def module_name(self) -> str:
        """The name of the module whose code it is."""

    @property
    def is_compiled(self) -> bool:
        """Whether code fails as compiled code does in LFE, not as the shell's."""

    def own_id(self, name: str, arity: int) -> str:
        """Give the identifier that a definition of a function binds."""

    def place(self, model: Any) -> tuple[Any, ...] | None:
        """Give where a form stands in the text that is evaluated, as `places.Place` has it; None if it does not."""

    def failed(self, problem: LfeError, head: str) -> None:
        """Take note that a form has a wrong shape: it will fail when it is evaluated."""

    def quiet(self) -> AbstractContextManager[None]:
        """Take no note of forms of a wrong shape meanwhile."""

    def no_clause(self, label: str, values: list[Model]) -> Model:
        """Give the failure of a function no clause of which matches these arguments."""


@dataclass
class Function:
    """A Python function that is being generated.

    `called` is the name and arity by which its body calls itself, `siblings` the identifiers of the local functions
    that it sees and that see it, `parameters` its Python parameters.  `checks` counts how often a name was checked for
    an integer, `lost` holds parameters to which a round of the loop may give another kind of value.
    """

    parent: Function | None = None
    called: tuple[str, int] | None = None
    identifier: str = ""
    siblings: frozenset[str] = frozenset()
    parameters: list[str] = field(default_factory=list)
    is_loop: bool = False
    captures: dict[str, None] = field(default_factory=dict)
    has_inner: bool = False
    checks: Counter[str] = field(default_factory=Counter)
    lost: set[str] = field(default_factory=set)
    _counts: dict[str, int] = field(default_factory=dict)

    def fresh(self, base: str) -> str:
        """Give an identifier that nothing else has in this function and in those around it, and no global."""
        base = made = "l_" + python_name(base)
        while self._has(made):  # also what one around it has: it may be captured
            count = self._counts[base] = self._counts.get(base, 1) + 1
            made = f"{base}_{count}"
        self._counts[made] = 1
        return made

    def _has(self, identifier: str) -> bool:
        found: Function | None = self
        while found is not None and identifier not in found._counts:
            found = found.parent
        return found is not None

    @property
    def is_used(self) -> bool:
        """Say whether it has names of its own."""
        return bool(self._counts)


class Local(NamedTuple):
    """A local name's identifier and the function that holds it."""

    identifier: str
    owner: Function


@dataclass(frozen=True)
class Where:
    """Where a form stands: the local names that it sees, and the Python function that its code goes to."""

    fn: Function = field(default_factory=Function)
    variables: dict[str, Local] = field(default_factory=dict)
    functions: dict[tuple[str, int], Local] = field(default_factory=dict)
    macros: dict[str, Macro] = field(default_factory=dict)
    integers: frozenset[str] = frozenset()

    def fresh(self, base: str) -> str:
        """Give an identifier that nothing else in the function has."""
        return self.fn.fresh(base)

    def use(self, local: Local) -> str:
        """Give a local's identifier, and note that the functions between its owner and this one capture it."""
        inner: Function | None = self.fn
        while inner is not None and inner is not local.owner:
            inner.captures[local.identifier] = None
            inner = inner.parent
        return local.identifier

    def keep(self, identifier: str) -> None:
        """Note that the functions here that are made when a form runs keep a global's value of that moment."""
        inner = self.fn
        while inner.parent is not None:
            inner.captures[identifier] = None
            inner = inner.parent

    def inside(self, fn: Function) -> Where:
        """Give the same names inside another function."""
        return Where(fn, self.variables, self.functions, self.macros)

    def with_integers(self, identifiers: Iterable[str]) -> Where:
        """Give this place with more names of its function that hold integers for sure."""
        return replace(self, integers=self.integers | frozenset(identifiers))

    def with_variables(self, bound: dict[str, str]) -> Where:
        """Give this place with more variables of its function."""
        more = {name: Local(identifier, self.fn) for name, identifier in bound.items()}
        return replace(self, variables={**self.variables, **more})

    def with_functions(self, identifiers: dict[tuple[str, int], str]) -> Where:
        """Give this place with more functions; they hide macros of their names."""
        more = {key: Local(identifier, self.fn) for key, identifier in identifiers.items()}
        hidden = {name for name, _ in more}
        macros = {name: macro for name, macro in self.macros.items() if name not in hidden}
        return replace(self, functions={**self.functions, **more}, macros=macros)

    def with_macros(self, macros: dict[str, Macro]) -> Where:
        """Give this place with more macros; they hide functions of their names."""
        functions = {key: local for key, local in self.functions.items() if key[0] not in macros}
        return replace(self, functions=functions, macros={**self.macros, **macros})
