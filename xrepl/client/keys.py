"""The keyboard while no prompt waits: what is typed meanwhile is kept for the next one; ^D leaves a form that runs.

While entered, the terminal neither shows what is typed nor waits for whole lines; ^C and ^Z are signals as ever.  So
what is typed between two prompts stands on the screen once: at the next prompt.
"""

import os
import select
import sys
import termios
from collections.abc import Iterator
from contextlib import contextmanager

LEAVE = b"\x04"


class Keys:
    """The keyboard of this process's terminal; a context manager for as long as the user is talked with."""

    def __init__(self) -> None:
        self._descriptor = sys.stdin.fileno()
        self._before: list[object] | None = None
        self._typed = b""

    def fileno(self) -> int:
        """Give the descriptor to wait for."""
        return self._descriptor

    def __enter__(self) -> "Keys":
        self._before = termios.tcgetattr(self._descriptor)
        self._silence()
        return self

    def __exit__(self, *problem: object) -> None:
        self._restore()

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Let the terminal show and edit lines meanwhile, as it did before."""
        self._restore()
        try:
            yield
        finally:
            self._silence()

    def read(self) -> bool:
        """Take what was typed; say whether it was ^D, on a line on which nothing was typed ahead."""
        data = os.read(self._descriptor, 4096)
        if not data or (data.startswith(LEAVE) and not self._typed.split(b"\n")[-1]):
            return True
        self._typed += data
        return False

    def read_waiting(self) -> None:
        """Take what was typed up to now: who asks the terminal something throws that away."""
        while select.select([self._descriptor], [], [], 0)[0]:
            data = os.read(self._descriptor, 4096)
            if not data:
                return
            self._typed += data

    def take_typed(self) -> str:
        """Give what was typed ahead."""
        typed, self._typed = self._typed, b""
        return typed.decode("utf-8", "replace").replace("\n", "\r")

    def _silence(self) -> None:
        mode = termios.tcgetattr(self._descriptor)
        mode[3] &= ~(termios.ECHO | termios.ICANON)
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        termios.tcsetattr(self._descriptor, termios.TCSANOW, mode)

    def _restore(self) -> None:
        if self._before is not None:
            termios.tcsetattr(self._descriptor, termios.TCSANOW, self._before)  # type: ignore[arg-type]
