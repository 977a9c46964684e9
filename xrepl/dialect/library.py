"""Where a module's functions are found: the library in `xrepl.lang`, then Python's modules.

Resolves names to callables and keeps nothing; a function that is not there is one that fails when called.
"""

from __future__ import annotations

import functools
import importlib
import pathlib
import types
from collections.abc import Callable
from typing import Any

import hy

from xrepl.dialect.bifs import BIFS
from xrepl.dialect.data import Atom
from xrepl.dialect.interop import python_call
from xrepl.dialect.names import python_name
from xrepl.dialect.raising import undefined

_PACKAGES = ("xrepl.lang.erlang", "xrepl.lang.lfe", "xrepl.lang.xrepl")


def find_module(module: str) -> types.ModuleType | None:
    """Import a library module by its LFE name; None when there is none."""
    for package in _PACKAGES:
        name = f"{package}.{python_name(module)}"
        try:
            return importlib.import_module(name)
        except ModuleNotFoundError as missing:
            if missing.name is None or not name.startswith(missing.name):
                raise
    return None


def find_function(module: str, text: str, arity: int) -> Callable[..., Any] | None:
    """Give a library function; None when there is none."""
    found = find_module(module)
    exported = getattr(found, str(hy.mangle(f"{text}/{arity}")), None) if found is not None else None
    if exported is None and module == "erlang":
        exported = BIFS.get((text, arity))
    if found is not None and text == "module_info" and arity < 2:
        asked = find_function("erlang", "get_module_info", arity + 1)
        exported = asked and functools.partial(asked, Atom(module))
    return exported if callable(exported) else None


def find_macro(module: str, text: str) -> Callable[..., Any] | None:
    """Give a library macro, `name/macro` of its module: a function of the form's arguments and the environment."""
    found = getattr(find_module(module), str(hy.mangle(f"{text}/macro")), None)
    return found if callable(found) else None


def library_file(name: str) -> pathlib.Path | None:
    """Give the file that a path such as `lfe/include/clj.lfe` names in the library, as `include-lib` has it."""
    application, _, rest = name.partition("/")
    try:
        package = importlib.import_module(f"xrepl.lang.{application}")
    except (ImportError, ValueError):
        return None
    found = [pathlib.Path(folder) / rest for folder in package.__path__]
    return next((path for path in found if rest and path.is_file()), None)


def resolve(module: str, text: str, arity: int) -> Callable[..., Any]:
    """Give what a call of `module:text/arity` calls: a function that fails when there is none."""
    found = find_function(module, text, arity)
    if found is not None:
        return found

    def missing(*arguments: Any) -> Any:
        python = python_function(module, text)
        if python is None:
            raise undefined(module, text, *arguments)
        return python_call(python, arguments, ())

    missing.__dict__["lfe_name"] = (module, text, arity)
    return missing


def python_function(module: str, text: str) -> Any:
    """Find a function of a Python module by the names that Hy gives to both."""
    if find_module(module) is not None:
        return None
    try:
        found = importlib.import_module(python_name(module))
    except (ImportError, ValueError):
        return None
    function = getattr(found, python_name(text), None)
    return function if callable(function) else None
