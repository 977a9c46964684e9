"""Modules that a session defines, at the prompt or by compiling a file: one binding each, and how calls find them.

A module is a value that never changes; a new definition makes another one.  Its functions are called through names in
the session's builtins, which are made anew from the bindings when those were replaced.  What its code sees is in
`module_globals.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from xrepl.dialect.data import Atom, from_iterable, string
from xrepl.dialect.names import module_id, module_name, private_id, remote_id
from xrepl.dialect.printer import write
from xrepl.dialect.raising import badarg

if TYPE_CHECKING:
    from xrepl.dialect.globals import SessionGlobals

Key = tuple[str, int]
Function = Callable[..., Any]

CURRENT = "_x_module"  # the binding that says which module definitions at the prompt belong to
_OWN = (("module_info", 0), ("module_info", 1))
_FIRST = (("LFE-EXPAND-EXPORTED-MACRO", 3), ("__info__", 1))


class Module(NamedTuple):
    """A module of a session.

    Attributes:
        name: its name.
        exports: names and arities, as its header has them.
        is_open: whether it exports all that it defines.
        functions: all its functions, exported or not.
        macros: the exported macros of a file: name, definition as data with all macros in it expanded, documentation.
        shown: names of the exported macros that are the session's, at the prompt.
        imports: local name and arity, module, name there.
        aliases: other names for modules, and the module of each.
        attributes: names and values.
        documentation: what it is for.
        file: where it is from; empty at the prompt.
        source: the text that defines it, without the functions of the prompt.
    """

    name: str
    exports: tuple[Key, ...] = ()
    is_open: bool = False
    functions: tuple[tuple[str, int, Function], ...] = ()
    macros: tuple[tuple[str, Any, str], ...] = ()
    shown: tuple[str, ...] = ()
    imports: tuple[tuple[Key, str, str], ...] = ()
    aliases: tuple[tuple[str, str], ...] = ()
    attributes: tuple[tuple[Atom, Any], ...] = ()
    documentation: str = ""
    file: str = ""
    source: str = ""

    def exported(self) -> list[Key]:
        """Give names and arities of what it exports, sorted."""
        return sorted({key[:2] for key in self.functions} if self.is_open else set(self.exports))

    def is_exported(self, key: Key) -> bool:
        """Say whether a function is exported, defined or not."""
        return self.is_open or key in self.exports

    def with_function(self, name: str, arity: int, function: Function) -> Module:
        """Give the module with another function, in the place of one of this name and arity."""
        others = tuple(known for known in self.functions if known[:2] != (name, arity))
        return self._replace(functions=(*others, (name, arity, function)))


def write_in_module(module: Module, text: str) -> str:
    """Give the text of a form that evaluates another one as a definition of a module, also before that is there."""
    found = [((Atom(key[0]), key[1]), Atom(origin), Atom(name)) for key, origin, name in module.imports]
    imports = from_iterable(found)
    return f"(-in-module- {write(Atom(module.name))} {write(imports)} {text}\n)"


def find(namespace: dict[str, Any], name: str) -> Module | None:
    """Give a session's module of this name."""
    found: Module | None = namespace.get(module_id(name))
    return found


def all_modules(namespace: dict[str, Any]) -> Iterator[Module]:
    """Go through the modules of a session."""
    return (value for name, value in namespace.items() if module_name(name) is not None and type(value) is Module)


# --- links


class Links:
    """The names in a session's builtins by which code calls the functions of its modules.

    Args:
        globals_: the session's.
    """

    def __init__(self, globals_: SessionGlobals) -> None:
        self._globals = globals_
        self._made: set[str] = set()

    def renew(self) -> None:
        """Make the links that the bindings say; what is no module's any more fails when it is called."""
        held, namespace = self._globals.held, self._globals.namespace
        former, self._made = self._made, set()
        lent = all_modules(self._globals.lent)
        for module in (*lent, *all_modules(namespace)):
            for name, arity, function in module.functions:
                self.add(module, name, arity, function)
            for key in (*_OWN, _FIRST[1]):
                self._link(remote_id(module.name, *key), own_function(namespace, module.name, *key))
        for identifier in former - self._made:
            held.pop(identifier, None)
            self._globals.again(identifier)

    def add(self, module: Module, name: str, arity: int, function: Function) -> None:
        """Link one function of a module."""
        identifiers = [private_id(module.name, name, arity)]
        if module.is_exported((name, arity)):
            identifiers.append(remote_id(module.name, name, arity))
        for identifier in identifiers:
            self._link(identifier, function)

    def _link(self, identifier: str, function: Function | None) -> None:
        self._globals.held[identifier] = function
        self._made.add(identifier)


# --- what every module knows of itself


def own_function(namespace: dict[str, Any], module: str, name: str, arity: int) -> Function | None:
    """Give `module_info` or `__info__` of a session's module; None for all else."""
    if find(namespace, module) is None:
        return None
    if (name, arity) == ("module_info", 0):
        return lambda: _all_info(namespace[module_id(module)])
    if (name, arity) == ("module_info", 1):
        return lambda what: _info(namespace[module_id(module)], what)
    if (name, arity) == ("__info__", 1):
        return lambda what: _keys(_lfe_info(namespace[module_id(module)], what))
    return None


def _lfe_info(module: Module, what: Any) -> list[Key]:
    return [_FIRST[0], *module.exported()] if what is Atom("functions") else []


def _keys(keys: list[Key]) -> Any:
    return from_iterable([(Atom(name), arity) for name, arity in keys])


_PARTS: dict[str, Callable[[Module], Any]] = {
    "module": lambda module: Atom(module.name),
    "exports": lambda module: _keys([*_FIRST, *module.exported(), *_OWN]),
    "functions": lambda module: _keys([*_FIRST, *sorted(key[:2] for key in module.functions), *_OWN]),
    "attributes": lambda module: from_iterable(_attributes(module)),
    "compile": lambda module: from_iterable([(Atom("source"), string(module.file))]),
}


def _attributes(module: Module) -> list[Any]:
    documentation = [(Atom("doc"), string(module.documentation))] if module.documentation else []
    return [*documentation, *((key, from_iterable([value])) for key, value in module.attributes)]


def _info(module: Module, what: Any) -> Any:
    part = _PARTS.get(what.name) if type(what) is Atom else None
    if part is None:
        raise badarg("erlang", "get_module_info", Atom(module.name), what)
    return part(module)


def _all_info(module: Module) -> Any:
    names = ("module", "exports", "attributes", "compile")
    return from_iterable([(Atom(name), _PARTS[name](module)) for name in names])
