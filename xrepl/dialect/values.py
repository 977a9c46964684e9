"""Forms that give a value and choose nothing: quotes, calls of function values, data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hy.models import Expression

from xrepl.dialect.backquote import expand_backquote
from xrepl.dialect.forms import expression, no_clause
from xrepl.dialect.kernel import call, call_value, name
from xrepl.dialect.scope import Block, Model, Where
from xrepl.dialect.tokens import LSym, datum, form

if TYPE_CHECKING:
    from xrepl.dialect.translate import Translator


@expression("quote")
def quote(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`'x`: the data that is written there."""
    if len(model) != 2:
        return t.call("quote", model[1:], where, before)
    return t.constant(datum(model[1]))


@expression("backquote", is_macro=True)
def backquote(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`` `x ``: data with holes."""
    if len(model) != 2:
        return t.call("backquote", model[1:], where, before)
    return t.expression(expand_backquote(model[1]), where, before)


@expression("funcall")
def funcall(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(funcall f x ...)`."""
    if len(model) < 2:
        return t.call("funcall", model[1:], where, before)
    function, *models = t.arguments(model[1:], where, before)
    checked = "_x_compiled_funcall" if t.globals.is_compiled else "_x_funcall"
    if type(function) is LSym and all(not isinstance(model, Expression) for model in models):
        # Python's call when it is a function, which costs half: the names and constants can be written twice
        is_function = call("is", call("_x_type", function), name("_x_function"))
        return call("if", is_function, call_value(function, *models), call(checked, function, *models))
    return call(checked, function, *models)


@expression("call")
def call_form(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(call 'module 'function x ...)`."""
    if len(model) < 3:
        if t.globals.is_compiled:
            return t.call("call", model[1:], where, before)
        raise no_clause()
    return call("_x_call", *t.arguments(model[1:], where, before))


@expression(":", is_macro=True)
def colon(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(: module function x ...)`."""
    if len(model) < 3:
        return t.call(":", model[1:], where, before)
    if not (isinstance(model[1], LSym) and isinstance(model[2], LSym)):
        return t.expression(form("call", *(form("quote", part) for part in model[1:3]), *model[3:]), where, before)
    return t.expression(form(LSym(f"{model[1]}:{model[2]}"), *model[3:]), where, before)


@expression("list*", is_macro=True)
def list_star(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(list* x ... tail)`."""
    tail = model[-1] if len(model) > 1 else Expression()
    for item in reversed(model[1:-1]):
        tail = form("cons", item, tail)
    return t.expression(tail, where, before)
