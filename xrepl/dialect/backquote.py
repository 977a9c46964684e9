"""Backquote to the forms that build its value: `(a ,b ,@c)` is `(cons 'a (cons b c))`, as LFE expands it.

Works on models.  An inner backquote goes one level deeper, each comma one level back.
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
        return _collection("tuple", model, depth)
    if kind is MapLit:
        return form("map", *(expand_backquote(item, depth) for item in model))
    if isinstance(model, (Expression, List)):
        return _list(list(model), isinstance(model, Dotted), depth)
    return model


def _is(model: Any, head: str) -> bool:
    return isinstance(model, Expression) and len(model) == 2 and type(model[0]) is LSym and model[0] == head


def _list(items: list[Any], is_dotted: bool, depth: int) -> Any:
    whole = Expression(items)
    if _is(whole, "comma"):
        if depth == 0:
            return items[1]
        return form("list", form("quote", LSym("comma")), expand_backquote(items[1], depth - 1))
    if _is(whole, "comma-at") and depth:
        return form("list", form("quote", LSym("comma-at")), expand_backquote(items[1], depth - 1))
    if _is(whole, "backquote"):
        return form("list", form("quote", LSym("backquote")), expand_backquote(items[1], depth + 1))
    if not any(_splices(item, depth) for item in items) and not is_dotted:
        return form("list", *(expand_backquote(item, depth) for item in items)) if items else Expression()
    tail = expand_backquote(items.pop(), depth) if is_dotted else Expression()
    for item in reversed(items):
        if _splices(item, depth):
            tail = item[1] if isinstance(tail, Expression) and not tail else form("++", item[1], tail)
        else:
            tail = form("cons", expand_backquote(item, depth), tail)
    return tail


def _splices(item: Any, depth: int) -> bool:
    return depth == 0 and _is(item, "comma-at")


def _collection(head: str, items: Any, depth: int) -> Any:
    if any(_splices(item, depth) for item in items):
        return form("list_to_tuple", _list(list(items), False, depth))
    return form(head, *(expand_backquote(item, depth) for item in items))
