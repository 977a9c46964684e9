"""Macros that are local to a form, and the forms that show an expansion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xrepl.dialect.forms import Destination, head_of, statement
from xrepl.dialect.functions import parse_lambda
from xrepl.dialect.local_functions import check_local, is_definition
from xrepl.dialect.macro_definitions import macro_clauses
from xrepl.dialect.scope import Block, Where
from xrepl.dialect.tokens import LSym

if TYPE_CHECKING:
    from xrepl.dialect.translate import Translator


@statement("let-macro", "macrolet")
def macrolet(t: Translator, model: Any, where: Where, to: Destination, out: Block) -> None:
    """`(macrolet ((name (x ...) body ...) ...) body ...)`."""
    head = str(model[0])
    if len(model) == 1:
        t.put(t.call(head, (), where, out), to, out)
        return
    check_local(model)
    macros = {}
    for item in model[1]:
        if not is_definition(model, item) or not isinstance(item[0], LSym):
            continue
        if head == "macrolet" or head_of(item[1]) in ("lambda", "match-lambda"):
            parsed = macro_clauses(item[1:]) if head == "macrolet" else parse_lambda(item[1], head)
            macros[str(item[0])] = t.globals.local_macro(str(item[0]), parsed)
    t.body(model[2:], where.with_macros(macros), to, out)
