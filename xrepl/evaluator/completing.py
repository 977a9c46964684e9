"""What the prompt can complete in a session: its names, and those of modules and objects, with signatures.

Only looks: no code of the user's runs, nothing is imported but our own library.  Names that have not changed since they
were told are not told again.  What is told of a name is `describing.py`'s.
"""

from __future__ import annotations

import builtins
import contextlib
import functools
import importlib
import inspect
import pkgutil
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

import hy

from xrepl.dialect import library
from xrepl.dialect.bif_names import AUTO_IMPORTED
from xrepl.dialect.bifs import BIFS
from xrepl.dialect.interop import HY_FORMS
from xrepl.dialect.interpreter import Interpreter
from xrepl.dialect.names import RUNTIME, function_name, macro_name, python_name, variable_id, variable_name
from xrepl.dialect.shell_functions import shell_functions
from xrepl.evaluator.core_forms import CORE_FORMS
from xrepl.evaluator.describing import FUNCTION, MACRO, PYTHON, TOLD, Entry, Thing

Entries = dict[str, Entry]
Things = dict[str, Thing]

_LIBRARY = ("xrepl.lang.erlang", "xrepl.lang.lfe", "xrepl.lang.xrepl")


class Names:
    """The names of one session.

    Args:
        interpreter: the session's.
    """

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter
        self._told: dict[str, tuple[int, Entry]] = {}

    def changes(self, *, is_first: bool) -> tuple[Entries, list[str]]:
        """Give the session's own names that are new or changed since the last call, and the slots that are gone.

        Args:
            is_first: tell all, whatever was told before.
        """
        if is_first:
            self._told.clear()
        told, baseline = self._told, self._interpreter.baseline
        changed: Entries = {}
        namespace = self._interpreter.namespace
        for slot, value in namespace.items():
            known = told.get(slot)
            if (known is not None and known[0] == id(value)) or slot in baseline or slot.startswith(RUNTIME):
                continue
            entry = _thing(slot, value).line()
            if known is None or known[1] != entry:
                changed[slot] = entry
            told[slot] = id(value), entry
        gone = [slot for slot in told if slot not in namespace]
        for slot in gone:
            del told[slot]
        return changed, gone

    def of(self, qualifier: str) -> Entries:
        """Give the names behind a qualifier: `*` what every session has, `import` modules, `lists:`, `os.path.`."""
        if qualifier == "*":
            return base()
        if qualifier == "import":
            return modules()
        return _lines(self._things_of(qualifier))

    def full(self, name: str, qualifiers: list[str]) -> list[Entry]:
        """Give what is known of one name, with its whole documentation.

        Args:
            name: as it is written, `lists:map`.
            qualifiers: where to look for it, as for `of`; empty for the session's own names.
        """
        found = [thing for qualifier in qualifiers for thing in self._things_of(qualifier).values()]
        return [thing.full() for thing in found if thing.name == name]

    def _things_of(self, qualifier: str) -> Things:
        if qualifier == "*":
            return base_things()
        if not qualifier:
            namespace, baseline = self._interpreter.namespace, self._interpreter.baseline
            shown = [slot for slot in namespace if slot not in baseline and not slot.startswith(RUNTIME)]
            return {slot: _thing(slot, namespace[slot]) for slot in shown}
        if qualifier.endswith(":"):
            return self._functions_of(qualifier[:-1])
        return self._attributes_of(qualifier.rstrip("."))

    def _functions_of(self, module: str) -> Things:
        found = library.find_module(module)
        if found is not None:
            return _exports(found, f"{module}:")
        python = sys.modules.get(python_name(module))
        return _attributes(python, f"{module}:") if python is not None else {}

    def _attributes_of(self, path: str) -> Things:
        root, *rest = path.split(".")
        namespace = self._interpreter.namespace
        value = next((namespace[key] for key in (variable_id(root), python_name(root)) if key in namespace), None)
        for name in rest:
            value = _look_up(value, python_name(name))
        return _attributes(value, f"{path}.") if value is not None else {}


def _lines(things: Things) -> Entries:
    return {slot: thing.line() for slot, thing in things.items()}


@functools.cache
def base() -> Entries:
    """Give what every session has, in lines."""
    return _lines(base_things())


