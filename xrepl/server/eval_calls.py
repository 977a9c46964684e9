"""Evaluating a form in another session for a session's code.

The value crosses as plain data.  What the form prints is shown to those attached to the session where it runs.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xrepl.errors import XreplError
from xrepl.server.calls import Call, call
from xrepl.server.evaluation import Evaluation
from xrepl.server.link import Frame
from xrepl.store.records import Record

OnOutcome = Callable[[dict[str, Any]], None]


class AskedEvaluation(Evaluation):
    """A form that another session's code wants the value of.

    Args:
        code: the form's text.
        on_outcome: gets `data` (the value) or `text` (of the error, or of a value that is not plain data), and
            `problem`: class and reason of the error as plain data, if they are.
    """

    def __init__(self, code: str, on_outcome: OnOutcome) -> None:
        super().__init__(None, {"code": code, "xrepl/syntax": "lfe"})
        self.wants_data = True
        self._on_outcome: OnOutcome | None = on_outcome
        self._outcome: dict[str, Any] = {}

    def show(self, frame: Frame, title: str, record: Record, problem: XreplError | None) -> None:
        """Take the form's value or error."""
        super().show(frame, title, record, problem)
        if problem is not None:
            self._outcome = {"text": f"not saved: {problem}"}
        elif "error" in frame:
            self._outcome = {"text": frame["error"], "problem": frame.get("problem")}
        elif "data" in frame:
            self._outcome = {"data": frame["data"]}
        else:
            self._outcome = {"text": frame.get("value") or "", "not-plain": True}

    def tell(self, **fields: Any) -> None:
        """Take what would be sent to a client; the end is the answer."""
        if "xrepl_error" in fields and not self._outcome:
            self._outcome = {"text": fields["xrepl_error"]}
        if "done" in fields.get("status", []) and self._on_outcome is not None:
            on_outcome, self._on_outcome = self._on_outcome, None
            on_outcome(self._outcome or {"text": "there was no form"})

    def rest(self, end: int) -> Evaluation | None:
        """Give what an evaluator that died before it began has left to do."""
        if end or self._outcome or self._on_outcome is None:
            return None
        following = AskedEvaluation(self.code, self._on_outcome)
        self._on_outcome = None
        return following


@call("eval")
def evaluate(asked: Call) -> None:
    """Evaluate the text of a form in another session."""
    code, target = asked.text("code"), asked.target()
    waiter, waits = asked.live.record.id, asked.sessions.waits
    waits.begin(waiter, target.record.id)

    def done(outcome: dict[str, Any]) -> None:
        waits.end(waiter, target.record.id)
        asked.answer(outcome)

    target.evaluate(AskedEvaluation(code, done))
