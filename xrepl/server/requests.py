"""Questions to an evaluator that is not evaluating: one at a time, each with its answer.

Evaluating is not among them (`evaluation.py`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from xrepl.errors import EvaluatorDied
from xrepl.server.link import Frame, Link

Answer = Callable[[Frame | EvaluatorDied], None]


class Requests:
    """The questions that wait for one session's evaluator."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[Frame, Answer]] = deque()
        self._sent: dict[int, Answer] = {}
        self._last = 0

    @property
    def is_waiting(self) -> bool:
        """Say whether there is a question to send."""
        return bool(self._waiting)

    def add(self, op: str, on_answer: Answer, **fields: Any) -> None:
        """Take a question; it is sent when the evaluator is free."""
        self._last += 1
        self._waiting.append(({"op": op, "number": self._last, **fields}, on_answer))

    def send_now(self, link: Link, op: str, on_answer: Answer, **fields: Any) -> None:
        """Send a question that an evaluator takes also between two forms of a text."""
        self._last += 1
        self._sent[self._last] = on_answer
        link.send({"op": op, "number": self._last, **fields})

    def send(self, link: Link) -> None:
        """Send all questions."""
        while self._waiting:
            frame, on_answer = self._waiting.popleft()
            self._sent[frame["number"]] = on_answer
            link.send(frame)

    def answer(self, frame: Frame) -> None:
        """Pass on an answer; one that nobody waits for is dropped."""
        on_answer = self._sent.pop(frame.get("number", 0), None)
        if on_answer is not None:
            on_answer(frame)

    def give_up(self, why: str) -> None:
        """Fail all questions, also those that were not sent: there will be no evaluator to answer them."""
        waiting, self._waiting = self._waiting, deque()
        self.fail(why)
        for _, on_answer in waiting:
            on_answer(EvaluatorDied(why))

    def fail(self, why: str) -> None:
        """Tell those that wait for an answer that none will come; what was not sent waits for the next evaluator."""
        sent, self._sent = self._sent, {}
        for on_answer in sent.values():
            on_answer(EvaluatorDied(why))
