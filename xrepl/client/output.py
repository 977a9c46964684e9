"""Writes text to the standard streams, at once and whole."""

import posix

from xrepl.client.connection import Message
from xrepl.client.render import OUT, parts


def write(text: str, descriptor: int = OUT) -> None:
    """Write text as UTF-8; blocks until all of it is written.

    Raises:
        BrokenPipeError: nobody reads any more.
    """
    data = text.encode("utf-8", "backslashreplace")
    while data:
        data = data[posix.write(descriptor, data) :]


def show(message: Message) -> None:
    """Write what a message shows."""
    for descriptor, text in parts(message):
        write(text, descriptor)
