"""Writes text to the standard streams, at once and whole.  Adds no line ends and no colours."""

import posix

from xrepl.client.connection import Message
from xrepl.client.render import ERR, ON_ERR, OUT, pieces, plain

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing it takes as long as all of ours
    from xrepl.client.filter import OutputFilter

_is_raw = False
_filters: "dict[int, OutputFilter]" = {}


def write(text: str, descriptor: int = OUT) -> None:
    """Write text as UTF-8; blocks until all of it is written.

    Raises:
        BrokenPipeError: nobody reads any more.
    """
    data = text.encode("utf-8", "backslashreplace")
    while data:
        data = data[posix.write(descriptor, data) :]


def show(message: Message) -> None:
    """Write what a message shows; at a terminal, printed output goes through the filter."""
    for kind, text in pieces(message):
        descriptor = ERR if kind in ON_ERR else OUT
        if kind in ("out", "err") and plain(text) != text and not _is_raw and posix.isatty(descriptor):
            text = _filtered(descriptor, text)
        write(text, descriptor)


def let_through() -> None:
    """Write printed output as it is from now on, to terminals, too."""
    global _is_raw
    _is_raw = True


def _filtered(descriptor: int, text: str) -> str:
    from xrepl.client.filter import OutputFilter  # few programs print what has to be filtered

    return _filters.setdefault(descriptor, OutputFilter()).feed(text)
