"""Rebuilds what the pickler takes apart: functions, cells, classes, modules, things that belong to the session.

The pickler names the methods of `Builder`; the unpickler calls them on the builder of the session that it restores, so
that functions come back with the session's namespace as their globals.  Decides nothing about what is stored.
"""

from __future__ import annotations

import contextlib
import functools
import importlib
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

from xrepl.dialect.interpreter import Interpreter
from xrepl.dialect.names import function_name, is_remote
from xrepl.errors import RestoreIncomplete
from xrepl.evaluator.codes import Codes, Source
from xrepl.evaluator.reach import FINALIZER, NAMESPACE

_HOOK = "__init_subclass__"
CompileSource = Callable[[Source, tuple[Any, ...]], "types.CodeType | None"]
OWN_MODULE = ""  # stands for the session's module


class Builder:
    """Makes objects for one session.

    Args:
        interpreter: the session's.
        codes: its code objects.
        compile_source: gives the code object of a source and a shape, for code that other versions compiled; None
            without one.
    """

    def __init__(self, interpreter: Interpreter, codes: Codes, compile_source: CompileSource) -> None:
        self.interpreter = interpreter
        self.codes = codes
        self.has_same_versions = True
        self.made: list[types.CodeType] = []
        self.mentions: set[str] = set()  # what was loaded mentions these, beside what its code does
        self._compile_source = compile_source

    def code(
        self, data: bytes, constants: tuple[Any, ...], source: tuple[Any, ...] | None, name: str, looks: tuple[Any, ...]
    ) -> types.CodeType:
        """Make a code object: of its bytes, or under other versions of its source."""
        origin = Source(*source) if source is not None else None
        code = (
            self.codes.put_together(data, constants) if self.has_same_versions else self._compiled(origin, name, looks)
        )
        if origin is not None:
            self.codes.note_source(code, origin)
        self.made.append(code)
        return code

    def _compiled(self, source: Source | None, name: str, looks: tuple[Any, ...]) -> types.CodeType:
        code = self._compile_source(source, looks) if source is not None else None
        if code is None:
            raise RestoreIncomplete(f"{name} was compiled by other versions, and its source does not give it again")
        return code if code.co_name == name else code.replace(co_name=name)

    def cell(self) -> types.CellType:
        """Make an empty cell; its content follows the values."""
        return types.CellType()

    def globals(self, module: Any) -> dict[str, Any]:
        """Give the dictionary that is a function's globals."""
        if isinstance(module, dict):
            return module
        if module == OWN_MODULE:
            return self.interpreter.namespace
        if isinstance(module, str):
            return vars(importlib.import_module(module))
        return module.__dict__  # type: ignore[no-any-return]

    def function(
        self,
        code: types.CodeType,
        name: str,
        qualified: str,
        module: Any,
        closure: tuple[types.CellType, ...] | None,
        documentation: Any,
    ) -> types.FunctionType:
        """Make a function; `set_function` gives it the rest."""
        # the code's own strings where they are equal: pickled again, the function gives the same bytes
        made = types.FunctionType(code, self.globals(module), _same(name, code.co_name), None, closure)
        made.__qualname__ = _same(qualified, code.co_qualname)
        made.__doc__ = documentation
        return made

    def set_function(self, function: types.FunctionType, state: tuple[Any, ...]) -> None:
        """Give a function its defaults, attributes, annotations and the name of its module."""
        defaults, keywords, attributes, annotations, module = state
        function.__defaults__ = defaults
        if keywords is not None:
            function.__kwdefaults__ = dict(keywords)
        function.__dict__.update(attributes)
        if annotations:
            function.__annotations__ = dict(annotations)
        function.__module__ = self.module_name(module)

    def module_name(self, name: Any) -> Any:
        """Give a module's name, this session's for the one that stands for it."""
        return self.interpreter.module.__name__ if name == OWN_MODULE else name

    def class_(
        self, kind: type, name: str, bases: tuple[type, ...], module: str, given: tuple[tuple[str, Any], ...]
    ) -> type:
        """Make a class without its attributes; `set_class` gives them."""
        space = {"__module__": self.module_name(module), **dict(given)}
        own = self.interpreter.module.__name__
        # what the session's metaclasses and `__init_subclass__` do when a class is made has been done
        maker: Any = next(each for each in kind.__mro__ if each.__module__ != own)
        with _without_hook([each for base in bases for each in base.__mro__ if each.__module__ == own]):
            made: type = maker.__new__(kind, name, bases, space)
        return made

    def set_class(self, made: type, state: tuple[Any, ...]) -> None:
        """Give a class its attributes."""
        attributes, abstract, *registered = state  # what earlier releases wrote has none registered
        for name, value in attributes:
            if name == FINALIZER:
                self.mentions.add(name)
            type.__setattr__(made, name, value)
        if abstract is not None:
            made.__abstractmethods__ = abstract  # type: ignore[attr-defined]
        for each in registered[0] if registered else ():
            made.register(each)  # type: ignore[attr-defined]

    def enumeration(
        self, kind: Any, name: str, bases: tuple[type, ...], module: str, members: tuple[tuple[str, Any], ...]
    ) -> type:
        """Make an enumeration with its members."""
        space = kind.__prepare__(name, bases)
        for member, value in members:
            space[member] = value
        space["__module__"] = self.module_name(module)
        space["__qualname__"] = name
        made: type = kind.__new__(kind, name, bases, space)
        return made

    def set_members(self, made: Any, state: tuple[Any, ...]) -> None:
        """Give an enumeration its methods, and its members what they have beside their values."""
        attributes, members = state
        for name, value in attributes:
            type.__setattr__(made, name, value)
        for name, more in members:
            vars(made.__members__[name]).update(more)

    def set_exception(self, made: BaseException, state: tuple[Any, ...]) -> None:
        """Give an exception its attributes and what it was raised from."""
        attributes, made.__cause__, made.__suppress_context__ = state
        if attributes:
            made.__setstate__(attributes)

    def set_attributes(self, made: Any, state: tuple[Any, ...]) -> None:
        """Give an object the dictionary of its attributes itself, and what its slots hold."""
        attributes, slots = state
        object.__setattr__(made, "__dict__", attributes)
        for name, value in (slots or {}).items():
            object.__setattr__(made, name, value)

    def own_module(self) -> types.ModuleType:
        """Give the session's module."""
        self.mentions.add(NAMESPACE)
        return self.interpreter.module

    def module(self, name: str) -> types.ModuleType:
        """Import a module."""
        return importlib.import_module(name)

    def dynamic_module(self, name: str, documentation: Any) -> types.ModuleType:
        """Make a module that no file holds."""
        return types.ModuleType(name, documentation)

    def set_module(self, module: types.ModuleType, state: tuple[tuple[str, Any], ...]) -> None:
        """Give such a module its attributes."""
        vars(module).update(state)

    def attribute(self, module: str, path: str) -> Any:
        """Give something that a module holds under a name."""
        found: Any = importlib.import_module(module)
        for name in path.split("."):
            found = getattr(found, name)
        return found

    def held(self, identifier: str) -> Any:
        """Give what stands beside the session's namespace: library functions, stubs, the runtime."""
        held = self.interpreter.globals.held
        key = function_name(identifier)
        if identifier not in held and key is not None:
            if is_remote(identifier):
                module, _, text = key[0].partition(":")
                self.interpreter.globals.remote(module, text, key[1])
            else:
                self.interpreter.globals.function(*key)
        if identifier not in held:
            raise RestoreIncomplete(f"{identifier} is no longer there")
        return held[identifier]

    def hy_macro(self, module: str, name: str) -> Any:
        """Give a macro of a Hy module."""
        return vars(importlib.import_module(module))["_hy_macros"][name]

    def property_(self, *parts: Any) -> property:
        """Make a property."""
        return property(*parts)

    def wrapped(self, kind: Any, function: Any) -> Any:
        """Make a static or class method, or a cached property."""
        return kind(function)

    def cached(self, function: Any, size: int | None, is_typed: bool) -> Any:
        """Make a function that remembers its results; what it remembered is computed again."""
        return functools.lru_cache(maxsize=size, typed=is_typed)(function)

    def array_view(self, owner: Any, dtype: Any, shape: tuple[int, ...], offset: int, strides: tuple[int, ...]) -> Any:
        """Make an array that is a view of another one's memory."""
        return type(owner)(shape, dtype, owner.ravel(order="K"), offset, strides)

    def array_over(self, kind: Any, owner: Any, dtype: Any, shape: Any, offset: int, strides: tuple[int, ...]) -> Any:
        """Make an array of the memory that something else has."""
        return kind(shape, dtype, owner, offset, strides)

    def nothing(self) -> None:
        """Give None, for what is not worth keeping."""

    def proxy(self, mapping: Any) -> Any:
        """Make a read-only view of a mapping."""
        return types.MappingProxyType(mapping)

    def typing_name(self, kind: Any, arguments: tuple[Any, ...], keywords: dict[str, Any], module: Any) -> Any:
        """Make what typing would find by its name."""
        made = kind(*arguments, **keywords)
        made.__module__ = self.module_name(module)
        return made

    def special(self, name: str) -> Any:
        """Give one of the dictionaries that are the session itself."""
        self.mentions.add(NAMESPACE)
        return {
            "namespace": self.interpreter.namespace,
            "held": self.interpreter.globals.held,
            "builtins": vars(sys.modules["builtins"]),
        }[name]


def _same(text: str, other: str) -> str:
    return other if text == other else text


@contextlib.contextmanager
def _without_hook(owners: list[type]) -> Iterator[None]:
    """Let classes not run their `__init_subclass__`."""
    hooks = [(owner, vars(owner)[_HOOK]) for owner in owners if _HOOK in vars(owner)]
    for owner, _ in hooks:
        type.__setattr__(owner, _HOOK, classmethod(_no_hook))
    try:
        yield
    finally:
        for owner, hook in hooks:
            type.__setattr__(owner, _HOOK, hook)


def _no_hook(made: type, /, **keywords: Any) -> None:
    """Do nothing."""
