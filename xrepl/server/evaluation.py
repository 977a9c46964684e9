"""One request to evaluate a text, from its arrival to its `done`: what is sent to the client about it.

Does not decide when it runs (`live.py`).  Without a client, when it has left, the evaluation goes on unseen.
"""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING, Any

from xrepl.errors import XreplError
from xrepl.server.connection import Message, field_name
from xrepl.server.link import Frame
from xrepl.store.records import Record

if TYPE_CHECKING:
    from collections.abc import Callable

    from xrepl.server.client import Client
    from xrepl.server.live import LiveSession

# how much of what a form prints the journal keeps
MAX_KEPT_OUTPUT = 64 << 10
_CUT = "\n... ({} more characters)"
_numbers = itertools.count(1)


class Evaluation:
    """A text on its way through a session.

    Args:
        client: who asked; None when nobody reads the answers.
        request: the message.
    """

    def __init__(self, client: Client | None, request: Message) -> None:
        self.client = client
        self.number = next(_numbers)
        self.request_id = request.get("id", "")
        self.code: str = _text(request.get("code", ""))
        self.syntax = _text(request.get("xrepl/syntax", "lfe"))
        self.file = _text(request.get("file", ""))
        self.line = _number(request.get("xrepl/line"), 1)
        self.is_going_on = bool(request.get("xrepl/go-on"))
        self.has_input = bool(request.get("xrepl/input"))  # whether the client has lines for who reads
        self.is_unrecorded = bool(request.get("xrepl/unrecorded"))  # whether its text is not to be kept
        self._readers: list[tuple[str, Callable[[Any], None]]] = []  # prompts, and who waits for a line
        # an editor that does not know our fields gets failures as text on standard error
        self.is_plain = "xrepl/syntax" not in request
        self.start = 0  # where in the client's text this code begins, after a switch
        self.end = 0  # where in this code the last form ends that is over
        self.is_being_kept = False  # whether the store has not yet answered for the last form
        self.forms = 0
        self.live: LiveSession | None = None  # where it is queued or runs
        self.switch_to = ""
        self.is_closing = False
        self.travel: tuple[str, int] | None = None  # where in its history the session goes after the form
        self.is_detached = False  # whether the form has left its session for none
        self.wants_data = False  # whether the value is wanted as plain data, too
        self.is_leaving = False
        self.exit_status: int | None = None  # what the client shall end with, if the form has said so
        self.has_failed = False  # whether the last form did
        self.is_interrupted = False
        self._output: list[str] = []
        self._output_size = 0

    def tell(self, **fields: Any) -> None:
        """Send a part of the answer; names with an underscore are those of our own fields."""
        if self.client is None:
            return
        message: Message = {field_name(name): value for name, value in fields.items()}
        message["id"] = self.request_id
        self.client.send(message)

    # --- what code reads

    @property
    def is_reading(self) -> bool:
        """Say whether the client is asked for a line."""
        return bool(self._readers)

    def read(self, prompt: str, answer: Callable[[Any], None]) -> None:
        """Ask the client for a line and answer with it; None when there is none to come."""
        if self.client is None or not self.has_input:
            answer(None)
            return
        self._readers.append((prompt, answer))
        if len(self._readers) == 1:
            self._ask()

    def give(self, line: str) -> None:
        """Take a line for who asked first, empty at the end of the input."""
        _, answer = self._readers.pop(0)
        if self._readers:
            self._ask()
        answer(line or None)

    def stop_reading(self) -> None:
        """Let nobody wait for a line any more."""
        readers, self._readers = self._readers, []
        for _, answer in readers:
            answer(None)

    def _ask(self) -> None:
        self.tell(xrepl_input_prompt=self._readers[0][0], status=["need-input"])

    # --- what a form gives

    def show(self, frame: Frame, title: str, record: Record, problem: XreplError | None) -> None:
        """Send a form's value or error; with a problem that it could not be kept."""
        self.stop_reading()
        self.has_failed = problem is not None or "error" in frame
        if self.file and self.client is not None and frame.get("defines") and not self.has_failed:
            self.client.definitions.append((record.id, frame["text"], self.syntax))
        answer: Message = {"session": record.id, "xrepl_form": self.forms, "xrepl_ms": f"{frame['ms']:.3f}"}
        not_kept = frame["delta"]["not_kept"]
        if not_kept:
            answer["xrepl_not_kept"] = sorted(not_kept)
        if record.revision:
            answer["xrepl_revision"] = record.revision
        if problem is not None:
            answer.update(xrepl_error=f"** not saved: {problem.message}", status=["eval-error", problem.code])
            if problem.hint:
                answer["xrepl_hint"] = problem.hint
        elif "error" in frame and self.exit_status is None:
            first = frame["error"].partition("\n")[0]
            answer.update(xrepl_error=frame["error"], status=["eval-error"], ex=first, root_ex=first)
            if "place" in frame:
                answer["xrepl_place"] = frame["place"]
            if self.is_plain:
                answer["err"] = f"{frame['error']}\n"
        if frame.get("value") is not None:
            answer.update(value=frame["value"], ns=title)
        self.tell(**answer)

    def brought(self, session: str) -> list[list[str]]:
        """Give what the script, of which this text is a part, has defined in other sessions: texts and syntaxes."""
        if not self.file or self.client is None:
            return []
        return [[text, syntax] for where, text, syntax in self.client.definitions if where != session]

    def printed(self, stream: str, text: str) -> None:
        """Pass on what was printed, and keep the beginning for the journal."""
        self.tell(**{stream: text})
        if self._output_size < MAX_KEPT_OUTPUT:
            self._output.append(text[: MAX_KEPT_OUTPUT - self._output_size])
        self._output_size += len(text)

    def take_output(self) -> str:
        """Give what was printed since the last call, as the journal keeps it."""
        text, left = "".join(self._output), self._output_size - MAX_KEPT_OUTPUT
        self._output, self._output_size = [], 0
        return text + _CUT.format(left) if left > 0 else text

    def rest(self, end: int) -> Evaluation | None:
        """Give the evaluation of what follows an end in the code; None if nothing does."""
        code = self.code[end:]
        if not code.strip():
            return None
        line = self.line + self.code.count("\n", 0, end)
        request: Message = {"id": self.request_id, "code": code, "file": self.file, "xrepl/line": line}
        request.update({"xrepl/go-on": self.is_going_on, "xrepl/input": self.has_input})
        request["xrepl/unrecorded"] = self.is_unrecorded
        if not self.is_plain:
            request["xrepl/syntax"] = self.syntax
        following = Evaluation(self.client, request)
        following.syntax = self.syntax
        following.start = self.start + end
        return following


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


def _number(value: object, default: int) -> int:
    return value if isinstance(value, int) else default
