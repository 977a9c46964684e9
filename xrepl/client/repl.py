"""The interactive loop: a prompt, forms over several lines, ^C, ^D.

Plain on purpose: editing and history are the standard library's `readline`.  It never decides where a form ends; the
server says that a text is incomplete.
"""

import select
import signal
import sys
import time
from contextlib import suppress

from xrepl.client.connection import Connection, Message, statuses
from xrepl.client.conversation import Conversation
from xrepl.client.output import show, write
from xrepl.client.render import ERR, is_refused, notices, parts, refusal

GRACE_S = 2.0
HISTORY_NAME = "history"
HISTORY_LINES = 10_000


class Repl:
    """A conversation with a user at a terminal."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._pending = ""
        self._is_line_open = False
        self._interrupted_at: float | None = None
        self._wake = _Wake()

    def run(self) -> int:
        """Talk until the user leaves with ^D; give the exit status."""
        reply = self._conversation.attach()
        for line in notices(reply):
            write(f"{line}\n", ERR)
        if is_refused(reply):
            write(f"xrepl: {refusal(reply)}\n", ERR)
            return 1
        history = _History(f"{self._conversation.home}/{HISTORY_NAME}")
        try:
            while True:
                try:
                    line = self._read_line()
                    self._evaluate(f"{self._pending}{line}\n")
                except KeyboardInterrupt:
                    self._pending = ""
                    write("\n")
                except EOFError:
                    write("\n")
                    return 0
        finally:
            history.save()
            self._conversation.close()

    def _read_line(self) -> str:
        """Prompt for a line.

        Raises:
            EOFError: ^D.
            KeyboardInterrupt: ^C.
        """
        self._show_waiting()
        if self._is_line_open:
            write("\n")
            self._is_line_open = False
        prompt = self._conversation.prompt
        if self._pending:
            prompt = "...> ".rjust(len(prompt))
        return input(prompt)

    def _evaluate(self, text: str) -> None:
        self._pending = ""
        if not text.strip():
            return
        self._conversation.begin(text)
        self._interrupted_at = None
        with self._wake:
            while True:
                if not self._wait():
                    self._interrupt()
                    continue
                message = self._conversation.receive()
                if "incomplete" in statuses(message):
                    end = message.get("xrepl/end")
                    self._pending = text[end if isinstance(end, int) else 0 :]
                else:
                    self._show(message)
                if self._conversation.is_last(message):
                    return

    def _wait(self) -> bool:
        """Wait for a message (True) or for ^C (False)."""
        connection = self._conversation.connection
        if connection.has_message and not self._wake.was_pressed(0):
            return True
        both: list[Connection | _Wake] = [connection, self._wake]
        readable, _, _ = select.select(both, [], [])
        return self._wake not in readable or not self._wake.was_pressed(0)

    def _interrupt(self) -> None:
        """Interrupt the form; when that has not helped for a while, offer to kill its evaluator."""
        now = time.monotonic()
        if self._interrupted_at is None:
            self._interrupted_at = now
            self._conversation.interrupt()
        elif now - self._interrupted_at < GRACE_S:
            self._conversation.interrupt()
        elif self._is_kill_wanted():
            self._conversation.kill()

    def _is_kill_wanted(self) -> bool:
        write("\nThe form does not react. Kill its evaluator and go back to what was last acknowledged? [y/N] ")
        with self._wake.paused(), suppress(KeyboardInterrupt, EOFError):
            return sys.stdin.readline().strip().lower() in ("y", "yes")
        return False

    def _show_waiting(self) -> None:
        """Show what came since the last form: what background processes print, what others did to the session."""
        connection = self._conversation.connection
        while connection.has_message or select.select([connection], [], [], 0)[0]:
            message = self._conversation.receive()
            self._show(message)
            if "server-gone" in statuses(message):
                return

    def _show(self, message: Message) -> None:
        shown = parts(message)
        show(message)
        if shown:
            self._is_line_open = not shown[-1][1].endswith("\n")


class _Wake:
    """While entered, ^C makes a descriptor readable instead of raising KeyboardInterrupt."""

    def __init__(self) -> None:
        import socket

        self._reader, self._writer = socket.socketpair()
        self._reader.setblocking(False)
        self._writer.setblocking(False)

    def fileno(self) -> int:
        return self._reader.fileno()

    def __enter__(self) -> None:
        self.was_pressed(0)
        signal.set_wakeup_fd(self._writer.fileno(), warn_on_full_buffer=False)
        signal.signal(signal.SIGINT, lambda number, frame: None)

    def __exit__(self, *problem: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.set_wakeup_fd(-1)

    def paused(self) -> "_Paused":
        return _Paused(self)

    def was_pressed(self, timeout_s: float) -> bool:
        """Say whether ^C was pressed since the last call."""
        is_pressed = False
        while select.select([self._reader], [], [], timeout_s)[0]:
            is_pressed = bool(self._reader.recv(256)) or is_pressed
        return is_pressed


class _Paused:
    """While entered, ^C raises KeyboardInterrupt again."""

    def __init__(self, wake: _Wake) -> None:
        self._wake = wake

    def __enter__(self) -> None:
        self._wake.__exit__()

    def __exit__(self, *problem: object) -> None:
        self._wake.__enter__()


class _History:
    """The lines of earlier terminals, when `readline` is there."""

    def __init__(self, path: str) -> None:
        self._path = path
        try:
            import readline
        except ImportError:
            self._readline = None
            return
        self._readline = readline
        readline.set_history_length(HISTORY_LINES)
        with suppress(OSError):  # none yet, or a damaged one: no reason not to start
            readline.read_history_file(path)

    def save(self) -> None:
        import os

        if self._readline is None:
            return
        with suppress(OSError):
            os.close(os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600))
            self._readline.write_history_file(self._path)
