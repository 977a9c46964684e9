"""Structs: maps that name the module which says what their fields are; the forms on them and their pattern.

The module's `__struct__/1`, which `defstruct` gives it, makes one.  How a map with the key `__struct__` prints is the
printer's.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hy.models import Tuple

from xrepl.dialect.calls import find
from xrepl.dialect.data import Atom, elements, from_iterable, map_key
from xrepl.dialect.forms import PATTERNS, expression
from xrepl.dialect.kernel import call, name
from xrepl.dialect.raising import LfeError, error
from xrepl.dialect.scope import Block, Model, Where
from xrepl.dialect.tokens import LSym, datum, form

if TYPE_CHECKING:
    from xrepl.dialect.patterns import Matching
    from xrepl.dialect.translate import Translator

STRUCT = Atom("__struct__")


def make_struct(function: Callable[[Any], Any], struct: Atom, pairs: tuple[Any, ...]) -> Any:
    """Make a struct of its module's function and of fields with their values in turn."""
    given = from_iterable([(key, value) for key, value in zip(pairs[::2], pairs[1::2], strict=True)])
    try:
        return function(given)
    except LfeError:
        raise error((Atom("undefined_struct"), struct)) from None


def struct_of(defaults: dict[Any, Any], given: Any) -> dict[Any, Any]:
    """Give a struct with its defaults and, in their place, the pairs of a list: what a `__struct__/1` does.

    Raises:
        LfeError: there is no such field.
    """
    made = dict(defaults)
    for key, value in elements(given):
        if map_key(key) not in made:
            raise error((Atom("badkey"), key))
        made[map_key(key)] = value
    return made


def is_struct(value: Any, struct: Any = None) -> bool:
    """Say whether a value is a struct, of a name if one is given."""
    found = value.get(STRUCT) if isinstance(value, dict) else None
    return type(found) is Atom and (struct is None or found is struct)


def struct_field(value: Any, struct: Atom, field: Any) -> Any:
    """Give a field of a struct."""
    if not is_struct(value, struct) or map_key(field) not in value:
        raise error((Atom("badstruct"), struct, value))
    return value[map_key(field)]


def check_struct(value: Any, struct: Atom) -> None:
    """Fail for what is no struct of this name."""
    if not is_struct(value, struct):
        raise error((Atom("badstruct"), struct, value))


STRUCT_RUNTIME: dict[str, Any] = {
    "_x_make_struct": make_struct,
    "_x_is_struct": is_struct,
    "_x_struct_field": struct_field,
    "_x_check_struct": check_struct,
    "_x_struct_of": struct_of,
}


def _pairs(t: Translator, arguments: Any, where: Where, before: Block) -> list[Model]:
    """Translate fields, which are names, and values in turn."""
    if len(arguments) % 2:
        raise error((Atom("missing_struct_field_value"), datum(arguments[-1])))
    keys = [t.constant(datum(key)) for key in arguments[::2]]
    values = t.arguments(arguments[1::2], where, before)
    return [part for pair in zip(keys, values, strict=True) for part in pair]


@expression("struct")
def struct(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(struct name field value ...)`: the fields that are not given have their defaults."""
    if len(model) < 2:
        return t.call("struct", model[1:], where, before)
    pairs = _pairs(t, model[2:], where, before)
    name_ = Atom(str(model[1]))
    if t.globals.is_compiled and str(model[1]) != t.globals.module_name and find(name_, STRUCT, 1) is None:
        raise error((Atom("undefined_struct"), name_))
    make = t.globals.remote(str(model[1]), STRUCT.name, 1)
    return call("_x_make_struct", name(make), t.constant(datum(model[1])), Tuple(pairs))


@expression("is-struct")
def is_struct_form(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(is-struct form)` and `(is-struct form name)`."""
    if not 2 <= len(model) <= 3:
        return t.call("is-struct", model[1:], where, before)
    names = [t.constant(datum(item)) for item in model[2:]]
    return call("_x_is_struct", t.expression(model[1], where, before), *names)


@expression("struct-field")
def struct_field_form(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(struct-field form name field)`."""
    if len(model) != 4:
        return t.call("struct-field", model[1:], where, before)
    value = t.expression(model[1], where, before)
    return call("_x_struct_field", value, t.constant(datum(model[2])), t.constant(datum(model[3])))


@expression("struct-update")
def struct_update(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(struct-update form name field value ...)`: the struct with other values."""
    if len(model) < 3:
        return t.call("struct-update", model[1:], where, before)
    value = t.value_name(model[1], where, before)
    before.append(call("_x_check_struct", value, t.constant(datum(model[2]))))
    return call("_x_map_update", value, *_pairs(t, model[3:], where, before))


def match_struct(matching: Matching, pattern: Any, value: Model) -> None:
    """Match `(struct name field pattern ...)`."""
    if len(pattern) < 2:
        raise error((Atom("illegal_pattern"), datum(pattern)))
    if len(pattern) % 2:
        raise error((Atom("missing_struct_field_value"), datum(pattern[-1])))
    keys = [form("quote", key) for key in (LSym(STRUCT.name), *pattern[2::2])]
    values = [form("quote", pattern[1]), *pattern[3::2]]
    matching.map([part for pair in zip(keys, values, strict=True) for part in pair], value)


PATTERNS["struct"] = match_struct
