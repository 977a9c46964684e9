"""One text of forms: each is read, evaluated, its value and its changes told, and the next waits for the acknowledgement.

Reads LFE's syntax, or Hy's.  What becomes of the changes is the server's; which there are is `state.py`'s.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import Any

from xrepl.dialect import processes
from xrepl.dialect.hy_forms import HyForm, read_hy
from xrepl.dialect.interpreter import Interpreter
from xrepl.dialect.reader import Form
from xrepl.errors import IncompleteInput, ReadError
from xrepl.evaluator.channel import Channel, Frame
from xrepl.evaluator.interrupt import Interrupts
from xrepl.evaluator.state import StateKeeper

INTERRUPTED = "** interrupted"
UNFINISHED = "the form is not finished"


class Forms:
    """Evaluates texts for one session."""

    def __init__(self, channel: Channel, interpreter: Interpreter, keeper: StateKeeper, interrupts: Interrupts) -> None:
        self._channel = channel
        self._interpreter = interpreter
        self._keeper = keeper
        self._interrupts = interrupts

    def evaluate(self, request: Frame) -> None:
        """Evaluate the forms of a text up to its end, to the first that fails, or until the server says stop."""
        number, code = request["eval"], request["code"]
        forms = self._read(code, request.get("syntax", "lfe"))
        end = 0
        while True:
            try:
                form = next(forms, None)
            except IncompleteInput as problem:
                self._done(number, incomplete=end + _blank(code, end), line=request.get("line", 1) + problem.line - 1)
                return
            except ReadError as problem:
                self._tell_failure(number, _located(problem, request), len(code))
                break
            if form is None:
                break
            end = form.end
            self._channel.send({"op": "at", "eval": number, "end": end})
            is_good = self._form(number, form)
            if self._is_stopped(number) or not (is_good or request.get("go_on")):
                break
        self._done(number)

    def _read(self, code: str, syntax: str) -> Iterator[Form | HyForm]:
        return read_hy(code) if syntax == "hy" else self._interpreter.read(code)

    def _form(self, number: int, form: Form | HyForm) -> bool:
        """Evaluate one form and tell what came of it; say whether it succeeded."""
        frame: Frame = {"op": "form", "eval": number, "text": form.text, "end": form.end, "line": form.line}
        frame["at"] = time.time()
        start = time.perf_counter()
        try:
            self._refuse_interrupted(number)
            with self._interrupts:
                value = processes.run_shell(lambda: self._interpreter.evaluate(form))
            frame["value"] = self._interpreter.show(value)
        except KeyboardInterrupt:
            frame.update(error=INTERRUPTED, interrupted=True)
        except BaseException as problem:
            frame["error"] = self._failure(problem)
            processes.replace_shell()
        frame["ms"] = (time.perf_counter() - start) * 1000
        _flush()
        frame["delta"] = delta_frame(self._keeper.delta())
        self._channel.send(frame)
        return "error" not in frame

    def _failure(self, problem: BaseException) -> str:
        try:
            return self._interpreter.failure(problem)
        except BaseException as worse:  # a value that cannot even be shown
            return f"** exception error: {type(problem).__name__} (and showing it failed: {type(worse).__name__})"

    def _refuse_interrupted(self, number: int) -> None:
        """Fail if the evaluation was interrupted before its form began."""
        frame = self._channel.find("interrupt")
        while frame is not None:
            if frame["eval"] == number:
                raise KeyboardInterrupt
            frame = self._channel.find("interrupt")

    def _is_stopped(self, number: int) -> bool:
        """Wait for the acknowledgement of a form; say whether the text ends here."""
        while True:
            frame = self._channel.next()
            if frame["op"] == "next" and frame["eval"] == number:
                return bool(frame.get("stop"))

    def _tell_failure(self, number: int, error: str, end: int) -> None:
        frame: Frame = {"op": "form", "eval": number, "text": "", "error": error, "end": end, "line": 1, "ms": 0.0}
        self._channel.send({**frame, "at": time.time(), "unread": True, "delta": delta_frame(self._keeper.delta())})
        self._is_stopped(number)

    def _done(self, number: int, incomplete: int | None = None, line: int = 0) -> None:
        frame: Frame = {"op": "done", "eval": number}
        if incomplete is not None:
            frame.update(incomplete=incomplete, error=f"{line}: {UNFINISHED}")
        self._channel.send(frame)


def delta_frame(delta: Any) -> Frame:
    """Give what a frame says of changes."""
    return {
        "set": {number: [list(names), blob] for number, (names, blob) in delta.set.items()},
        "gone": list(delta.gone),
        "not_kept": dict(delta.not_kept),
    }


def _blank(code: str, at: int) -> int:
    """Give how much white space follows a place."""
    rest = code[at:]
    return len(rest) - len(rest.lstrip())


def _located(problem: ReadError, request: Frame) -> str:
    """Give the text of an input error, with its line in the file that the text is from."""
    file = request.get("file")
    if not file:
        return problem.message
    return (
        f"{file}:{request.get('line', 1) + problem.line - 1}: {problem.message.partition(': ')[2] or problem.message}"
    )


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            continue  # the user's own stream, or none
