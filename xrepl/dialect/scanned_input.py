"""Values read out of a text by a format: the control sequences of `io_lib:fread`.

`~d ~u ~f ~s ~a ~c ~- ~#`, a field width and `*` (read but drop). It reads no device.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, Final

from xrepl.dialect.data import atom, string


class ScanError(ValueError):
    """The text does not fit the format; `reason` is the name that Erlang gives."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


_SEQUENCE: Final = re.compile(r"~(\*?)(\d*)(t?)(.)", re.DOTALL)
_WHITE: Final = re.compile(r"[ \t\r\n]*")


def scan(form: str, text: str) -> tuple[list[Any] | None, int]:
    """Read values as a format says.

    Returns:
        the values and the position after them; None for the values when the text ends too early.

    Raises:
        ScanError: the text does not fit, or the format is wrong.
    """
    values: list[Any] = []
    at = position = 0
    while at < len(form):
        sequence = _SEQUENCE.match(form, at)
        if sequence is None:
            at, position = _literal(form, at, text, position)
            continue
        at = sequence.end()
        drop, width, _, control = sequence.groups()
        if control not in "cn~":
            position = _skip_white(text, position)
        if position >= len(text) and control not in "n":
            return None, position
        value, position = _field(control, text, position, int(width) if width else None)
        if not drop and control != "~":
            values.append(value)
    return values, position


def _skip_white(text: str, position: int) -> int:
    found = _WHITE.match(text, position)
    return found.end() if found else position


def _literal(form: str, at: int, text: str, position: int) -> tuple[int, int]:
    """Match a plain character; white space matches any run of it."""
    if form[at] in " \t\r\n":
        return _skip_white(form, at), _skip_white(text, position)
    if form[at] == "~" or text[position : position + 1] != form[at]:
        raise ScanError("format" if form[at] == "~" else "input")
    return at + 1, position + 1


def _integer(text: str) -> int:
    return int(text)


def _based(text: str) -> int:
    base, _, digits = text.partition("#")
    return int(digits, int(base))


_FIELDS: Final[dict[str, tuple[re.Pattern[str], Callable[[str], Any], str]]] = {
    "d": (re.compile(r"[+-]?\d+"), _integer, "integer"),
    "u": (re.compile(r"\d+"), _integer, "unsigned"),
    "#": (re.compile(r"\d+#[0-9A-Za-z]+"), _based, "based"),
    "-": (re.compile(r"-?"), lambda text: -1 if text else 1, "integer"),
    "f": (re.compile(r"[+-]?\d+\.\d+(?:[eE][+-]?\d+)?"), float, "float"),
    "s": (re.compile(r"[^ \t\r\n]+"), string, "string"),
    "a": (re.compile(r"[^ \t\r\n]+"), atom, "atom"),
}


def _field(control: str, text: str, position: int, width: int | None) -> tuple[Any, int]:
    if control == "c":
        end = position + (width or 1)
        return string(text[position:end]), end
    if control == "n":
        return position, position
    if control == "~":
        if text[position] != "~":
            raise ScanError("input")
        return None, position + 1
    if control not in _FIELDS:
        raise ScanError("format")
    pattern, convert, reason = _FIELDS[control]
    found = pattern.match(text, position, len(text) if width is None else position + width)
    if found is None:
        raise ScanError(reason)
    try:
        return convert(found.group()), found.end()
    except ValueError as wrong:
        raise ScanError(reason) from wrong
