"""Forms on maps: `map`, and the long and short names of asking and changing (`map-get`, `mref` ...).

A map is never changed: each change gives a new one.  Failures name Erlang's function.  Patterns are in `patterns.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hy.models import Tuple

from xrepl.dialect.data import Atom, map_key
from xrepl.dialect.forms import bad_form, expression
from xrepl.dialect.kernel import call
from xrepl.dialect.raising import LfeError
from xrepl.dialect.scope import Block, Model, Where

if TYPE_CHECKING:
    from xrepl.dialect.translate import Translator


def _failure(tag: str, value: Any, module: str, function: str, *arguments: Any) -> LfeError:
    return LfeError("error", (Atom(tag), value), (module, function, arguments))


def map_size(value: Any) -> int:
    """Count a map's keys."""
    if not isinstance(value, dict):
        raise _failure("badmap", value, "erlang", "map_size", value)
    return len(value)


def map_get(key: Any, value: Any) -> Any:
    """Give what a map has for a key."""
    if not isinstance(value, dict):
        raise _failure("badmap", value, "erlang", "map_get", key, value)
    try:
        return value[map_key(key)]
    except KeyError:
        for other in value:  # a dict that Python made has keys as they are
            if type(other) is type(key) and other == key:
                return value[other]
        raise _failure("badkey", key, "erlang", "map_get", key, value) from None


def map_set(value: Any, *pairs: Any) -> Any:
    """Give a map in which keys have these values, one after the other."""
    if not isinstance(value, dict):
        if not pairs:
            return value
        raise _failure("badmap", value, "maps", "put", pairs[0], pairs[1], value)
    changed = value.copy()
    for key, item in zip(pairs[::2], pairs[1::2], strict=True):
        changed[map_key(key)] = item
    return changed


def map_update(value: Any, *pairs: Any) -> Any:
    """Give a map in which keys that it has have other values."""
    if not isinstance(value, dict):
        if not pairs:
            return value
        raise _failure("badmap", value, "maps", "update", pairs[0], pairs[1], value)
    changed = value.copy()
    for key, item in zip(pairs[::2], pairs[1::2], strict=True):
        if map_key(key) not in changed:
            raise _failure("badkey", key, "maps", "update", key, item, changed)
        changed[map_key(key)] = item
    return changed


def map_remove(value: Any, *keys: Any) -> Any:
    """Give a map without these keys."""
    if not isinstance(value, dict):
        if not keys:
            return value
        raise _failure("badmap", value, "maps", "remove", keys[0], value)
    changed = value.copy()
    for key in keys:
        changed.pop(map_key(key), None)
    return changed


MAP_RUNTIME = {f"_x_{f.__name__}": f for f in (map_size, map_get, map_set, map_update, map_remove)}


@expression("map")
def make(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(map key value ...)`."""
    if not len(model) % 2:
        raise _odd(t, model, where, before)
    return call("_x_make_map", *t.arguments(model[1:], where, before))


@expression("map-size", "msiz")
def size(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(map-size map)`."""
    return _form(t, model, "_x_map_size", 2, where, before)


@expression("map-get", "mref")
def get(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(map-get map key)`."""
    if len(model) != 3:
        return t.call(str(model[0]), model[1:], where, before)
    value, key = t.arguments(model[1:], where, before)
    return call("_x_map_get", key, value)


@expression("map-set", "mset")
def set_(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(map-set map key value ...)`: the map with these keys, new or not."""
    return _pairs(t, model, "_x_map_set", where, before)


@expression("map-update", "mupd")
def update(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(map-update map key value ...)`: the map with other values for keys that it has."""
    return _pairs(t, model, "_x_map_update", where, before)


@expression("map-remove", "mrem")
def remove(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(map-remove map key ...)`."""
    return _form(t, model, "_x_map_remove", 0, where, before)


def _pairs(t: Translator, model: Any, runtime: str, where: Where, before: Block) -> Model:
    if len(model) > 1 and len(model) % 2:
        raise _odd(t, model, where, before)
    return _form(t, model, runtime, 0, where, before)


def _odd(t: Translator, model: Any, where: Where, before: Block) -> LfeError:
    """Make the error of a key without a value: the pairs before it are evaluated first."""
    before.append(Tuple(t.arguments(model[1:-1], where, before)))
    return bad_form(str(model[0]))


def _form(t: Translator, model: Any, runtime: str, size: int, where: Where, before: Block) -> Model:
    """Write a call; without a map, or with another size than the form has, it is one of a function of that name."""
    if len(model) < 2 or (size and len(model) != size):
        return t.call(str(model[0]), model[1:], where, before)
    return call(runtime, *t.arguments(model[1:], where, before))
