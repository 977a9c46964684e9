"""Formatted text: the control sequences of `io:format` and `lfe_io:format` (`~p ~w ~s ~B ~.2f ...`).

A sequence is `~F.P.PadModC`: field width, precision, pad character, modifiers (`t`, `l`) and the control
character; `*` takes a number from the arguments. The two families differ in how terms are written and in a few
details, which a `Style` holds. Numbers are in `number_text.py`; results as nested lists are made in
`formatted_data.py`.

It writes nothing and knows no devices (see the modules `io` and `lfe_io`), and it does not read (`io:fread`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from xrepl.dialect import number_text
from xrepl.dialect.data import NIL, Atom, Cons, View, elements, is_list

LINE_WIDTH: Final = 80  # columns; what `~p` fills when no field width is given
NO_DEPTH: Final = -1  # print all of a term


class FormatError(ValueError):
    """A format and its arguments do not fit; the caller turns it into `bad argument`."""


class EncodingError(FormatError):
    """Text holds a character that the sequence may not print, or no character at all."""


@dataclass(frozen=True, slots=True)
class Style:
    """How one family of format functions writes terms.

    Args:
        write: `(value, depth, unicode) -> str`, one line.
        pretty: `(value, indent, width, depth, unicode, strings) -> str`; indent is the column, from 0.
        prefix: `(base, lowercase) -> str`, what `~#` and `~+` put before a number.
        cuts: whether a precision cuts terms (`lfe_io`) or stars replace them (`io`).
        is_unicode: whether every sequence takes all of Unicode, as if `t` were given.
        nests_all: whether a result keeps the text of every sequence as a string of its own, not only of terms.
        data: `(value, sequence, column) -> nested list`, a term as data; None when it is a string there too.
    """

    write: Callable[[Any, int, bool], str]
    pretty: Callable[[Any, int, int, int, bool, bool], str]
    prefix: Callable[[int, bool], str]
    cuts: bool
    is_unicode: bool
    nests_all: bool
    data: Callable[[Any, Sequence, int], Any] | None = None


@dataclass(slots=True)
class Sequence:
    """One control sequence with the arguments that it takes."""

    control: str
    arguments: list[Any]
    width: int | None
    is_left: bool
    precision: int | None
    pad: str
    is_unicode: bool
    strings: bool


_ARGUMENT_COUNT: Final = {**dict.fromkeys("wpsefgbB+#ci", 1), **dict.fromkeys("WPxX", 2), "~": 0, "n": 0}
TERM_CONTROLS: Final = "wWpP"


def format_text(form: Any, arguments: Any, style: Style) -> str:
    """Give the text of a format and its arguments.

    Raises:
        FormatError: too few or many arguments, a wrong one, or an unknown control character.
    """
    texts: list[str] = []
    column = 0
    for piece in scan_format(form, arguments, style):
        text = piece if isinstance(piece, str) else control_text(piece, column, style)
        column = column_after(text, column)
        texts.append(text)
    return "".join(texts)


# --- reading the format


def _format_characters(form: Any) -> str:
    if isinstance(form, bool):
        return "true" if form else "false"
    if isinstance(form, Atom):
        return form.name
    if isinstance(form, bytes):
        return form.decode("latin-1")
    if isinstance(form, str):
        return form
    if not is_list(form):
        raise FormatError("a format is a string, an atom or a binary")
    return flatten(form)


def scan_format(form: Any, arguments: Any, style: Style) -> list[str | Sequence]:
    """Split a format into plain text and sequences; each takes its arguments.

    Raises:
        FormatError: as `format_text`, but for values that a sequence does not take.
    """
    form = _format_characters(form)
    if not is_list(arguments):
        raise FormatError("arguments are no list")
    try:
        rest = list(elements(arguments))[::-1]
    except TypeError as wrong:
        raise FormatError("arguments are no proper list") from wrong
    pieces: list[str | Sequence] = []
    scanner = _Scanner(form, rest, style.is_unicode)
    while True:
        end = form.find("~", scanner.at)
        pieces.append(form[scanner.at : end if end >= 0 else len(form)])
        if end < 0:
            break
        scanner.at = end + 1
        pieces.append(scanner.sequence())
    if rest:
        raise FormatError("too many arguments")
    return [piece for piece in pieces if piece != ""]


class _Scanner:
    """A position in a format, and the arguments not yet taken (the next one last)."""

    def __init__(self, form: str, rest: list[Any], is_unicode: bool) -> None:
        self.form = form
        self.rest = rest
        self.at = 0
        self.is_unicode = is_unicode

    def sequence(self) -> Sequence:
        """Read the sequence after a `~`."""
        is_left = self._skip("-")
        width = self._number()
        if is_left and width is None:
            raise FormatError("a minus sign without a width")
        if width is not None and width < 0:
            width, is_left = -width, not is_left
        precision = self._number() if self._skip(".") else None
        pad = " "
        if self._skip("."):
            pad = _character(self._argument()) if self._skip("*") else self._next()
        is_unicode, strings = self.is_unicode, True
        while (modifier := self.form[self.at : self.at + 1]) in ("t", "l"):
            self.at += 1
            is_unicode, strings = is_unicode or modifier == "t", strings and modifier != "l"
        control = self._next()
        count = _ARGUMENT_COUNT.get(control)
        if count is None:
            raise FormatError(f"no control sequence ~{control}")
        arguments = [self._argument() for _ in range(count)]
        return Sequence(control, arguments, width, is_left, precision, pad, is_unicode, strings)

    def _skip(self, character: str) -> bool:
        found = self.form.startswith(character, self.at)
        self.at += found
        return found

    def _next(self) -> str:
        if self.at >= len(self.form):
            raise FormatError("the format ends inside a control sequence")
        self.at += 1
        return self.form[self.at - 1]

    def _argument(self) -> Any:
        if not self.rest:
            raise FormatError("too few arguments")
        return self.rest.pop()

    def _number(self) -> int | None:
        if self._skip("*"):
            return _integer(self._argument())
        start = self.at
        while self.form[self.at : self.at + 1] in _DIGITS:
            self.at += 1
        return int(self.form[start : self.at]) if self.at > start else None


_DIGITS: Final = frozenset("0123456789")


def _integer(value: Any) -> int:
    if type(value) is not int:
        raise FormatError("not an integer")
    return value


def _character(value: Any) -> str:
    try:
        return chr(_integer(value))
    except (ValueError, OverflowError) as wrong:
        raise FormatError("not a character") from wrong


def column_after(text: str, column: int) -> int:
    """Give the column after a text, counted from 0."""
    start = text.rfind("\n") + 1
    column = 0 if start else column
    for character in text[start:]:
        column = (column + 8) // 8 * 8 if character == "\t" else column + 1
    return column


# --- each control character


def control_text(sequence: Sequence, column: int, style: Style) -> str:
    """Give the text of one sequence that begins in a column.

    Raises:
        FormatError: it does not take its arguments.
    """
    control = sequence.control
    if control in TERM_CONTROLS:
        return _term(sequence, column, style)
    if control == "s":
        return _string_field(argument_text(sequence.arguments[0], sequence.is_unicode), sequence)
    if control in "efg":
        text = number_text.float_text(control, sequence.arguments[0], sequence.precision)
        if text is None:
            raise FormatError("not a float, or too small a precision")
        return text if sequence.width is None else _field(text, sequence, sequence.width, style)
    if control in "bBxX#+":
        return _based(sequence, style)
    if control == "c":
        code = _integer(sequence.arguments[0])
        return _repeated(_character(code if sequence.is_unicode else code & 255), sequence)
    if control == "~":
        return _repeated("~", sequence)
    if control == "n":
        if sequence.is_left and not style.cuts:
            raise FormatError("lines are not adjusted")
        return "\n" * (1 if sequence.width is None else sequence.width)
    return ""  # ~i ignores its argument


def _term(sequence: Sequence, column: int, style: Style) -> str:
    value = sequence.arguments[0]
    depth = _integer(sequence.arguments[1]) if len(sequence.arguments) == 2 else NO_DEPTH
    if sequence.control in "wW":
        text = style.write(value, depth, sequence.is_unicode)
        return _field(text, sequence, sequence.precision, style)
    if sequence.is_left:
        raise FormatError("pretty-printed terms are not adjusted")
    width = LINE_WIDTH if sequence.width is None else sequence.width
    if width == 0 and not style.cuts:  # as `io` has it: never more than one line
        width = sys.maxsize
    indent = column if sequence.precision is None else max(sequence.precision - (0 if style.cuts else 1), 0)
    return style.pretty(value, indent, width, depth, sequence.is_unicode, sequence.strings)


def _field(text: str, sequence: Sequence, precision: int | None, style: Style) -> str:
    """Fit a term or number into its field; one that is too long becomes stars or is cut."""
    width = sequence.width
    if width is None and precision is None:
        return text
    if style.cuts:
        if precision is not None and precision < len(text):
            text = text[:precision]
        if width is not None and width < len(text):
            return "*" * width
        return _adjust(text, width, sequence)
    if width is None:
        width = precision
    room = width if precision is None else min(precision, width or 0)
    if room is not None and len(text) > room:
        text = "*" * room
    return _adjust(text, width, sequence)


def _adjust(text: str, width: int | None, sequence: Sequence) -> str:
    padding = sequence.pad * ((width or 0) - len(text))
    return text + padding if sequence.is_left else padding + text


def _string_field(text: str, sequence: Sequence) -> str:
    """Fit text into its field: cut to the precision, padded or cut to the width."""
    width, precision = sequence.width, sequence.precision
    if precision is not None:
        if width is None:
            return text[:precision] + sequence.pad * (precision - len(text))
        if width < precision:
            raise FormatError("the precision is larger than the field")
        if width > precision:
            text = text[:precision] + sequence.pad * (precision - len(text))
    if width is not None and len(text) > width:
        return text[:width]
    return _adjust(text, width, sequence)


def _repeated(character: str, sequence: Sequence) -> str:
    width, precision = sequence.width, sequence.precision
    if precision is None:
        return character * (1 if width is None else width)
    if width is not None and width < precision:
        raise FormatError("the precision is larger than the field")
    return _adjust(character * precision, width, sequence)


def _based(sequence: Sequence, style: Style) -> str:
    value = _integer(sequence.arguments[0])
    base = 10 if sequence.precision is None else sequence.precision
    if not 2 <= base <= 36:
        raise FormatError("a base is from 2 to 36")
    lowercase = sequence.control in "bx+"
    digits = number_text.digits(abs(value), base)
    if lowercase:
        digits = digits.lower()
    prefix = ""
    if sequence.control in "#+":
        prefix = style.prefix(base, lowercase)
    elif sequence.control in "xX":
        prefix = argument_text(sequence.arguments[1], True)
    text = ("-" if value < 0 else "") + prefix + digits
    return text if sequence.width is None else _field(text, sequence, None, style)


# --- text in nested lists


def argument_text(value: Any, is_unicode: bool) -> str:
    """Give the text that `~s` writes for a value; EncodingError when it has none."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = value.name if isinstance(value, Atom) else flatten(value, is_unicode=is_unicode)
    if not is_unicode and not text.isascii() and max(text) > "\xff":
        raise EncodingError("a character above 255 needs ~ts")
    return text


