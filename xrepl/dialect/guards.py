"""Which forms may be a guard's test: Erlang's guard functions and operators, and what makes data.  Evaluates nothing.

As in the LFE shell only the test itself is looked at; its operands may be any form.  In a file its operands must be
such forms too, and it may be `andalso` or `orelse`, not `if`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hy.models import Expression, Integer, List

from xrepl.dialect.bif_names import BINARY_OPERATORS, GUARD_FUNCTIONS, OPERATORS
from xrepl.dialect.forms import head_of
from xrepl.dialect.scope import Where

if TYPE_CHECKING:
    from xrepl.dialect.translate import Translator

_FOLDED = BINARY_OPERATORS - frozenset("div rem band bor bxor bsl bsr !".split())
_FORMS = frozenset(
    """
    quote cons car cdr list list* tuple tref binary map msiz mref mset mupd map-size map-get map-set map-update ++
    is-record record-index record-field is-struct struct-field
    """.split()
)
_SHORT_CIRCUIT = ("andalso", "orelse")
_OPAQUE = frozenset("quote binary is-record record-index record-field is-struct struct-field".split())


def is_legal(t: Translator, test: Any, where: Where) -> bool:
    """Say whether a form may be a guard's test."""
    if not isinstance(test, (Expression, List)) or not test:
        return True
    test = t.expand(test, where)
    text = head_of(test)
    if not text:
        return all(type(item) is Integer and item >= 0 for item in test)
    if t.globals.is_compiled:
        return _is_legal_compiled(t, test, where)
    return _is_call(test, text, where)


def _is_legal_compiled(t: Translator, test: Any, where: Where) -> bool:
    text = head_of(test)
    if text in _OPAQUE:
        return True
    operands = test[3:] if text in ("call", ":") else test[1:]
    is_call = text in _SHORT_CIRCUIT or _is_call(test, text, where)
    return is_call and all(is_legal(t, item, where) for item in operands)


def _is_call(test: Any, text: str, where: Where) -> bool:
    arity = len(test) - 1
    if text == "call":
        return arity > 1 and _quoted(test[1]) == "erlang" and _is_function(_quoted(test[2]), arity - 2)
    if text == ":":
        return arity > 1 and str(test[1]) == "erlang" and _is_function(str(test[2]), arity - 2)
    module, colon, function = text.partition(":")
    if colon and module and function and (text, arity) not in OPERATORS and text not in _FOLDED:
        return module == "erlang" and _is_function(function, arity)
    if (text, arity) in where.functions:
        return False
    return text in _FORMS or _is_function(text, arity) or (text in _FOLDED and arity > 1)


def _is_function(text: str, arity: int) -> bool:
    return (text, arity) in GUARD_FUNCTIONS or (text, arity) in OPERATORS


def _quoted(model: Any) -> str:
    return str(model[1]) if head_of(model) == "quote" and len(model) == 2 else ""
