"""Which forms a guard may hold: Erlang's guard tests, functions and operators.  Evaluates nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hy.models import Expression, List

from xrepl.dialect.forms import head_of
from xrepl.dialect.scope import Where

if TYPE_CHECKING:
    from xrepl.dialect.translate import Translator

_TESTS = (
    "is_atom is_binary is_bitstring is_boolean is_float is_function is_integer is_list is_map is_map_key is_number "
    "is_pid is_port is_record is_reference is_tuple atom? binary? bitstring? boolean? float? function? integer? list? "
    "map? number? pid? reference? tuple? atomp binaryp bitstringp booleanp floatp functionp integerp listp mapp "
    "numberp pidp referencep tuplep consp is-struct"
)
_FUNCTIONS = (
    "abs binary_part bit_size byte_size ceil element float floor hd length map_get map_size max min node round self "
    "size tl trunc tuple_size car cdr cadr cddr caddr tref map-get map-size mref msiz"
)
_OPERATORS = "+ - * / div rem band bor bxor bnot bsl bsr not and or xor == /= =:= =/= < > =< >= ++ --"
_CALLS = frozenset(f"{_TESTS} {_FUNCTIONS} {_OPERATORS}".split())
_FORMS = frozenset(["quote", "cons", "list", "list*", "tuple", "binary", "map", "progn"])


def is_legal(t: Translator, test: Any, where: Where) -> bool:
    """Say whether a guard may hold a form."""
    if not isinstance(test, (Expression, List)):
        return True
    test = t.expand(test, where)
    text = head_of(test)
    if text == "quote" or not test:
        return True
    if text == "binary":
        return True
    if text == "call":
        return len(test) > 2 and all(is_legal(t, item, where) for item in test[3:])
    module, colon, function = text.partition(":")
    if colon and module == "erlang":
        text = function
    elif colon:
        return False
    if text not in _CALLS and text not in _FORMS:
        return False
    return all(is_legal(t, item, where) for item in test[1:])
