"""Backquote to the forms that build its value: `(a ,b ,@c)` is `(cons 'a (cons b c))`, as LFE expands it.

Works on models.  An inner backquote goes one level deeper, each comma one level back; a comma after a dot is the tail.
"""

from __future__ import annotations

from typing import Any

from hy.models import Expression, List, Tuple

from xrepl.dialect.tokens import Dotted, LSym, MapLit, Quoted, form


def expand_backquote(model: Any, depth: int = 0) -> Any:
    """Give the form that builds what is inside a backquote."""
    kind = type(model)
    if kind in (LSym, Quoted):
        return form("quote", model)
    if kind is Tuple:
        return _tuple(_list(list(model), Expression(), depth))
    if kind is MapLit:
        return form("map", *(expand_backquote(item, depth) for item in model))
    if isinstance(model, Dotted):
        return _list(list(model[:-1]), model[-1], depth)
    if isinstance(model, (Expression, List)):
        return _list(list(model), Expression(), depth)
    return model


def _list(items: list[Any], tail: Any, depth: int) -> Any:
    """Build a list from its end, since what a comma means depends on what follows it."""
    is_proper = isinstance(tail, (Expression, List)) and not tail
    built = Expression() if is_proper else expand_backquote(tail, depth)
    for index in range(len(items) - 1, -1, -1):
        head, rest = _name(items[index]), items[index + 1 :]
        is_pair = is_proper and len(rest) == 1
        if head == "backquote" and is_pair:
            built = form("list", _quoted(head), expand_backquote(rest[0], depth + 1))
        elif head in ("comma", "comma-at") and depth:
            built = _cons(_quoted(head), _list(rest, tail, depth - 1))
        elif head == "comma" and is_pair:
            built = rest[0]
        else:
            built = _add(items[index], built, depth)
    return built


def _add(item: Any, built: Any, depth: int) -> Any:
    """Put an element before a list that is built."""
    inner = _name(item[0]) if isinstance(item, (Expression, List)) and item else ""
    if depth or inner not in ("comma", "comma-at"):
        return _cons(expand_backquote(item, depth), built)
    if inner == "comma" and len(item) == 2:
        return _cons(item[1], built)
    spliced = form("list" if inner == "comma" else "++", *item[1:])
    if inner == "comma-at" and len(item) == 2:
        spliced = item[1]
    if isinstance(built, Expression) and not built:
        return spliced
    return built if len(item) == 1 else form("++", spliced, built)


def _cons(head: Any, built: Any) -> Any:
    if isinstance(built, Expression):
        if not built:
            return form("list", head)
        if built[0] == LSym("list"):
            return form("list", head, *built[1:])
        if _is_quoted(head) and _is_quoted(built):
            return form("quote", Dotted((head[1], built[1])))
    return form("cons", head, built)


def _tuple(built: Any) -> Any:
    """Make a tuple of a list that is built."""
    if not built:
        return form("tuple")
    return form("tuple", *built[1:]) if built[0] == LSym("list") else form("list_to_tuple", built)


def _name(model: Any) -> str:
    return str(model) if type(model) is LSym else ""


def _quoted(name: str) -> Any:
    return form("quote", LSym(name))


def _is_quoted(model: Any) -> bool:
    return isinstance(model, Expression) and len(model) == 2 and model[0] == LSym("quote")
