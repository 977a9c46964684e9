"""What is done with a session's evaluator beside evaluating: save what no form reached, end it when it is not needed.

Each waits until the evaluator is free; a session without one has nothing to save.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from xrepl.errors import EvaluatorDied, XreplError
from xrepl.server.link import Frame

if TYPE_CHECKING:
    from xrepl.server.live import LiveSession

OnDone = Callable[[XreplError | None], None]


def save(live: LiveSession, on_saved: OnDone) -> None:
    """Keep what has changed without a form having reached it.

    An evaluator that is busy saves with its form; then, and without one, only what waits in memory is written.
    """
    if not live.is_idle:
        live.storage.flush(on_saved)
        return

    def answer(frame: Frame | EvaluatorDied) -> None:
        if isinstance(frame, EvaluatorDied):
            on_saved(frame)
            return
        delta = frame["delta"]
        live.not_kept = dict(delta["not_kept"])
        if delta["late"]:  # a fault of reach: a death before this save would have lost them
            live.log(f"changes that no form reached: {' '.join(delta['late'])}")
        live.storage.save(delta, on_saved)

    live.request("save", answer)


def check(live: LiveSession) -> None:
    """Save what no form reached; as long as there is such, or processes run, it is to be looked at again."""

    def saved(problem: XreplError | None) -> None:
        if problem is not None:
            live.log(f"not saved: {problem}")

    def held(frame: Frame | EvaluatorDied) -> None:
        if isinstance(frame, EvaluatorDied):
            return
        live.is_unchecked = bool(frame["holds"].keys() - {"messages"})
        save(live, saved)

    live.request("holds", held)


def passivate(live: LiveSession) -> None:
    """End the evaluator of a session that is not in use, if nothing would be lost; its state is stored."""

    def held(frame: Frame | EvaluatorDied) -> None:
        if isinstance(frame, EvaluatorDied) or frame["holds"] or live.not_kept:
            live.idle_since = time.monotonic()  # look again later
            return
        save(live, lambda problem: live.stop() if problem is None and live.is_unused else None)

    live.request("holds", held)
