"""Standard output and standard error of a session's code: pipes to the server, written to at once.

Unbuffered, so that what is printed shows when it is printed, in order with what child processes and C code print to the
same descriptors.  A full pipe blocks the writer: that is the back-pressure against a flood.
Bounds nothing: that is the server's and the client's.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterable


class Output(io.TextIOBase):
    """A text stream over a descriptor; every write is a system call.

    Args:
        descriptor: an open descriptor, 1 or 2.
    """

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.buffer = io.FileIO(descriptor, "wb", closefd=False)

    @property
    def encoding(self) -> str:  # type: ignore[override]
        """Give the encoding that text is written in."""
        return "utf-8"

    @property
    def errors(self) -> str:  # type: ignore[override]
        """Give what is done with text that UTF-8 cannot say."""
        return "backslashreplace"

    def fileno(self) -> int:
        """Give the descriptor."""
        return self._descriptor

    def writable(self) -> bool:
        """Say that it can be written to."""
        return True

    def isatty(self) -> bool:
        """Say that it is no terminal."""
        return False

    def write(self, text: str, /) -> int:
        """Write text, whole; give its length."""
        data = text.encode("utf-8", "backslashreplace")
        while data:
            data = data[os.write(self._descriptor, data) :]
        return len(text)

    def writelines(self, lines: Iterable[str], /) -> None:  # type: ignore[override]
        """Write several texts."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Do nothing: all is written."""


def install(out: int, err: int) -> None:
    """Make these descriptors the process's standard output and error, and nothing its standard input."""
    null = os.open(os.devnull, os.O_RDONLY)
    for descriptor, target in ((null, 0), (out, 1), (err, 2)):
        os.dup2(descriptor, target)
    for descriptor in (null, out, err):
        os.close(descriptor)
    sys.stdin = open(0, closefd=False)  # noqa: SIM115
    sys.stdout, sys.stderr = Output(1), Output(2)
    for name in ("stdin", "stdout", "stderr"):
        setattr(sys, f"__{name}__", getattr(sys, name))
