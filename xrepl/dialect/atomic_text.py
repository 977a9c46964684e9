"""The texts of values without parts, as LFE writes them: numbers, symbols, strings, binaries, functions.

What has parts, and how it is laid out, is in `printer.py`.
"""

from __future__ import annotations

from typing import Any

from xrepl.dialect.bits import Bits
from xrepl.dialect.data import NIL, Atom, is_list
from xrepl.dialect.function_text import function_text
from xrepl.dialect.scanner import is_symbol

# Python refuses to write integers of over 4,300 digits
_LONG_BITS = 13_000
_ESCAPES = {
    8: "\\b",
    9: "\\t",
    10: "\\n",
    11: "\\v",
    12: "\\f",
    13: "\\r",
    27: "\\e",
    34: '\\"',
    92: "\\\\",
    127: "\\d",
}


def float_text(value: float) -> str:
    """Give the shortest text that reads back as this float, in the shorter of the two notations."""
    digits, _, exponent = repr(value).partition("e")
    if not exponent:
        if "." not in digits:
            return digits
        sign, body = ("-", digits[1:]) if digits[0] == "-" else ("", digits)
        whole, _, fraction = body.partition(".")
        scientific = _scientific(whole, fraction)
        return sign + (scientific if len(scientific) < len(body) else body)
    return f"{digits if '.' in digits else digits + '.0'}e{int(exponent)}"


def _scientific(whole: str, fraction: str) -> str:
    """Give the exponent notation of digits before and after the point."""
    digits = (whole + fraction).lstrip("0")
    power = len(whole) - 1 if whole.strip("0") else -(len(fraction) - len(fraction.lstrip("0")) + 1)
    digits = digits.rstrip("0") or "0"
    return f"{digits[0]}.{digits[1:] or '0'}e{power}"


def atom_text(name: str) -> str:
    """Give a symbol as it is read: between bars when it would not be one otherwise."""
    if is_symbol(name):
        return name
    return "|" + "".join("\\|" if c == "|" else c if c == '"' else _ESCAPES.get(ord(c), c) for c in name) + "|"


def is_printable(code: Any) -> bool:
    """Say whether a value is a code point that is shown in a string."""
    if type(code) is not int:
        return False
    return (
        32 <= code <= 126
        or 8 <= code <= 13
        or code == 27
        or 160 <= code < 0xD800
        or 0xDFFF < code < 0xFFFE
        or 0x10000 <= code <= 0x10FFFF
    )


def string_text(text: str) -> str:
    """Give a string in quotes, escaped."""
    return '"' + "".join(_ESCAPES.get(ord(c), c) for c in text) + '"'


def _bytes_text(value: bytes, depth: int, is_text: bool) -> str:
    try:
        text = value.decode() if is_text else None
    except UnicodeDecodeError:
        text = None
    if text is not None and all(is_printable(ord(c)) for c in text):
        return "#" + string_text(text)
    shown = [str(byte) for byte in (value[:depth] if depth >= 0 else value)]
    return f"#B({' '.join(shown)}{' ...' if len(shown) < len(value) else ''})"


def _bits_text(value: Bits, depth: int) -> str:
    parts = [str(byte) for byte in value.data[:-1]]
    spare = value.bit_size % 8
    parts.append(f"({value.data[-1] >> (8 - spare)} (size {spare}))")
    shown = parts[:depth] if depth >= 0 else parts
    return f"#B({' '.join(shown)}{' ...' if len(shown) < len(parts) else ''})"


def atomic_text(value: Any, depth: int = -1, *, is_text: bool = True) -> str | None:
    """Give the text of a value without parts; None for a collection."""
    kind = type(value)
    if kind is bool:
        return "true" if value else "false"
    if kind is Atom:
        return atom_text(value.name)
    if kind is int:
        return str(value) if value.bit_length() < _LONG_BITS else _long_integer(value)
    if kind is float:
        return float_text(value)
    if kind is bytes:
        return _bytes_text(value, depth, is_text)
    if kind is Bits:
        return _bits_text(value, depth)
    if value is NIL or (isinstance(value, (str, list)) and not value):
        return "()"
    if kind is tuple or isinstance(value, dict) or is_list(value):
        return None
    text = getattr(value, "lfe_text", None)
    if text is not None:
        return str(text())
    if callable(value) and not isinstance(value, type):
        return function_text(value)
    return repr(value)


def _long_integer(value: int) -> str:
    from decimal import MAX_EMAX, MAX_PREC, Context, Decimal

    context = Context(prec=MAX_PREC, Emax=MAX_EMAX)
    return format(Decimal(value).normalize(context), "f")
