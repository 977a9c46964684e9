"""An error's reason as the LFE shell words it: `no match of value ...`, `symbol x is unbound` ...

Which exception there was and which call failed is told by `failures.py`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xrepl.dialect.data import NIL, Atom, is_list
from xrepl.dialect.printer import pretty, show, write

_VALUE_DEPTH = 10
_UNLIMITED = -1

_PLAIN = {
    "badarg": "bad argument",
    "badarith": "error in arithmetic expression",
    "function_clause": "no function clause matching",
    "if_clause": "no if clause matching",
    "undef": "undefined function",
    "noproc": "no such process or port",
    "notalive": "the node cannot be part of a distributed system",
    "system_limit": "a system limit has been reached",
    "timeout_value": "bad receive timeout value",
    "illegal_guard": "illegal guard expression",
    "illegal_bitsize": "illegal bit size",
    "illegal_bitseg": "illegal bit segment",
    "bad_head_arity": "function head arity mismatch",
}
# a value after these words is printed to a depth, and wrapped where it begins
_WITH_VALUE = {
    "badarg": "bad argument ",
    "badfun": "bad function ",
    "badmatch": "no match of value ",
    "case_clause": "no case clause matching ",
    "try_clause": "no try clause matching ",
}
# the same, as if the words began the line
_WITH_PLAIN_VALUE = {
    "illegal_pattern": "illegal pattern ",
    "illegal_literal": "illegal literal value ",
    "bad_binary_argument": "bad binary argument ",
    "bad_generator": "bad generator ",
}
_WITH_NAME = {
    "unbound_symbol": "symbol {} is unbound",
    "nonbool_test": "non-boolean {} test",
    "illegal_mapkey": "illegal map key {}",
    "argument_limit": "too many arguments {}",
    "bad_form": "bad {} form",
    "illegal_form": "illegal form {}",
    "illegal_exception": "illegal exception {}",
    "undefined_record": "record {} undefined",
    "missing_record_field_value": "missing value to field {} in record",
    "undefined_struct": "struct {} undefined",
    "missing_struct_field_value": "missing value to field {} in struct",
    "not_yet_implemented": "not yet implemented {}",
}
_COUNTS = ("no arguments", "one argument", "two arguments")


def reason_text(reason: Any, column: int = 0) -> str:
    """Give the words for a reason.

    Args:
        reason: a value of the language.
        column: where the words begin, for values that take several lines.
    """
    if isinstance(reason, Atom) and reason.name in _PLAIN:
        return _PLAIN[reason.name]
    if type(reason) is tuple and len(reason) > 1 and isinstance(reason[0], Atom):
        text = _tagged(reason[0].name, reason[1:], column)
        if text is not None:
            return text
    return pretty(reason, depth=_UNLIMITED)


def _tagged(tag: str, rest: tuple[Any, ...], column: int) -> str | None:
    """Give the words for a reason with a tag; None when it has none of its own."""
    if len(rest) == 2:
        two = _TWO.get(tag)
        return two(*rest) if two is not None else None
    if len(rest) != 1:
        return None
    value = rest[0]
    if tag in _WITH_VALUE:
        words = _WITH_VALUE[tag]
        return words + show(value, indent=column + len(words), depth=_VALUE_DEPTH)
    if tag in _WITH_PLAIN_VALUE:
        words = _WITH_PLAIN_VALUE[tag]
        return words + show(value, indent=len(words), depth=_VALUE_DEPTH)
    if tag in _WITH_NAME:
        return _WITH_NAME[tag].format(write(value))
    if type(value) is tuple and len(value) == 2:
        if tag == "undefined_function":
            return f"function {write(value[0])}/{write(value[1])} undefined"
        if tag == "badarity" and callable(value[0]) and is_list(value[1]):
            return f"{_function(value[0])} called with {_count(len(value[1]))}"
    return None


_TWO: dict[str, Callable[[Any, Any], str]] = {
    "undefined_record_field": lambda record, field: f"field {write(field)} undefined in record {write(record)}",
    "undefined_struct_field": lambda struct, field: f"field {write(field)} undefined in struct {write(struct)}",
    "python": lambda kind, message: f"{kind}: {message}" if message is not NIL else str(kind),
}


def _function(function: Any) -> str:
    code = getattr(function, "__code__", None)
    if code is None or code.co_name.startswith("hyx_") or hasattr(function, "lfe_name"):
        return write(function)
    return f"interpreted function with arity {code.co_argcount}"


def _count(given: int) -> str:
    return _COUNTS[given] if given < len(_COUNTS) else f"{given} arguments"
