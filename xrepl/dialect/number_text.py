"""Numbers as text in given forms: digits in a base, floats as `~e`, `~f` and `~g` show them.

It does not choose the shortest text of a float (`printer.py`) and does not pad (`formatting.py`).
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any, Final

_DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

# Erlang rounds the first 21 significant digits of the exact value, half up; Python rounds the value half even.
_SIGNIFICANT: Final = 20
_CONTEXT: Final = Context(prec=400, rounding=ROUND_HALF_UP)
_DEFAULT_PRECISION: Final = 6


def digits(number: int, base: int) -> str:
    """Give a non-negative integer's digits in a base from 2 to 36, upper case."""
    if base == 10:
        return str(number)
    if base in (2, 8, 16):
        return format(number, {2: "b", 8: "o", 16: "X"}[base])
    result = []
    while True:
        number, digit = divmod(number, base)
        result.append(_DIGITS[digit])
        if not number:
            return "".join(reversed(result))


def float_text(control: str, value: Any, precision: int | None) -> str | None:
    """Give a float in the form of a control character `e`, `f` or `g`.

    Args:
        control: the character.
        value: the argument; only a float has such a text.
        precision: decimals for `f`, significant digits for `e` and `g`; 6 when None.

    Returns:
        the text, or None when the value is no float or the precision is too small.
    """
    if type(value) is not float:
        return None
    places = _DEFAULT_PRECISION if precision is None else precision
    if control == "g":
        return _general(value, places)
    if control == "f":
        return _fixed(value, places) if places >= 1 else None
    return _exponent(value, places) if places >= 2 else None


def fixed(value: float, decimals: int) -> str:
    """Give a float with this many decimals (0 or more), rounded half up, as `~.Nf` shows it."""
    return _fixed(value, decimals)


def _decimal(value: float) -> Decimal:
    return Decimal(f"{value:.{_SIGNIFICANT}e}")


def _fixed(value: float, decimals: int) -> str:
    rounded = _decimal(value).quantize(Decimal(1).scaleb(-decimals), context=_CONTEXT)
    return f"{rounded:f}"


def _exponent(value: float, significant: int) -> str:
    exact = _decimal(value)
    exponent = exact.adjusted() if exact else 0
    mantissa = exact.scaleb(-exponent, context=_CONTEXT)
    unit = Decimal(1).scaleb(1 - significant)
    rounded = mantissa.quantize(unit, context=_CONTEXT)
    if abs(rounded) >= 10:
        exponent += 1
        rounded = mantissa.scaleb(-1, context=_CONTEXT).quantize(unit, context=_CONTEXT)
    return f"{rounded:f}e{exponent:+d}"


def _general(value: float, significant: int) -> str | None:
    """Choose the fixed form from 0.1 up to 10000 when the precision covers the integer part."""
    if significant < 1:
        return None
    size = abs(value)
    if 0.1 <= size < 1.0e4:
        exponent = -1 + sum(size >= bound for bound in (1.0, 10.0, 100.0, 1000.0))
        if significant - 1 > exponent or (significant == 1 and exponent == -1):
            return _fixed(value, max(significant - 1 - exponent, 1))
    return _exponent(value, max(significant, 2))
