"""How the objects of a session that plain pickle refuses are taken apart: which builder method makes them of what.

Each function is given the pickler and the object and gives what `__reduce__` would, or NotImplemented to leave the
object to pickle.  Whoever is taken apart here and can change is noted in the pickler's `owned`.
"""

from __future__ import annotations

import abc
import dataclasses
import enum
import functools
import gc
import io
import sys
import types
import typing
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import hy

from xrepl.dialect.data import Atom, Cons, from_iterable
from xrepl.dialect.processes import Process
from xrepl.evaluator.building import OWN_MODULE, Builder
from xrepl.evaluator.codes import Source, shape
from xrepl.evaluator.reach import FINALIZER, NAMESPACE
from xrepl.evaluator.reasons import NotKept

if TYPE_CHECKING:
    from xrepl.evaluator.pickling import Pickler

PROTOCOL = 5
Reduced = Any
Take = Callable[["Pickler", Any], Reduced]

# what a class has without having been given it
_MADE_BY_PYTHON = frozenset(
    {"__dict__", "__weakref__", "__module__", "_abc_impl", "__abstractmethods__", "__slots__", "__slotnames__"}
)
# what the bases of a class look at when it is made
_GIVEN_AT_ONCE = ("__slots__", "__orig_bases__", "__qualname__", "__doc__")
_GIVEN = _MADE_BY_PYTHON.union(_GIVEN_AT_ONCE)
_OF_MEMBERS = frozenset({"_value_", "_name_", "__objclass__", "_sort_order_"})
_METHODS = (types.FunctionType, staticmethod, classmethod, property)


def take_atom(pickler: Pickler, value: Atom) -> Reduced:
    """An atom is its name."""
    return Atom, (value.name,)


def take_cons(pickler: Pickler, value: Cons) -> Reduced:
    """A list is a run of elements and what follows: the end, or cells that others refer to as well."""
    shared = pickler.shared_cells()
    items = [value.head]
    rest = value.tail
    while type(rest) is Cons and id(rest) not in shared:
        items.append(rest.head)
        rest = rest.tail
    return from_iterable, (tuple(items), rest)


def take_cell(pickler: Pickler, value: types.CellType) -> Reduced:
    """A cell is made empty; its content comes after all values, since it may refer to any."""
    pickler.cells.append(value)
    return Builder.cell, ()


def take_code(pickler: Pickler, value: types.CodeType) -> Reduced:
    """A code object is bytes, constants of the language, and its source."""
    codes = pickler.context.codes
    known = codes.take_apart(value)
    pickler.has_code = True
    pickler.mentions |= known.names
    source = codes.source(value)
    name = sys.intern(value.co_name)
    return Builder.code, (known.data, known.constants, source and tuple(source), name, shape(value))


def take_function(pickler: Pickler, value: types.FunctionType) -> Reduced:
    """A function of the session is its code and what it captured; one of a library is a name."""
    context = pickler.context
    space = value.__globals__
    if space is context.namespace:
        home: Any = OWN_MODULE
    else:
        reference = _reference(pickler, value)
        if reference is not None:
            return reference
        home = _home_of(space)
        if isinstance(home, str):
            pickler.context.codes.note_source(value.__code__, Source("", False, 0, (home, value.__code__.co_qualname)))
        if home is space and not pickler.is_thorough:
            raise NotKept("a function with globals of its own")
    pickler.owned.add(id(value))
    documentation = value.__doc__
    # interned, since pickles tell two equal strings from one
    names = (sys.intern(value.__name__), sys.intern(value.__qualname__))
    made = (value.__code__, *names, home, value.__closure__, documentation)
    module = _module_name(pickler, value.__module__)
    keywords = value.__kwdefaults__
    annotations = getattr(value, "__annotations__", None)
    if value.__defaults__ is None and not keywords and not value.__dict__ and not annotations and module == home:
        return Builder.function, made
    state = (
        value.__defaults__,
        tuple(keywords.items()) if keywords else None,
        tuple(value.__dict__.items()),
        tuple(annotations.items()) if annotations else (),
        module,
    )
    return Builder.function, made, state, None, None, Builder.set_function


def _reference(pickler: Pickler, value: Any) -> Reduced:
    """Give how to find a function of a library; None if it cannot be found by a name."""
    if is_importable(value):
        return NotImplemented
    macros = getattr(sys.modules.get(value.__module__ or ""), "_hy_macros", {})
    for name, macro in macros.items():
        if macro is value:
            return Builder.hy_macro, (value.__module__, name)
    identifier = pickler.context.find_held(value)
    return (Builder.held, (identifier,)) if identifier is not None else None


