"""The shell's functions: what the modules of `xrepl.lang.shell` define for every session.

A function `name/arity` becomes callable as `name`; one called `name/macro` is given a form's arguments, as a list, and
makes the form that is evaluated in its place.  A module's `HELP` is its part of `(help)`: a title, then lines
`(usage) -- what it does`.  Loaded once a program; what the functions do is written there, in Hy.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
import types
from collections.abc import Callable
from typing import Any, NamedTuple

import hy

PACKAGE = "xrepl.lang.shell"


class ShellFunctions(NamedTuple):
    """What is at hand in every session.

    Attributes:
        functions: by name and arity.
        macros: by name; each takes the list of arguments and the environment.
        help: for each module with a `HELP`: its title and lines.
    """

    functions: dict[tuple[str, int], Callable[..., Any]]
    macros: dict[str, Callable[..., Any]]
    help: list[list[str]]


@functools.cache
def shell_functions() -> ShellFunctions:
    """Import the modules and give what they define."""
    found = ShellFunctions({}, {}, [])
    package = importlib.import_module(PACKAGE)
    for info in pkgutil.iter_modules(package.__path__):
        _add(found, importlib.import_module(f"{PACKAGE}.{info.name}"))
    return found


def _add(found: ShellFunctions, module: types.ModuleType) -> None:
    for identifier, value in vars(module).items():
        if not isinstance(value, types.FunctionType) or not identifier.startswith("hyx_"):
            continue
        name, slash, arity = str(hy.unmangle(identifier)).rpartition("/")
        if slash and arity == "macro":
            found.macros[name] = value
        elif slash and arity.isdecimal():
            found.functions[name, int(arity)] = value
    if hasattr(module, "HELP"):
        found.help.append(list(module.HELP))