def flatten(value: Any, *, is_unicode: bool = True) -> str:
    """Give the text of nested characters, strings and binaries.

    Args:
        value: a string, binary, or list of these and of characters, nested to any depth.
        is_unicode: whether binaries hold UTF-8 (else Latin-1); a binary that does not is read as Latin-1.

    Raises:
        EncodingError: it holds anything else.
    """
    if type(value) is int:
        raise EncodingError("a character by itself is no text")
    parts: list[str] = []
    pending = [value]
    while pending:
        item = pending.pop()
        kind = type(item)
        if kind is int:
            if not 0 <= item <= 0x10FFFF:
                raise EncodingError("not a character")
            parts.append(chr(item))
        elif kind is str:
            parts.append(item)
        elif kind is bytes:
            parts.append(_binary_text(item, is_unicode))
        elif kind is Cons:
            # the tail may be a binary, so it is pending as any other item; but never a character
            if type(item.tail) is int:
                raise EncodingError("not text")
            pending.append(item.tail)
            pending.append(item.head)
        elif kind is View or kind is list:
            pending.extend(reversed(list(elements(item))))
        elif item is not NIL:
            raise EncodingError("not text")
    return "".join(parts)


def _binary_text(binary: bytes, is_unicode: bool) -> str:
    if is_unicode:
        try:
            return binary.decode("utf-8")
        except UnicodeDecodeError:
            pass
    return binary.decode("latin-1")
