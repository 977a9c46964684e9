"""Erlang's arithmetic, order and equality on Python's numbers: what the translated code calls when it is not sure.

Both operands are checked: Python would add strings and booleans.  Ranks follow the Erlang reference manual,
"Term Comparisons": number < atom < reference < function < port < pid < tuple < map < nil < list < binary.
"""

from __future__ import annotations

import functools
from typing import Any

from xrepl.dialect.bits import Bits
from xrepl.dialect.data import NIL, Atom, is_list, key_value, map_key, uncons
from xrepl.dialect.raising import badarith

_NUMBERS = frozenset({int, float})


def _checked(a: Any, b: Any, name: str) -> None:
    if type(a) not in _NUMBERS or type(b) not in _NUMBERS:
        raise badarith(name, a, b)


def add(a: Any, b: Any) -> Any:
    """Give a + b."""
    _checked(a, b, "+")
    return a + b


def subtract(a: Any, b: Any) -> Any:
    """Give a - b."""
    _checked(a, b, "-")
    return a - b


def multiply(a: Any, b: Any) -> Any:
    """Give a * b."""
    _checked(a, b, "*")
    return a * b


def divide(a: Any, b: Any) -> float:
    """Give a / b, always a float."""
    _checked(a, b, "/")
    try:
        return float(a / b)
    except (ZeroDivisionError, OverflowError):
        raise badarith("/", a, b) from None


def div(a: Any, b: Any) -> int:
    """Give the quotient, cut towards zero."""
    if type(a) is not int or type(b) is not int or not b:
        raise badarith("div", a, b)
    quotient = abs(a) // abs(b)
    return quotient if (a < 0) == (b < 0) else -quotient


def rem(a: Any, b: Any) -> int:
    """Give the remainder, with the sign of the dividend."""
    if type(a) is not int or type(b) is not int or not b:
        raise badarith("rem", a, b)
    remainder = abs(a) % abs(b)
    return -remainder if a < 0 else remainder


def negate(a: Any) -> Any:
    """Give -a."""
    if type(a) not in _NUMBERS:
        raise badarith("-", a)
    return -a


def plus(a: Any) -> Any:
    """Give +a."""
    if type(a) not in _NUMBERS:
        raise badarith("+", a)
    return a


def exactly_equal(a: Any, b: Any) -> bool:
    """Say whether a =:= b: equal, and 1 is not 1.0."""
    return compare(a, b, exact=True) == 0


def equal(a: Any, b: Any) -> bool:
    """Say whether a == b: numbers by value."""
    return compare(a, b) == 0


def less(a: Any, b: Any) -> bool:
    """Say whether a < b in the order of all terms."""
    kind = type(a)
    if kind is type(b) and (kind is int or kind is float):
        return bool(a < b)
    return compare(a, b) < 0


def greater(a: Any, b: Any) -> bool:
    """Say whether a > b."""
    return less(b, a)


def at_most(a: Any, b: Any) -> bool:
    """Say whether a =< b."""
    return not less(b, a)


def at_least(a: Any, b: Any) -> bool:
    """Say whether a >= b."""
    return not less(a, b)


def _rank(value: Any) -> int:
    kind = type(value)
    if kind is int or kind is float:
        return 0
    if kind is Atom or kind is bool:
        return 1
    if kind is tuple:
        return 6
    if kind is dict or isinstance(value, dict):
        return 7
    if value is NIL or (is_list(value) and isinstance(value, (str, list)) and not value):
        return 8
    if is_list(value):
        return 9
    if kind is bytes or kind is Bits:
        return 10
    rank = getattr(value, "term_rank", None)
    return rank if isinstance(rank, int) else 3 if callable(value) else 2


def compare(a: Any, b: Any, *, exact: bool = False) -> int:
    """Order two terms: -1, 0 or 1; with `exact`, an integer comes before an equal float."""
    if a is b:
        return 0
    left, right = _rank(a), _rank(b)
    if left != right:
        return -1 if left < right else 1
    if left == 0:
        if a != b:
            return -1 if a < b else 1
        return 0 if not exact or type(a) is type(b) else -1 if type(a) is int else 1
    if left == 1:
        return _order(_atom_text(a), _atom_text(b))
    if left == 6:
        return _order(len(a), len(b)) or _sequence(a, b, exact)
    if left == 7:
        return _order(len(a), len(b)) or _map(a, b, exact)
    if left == 9:
        return _list(a, b, exact)
    if left == 10:
        return _order(_bits_key(a), _bits_key(b))
    if left == 8 or a == b:
        return 0
    return _order(getattr(a, "number", id(a)), getattr(b, "number", id(b)))


def _order(a: Any, b: Any) -> int:
    return int(a > b) - int(a < b)


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


sort_key = functools.cmp_to_key(lambda a, b: compare(a, b, exact=True))
