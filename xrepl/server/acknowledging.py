"""What follows when a form has been kept: its value is shown, a step through the history is made, the text goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xrepl.config import DEFAULT_SESSION
from xrepl.errors import XreplError
from xrepl.server.deaths import requeue
from xrepl.server.evaluation import Evaluation
from xrepl.server.link import Frame, Link
from xrepl.server.travel import travel

if TYPE_CHECKING:
    from xrepl.server.live import LiveSession


def acknowledge(
    live: LiveSession, evaluation: Evaluation, link: Link | None, frame: Frame, problem: XreplError | None
) -> None:
    """Show a form's value, now that it is kept, or the problem that it could not be, and go on with the text.

    Args:
        live: the session.
        evaluation: the text.
        link: the evaluator that evaluated the form; it may have ended since.
        frame: what it told of the form.
        problem: why the form could not be kept.
    """
    evaluation.show(frame, live.title, live.record, problem)
    live.audience.valued(frame, evaluation.client)
    step, evaluation.travel = evaluation.travel, None
    if step is None or problem is not None or "error" in frame:
        _go_on(live, evaluation, link, frame)
        return

    def arrived(refused: XreplError | None) -> None:
        if refused is not None:
            evaluation.tell(xrepl_error=f"** {refused}", status=["eval-error", refused.code])
        _go_on(live, evaluation, link, frame)

    travel(live.sessions, live, *step, arrived)


def _go_on(live: LiveSession, evaluation: Evaluation, link: Link | None, frame: Frame) -> None:
    """Let the evaluator go on after a form, if it is still there; otherwise the next one evaluates the rest."""
    evaluation.is_being_kept = False
    if link is None or link is not live.link:
        requeue(live, evaluation)
        live.pump()
        return
    live.sessions.supervisor.acknowledged(live.record.id)
    is_interrupted = bool(frame.get("interrupted"))
    if live.record.name == DEFAULT_SESSION:  # where one goes who has left a session
        evaluation.is_detached = False
    is_leaving = evaluation.is_closing or evaluation.is_leaving or evaluation.is_detached
    is_moving = bool(evaluation.switch_to) or is_leaving
    is_over = is_moving or is_interrupted
    if is_over or frame.get("last"):
        evaluation.is_interrupted = is_interrupted
    if frame.get("last"):
        live.end(evaluation)
    else:
        link.send({"op": "next", "eval": frame["eval"], "stop": is_over})
