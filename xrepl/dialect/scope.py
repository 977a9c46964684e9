"""What a name means while a form is translated: local variables and functions, and the Python function they live in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

from xrepl.dialect.names import python_name

Model = Any
Block = list[Any]


class Globals(Protocol):
    """What the translator asks of the session."""

    def variable(self, name: str) -> str | None:
        """Give the identifier of a variable that is bound, or None."""

    def function(self, name: str, arity: int) -> str:
        """Give the identifier to call, making sure that something answers there."""

    def remote(self, module: str, name: str, arity: int) -> str:
        """Give the identifier to call for a module's function."""

    def is_redefined(self, name: str, arity: int) -> bool:
        """Say whether the user has a function of the name of one that is otherwise written in place."""

    def constant(self, value: Any) -> Model:
        """Give the model of a constant."""


@dataclass
class Function:
    """A Python function that is being generated.

    `called` is the name and arity by which its body calls itself, `parameters` its Python parameters.
    """

    parent: Function | None = None
    called: tuple[str, int] | None = None
    parameters: list[str] = field(default_factory=list)
    is_loop: bool = False
    captures: dict[str, None] = field(default_factory=dict)
    _counts: dict[str, int] = field(default_factory=dict)

    def fresh(self, base: str) -> str:
        """Give an identifier that nothing else in this function has, and no global."""
        base = "l_" + python_name(base)
        count = self._counts[base] = self._counts.get(base, 0) + 1
        return base if count == 1 else f"{base}_{count}"


class Local(NamedTuple):
    """A local name's identifier and the function that holds it."""

    identifier: str
    owner: Function


@dataclass(frozen=True)
class Scope:
    """The local names that a form sees."""

    variables: dict[str, Local] = field(default_factory=dict)
    functions: dict[tuple[str, int], Local] = field(default_factory=dict)

    def with_variables(self, bound: dict[str, str], owner: Function) -> Scope:
        """Give this scope with more variables."""
        more = {name: Local(identifier, owner) for name, identifier in bound.items()}
        return Scope({**self.variables, **more}, self.functions)

    def with_functions(self, functions: dict[tuple[str, int], Local]) -> Scope:
        """Give this scope with more functions."""
        return Scope(self.variables, {**self.functions, **functions})


def use(local: Local, function: Function) -> str:
    """Give a local's identifier, and note that the functions between its owner and this one capture it."""
    inner: Function | None = function
    while inner is not None and inner is not local.owner:
        inner.captures[local.identifier] = None
        inner = inner.parent
    return local.identifier
