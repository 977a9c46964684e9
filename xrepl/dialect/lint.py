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
_RANDOM = "; use the 'rand' module instead"
_TIME = '; see the "Time and Time Correction in Erlang" chapter of the ERTS User\'s Guide for more information'
_CHECKSUM = " and will be removed in OTP 27; use erlang:"
_DEPRECATED = {
    ("erlang", "now", 0): _TIME,
    ("calendar", "local_time_to_universal_time", 1): "; use calendar:local_time_to_universal_time_dst/1 instead",
    ("crypto", "rand_uniform", 2): "; use rand:uniform/1 instead",
    ("erlang", "phash", 2): "; use erlang:phash2/2 instead",
    ("queue", "lait", 1): "; use queue:liat/1 instead",
    ("zlib", "crc32", 2): f"{_CHECKSUM}crc32/1 instead",
    ("zlib", "crc32", 3): f"{_CHECKSUM}crc32/2 instead",
    ("zlib", "adler32", 2): f"{_CHECKSUM}adler32/1 instead",
    ("zlib", "adler32", 3): f"{_CHECKSUM}adler32/2 instead",
}


def problem_text(reason: Any, head: str) -> str:
    """Give the words for a form of this head that cannot be compiled."""
    tag = reason[0] if type(reason) is tuple and reason else reason
    if isinstance(tag, Atom) and tag.name in _SHAPE and head:
        return f"bad {head} form"
    if isinstance(tag, Atom) and tag.name == "expand_macro":
        return f"error expanding {write(reason[1])}:\n    {write(reason[2])}"
    if isinstance(tag, Atom) and tag.name == "illegal_pattern":  # in full, not as the shell shows it
        return f"illegal pattern {write(reason[1])}"
    if reason == Atom("badarg"):
        return "bad argument list"
    if isinstance(tag, Atom) and tag.name == "undefined_bittype":
        return f"bit type {write(reason[1])} undefined"
    if reason == (Atom("bad_form"), Atom("match-lambda")):
        return "function head arity mismatch"
    return reason_text(reason)


def deprecation(module: str, name: str, arity: int) -> str | None:
    """Give the words for a call of a function that is deprecated; None for others."""
    why = _RANDOM if module == "random" else _DEPRECATED.get((module, name, arity))
    return None if why is None else f"{module}:{name}/{arity} is deprecated{why}"


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
