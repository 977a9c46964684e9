"""What a form could have reached: the bindings that its code mentions, and those that their code mentions in turn.

Names are looked for, not values: a name that is an attribute only costs a look too many.  Code that can get at bindings
without naming them (`eval`, `globals`, a process's dictionary) reaches everything.
"""

from __future__ import annotations

import functools
import importlib.util
import types
from collections.abc import Iterable

from xrepl.dialect.library import find_module
from xrepl.dialect.names import RUNTIME, function_name, is_remote, macro_name, python_name
from xrepl.evaluator.codes import mentioned

# names by which code gets at what it does not mention
_OPAQUE = frozenset(
    """
    eval exec globals locals vars dir __globals__ __dict__ f_globals f_locals modules __builtins__ import_module
    get_objects get_referrers get_referents current_frames _getframe currentframe interpreter __main__ _hy_macros
    """.split()
)
# by which code asks to be called when no form mentions it: when an object goes, a signal comes, a line is written
_HOOKS = frozenset(
    """
    weakref finalize signal settrace setprofile addaudithook callbacks excepthook displayhook unraisablehook
    breakpointhook meta_path path_hooks addHandler showwarning mock ctypes
    """.split()
)
FINALIZER = "__del__"
NAMESPACE = "globals"  # what a value mentions that holds the session's namespace itself
# functions of the language that call others by name, or give what was kept aside: a mailbox, a dictionary, a table
_OPAQUE_FUNCTIONS = frozenset("apply get erase put call receive flush eval".split())
_OPAQUE_MODULES = frozenset("ets lfe_eval rpc shell".split())
_OPAQUE_RUNTIME = tuple(RUNTIME + name for name in ("receive", "call", "apply"))


class Names:
    """The names under which a session's functions can be called, beside their own, and those of its macros."""

    def __init__(self) -> None:
        self._spelt: dict[str, set[str]] = {}
        self.macros: set[str] = set()

    def add(self, slot: str) -> None:
        """Take note of a binding: Hy's code calls a function `f` of the language as `f`."""
        found = function_name(slot)
        if found is not None:
            self._spelt.setdefault(python_name(found[0]), set()).add(slot)
        elif macro_name(slot) is not None or "/" in slot:
            self.macros.add(slot)

    def slots(self, name: str) -> Iterable[str]:
        """Give the bindings that a name in code may mean."""
        other = self._spelt.get(name)
        if other is not None:
            return (name, *other)
        return _callable_names(name)


@functools.cache
def _callable_names(name: str) -> tuple[str, ...]:
    found = function_name(name)  # what is no function of the language is called by a stub, which looks there
    return (name, python_name(found[0])) if found is not None else (name,)


def mentions(codes: Iterable[types.CodeType]) -> set[str]:
    """Give the names that code objects mention."""
    return {name for code in codes for name in mentioned(code)}


def is_opaque(names: Iterable[str]) -> bool:
    """Say whether code with these names may reach what it does not mention."""
    return not _OPAQUE.isdisjoint(names) or any(_is_opaque_call(name) for name in names)


def has_hook(names: Iterable[str]) -> bool:
    """Say whether code with these names may have left something that runs whenever it likes."""
    return not _HOOKS.isdisjoint(names)


@functools.cache
def _is_opaque_call(name: str) -> bool:
    if not name.startswith("lfe"):
        return name.startswith(_OPAQUE_RUNTIME)
    found = function_name(name)
    if found is None:
        return False
    if is_remote(name):
        module, _, function = found[0].partition(":")
        is_listed = function.replace("-", "_") in _OPAQUE_FUNCTIONS or module.replace("-", "_") in _OPAQUE_MODULES
        return is_listed or not _is_library(module)
    return found[0].replace("-", "_") in _OPAQUE_FUNCTIONS


def _is_library(module: str) -> bool:
    """Say whether a module's code is not the session's: one of the library's, or of Python's."""
    if find_module(module) is not None:
        return True
    try:
        return importlib.util.find_spec(python_name(module)) is not None
    except (ImportError, ValueError):
        return False
