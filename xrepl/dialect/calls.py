"""Calling a function by module and name, as values: what `spawn`, `apply_after` and callbacks of servers need.

The running interpreter finds the function when there is one, since it knows modules that the user defined; without one
the library modules are at hand.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xrepl.dialect.data import Atom, from_iterable
from xrepl.dialect.raising import badarg, undefined

Finder = Callable[[str, str, int], "Callable[..., Any] | None"]


def find_in_library(module: str, function: str, arity: int) -> Callable[..., Any] | None:
    """Give a library module's function, or None."""
    from xrepl.dialect.library import find_function  # it loads much that a process can do without

    return find_function(module, function, arity)


class Calls:
    """Where functions are looked for: `finder` is the interpreter's, once it has set it."""

    finder: Finder = staticmethod(find_in_library)


calls = Calls()


def find(module: Any, function: Any, arity: int) -> Callable[..., Any] | None:
    """Give the function of this module (an atom), name (an atom) and arity, or None."""
    if type(module) is not Atom or type(function) is not Atom:
        return None
    return calls.finder(module.name, function.name, arity)


def call_function(module: Any, function: Any, arguments: tuple[Any, ...]) -> Any:
    """Call a function with these arguments.

    Raises:
        LfeError: `undef` when there is none, `badarg` when the names are no atoms.
    """
    if type(module) is not Atom or type(function) is not Atom:
        raise badarg("erlang", "apply", module, function, from_iterable(arguments))
    found = find(module, function, len(arguments))
    if found is None:
        raise undefined(str(module), str(function), *arguments)
    return found(*arguments)
