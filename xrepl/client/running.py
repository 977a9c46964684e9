"""A form at a terminal from Enter to its value: output as it comes, ^C, ^D, the time that it takes.

^C interrupts; when that has not helped for a while, the next one offers to kill the evaluator.  Both prompts, the plain
one and the editor, evaluate through here.
"""

import os
import select
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from xrepl.client.connection import Message, statuses
from xrepl.client.conversation import Conversation
from xrepl.client.keys import Keys
from xrepl.client.place import Place
from xrepl.client.render import input_prompt, is_failed
from xrepl.client.screen import Screen
from xrepl.client.syntax import scan

GRACE_S = 2.0
# a form that takes longer shows that it runs
STATUS_AFTER_S = 1.0
_LINE_BYTES = 4096
QUESTION = "The form does not react. Kill it and restore the session? [y/N] "


class Detached(Exception):
    """The user has left a form that goes on without this terminal."""


class Running:
    """Evaluates texts and shows what comes of them.

    Args:
        conversation: with the session.
        screen: where it is shown.
        place: takes note of what the messages tell.
        keys: what is typed meanwhile; None to leave that to the terminal.
        status: gives the line on a running form from the seconds since its start and since ^C, if that was pressed.
    """

    def __init__(
        self,
        conversation: Conversation,
        screen: Screen,
        place: Place,
        keys: Keys | None = None,
        status: Callable[[float, float | None], str] | None = None,
    ) -> None:
        self._conversation = conversation
        self._screen = screen
        self._place = place
        self._keys = keys
        self._status = status
        self._wake = Wake()
        self._started_at = 0.0
        self._interrupted_at: float | None = None
        self.is_leaving = False  # whether the last text asked the client to end
        self.duration_s = 0.0

    def evaluate(self, text: str) -> str:
        """Evaluate a text; give the rest of it that is no whole form.

        Raises:
            Detached: the user has left; the text goes on.
            ServerGone: no server can be started.
        """
        unread, failed_at = "", None
        self._screen.begin()
        self._started_at, self._interrupted_at = time.monotonic(), None
        with self._wake:
            self._conversation.begin(text, has_input=True, is_recorded=not is_private(text))
            try:
                for message in self._messages():
                    if "incomplete" in statuses(message):
                        unread = _rest(text, message)
                    elif self._conversation.is_mine(message):
                        self._screen.show(message)
                        self._place.note(message)
                        failed_at = message.get("xrepl/form", 0) if is_failed(message) else failed_at
                        if "interrupted" in statuses(message) and failed_at is None:
                            self._screen.tell("notice", "interrupted before it began\n")
                    self.is_leaving = bool(message.get("xrepl/leave"))
            finally:
                self._screen.set_status("")
        self.duration_s = time.monotonic() - self._started_at
        if isinstance(failed_at, int) and failed_at:
            self._tell_unevaluated(len(scan(text, self._conversation.syntax).forms) - failed_at)
        return unread

    def _tell_unevaluated(self, count: int) -> None:
        """Say how many forms of the text come after the one that failed."""
        if count > 0:
            forms = "1 form after it was" if count == 1 else f"{count} forms after it were"
            self._screen.tell("notice", f"[{forms} not evaluated]\n")

    def _messages(self) -> Iterator[Message]:
        """Give the messages up to the last of this evaluation, and do meanwhile what the user asks for."""
        talk = self._conversation
        while True:
            waiting: list[Conversation | Wake | Keys] = [talk, self._wake]
            if self._keys is not None:
                waiting.append(self._keys)
            ready, _, _ = select.select(waiting, [], [], 0 if talk.has_message else self._tick_s())
            pressed = self._wake.pressed() if self._wake in ready else b""
            if signal.SIGTSTP in pressed:
                self._suspend()
            elif signal.SIGINT in pressed:
                self._interrupt()
            elif self._keys in ready:
                self._read_keys()
            elif talk in ready or talk.has_message:
                message = talk.receive()
                if "need-input" in statuses(message):
                    self._read_input(message)
                    continue
                yield message
                if talk.is_last(message):
                    return
            self._show_status()

    def _tick_s(self) -> float | None:
        """Give how long nothing needs to be shown."""
        if self._status is None:
            return None
        passed = time.monotonic() - self._started_at
        return STATUS_AFTER_S - passed if passed < STATUS_AFTER_S else 1.0 - passed % 1.0

    def _show_status(self) -> None:
        now = time.monotonic()
        passed = now - self._started_at
        if self._status is not None and (passed >= STATUS_AFTER_S or self._interrupted_at is not None):
            since = None if self._interrupted_at is None else now - self._interrupted_at
            self._screen.set_status(self._status(passed, since))

    def _read_keys(self) -> None:
        if self._keys is not None and self._keys.read():
            self._screen.set_status("")
            raise Detached

    def _interrupt(self) -> None:
        now = time.monotonic()
        if self._interrupted_at is not None and now - self._interrupted_at >= GRACE_S:
            if self._is_kill_wanted():
                self._conversation.kill()
            return
        if self._interrupted_at is None:
            self._interrupted_at = now
        self._conversation.interrupt()

    def _suspend(self) -> None:
        """Stop this process, as ^Z does, with the terminal as its next user expects it."""
        self._screen.set_status("")
        with suppress(KeyboardInterrupt), self._wake.paused(), self._keys.paused() if self._keys else _nothing():
            os.kill(0, signal.SIGTSTP)

    def _read_input(self, message: Message) -> None:
        """Let the user type the line that the form asks for; ^C interrupts the form, ^D is the end of the input."""
        self._screen.set_status("")
        try:
            with self._wake.paused(), self._keys.paused() if self._keys else _nothing():
                self._screen.tell("", input_prompt(message))  # who sees it may type: only now is it waited for
                line = os.read(sys.stdin.fileno(), _LINE_BYTES)
        except KeyboardInterrupt:
            self._screen.end_line()
            self._interrupt()
            return
        self._screen.note_line_ended()
        self._started_at = time.monotonic()  # what it takes to think is not the form's time
        self._conversation.give_input(line.decode(errors="replace"))

    def _is_kill_wanted(self) -> bool:
        """Ask the user, unless the form ends meanwhile."""
        self._screen.set_status("")
        self._screen.tell("question", QUESTION)
        with suppress(KeyboardInterrupt), self._wake.paused(), self._keys.paused() if self._keys else _nothing():
            sources: list[Conversation | TextIO] = [sys.stdin, self._conversation]
            if not self._conversation.has_message:
                ready, _, _ = select.select(sources, [], [])
                if sys.stdin in ready:
                    answer = os.read(sys.stdin.fileno(), 1024)
                    self._screen.note_line_ended()
                    return answer.strip().lower() in (b"y", b"yes")
        self._screen.end_line()
        return False


