"""The functions that every form sees without a module: lists, tuples, type tests, conversions.

Operators are in `arithmetic.py`; modules of the library are in `xrepl.lang`.  Failures name Erlang's function.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from typing import Any

from xrepl.dialect import arithmetic
from xrepl.dialect.bits import is_bitstring
from xrepl.dialect.data import Atom, View, atom, elements, from_iterable, is_list, string, text_of, uncons
from xrepl.dialect.raising import LfeError, badarg
from xrepl.dialect.runs import run_length
from xrepl.dialect.scanner import read_integer

_MAX_ATOM = 255
_INTEGER = re.compile(r"[+-]?[0-9]+\Z")


def car(value: Any) -> Any:
    """Give a list's first element."""
    cell = uncons(value)
    if cell is None:
        raise badarg("erlang", "hd", value)
    return cell.head


def cdr(value: Any) -> Any:
    """Give a list without its first element."""
    cell = uncons(value)
    if cell is None:
        raise badarg("erlang", "tl", value)
    return cell.tail


def length(value: Any) -> int:
    """Count a list's elements."""
    try:
        if type(value) is View:
            return run_length(value)
        return len(value) if isinstance(value, (str, list)) else sum(1 for _ in elements(value))
    except TypeError:
        raise badarg("erlang", "length", value) from None


def element(index: Any, value: Any) -> Any:
    """Give a tuple's element, counted from 1."""
    if type(index) is not int or type(value) is not tuple or not 1 <= index <= len(value):
        raise badarg("erlang", "element", index, value)
    return value[index - 1]


def tref(value: Any, index: Any) -> Any:
    """Give a tuple's element, counted from 1; LFE's order of arguments."""
    return element(index, value)


def setelement(index: Any, value: Any, item: Any) -> Any:
    """Give a tuple with one element replaced."""
    if type(index) is not int or type(value) is not tuple or not 1 <= index <= len(value):
        raise badarg("erlang", "setelement", index, value, item)
    return (*value[: index - 1], item, *value[index:])


def tset(value: Any, index: Any, item: Any) -> Any:
    """Give a tuple with one element replaced; LFE's order of arguments."""
    return setelement(index, value, item)


def size_of_tuple(value: Any) -> int:
    """Count a tuple's elements."""
    if type(value) is not tuple:
        raise badarg("erlang", "tuple_size", value)
    return len(value)


def negation(value: Any) -> bool:
    """Give the other truth value."""
    if type(value) is not bool:
        raise badarg("erlang", "not", value)
    return not value


def apply(function: Any, arguments: Any) -> Any:
    """Call a function with a list of arguments."""
    if not callable(function):
        raise LfeError("error", (Atom("badfun"), function))
    if not is_list(arguments):
        raise badarg("erlang", "apply", function, arguments)
    return function(*elements(arguments))


def raise_error(reason: Any) -> Any:
    """Fail with a reason."""
    raise LfeError("error", reason)


def raise_throw(reason: Any) -> Any:
    """Throw a value."""
    raise LfeError("throw", reason)


def raise_exit(reason: Any) -> Any:
    """End the process with a reason."""
    raise LfeError("exit", reason)


def _texts(name: str, value: Any) -> str:
    try:
        text = text_of(elements(value))
    except TypeError:
        text = None
    if text is None:
        raise badarg("erlang", name, value)
    return text


def list_to_integer(value: Any) -> int:
    """Read an integer from a string."""
    text = _texts("list_to_integer", value)
    if _INTEGER.match(text) is None:
        raise badarg("erlang", "list_to_integer", value)
    return read_integer(text)


def integer_to_list(value: Any) -> Any:
    """Write an integer as a string."""
    if type(value) is not int:
        raise badarg("erlang", "integer_to_list", value)
    return str(value)


def float_to_list(value: Any) -> Any:
    """Write a float as a string."""
    if type(value) is not float:
        raise badarg("erlang", "float_to_list", value)
    return format(value, ".20e")


def atom_to_list(value: Any) -> Any:
    """Give an atom's name as a string."""
    if type(value) is bool:
        return "true" if value else "false"
    if type(value) is not Atom:
        raise badarg("erlang", "atom_to_list", value)
    return string(value.name)


def list_to_atom(value: Any) -> Any:
    """Give the atom of a name of at most 255 characters."""
    text = _texts("list_to_atom", value)
    if not text.isascii() and any("\ud800" <= character <= "\udfff" for character in text):
        raise badarg("erlang", "list_to_atom", value)
    if len(text) > _MAX_ATOM:
        raise LfeError("error", Atom("system_limit"), ("erlang", "list_to_atom", (value,)))
    return atom(text)


