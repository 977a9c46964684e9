"""What the prompt can complete in a session: its names, and those of modules and objects, with signatures.

Only looks: no code of the user's runs, nothing is imported but our own library.  Names that have not changed since they
were told are not told again.
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

# name, type (a word of nREPL's clients), signature, first line of the documentation
Entry = list[str]
Entries = dict[str, Entry]

MAX_SIGNATURE_CHARACTERS = 120
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
            entry = _entry(slot, value)
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
        if qualifier.endswith(":"):
            return self._functions_of(qualifier[:-1])
        return self._attributes_of(qualifier.rstrip("."))

    def _functions_of(self, module: str) -> Entries:
        found = library.find_module(module)
        if found is not None:
            return _exports(found, f"{module}:")
        python = sys.modules.get(python_name(module))
        return _attributes(python, f"{module}:") if python is not None else {}

    def _attributes_of(self, path: str) -> Entries:
        root, *rest = path.split(".")
        namespace = self._interpreter.namespace
        value = next((namespace[key] for key in (variable_id(root), python_name(root)) if key in namespace), None)
        for name in rest:
            value = _look_up(value, python_name(name))
        return _attributes(value, f"{path}.") if value is not None else {}


@functools.cache
def base() -> Entries:
    """Give what every session has: core forms, functions, shell functions, modules, what Hy and Python add."""
    found: Entries = {f"python {name}": entry for name, entry in _attributes(builtins, "").items() if name[:1] != "_"}
    found.update({f"hy {name}": [name, "special-form", "", "Hy's own"] for name in HY_FORMS})
    for package in _LIBRARY:
        for info in pkgutil.iter_modules(importlib.import_module(package).__path__):
            if not info.name.startswith("_"):
                name = str(hy.unmangle(info.name))
                found[f"{name}:"] = [f"{name}:", "namespace", "", "a module"]
    erlang = library.find_module("erlang")
    for (name, arity), function in [*BIFS.items(), *_callables(erlang)]:
        if (name, arity) in AUTO_IMPORTED or (name, arity) in BIFS:
            found[f"{name}/{arity}"] = _function_entry(name, function)
    shell = shell_functions()
    for (name, arity), function in shell.functions.items():
        found[f"{name}/{arity}"] = _function_entry(name, function)
    for name, macro in shell.macros.items():
        found[f"{name} macro"] = [name, "macro", "", _first_line(macro)]
    found.update({f"form {name}": list(entry) for name, entry in CORE_FORMS.items()})
    # where the language has a name of its own, Python's is not what it means
    ours = {entry[0] for slot, entry in found.items() if not slot.startswith(("python ", "hy "))}
    return {slot: entry for slot, entry in found.items() if not slot.startswith("python ") or entry[0] not in ours}


@functools.cache
def modules() -> Entries:
    """Give Python's modules that could be imported, by their files' names: nothing is imported."""
    names = {info.name for info in pkgutil.iter_modules()} | set(sys.stdlib_module_names)
    return {name: [name, "namespace", "", ""] for name in sorted(names) if not name.startswith("_")}


def _entry(slot: str, value: Any) -> Entry:
    key = function_name(slot)
    if key is not None:
        return _function_entry(key[0], value)
    macro = macro_name(slot)
    if macro is not None:
        return [macro, "macro", "", _first_line(value)]
    return _python_entry(variable_name(slot), value)


def _function_entry(name: str, function: Any) -> Entry:
    return [name, "function", _signature(name, function), _first_line(function)]


def _python_entry(name: str, value: Any) -> Entry:
    """Give the entry of a Python object, by its type alone."""
    kind = type(value)
    if kind is types.ModuleType:
        return [name, "namespace", "", _first_line(value)]
    if issubclass(kind, type):
        return [name, "class", f"({name} ...)", _first_line(value)]
    if kind in (types.FunctionType, types.BuiltinFunctionType, types.MethodType, types.MethodDescriptorType):
        return [name, "function", _signature(name, value), _first_line(value)]
    return [name, "variable", "", kind.__name__]


def _signature(name: str, function: Any) -> str:
    code = function.__code__ if type(function) in (types.FunctionType, types.MethodType) else None
    if code is None:
        return f"({name} ...)"
    count = code.co_argcount
    words = [name, *(word.removeprefix("l_").replace("_", "-") for word in code.co_varnames[:count])]
    if code.co_flags & inspect.CO_VARARGS:
        words.append("...")
    return f"({' '.join(words)})"[:MAX_SIGNATURE_CHARACTERS]


def _doc(value: Any) -> str:
    """Give the documentation that an object was written with, without running its code."""
    doc = inspect.getattr_static(value, "__doc__", "")
    return doc if isinstance(doc, str) else ""


def _first_line(value: Any) -> str:
    doc = value.__doc__ if type(value) in (types.FunctionType, types.ModuleType) else _doc(value)
    return doc.lstrip().partition("\n")[0][:MAX_SIGNATURE_CHARACTERS] if isinstance(doc, str) else ""


def _callables(module: types.ModuleType | None) -> Iterator[tuple[tuple[str, int], Callable[..., Any]]]:
    """Give the functions of a library module by name and arity."""
    for identifier, value in vars(module).items() if module is not None else ():
        if identifier.startswith("hyx_") and isinstance(value, types.FunctionType):
            name, slash, arity = str(hy.unmangle(identifier)).rpartition("/")
            if slash and name and arity.isdecimal():
                yield (name, int(arity)), value


def _exports(module: types.ModuleType, qualifier: str) -> Entries:
    found = {
        f"{name}/{arity}": _function_entry(f"{qualifier}{name}", value) for (name, arity), value in _callables(module)
    }
    for identifier, value in vars(module).items():
        name = str(hy.unmangle(identifier)) if identifier.startswith("hyx_") else ""
        if name.endswith("/macro"):
            macro = qualifier + name.removesuffix("/macro")
            found[macro] = [macro, "macro", "", _first_line(value)]
    return found


def _attributes(value: Any, qualifier: str) -> Entries:
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
    return {name: _python_entry(f"{qualifier}{name}", held) for name, held in shown.items()}


def _look_up(value: Any, name: str) -> Any:
    """Give an attribute that is there without running code; None for any other."""
    found = inspect.getattr_static(value, name, None) if value is not None else None
    return None if isinstance(found, (property, types.GetSetDescriptorType, types.MemberDescriptorType)) else found
