"""The table of core forms: which function translates which head.  The functions are in the files that import this one.

A *statement* form puts its value where a destination says; an *expression* form gives the model of its value.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from hy.models import Expression, List

from xrepl.dialect.data import Atom
from xrepl.dialect.raising import LfeError, error
from xrepl.dialect.scope import Block, Model, Where
from xrepl.dialect.tokens import BinLit, Dotted, LSym, MapLit, StructLit

if TYPE_CHECKING:
    from xrepl.dialect.patterns import Matching
    from xrepl.dialect.translate import Translator

Destination = tuple[str, ...]
RETURN: Destination = ("return",)
DROP: Destination = ("drop",)

StatementForm = Callable[["Translator", Any, Where, Destination, Block], None]
ExpressionForm = Callable[["Translator", Any, Where, Block], Model]

STATEMENTS: dict[str, StatementForm] = {}
EXPRESSIONS: dict[str, ExpressionForm] = {}
# what a user's macro may take the name of: in LFE these are macros or data constructors, not control forms
REPLACEABLE: set[str] = set()
# the forms that no macro can take the place of, as LFE lists them
CORE_FORMS = frozenset(
    """
    quote function lambda match-lambda let let-function letrec-function let-macro progn prog1 prog2 if case cond maybe
    receive catch try funcall call eval-when-compile define-module extend-module define-type define-opaque-type
    define-function-spec define-function define-macro define-record define-struct when else
    """.split()
)
# forms that are patterns, beside those that `patterns.py` has: given the matching, the pattern, the value's name
PATTERNS: dict[str, Callable[[Matching, Any, Model], None]] = {}


def statement(*heads: str, is_macro: bool = False) -> Callable[[StatementForm], StatementForm]:
    """Register the translation of a statement form."""

    def register(translate: StatementForm) -> StatementForm:
        STATEMENTS.update(dict.fromkeys(heads, translate))
        if is_macro:
            REPLACEABLE.update(heads)
        return translate

    return register


def expression(*heads: str, is_macro: bool = False) -> Callable[[ExpressionForm], ExpressionForm]:
    """Register the translation of an expression form."""

    def register(translate: ExpressionForm) -> ExpressionForm:
        EXPRESSIONS.update(dict.fromkeys(heads, translate))
        if is_macro:
            REPLACEABLE.update(heads)
        return translate

    return register


def set_to(identifier: str) -> Destination:
    """Give the destination that is a local name."""
    return ("set", identifier)


def bad_form(head: str) -> LfeError:
    """Make the error of a core form with the wrong shape."""
    return error((Atom("bad_form"), Atom(head)))


def no_clause() -> LfeError:
    """Make the error of a form whose shape the shell has no clause for."""
    return error(Atom("function_clause"))


_NO_LISTS = (Dotted, MapLit, BinLit, StructLit)


def is_form(model: Any) -> bool:
    """Say whether a model is a proper list, empty or not."""
    return isinstance(model, (Expression, List)) and not isinstance(model, _NO_LISTS)


def head_of(model: Any) -> str:
    """Give the symbol that a list begins with; empty for anything else."""
    return str(model[0]) if is_form(model) and model and isinstance(model[0], LSym) else ""


_PATH = re.compile(r"c[ad]{2,4}r\Z")
_DATA_FORMS = {"cons": 2, "car": 1, "cdr": 1, "tref": 2, "tset": 3}


def is_data(head: str, arity: int) -> bool:
    """Say whether a form makes data or takes it apart."""
    return head in ("list", "tuple") or _DATA_FORMS.get(head) == arity


def is_core(head: str, arity: int) -> bool:
    """Say whether a form is LFE's own, whatever functions there are of that name."""
    return is_data(head, arity) or head in STATEMENTS or head in EXPRESSIONS


def is_path(head: str, arity: int) -> bool:
    """Say whether a form is one of the macros that take lists apart, such as `(cadr x)`."""
    return arity == 1 and _PATH.match(head) is not None


def is_symbols(model: Any) -> bool:
    """Say whether a model is a list of symbols."""
    return is_form(model) and all(isinstance(item, LSym) for item in model)