def _home_of(space: dict[str, Any]) -> Any:
    """Give what stands for a function's globals: a module's name, the module itself, or the dictionary."""
    name = space.get("__name__")
    module = sys.modules.get(name) if isinstance(name, str) else None
    if module is not None and vars(module) is space:
        return name
    return space


def is_importable(value: Any) -> bool:
    """Say whether a module of Python's holds a function or class under its own name."""
    found: Any = sys.modules.get(value.__module__ or "")
    for name in value.__qualname__.split("."):
        found = getattr(found, name, None)
    return found is value


def _module_name(pickler: Pickler, name: Any) -> Any:
    return OWN_MODULE if name == pickler.context.module_name else name


def take_class(pickler: Pickler, value: type) -> Reduced:
    """A class of the session is made anew and then given its attributes; one of a library is a name."""
    is_own = value.__module__ == pickler.context.module_name
    if not is_own and is_importable(value):
        return NotImplemented
    pickler.owned.add(id(value))
    kind = type(value)
    module = _module_name(pickler, value.__module__)
    if issubclass(kind, enum.EnumMeta):
        return _take_enumeration(pickler, value, module)
    space = dict(vars(value))
    given = tuple((name, space[name]) for name in _GIVEN_AT_ONCE if name in space)
    if "__qualname__" not in space:
        given += (("__qualname__", value.__qualname__),)
    pickler.mentions.update(space.keys() & {FINALIZER})
    names = [name for name in space if name not in _GIVEN and not _is_slot(value, space[name])]
    registered = _registered(value) if "_abc_impl" in space else ()
    state = (tuple((name, space[name]) for name in names), space.get("__abstractmethods__"), registered)
    return Builder.class_, (kind, value.__name__, value.__bases__, module, given), state, None, None, Builder.set_class


def _is_slot(owner: type, value: Any) -> bool:
    return isinstance(value, (types.MemberDescriptorType, types.GetSetDescriptorType)) and value.__objclass__ is owner


def _registered(value: Any) -> tuple[type, ...]:
    """Give the classes that an abstract class was told to be a base of, in the order of their names."""
    found = (reference() for reference in abc._get_dump(value)[0])  # type: ignore[attr-defined]
    return tuple(sorted((each for each in found if each is not None), key=lambda each: each.__qualname__))


def _take_enumeration(pickler: Pickler, value: Any, module: str) -> Reduced:
    """An enumeration is made again of its members' values; what else a member has is given to it."""
    members = tuple((name, member._value_) for name, member in value.__members__.items())
    given = tuple((name, part) for name, part in vars(value).items() if _is_given(value, name, part))
    made = (type(value), value.__name__, value.__bases__, module, members)
    more = tuple((name, _more_of(member)) for name, member in value.__members__.items())
    return Builder.enumeration, made, (given, tuple(pair for pair in more if pair[1])), None, None, Builder.set_members


def _is_given(owner: Any, name: str, part: Any) -> bool:
    """Say whether an enumeration got an attribute from the user: a method, or a value that is no member."""
    if isinstance(part, _METHODS):
        return _is_users(part)
    return not (name.startswith("_") or name in owner.__members__ or isinstance(part, types.DynamicClassAttribute))


def _more_of(member: Any) -> tuple[tuple[str, Any], ...]:
    return tuple(pair for pair in vars(member).items() if pair[0] not in _OF_MEMBERS)


def _is_users(method: Any) -> bool:
    function = method.fget if isinstance(method, property) else getattr(method, "__func__", method)
    return getattr(function, "__module__", None) != "enum"


def take_module(pickler: Pickler, value: types.ModuleType) -> Reduced:
    """A module is imported again by its name; one that no file holds is made again with all that it has."""
    if value is pickler.context.module:
        pickler.mentions.add(NAMESPACE)
        return Builder.own_module, ()
    name = value.__name__
    if sys.modules.get(name) is value:
        return Builder.module, (name,)
    pickler.owned.add(id(value))
    attributes = tuple((key, part) for key, part in vars(value).items() if key != "__builtins__")
    made = (name, value.__doc__)
    return Builder.dynamic_module, made, attributes, None, None, Builder.set_module


def take_property(pickler: Pickler, value: property) -> Reduced:
    """A property is its functions."""
    return Builder.property_, (value.fget, value.fset, value.fdel, value.__doc__)


def take_wrapped(pickler: Pickler, value: Any) -> Reduced:
    """A static or class method is the function in it."""
    return Builder.wrapped, (type(value), value.__func__)


def take_cached_property(pickler: Pickler, value: Any) -> Reduced:
    """A cached property is its function and the name that it has."""
    return Builder.wrapped, (type(value), value.func), {"attrname": value.attrname, "__doc__": value.__doc__}