class Wake:
    """While entered, ^C and ^Z make a descriptor readable instead of doing what they do."""

    def __init__(self) -> None:
        self._reader, self._writer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)

    def fileno(self) -> int:
        """Give the descriptor."""
        return self._reader

    def __enter__(self) -> None:
        self.pressed()
        signal.set_wakeup_fd(self._writer, warn_on_full_buffer=False)
        signal.signal(signal.SIGINT, lambda number, frame: None)
        signal.signal(signal.SIGTSTP, lambda number, frame: None)

    def __exit__(self, *problem: object) -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        signal.set_wakeup_fd(-1)

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Let ^C raise KeyboardInterrupt again meanwhile, and ^Z stop the process."""
        self.__exit__()
        try:
            if signal.SIGINT in self.pressed():  # just before
                raise KeyboardInterrupt
            yield
        finally:
            self.__enter__()

    def pressed(self) -> bytes:
        """Give the signals that came since the last call, a byte each."""
        try:
            return os.read(self._reader, 256)
        except BlockingIOError:
            return b""


@contextmanager
def _nothing() -> Iterator[None]:
    yield


def is_private(text: str) -> bool:
    """Say whether a text is not to be recorded, since it begins with a blank."""
    return text.startswith((" ", "\t"))


def _rest(text: str, message: Message) -> str:
    end = message.get("xrepl/end")
    return text[end if isinstance(end, int) else 0 :]
