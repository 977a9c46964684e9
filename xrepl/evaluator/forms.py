"""One text of forms: each is read, evaluated, told with its changes; the next waits for the acknowledgement.

Reads LFE's syntax, or Hy's.  What becomes of the changes is the server's; which there are is `state.py`'s.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from xrepl.dialect import processes
from xrepl.dialect.data import Atom
from xrepl.dialect.failures import reify
from xrepl.dialect.hy_forms import HyForm, read_hy
from xrepl.dialect.interpreter import Interpreter
from xrepl.dialect.places import Place
from xrepl.dialect.plain import NotPlain, encode
from xrepl.dialect.reader import Form
from xrepl.dialect.tracebacks import let_go
from xrepl.errors import IncompleteInput, ReadError
from xrepl.evaluator.brought import Brought, is_definition
from xrepl.evaluator.channel import Channel, Frame
from xrepl.evaluator.interrupt import Interrupts
from xrepl.evaluator.state import StateKeeper
from xrepl.protocol.progress import Progress

INTERRUPTED = "** interrupted"
UNFINISHED = "the form is not finished"


class Forms:
    """Evaluates texts for one session."""

    def __init__(
        self,
        channel: Channel,
        interpreter: Interpreter,
        keeper: StateKeeper,
        interrupts: Interrupts,
        progress: Progress,
    ) -> None:
        self._channel = channel
        self._interpreter = interpreter
        self._keeper = keeper
        self._interrupts = interrupts
        self._progress = progress
        self._brought = Brought(interpreter)
        # what to do with a frame that comes between two forms of a text and is about neither
        self.on_other: Callable[[Frame], None] = lambda frame: None

    def evaluate(self, request: Frame) -> None:
        """Evaluate the forms of a text up to its end, to the first that fails, or until the server says stop."""
        with self._brought.lent(request.get("brought") or []):
            self._evaluate(request)

    def _evaluate(self, request: Frame) -> None:
        number, is_going_on = request["eval"], bool(request.get("go_on"))
        self._interpreter.origin = request.get("file", ""), request.get("line", 1) - 1
        forms = self._read(request["code"], request.get("syntax", "lfe"))
        end = 0
        upcoming = _next(forms)
        while isinstance(upcoming, (Form, HyForm)):
            end = upcoming.end
            self._progress.note(number, end)
            frame = self._form(number, upcoming, is_data_wanted=bool(request.get("data")))
            frame["defines"] = is_definition(upcoming)
            # read before it is told, so that the last form's frame can say that it is the last
            upcoming = _next(forms)
            frame["last"] = upcoming is None or ("error" in frame and not is_going_on)
            self._channel.send(frame)
            if frame["last"]:
                return
            if self._is_stopped(number):
                upcoming = None
        if isinstance(upcoming, IncompleteInput):
            problem = IncompleteInput(f"1: {UNFINISHED}", line=upcoming.line, column=upcoming.column)
            told = _located(problem, request)
            self._done(number, incomplete=end + _blank(request["code"], end), **told)
        elif isinstance(upcoming, ReadError):
            self._tell_unreadable(number, _located(upcoming, request), len(request["code"]))
        else:
            self._done(number)

    def _read(self, code: str, syntax: str) -> Iterator[Form | HyForm]:
        return read_hy(code) if syntax == "hy" else self._interpreter.read(code)

    def _form(self, number: int, form: Form | HyForm, *, is_data_wanted: bool = False) -> Frame:
        """Evaluate one form and give the frame that tells what came of it."""
        frame: Frame = {"op": "form", "eval": number, "text": form.text, "end": form.end, "line": form.line}
        frame["at"] = time.time()
        start = time.perf_counter()
        try:
            self._refuse_interrupted(number)
            with self._interrupts:
                value = processes.run_shell(lambda: self._interpreter.evaluate(form))
            frame["value"] = self._interpreter.show(value)
            if is_data_wanted:
                _add_plain(frame, "data", value)
        except KeyboardInterrupt:
            frame.update(error=INTERRUPTED, interrupted=True)
        except BaseException as problem:
            frame.update(self._failure(problem, form))
            if is_data_wanted:
                _add_plain(frame, "problem", _class_and_reason(problem))
            let_go(problem)  # `(e)` may still show where it was: what memory its calls held is free
            processes.replace_shell()
        frame["ms"] = (time.perf_counter() - start) * 1000
        _flush()
        frame["delta"] = delta_frame(self._keeper.delta())
        return frame

    def _failure(self, problem: BaseException, form: Form | HyForm) -> Frame:
        """Give what is shown for an exception, and where the form stands that failed, if that is to be shown."""
        place = self._interpreter.place(problem, form)
        told = {"place": place.text()} if place is not None else {}
        try:
            return {"error": self._interpreter.failure(problem), **told}
        except BaseException as worse:  # a value that cannot even be shown
            text = f"** exception error: {type(problem).__name__} (and showing it failed: {type(worse).__name__})"
            return {"error": text, **told}

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
            self.on_other(frame)

    def _tell_unreadable(self, number: int, told: Frame, end: int) -> None:
        frame: Frame = {"op": "form", "eval": number, "text": "", **told, "end": end, "line": 1, "ms": 0.0}
        delta = delta_frame(self._keeper.delta())
        self._channel.send({**frame, "at": time.time(), "last": True, "delta": delta})

    def _done(self, number: int, **incomplete: Any) -> None:
        self._channel.send({"op": "done", "eval": number, **incomplete})


def _add_plain(frame: Frame, field: str, value: Any) -> None:
    """Put a value in a frame as plain data, if it is; for code of another session."""
    with contextlib.suppress(NotPlain):
        frame[field] = encode(value)


def _class_and_reason(problem: BaseException) -> tuple[Any, Any]:
    try:
        raised = reify(problem)
    except BaseException:
        return Atom("exit"), Atom("interrupted")
    return Atom(raised.kind), raised.reason


def _next(forms: Iterator[Form | HyForm]) -> Form | HyForm | ReadError | None:
    """Read the next form; None at the end, the error when there is none to read."""
    try:
        return next(forms, None)
    except ReadError as problem:
        return problem


def delta_frame(delta: Any) -> Frame:
    """Give what a frame says of changes."""
    return {
        "set": {number: [list(names), blob] for number, (names, blob) in delta.set.items()},
        "gone": list(delta.gone),
        "not_kept": dict(delta.not_kept),
        "late": list(delta.late),
    }


def _blank(code: str, at: int) -> int:
    """Give how much white space follows a place."""
    rest = code[at:]
    return len(rest) - len(rest.lstrip())


def _located(problem: ReadError, request: Frame) -> Frame:
    """Give the text of an input error, with its line in the file that the text is from, and its place in it."""
    file, line = request.get("file", ""), request.get("line", 1) + problem.line - 1
    what = problem.message.partition(": ")[2] or problem.message
    lines = request["code"].split("\n")
    text = f"{file}:{line}: {what}" if file else f"{line}: {what}" if what == UNFINISHED else problem.message
    if not file and len(lines) == 1:
        return {"error": text}
    return {"error": text, "place": Place(file, line, problem.column, lines[problem.line - 1]).text()}


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            continue  # the user's own stream, or none
