"""Erlang's order of all terms, and its two equalities.

Ranks follow the Erlang reference manual, "Term Comparisons": number < atom < reference < function < port < pid <
tuple < map < nil < list < binary.  Python's own objects stand with the references and are ordered by Python where it
can; its numbers stand with the numbers.  Text is not looked at here, nor are the operators' errors.
"""

from __future__ import annotations

import functools
import numbers
from typing import Any, Final

from xrepl.dialect.bits import Bits
from xrepl.dialect.data import Atom, Cons, Nil, View, is_list, key_value, map_key, uncons

NUMBER: Final = 0
ATOM: Final = 1
FOREIGN: Final = 2
FUNCTION: Final = 3
TUPLE: Final = 6
MAP: Final = 7
NIL_RANK: Final = 8
LIST: Final = 9
BITS: Final = 10

_RANKS: dict[type, int] = {
    int: NUMBER,
    float: NUMBER,
    Atom: ATOM,
    bool: ATOM,
    tuple: TUPLE,
    dict: MAP,
    Nil: NIL_RANK,
    Cons: LIST,
    View: LIST,
    bytes: BITS,
    Bits: BITS,
}
# types of the language, and None: whatever has another type is Python's
_OWN = frozenset(_RANKS) | {str, list, type(None), type(lambda: None), type(len)}


def is_foreign(value: Any) -> bool:
    """Say whether a value is an object of Python's that the language has no kind for."""
    return type(value) not in _OWN and not hasattr(value, "term_rank") and not isinstance(value, dict)


def _rank(value: Any) -> int:
    rank = _RANKS.get(type(value))
    if rank is not None:
        return rank
    if is_list(value):
        return LIST if value else NIL_RANK
    rank = getattr(value, "term_rank", None)
    if isinstance(rank, int):
        return rank
    if isinstance(value, dict):
        return MAP
    if isinstance(value, numbers.Number):
        return NUMBER
    return FUNCTION if callable(value) else FOREIGN


def exactly_equal(a: Any, b: Any) -> bool:
    """Say whether a =:= b: equal, and 1 is not 1.0."""
    if a is b:
        return True
    kind = type(a)
    if kind is type(b) and (kind is int or kind is str or kind is bytes or kind is Atom):
        return bool(a == b)
    return compare(a, b, exact=True) == 0


def compare(a: Any, b: Any, *, exact: bool = False) -> int:
    """Order two terms: -1, 0 or 1.

    With `exact` it is the order of a map's keys: every integer comes before every float, and none equals another.
    """
    if a is b:
        return 0
    left, right = _rank(a), _rank(b)
    if left != right:
        return -1 if left < right else 1
    if left == NUMBER:
        return _numbers(a, b, exact)
    if left == ATOM:
        return _order(_atom_text(a), _atom_text(b))
    if left == TUPLE:
        return _order(len(a), len(b)) or _sequence(a, b, exact)
    if left == MAP:
        return _order(len(a), len(b)) or _map(a, b, exact)
    if left == LIST:
        return _list(a, b, exact)
    if left == BITS:
        return _order(_bits_key(a), _bits_key(b))
    return 0 if left == NIL_RANK else _foreign(a, b)


def _order(a: Any, b: Any) -> int:
    return int(a > b) - int(a < b)


def _numbers(a: Any, b: Any, exact: bool) -> int:
    if exact and (type(a) is int) is not (type(b) is int):
        return -1 if type(a) is int else 1
    try:
        if a != b:
            return -1 if a < b else 1
    except TypeError:  # complex numbers have no order
        return _order(repr(a), repr(b))
    return _order(type(a).__name__, type(b).__name__) if exact else 0


def _atom_text(value: Any) -> str:
    return value.name if type(value) is Atom else "true" if value else "false"


def _bits_key(value: Any) -> tuple[bytes, int]:
    """Give what orders bit strings: bit by bit, then the shorter one first."""
    return (value.data, value.bit_size) if type(value) is Bits else (value, 8 * len(value))


def _sequence(a: Any, b: Any, exact: bool) -> int:
    for x, y in zip(a, b, strict=True):
        order = compare(x, y, exact=exact)
        if order:
            return order
    return 0


def _map(a: Any, b: Any, exact: bool) -> int:
    left, right = sorted(map(key_value, a), key=sort_key), sorted(map(key_value, b), key=sort_key)
    order = _sequence(left, right, True)
    return order or _sequence([a[map_key(k)] for k in left], [b[map_key(k)] for k in right], exact)


def _list(a: Any, b: Any, exact: bool) -> int:
    if isinstance(a, str) and isinstance(b, str):
        return _order(a, b)
    while True:
        x, y = uncons(a), uncons(b)
        if x is None or y is None:
            return compare(a, b, exact=exact)
        order = compare(x.head, y.head, exact=exact)
        if order:
            return order
        a, b = x.tail, y.tail
        if a is b:
            return 0


def _foreign(a: Any, b: Any) -> int:
    """Order two objects as Python does, else by number (references) or by their place in memory."""
    try:
        if bool(a == b):
            return 0
        return -1 if bool(a < b) else 1 if bool(a > b) else _by_number(a, b)
    except Exception:  # whatever an object's own comparison raises, as an array does
        return _by_number(a, b)


def _by_number(a: Any, b: Any) -> int:
    return _order(getattr(a, "number", id(a)), getattr(b, "number", id(b)))


sort_key = functools.cmp_to_key(lambda a, b: compare(a, b, exact=True))