def list_to_tuple(value: Any) -> Any:
    """Give a list's elements as a tuple."""
    try:
        return tuple(elements(value))
    except TypeError:
        raise badarg("erlang", "list_to_tuple", value) from None


def tuple_to_list(value: Any) -> Any:
    """Give a tuple's elements as a list."""
    if type(value) is not tuple:
        raise badarg("erlang", "tuple_to_list", value)
    return from_iterable(value)


def absolute(value: Any) -> Any:
    """Give the size of a number."""
    if type(value) not in (int, float):
        raise badarg("erlang", "abs", value)
    return abs(value)


def rounded(value: Any) -> int:
    """Give the nearest integer, halves away from zero."""
    if type(value) not in (int, float):
        raise badarg("erlang", "round", value)
    whole = int(abs(value) + 0.5) if type(value) is float else abs(value)
    return whole if value >= 0 else -whole


def truncated(value: Any) -> int:
    """Give the integer towards zero."""
    if type(value) not in (int, float):
        raise badarg("erlang", "trunc", value)
    return int(value)


def is_number(value: Any) -> bool:
    """Say whether a value is an integer or a float."""
    return type(value) in (int, float)


def maximum(a: Any, b: Any) -> Any:
    """Give the larger of two terms."""
    return b if arithmetic.less(a, b) else a


def minimum(a: Any, b: Any) -> Any:
    """Give the smaller of two terms."""
    return b if arithmetic.less(b, a) else a


def _path(steps: str) -> Callable[[Any], Any]:
    """Give the function that takes heads (a) and tails (d), the last letter first."""
    functions = [car if step == "a" else cdr for step in reversed(steps)]

    def follow(value: Any) -> Any:
        for function in functions:
            value = function(value)
        return value

    return follow


PATHS = {
    (f"c{''.join(steps)}r", 1): _path("".join(steps))
    for size in (2, 3, 4)
    for steps in itertools.product("ad", repeat=size)
}
# what no function of the user's can take the place of: in LFE these are core forms, and macros of such
ACCESSORS = {**PATHS, ("car", 1): car, ("cdr", 1): cdr, ("tref", 2): tref, ("tset", 3): tset}
BIFS: dict[tuple[str, int], Any] = {
    **ACCESSORS,
    ("hd", 1): car,
    ("tl", 1): cdr,
    ("length", 1): length,
    ("element", 2): element,
    ("setelement", 3): setelement,
    ("tuple_size", 1): size_of_tuple,
    ("not", 1): negation,
    ("apply", 2): apply,
    ("error", 1): raise_error,
    ("throw", 1): raise_throw,
    ("exit", 1): raise_exit,
    ("list_to_integer", 1): list_to_integer,
    ("integer_to_list", 1): integer_to_list,
    ("float_to_list", 1): float_to_list,
    ("atom_to_list", 1): atom_to_list,
    ("list_to_atom", 1): list_to_atom,
    ("list_to_tuple", 1): list_to_tuple,
    ("tuple_to_list", 1): tuple_to_list,
    ("abs", 1): absolute,
    ("round", 1): rounded,
    ("trunc", 1): truncated,
    ("max", 2): maximum,
    ("min", 2): minimum,
    ("div", 2): arithmetic.div,
    ("rem", 2): arithmetic.rem,
    ("is_atom", 1): lambda value: type(value) in (Atom, bool),
    ("is_boolean", 1): lambda value: type(value) is bool,
    ("is_integer", 1): lambda value: type(value) is int,
    ("is_float", 1): lambda value: type(value) is float,
    ("is_number", 1): is_number,
    ("is_list", 1): is_list,
    ("is_tuple", 1): lambda value: type(value) is tuple,
    ("is_map", 1): lambda value: isinstance(value, dict),
    ("is_binary", 1): lambda value: type(value) is bytes,
    ("is_bitstring", 1): is_bitstring,
    ("is_function", 1): callable,
    ("+", 2): arithmetic.add,
    ("-", 2): arithmetic.subtract,
    ("*", 2): arithmetic.multiply,
    ("/", 2): arithmetic.divide,
    ("<", 2): arithmetic.less,
    (">", 2): arithmetic.greater,
    ("=<", 2): arithmetic.at_most,
    (">=", 2): arithmetic.at_least,
    ("==", 2): arithmetic.equal,
    ("/=", 2): arithmetic.unequal,
    ("=:=", 2): arithmetic.exactly_equal,
    ("=/=", 2): arithmetic.exactly_unequal,
}
