"""What is wrong with a file's definitions, in the words of LFE's linter: not those of a form that fails."""

from __future__ import annotations

from typing import Any

from xrepl.dialect.data import Atom
from xrepl.dialect.forms import head_of, is_form, is_symbols
from xrepl.dialect.functions import split_documentation
from xrepl.dialect.printer import write
from xrepl.dialect.reason_texts import reason_text
from xrepl.dialect.tokens import LSym, datum

_SHAPE = ("function_clause", "case_clause")


def problem_text(reason: Any, head: str) -> str:
    """Give the words for a form of this head that cannot be compiled."""
    tag = reason[0] if type(reason) is tuple and reason else reason
    if isinstance(tag, Atom) and tag.name in _SHAPE and head:
        return f"bad {head} form"
    if isinstance(tag, Atom) and tag.name == "expand_macro":
        return f"error expanding {write(reason[1])}:\n    {write(reason[2])}"
    if reason == Atom("badarg"):
        return "bad argument list"
    if isinstance(tag, Atom) and tag.name == "undefined_bittype":
        return f"bit type {write(reason[1])} undefined"
    if reason == (Atom("bad_form"), Atom("match-lambda")):
        return "function head arity mismatch"
    return reason_text(reason)


def definition_problem(model: Any) -> str | None:
    """Give what is wrong with the shape of a function's definition; None when nothing is."""
    bad = f"bad definition of function {write(datum(model[1]))}"
    if not isinstance(model[1], LSym) or len(model) < 3 or (model[0] == "define-function" and len(model) != 4):
        return bad
    if model[0] == "define-function":
        parts = list(model[3][1:]) if head_of(model[3]) in ("lambda", "match-lambda") else []
        is_lambda = head_of(model[3]) == "lambda"
    else:
        parts, is_lambda = list(model[2:]), is_symbols(model[2])
    if is_lambda:
        return None if parts and is_symbols(parts[0]) else bad
    _, clauses = split_documentation(parts)
    return None if clauses and all(is_form(clause) and clause and is_form(clause[0]) for clause in clauses) else bad
