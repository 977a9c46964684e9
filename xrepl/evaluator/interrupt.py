"""^C in an evaluator: SIGINT raises in the form that the shell runs, and nowhere else.

Between forms the signal is ignored, so that one that comes late cannot hit the next form.  One that comes before the
form has begun arrives as a frame, too (`forms.py` looks for it).  Kills nothing: that is the server's.
"""

from __future__ import annotations

import signal
import types

from xrepl.dialect import processes


class Interrupts:
    """The handler, and whether a form is running; a context manager around the form."""

    def __init__(self) -> None:
        self._is_running = False

    def install(self) -> None:
        """Handle SIGINT from now on.  Main thread only."""
        signal.signal(signal.SIGINT, self._on_signal)

    def __enter__(self) -> None:
        self._is_running = True

    def __exit__(self, *problem: object) -> None:
        self._is_running = False

    def _on_signal(self, number: int, frame: types.FrameType | None) -> None:
        if self._is_running:
            processes.interrupt(frame)
