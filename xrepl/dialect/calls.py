"""Calling a function by module and name, as values: what `spawn`, `apply_after` and callbacks of servers need.

The running interpreter finds the function when there is one, since it knows modules that the user defined; without one
the library modules are at hand.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any

import hy

from xrepl.dialect.data import Atom
from xrepl.dialect.raising import undefined

Finder = Callable[[str, str, int], "Callable[..., Any] | None"]

_PACKAGES = ("xrepl.lang.erlang", "xrepl.lang.lfe")


def find_in_library(module: str, function: str, arity: int) -> Callable[..., Any] | None:
    """Give a library module's function, or None."""
    for package in _PACKAGES:
        name = f"{package}.{module.replace('-', '_')}"
        try:
            found = importlib.import_module(name)
        except ModuleNotFoundError as missing:
            if missing.name != name:
                raise
            continue
        exported = getattr(found, str(hy.mangle(f"{function}/{arity}")), None)
        if exported is not None:
            return exported  # type: ignore[no-any-return]
    return None


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
        LfeError: `undef` when there is none.
    """
    found = find(module, function, len(arguments))
    if found is None:
        raise undefined(str(module), str(function), *arguments)
    return found(*arguments)