def take_cached(pickler: Pickler, value: Any) -> Reduced:
    """A function that remembers its results is the function in it."""
    if value.__module__ != pickler.context.module_name and is_importable(value):
        return NotImplemented
    parameters = value.cache_parameters()
    return Builder.cached, (value.__wrapped__, parameters["maxsize"], parameters["typed"])


def take_exception(pickler: Pickler, value: BaseException) -> Reduced:
    """An exception is what it says itself, and what it was raised from."""
    if value.__cause__ is None and not value.__suppress_context__:
        return NotImplemented
    made = value.__reduce_ex__(PROTOCOL)
    if type(made) is not tuple or len(made) > 3:
        return NotImplemented
    state = made[2] if len(made) == 3 else None
    return *made[:2], (state, value.__cause__, value.__suppress_context__), None, None, Builder.set_exception


def take_lent(pickler: Pickler, value: Any) -> Reduced:
    """An object whose attributes' dictionary something else refers to gets that very dictionary again."""
    kind = type(value)
    if not kind.__dictoffset__ or hasattr(kind, "__setstate__") or _reducing(kind) != _reducing(object):
        return NotImplemented
    attributes = object.__getattribute__(value, "__dict__")
    if sys.getrefcount(attributes) <= _REFERENCES:
        return NotImplemented
    made, arguments, state, *rest = value.__reduce_ex__(PROTOCOL)
    slots = state[1] if type(state) is tuple else None
    return made, arguments, (attributes, slots), *rest, Builder.set_attributes


_reducing = attrgetter("__reduce_ex__", "__reduce__", "__getstate__")


def _references() -> int:
    """Give how many references there are to the dictionary of an object that nothing else has."""
    one = types.SimpleNamespace(a=1)
    attributes = object.__getattribute__(one, "__dict__")
    return sys.getrefcount(attributes)


_REFERENCES = _references()


def take_proxy(pickler: Pickler, value: Any) -> Reduced:
    """A read-only view of a mapping is the mapping."""
    return Builder.proxy, tuple(gc.get_referents(value))


def take_type_variable(pickler: Pickler, value: Any) -> Reduced:
    """A type variable is made again; typing would store it by its name."""
    given = {} if value.__bound__ is None else {"bound": value.__bound__}
    flags = {flag: True for flag in ("covariant", "contravariant") if getattr(value, f"__{flag}__")}
    names = (value.__name__, *getattr(value, "__constraints__", ()))
    return Builder.typing_name, (type(value), names, {**given, **flags}, _module_name(pickler, value.__module__))


def take_new_type(pickler: Pickler, value: Any) -> Reduced:
    """A type that `NewType` made is made again."""
    names = (value.__name__, value.__supertype__)
    return Builder.typing_name, (type(value), names, {}, _module_name(pickler, value.__module__))


def take_mark(pickler: Pickler, value: Any) -> Reduced:
    """An object that data classes compare by identity is found by its place."""
    name = next(name for name, mark in vars(dataclasses).items() if mark is value)
    return Builder.attribute, ("dataclasses", name)


def take_reader(pickler: Pickler, value: Any) -> Reduced:
    """The reader that Hy's models remember is not data."""
    return Builder.nothing, ()


def take_stream(pickler: Pickler, value: Any) -> Reduced:
    """Standard input and output are those of the process that loads them; other files are not kept."""
    for name in ("stdin", "stdout", "stderr", "__stdin__", "__stdout__", "__stderr__"):
        if getattr(sys, name) is value:
            return Builder.attribute, ("sys", name)
    return NotImplemented


def refuse_session(pickler: Pickler, value: Any) -> Reduced:
    """The parts of the program that evaluate the session are not data."""
    raise NotKept("a part of the running session")


def refuse_process(pickler: Pickler, value: Any) -> Reduced:
    """A process of the language ends with the evaluator; its pid is data."""
    raise NotKept("process")


TAKEN: dict[type, Take] = {
    Atom: take_atom,
    Cons: take_cons,
    types.CellType: take_cell,
    types.CodeType: take_code,
    types.FunctionType: take_function,
    types.ModuleType: take_module,
    property: take_property,
    staticmethod: take_wrapped,
    classmethod: take_wrapped,
    functools.cached_property: take_cached_property,
    type(functools.lru_cache(take_atom)): take_cached,
    types.MappingProxyType: take_proxy,
    typing.TypeVar: take_type_variable,
    typing.ParamSpec: take_type_variable,
    typing.NewType: take_new_type,
    hy.HyReader: take_reader,
    io.TextIOWrapper: take_stream,
    Process: refuse_process,
}
# what `dataclasses.fields` and its like compare by identity
TAKEN.update(
    dict.fromkeys(
        {type(vars(dataclasses)[name]) for name in ("MISSING", "KW_ONLY", "_FIELD", "_HAS_DEFAULT_FACTORY")}, take_mark
    )
)
