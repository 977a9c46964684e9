"""Macros that are local to a form, and the forms that show an expansion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xrepl.dialect.forms import Destination, bad_form, is_form, statement
from xrepl.dialect.functions import parse_lambda
from xrepl.dialect.macro_definitions import macro_clauses
from xrepl.dialect.scope import Block, Where
from xrepl.dialect.tokens import LSym

if TYPE_CHECKING:
    from xrepl.dialect.translate import Translator


@statement("let-macro", "macrolet")
def macrolet(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(macrolet ((name (x ...) body ...) ...) body ...)`."""
    head = str(model[0])
    if len(model) < 2 or not is_form(model[1]):
        raise bad_form(head)
    macros = {}
    for item in model[1]:
        if not is_form(item) or len(item) < 2 or not isinstance(item[0], LSym):
            raise bad_form(head)
        parsed = parse_lambda(item[1], head) if head == "let-macro" else macro_clauses(item[1:])
        macros[str(item[0])] = t.globals.local_macro(str(item[0]), parsed)
    t.body(model[2:], where.with_macros(macros), to, out)
