"""A program at a terminal of its own, as a user sees it."""

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
from collections.abc import Mapping
from pathlib import Path

TIMEOUT_S = 20.0
INTERRUPT, LEAVE = "\x03", "\x04"


class Terminal:
    """Type and read; a context manager that ends the program.

    Args:
        command: what to run, with the terminal as its controlling one.
        env: its environment.
        cwd: its directory.
    """

    def __init__(self, command: list[str], env: Mapping[str, str], cwd: Path) -> None:
        self._master, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 200, 0, 0))
        self.process = subprocess.Popen(
            command,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**env, "TERM": "dumb"},
            cwd=cwd,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )
        os.close(theirs)
        self.text = ""

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *problem: object) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self._master)

    def type(self, text: str) -> None:
        """Type text, or a control character."""
        os.write(self._master, text.encode())

    def line(self, text: str) -> None:
        """Type a line."""
        self.type(f"{text}\n")

    def expect(self, pattern: str, timeout_s: float = TIMEOUT_S) -> str:
        """Wait until the text not yet expected holds a pattern; give that text up to its end and pass over it."""
        deadline = time.monotonic() + timeout_s
        while not (found := re.search(pattern, self.text)):
            left = deadline - time.monotonic()
            if left <= 0 or not self._read(left):
                raise AssertionError(f"{pattern!r} did not come; there is {self.text!r}")
        seen, self.text = self.text[: found.end()], self.text[found.end() :]
        return seen

    def ask(self, form: str, prompt: str = r"lfe> ") -> str:
        """Type a form at the prompt and give what is shown before the next prompt."""
        self.line(form)
        seen = self.expect(prompt)
        return re.sub(prompt + r"\Z", "", seen).partition(form)[2].strip()

    def exit_status(self) -> int:
        """Wait for the end of the program."""
        return self.process.wait(TIMEOUT_S)

    def _read(self, timeout_s: float) -> bool:
        if not select.select([self._master], [], [], timeout_s)[0]:
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError:
            return False  # the program has closed the terminal
        self.text += data.decode("utf-8", "replace").replace("\r\n", "\n")
        return bool(data)
