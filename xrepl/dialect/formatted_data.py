"""Formatted text as the language's data: the nested lists that `io_lib:format` gives.

Terms and strings are pieces of their own, all else is flat.  A term's piece is nested as its parts are; padding is
nested in halves.  Users see this at the prompt, so it is Erlang's nesting.
"""

from __future__ import annotations

from typing import Any

from xrepl.dialect.data import NIL, Atom, Cons, from_iterable, string
from xrepl.dialect.formatting import (
    TERM_CONTROLS,
    Sequence,
    Style,
    argument_text,
    column_after,
    control_text,
    scan_format,
)


def format_data(form: Any, arguments: Any, style: Style) -> Any:
    """Give the text of a format and its arguments as a nested list.

    Raises:
        FormatError: as `format_text`.
    """
    items: list[Any] = []
    column = 0
    for piece in scan_format(form, arguments, style):
        text = piece if isinstance(piece, str) else control_text(piece, column, style)
        if isinstance(piece, str) or not (style.nests_all or _is_nested(piece)):
            items.extend(map(ord, text))
        else:
            items.append(_nested(piece, text, column, style))
        column = column_after(text, column)
    if items and all(type(item) is int for item in items):
        return string("".join(map(chr, items)))
    return from_iterable(items)


def _is_nested(sequence: Sequence) -> bool:
    """Terms and text stay pieces of their own in a result; an atom under `~s` does not."""
    if sequence.control == "s":
        return not isinstance(sequence.arguments[0], (Atom, bool))
    return sequence.control in TERM_CONTROLS


def _nested(sequence: Sequence, text: str, column: int, style: Style) -> Any:
    """Give the piece for a term or a string."""
    if style.data is None or sequence.width is None:
        return string(text) if style.data is None or sequence.control == "s" else term_piece(sequence, column, style)
    if sequence.control in "pP":
        return term_piece(sequence, column, style)
    if sequence.control == "s":
        content: Any = string(argument_text(sequence.arguments[0], sequence.is_unicode))
        size = len(argument_text(sequence.arguments[0], sequence.is_unicode))
        if sequence.precision is not None or size >= len(text):
            return string(text)
    else:
        content = term_piece(sequence, column, style)
        plain = text.strip(sequence.pad)
        if set(plain) == {"*"}:
            return padding("*", len(text))
        size = len(plain)
    blanks = padding(sequence.pad, len(text) - size)
    if blanks is NIL:
        return content
    return Cons(content, blanks) if sequence.is_left else Cons(blanks, content)


def term_piece(sequence: Sequence, column: int, style: Style) -> Any:
    """Give a term's piece."""
    assert style.data is not None
    return style.data(sequence.arguments[0], sequence, column)


def padding(pad: str, count: int) -> Any:
    """Give so many equal characters, as a list whose halves are shared."""
    if count <= 3:
        return string(pad * max(count, 0))
    half = padding(pad, count // 2)
    return Cons(half, half) if count % 2 == 0 else Cons(ord(pad), Cons(half, half))