@functools.cache
def base_things() -> Things:
    """Give what every session has: core forms, functions, shell functions, modules, what Hy and Python add."""
    found = {f"python {name}": thing for name, thing in _attributes(builtins, "").items() if name[:1] != "_"}
    found.update({f"hy {name}": _told(name, "special-form", f"({name} ...)", "A form of Hy.") for name in HY_FORMS})
    for package in _LIBRARY:
        for info in pkgutil.iter_modules(importlib.import_module(package).__path__):
            if not info.name.startswith("_"):
                name = str(hy.unmangle(info.name))
                found[f"{name}:"] = _told(f"{name}:", "namespace", "", "a module")
    erlang = library.find_module("erlang")
    for (name, arity), function in [*BIFS.items(), *_callables(erlang)]:
        if (name, arity) in AUTO_IMPORTED or (name, arity) in BIFS:
            found[f"{name}/{arity}"] = Thing(name, FUNCTION, function)
    shell = shell_functions()
    for (name, arity), function in shell.functions.items():
        found[f"{name}/{arity}"] = Thing(name, FUNCTION, function)
    for name, macro in shell.macros.items():
        found[f"{name} macro"] = Thing(name, MACRO, macro)
    found.update({f"form {name}": Thing(name, TOLD, entry) for name, entry in CORE_FORMS.items()})
    # where the language has a name of its own, Python's is not what it means
    ours = {thing.name for slot, thing in found.items() if not slot.startswith(("python ", "hy "))}
    return {slot: thing for slot, thing in found.items() if not slot.startswith("python ") or thing.name not in ours}


def _told(*entry: str) -> Thing:
    return Thing(entry[0], TOLD, entry)


@functools.cache
def modules() -> Entries:
    """Give Python's modules that could be imported, by their files' names: nothing is imported."""
    names = {info.name for info in pkgutil.iter_modules()} | set(sys.stdlib_module_names)
    return {name: [name, "namespace", "", ""] for name in sorted(names) if not name.startswith("_")}


def _thing(slot: str, value: Any) -> Thing:
    """Give what a slot of a session's namespace holds."""
    key = function_name(slot)
    if key is not None:
        return Thing(key[0], FUNCTION, value)
    macro = macro_name(slot)
    if macro is not None:
        return Thing(macro, MACRO, value)
    return Thing(variable_name(slot), PYTHON, value)


def _callables(module: types.ModuleType | None) -> Iterator[tuple[tuple[str, int], Callable[..., Any]]]:
    """Give the functions of a library module by name and arity."""
    for identifier, value in vars(module).items() if module is not None else ():
        if identifier.startswith("hyx_") and isinstance(value, types.FunctionType):
            name, slash, arity = str(hy.unmangle(identifier)).rpartition("/")
            if slash and name and arity.isdecimal():
                yield (name, int(arity)), value


def _exports(module: types.ModuleType, qualifier: str) -> Things:
    found = {
        f"{name}/{arity}": Thing(f"{qualifier}{name}", FUNCTION, value) for (name, arity), value in _callables(module)
    }
    for identifier, value in vars(module).items():
        name = str(hy.unmangle(identifier)) if identifier.startswith("hyx_") else ""
        if name.endswith("/macro"):
            macro = qualifier + name.removesuffix("/macro")
            found[macro] = Thing(macro, MACRO, value)
    return found


def _attributes(value: Any, qualifier: str) -> Things:
    """Give the attributes of an object, as they are written down in it and its classes."""
    names: dict[str, Any] = {}
    if issubclass(type(value), type):
        for class_ in reversed(value.__mro__):
            names.update(vars(class_))
    else:
        for class_ in reversed(type(value).__mro__):
            names.update(vars(class_) if type(value) is not types.ModuleType else {})
        with contextlib.suppress(AttributeError, TypeError):  # it may have slots, or nothing
            names.update(object.__getattribute__(value, "__dict__"))
    shown = {name: held for name, held in names.items() if isinstance(name, str) and not name.startswith("_")}
    is_bound = type(value) is not types.ModuleType and not issubclass(type(value), type)
    return {name: Thing(f"{qualifier}{name}", PYTHON, _bound(held, value, is_bound)) for name, held in shown.items()}


def _bound(held: Any, owner: Any, is_bound: bool) -> Any:
    """Give a function of an object's class as the object's own, which is called without it."""
    return types.MethodType(held, owner) if is_bound and type(held) is types.FunctionType else held


def _look_up(value: Any, name: str) -> Any:
    """Give an attribute that is there without running code; None for any other."""
    found = inspect.getattr_static(value, name, None) if value is not None else None
    return None if isinstance(found, (property, types.GetSetDescriptorType, types.MemberDescriptorType)) else found
