"""A program at a terminal with a screen: what a user sees after what they typed.

The screen is emulated; questions of the program to the terminal are answered.  Waits for what is to be seen, never for
a time.
"""

import contextlib
import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pyte

TIMEOUT_S = 20.0
ENTER, TAB, UP, DOWN, LEFT, ESCAPE = "\r", "\t", "\x1b[A", "\x1b[B", "\x1b[D", "\x1b"
INTERRUPT, LEAVE = "\x03", "\x04"


class _Screen(pyte.Screen):
    """A screen whose answers go to the program."""

    def __init__(self, columns: int, rows: int, answer: Callable[[str], object]) -> None:
        self._answer = answer
        super().__init__(columns, rows)

    def write_process_input(self, data: str) -> None:
        self._answer(data)


class Display:
    """Type and look; a context manager that ends the program.

    Args:
        command: what to run, with the terminal as its controlling one.
        env: its environment, to which the terminal's kind is added.
        cwd: its directory.
        columns: the terminal's width.
        rows: its height.
    """

    def __init__(
        self, command: list[str], env: Mapping[str, str], cwd: Path, *, columns: int = 100, rows: int = 30
    ) -> None:
        self._master, theirs = pty.openpty()
        self._screen = _Screen(columns, rows, self._answer)
        self._stream = pyte.ByteStream(self._screen)
        self._set_size(columns, rows)
        self.raw = b""
        self.answers: dict[bytes, bytes] = {}  # to questions that the emulated screen does not know
        self.process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={"TERM": "xterm-256color", **env},
            cwd=cwd,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(theirs)

    def __enter__(self) -> "Display":
        return self

    def __exit__(self, *problem: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        self.close()

    def close(self) -> None:
        """Close the window: the program's terminal is gone."""
        if self._master >= 0:
            os.close(self._master)
        self._master = -1

    @property
    def lines(self) -> list[str]:
        """Give the lines of the screen, without blanks at their ends."""
        return [line.rstrip() for line in self._screen.display]

    @property
    def text(self) -> str:
        """Give the screen as text, without the empty lines at its end."""
        return "\n".join(self.lines).rstrip()

    @property
    def cursor(self) -> tuple[int, int]:
        """Give the cursor's row and column."""
        return self._screen.cursor.y, self._screen.cursor.x

    def styles(self, word: str) -> set[str]:
        """Give the colours that a word has on the screen."""
        for row, line in enumerate(self._screen.display):
            at = line.find(word)
            if at >= 0:
                return {self._screen.buffer[row][column].fg for column in range(at, at + len(word))}
        return set()

    def type(self, text: str) -> None:
        """Type text, or keys."""
        data = text.encode()
        while data:
            _, writable, _ = select.select([], [self._master], [], TIMEOUT_S)
            assert writable, "the program does not read what is typed"
            data = data[os.write(self._master, data[:1000]) :]
            self._read(0)

    def paste(self, text: str) -> None:
        """Paste text as a terminal does for a program that wants to know."""
        self.type(f"\x1b[200~{text}\x1b[201~")

    def resize(self, columns: int, rows: int) -> None:
        """Give the terminal another size."""
        self._set_size(columns, rows)
        self._screen.resize(rows, columns)
        os.kill(self.process.pid, signal.SIGWINCH)

    def wait(self, is_so: Callable[[str], object], what: str = "") -> str:
        """Wait until the screen is as wanted; give its text."""
        deadline = time.monotonic() + TIMEOUT_S
        while not is_so(self.text):
            left = deadline - time.monotonic()
            if left <= 0 or not self._read(left):
                raise AssertionError(f"{what or is_so} did not come; there is\n{self.text}")
        return self.text

    def expect(self, pattern: str) -> str:
        """Wait until the screen shows a pattern; give its text."""
        return self.wait(lambda text: re.search(pattern, text, re.MULTILINE), repr(pattern))

    def enter(self, form: str, shown: str) -> str:
        """Type a form and wait for what is shown after it."""
        self.type(form)
        self.type(ENTER)
        return self.expect(shown)

    def exit_status(self) -> int:
        """Wait for the end of the program."""
        while self._read(TIMEOUT_S):
            pass
        return self.process.wait(TIMEOUT_S)

    def _answer(self, answer: str) -> None:
        """Send what the emulated screen answers, unless the test answers that question itself."""
        if not (answer.endswith("c") and b"\x1b[c" in self.answers):
            os.write(self._master, answer.encode())

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def _read(self, timeout_s: float) -> bool:
        if not select.select([self._master], [], [], timeout_s)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:
            return False  # the program has closed the terminal
        self.raw += data
        for question, answer in self.answers.items():
            if question in data:
                os.write(self._master, answer)
        self._stream.feed(data)
        return bool(data)
