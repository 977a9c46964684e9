"""The reader's models, beside Hy's own, and the way between models and data.

`Expression` is `( )`, `List` is `[ ]`, `Tuple` is `#( )`; what Hy has no model for is here.  No text is read here.
"""

from __future__ import annotations

from typing import Any

from hy.models import Bytes, Expression, Float, Integer, List, String, Symbol, Tuple

from xrepl.dialect.data import NIL, Atom, Cons, atom, from_iterable, is_list, key_value, map_key


class LSym(Symbol):  # type: ignore[misc]
    """A symbol that compares with `str` directly: Hy's own does not, and is slow."""

    __eq__ = str.__eq__
    __ne__ = str.__ne__
    __hash__ = str.__hash__

    def __new__(cls, name: str) -> LSym:
        """Make it without Hy's check that it could be read back."""
        return str.__new__(cls, name)

    def __copy__(self) -> LSym:
        """Give itself: symbols are never changed."""
        return self


class Quoted(LSym):
    """A symbol written between bars: never a number, never the dot."""


class Dotted(Expression):  # type: ignore[misc]
    """A list whose last element is its tail."""


class MapLit(Expression):  # type: ignore[misc]
    """`#M(...)`: keys and values in turn."""


class BinLit(Expression):  # type: ignore[misc]
    """`#B(...)`: segments."""


class StructLit(Expression):  # type: ignore[misc]
    """`#S(...)`: a name, then fields and values in turn."""


def form(head: str, *rest: Any) -> Expression:
    """Make the model of `(head rest...)`."""
    return Expression((LSym(head), *rest))


def datum(model: Any) -> Any:
    """Give the value that a quoted model is."""
    kind = type(model)
    if kind is LSym or kind is Quoted:
        return atom(str(model))
    if kind is Integer:
        return int(model)
    if kind is Float:
        return float(model)
    if kind is String:
        return str(model) or NIL
    if kind is Bytes:
        return bytes(model)
    if kind is Tuple:
        return tuple(map(datum, model))
    if kind is Dotted:
        return from_iterable([datum(item) for item in model[:-1]], datum(model[-1]))
    if kind is MapLit:
        items = [datum(item) for item in model]
        return {map_key(key): value for key, value in zip(items[::2], items[1::2], strict=True)}
    if kind is StructLit:
        items = [datum(item) for item in model[1:]]
        pairs = {map_key(key): value for key, value in zip(items[::2], items[1::2], strict=True)}
        return {Atom("__struct__"): datum(model[0]), **pairs}
    if isinstance(model, (Expression, List)):
        return from_iterable([datum(item) for item in model])
    return model  # a value for which there is no model: it stands for itself


def to_model(value: Any) -> Any:
    """Give the model of a value: what a macro returns becomes code again."""
    kind = type(value)
    if kind is Atom:
        return LSym(value.name)
    if kind is bool:
        return LSym("true" if value else "false")
    if kind is int:
        return Integer(value)
    if kind is float:
        return Float(value)
    if kind is str:
        return String(value)
    if kind is bytes:
        return Bytes(value)
    if kind is tuple:
        return Tuple(map(to_model, value))
    if kind is dict:
        return MapLit(to_model(part) for key, item in value.items() for part in (key_value(key), item))
    if type(value) is Cons:
        return _list_model(value)
    if is_list(value):
        return Expression(map(to_model, value))
    return value


def _list_model(cell: Any) -> Any:
    items = []
    while type(cell) is Cons:
        items.append(to_model(cell.head))
        cell = cell.tail
    if cell is NIL:
        return Expression(items)
    if is_list(cell):
        tail = to_model(cell)
        return Expression([*items, *(map(Integer, map(ord, tail)) if isinstance(tail, str) else tail)])
    return Dotted([*items, to_model(cell)])
