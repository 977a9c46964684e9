"""Macros that are local to a form, and the forms that show an expansion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xrepl.dialect.forms import Destination, head_of, statement
from xrepl.dialect.functions import Parsed, parse_lambda
from xrepl.dialect.local_functions import check_local, is_definition
from xrepl.dialect.macro_definitions import macro_clauses
from xrepl.dialect.raising import ExpansionFailed, LfeError
from xrepl.dialect.scope import Block, Where
from xrepl.dialect.tokens import LSym, datum

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
        parsed = _parsed(model, item)
        if parsed is not None and isinstance(item[0], LSym):
            macros[str(item[0])] = t.globals.local_macro(str(item[0]), parsed)
    t.body(model[2:], where.with_macros(macros), to, out)


def _parsed(model: Any, item: Any) -> Parsed | None:
    """Give what a local macro's definition says; None for one of a wrong shape, which `let-macro` passes over."""
    if not is_definition(model, item):
        return None
    if model[0] == "let-macro":
        return parse_lambda(item[1], "let-macro") if head_of(item[1]) in ("lambda", "match-lambda") else None
    try:
        return macro_clauses(item[1:])
    except LfeError as problem:
        raise ExpansionFailed(model, datum(model), problem.reason) from None
