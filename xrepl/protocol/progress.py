"""How far an evaluator is in a text: a page of memory that it shares with the server.

The evaluator notes each form before it runs it; the server looks when the evaluator has ended.  A note costs no message
and wakes nobody, and what was noted before a SIGKILL is there after it.
"""

from __future__ import annotations

import mmap
import os
import struct

_NOTE = struct.Struct("=QQ")


def make_page() -> int:
    """Make a page in which nothing is noted; give its descriptor, which the caller closes."""
    page = os.memfd_create("xrepl-progress", os.MFD_CLOEXEC)
    os.ftruncate(page, mmap.PAGESIZE)
    return page


def noted(page: int) -> tuple[int, int]:
    """Give what was noted last: the evaluation's number and where in its text the form ends; zeros for nothing."""
    number, end = _NOTE.unpack(os.pread(page, _NOTE.size, 0))
    return number, end


class Progress:
    """The evaluator's side of the page.

    Args:
        page: its descriptor, which is closed.
    """

    def __init__(self, page: int) -> None:
        self._memory = mmap.mmap(page, mmap.PAGESIZE)
        os.close(page)

    def note(self, number: int, end: int) -> None:
        """Note that a form is going to run."""
        _NOTE.pack_into(self._memory, 0, number, end)
