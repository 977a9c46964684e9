"""What follows when a session's evaluator ends: for the form under way, for the texts that wait, for the session.

Whether another evaluator is started is the supervisor's decision.
"""

from __future__ import annotations

import signal
from collections import deque
from typing import TYPE_CHECKING

from xrepl.server.evaluation import Evaluation
from xrepl.server.status import Status
from xrepl.supervisor.child import Child
from xrepl.supervisor.policy import Fail, Restart, words

if TYPE_CHECKING:
    from xrepl.server.live import LiveSession

# how much a death during a restore speaks against the state; at `DEADLY` it is not tried again.  A state that ends its
# evaluator does so by itself: two such deaths are enough.  SIGKILL comes from outside, or from a lack of memory.
DIED, KILLED, DEADLY = 3, 1, 6
MAX_STEPS_BACK = 20


def died(live: LiveSession, child: Child, decision: Restart | Fail | None) -> None:
    """Take note of an evaluator's end; the supervisor has decided what follows."""
    if live.link is None or live.link.child is not child:
        return
    live.link.take_last()
    begun = child.noted()
    live.link.close()
    live.link = None
    how = words(child.status, live.memory_limit_bytes)
    has_stepped_back = _step_back(live, child)
    live.requests.fail(f"the evaluator ended ({how})")
    live.status = Status.STARTING
    live.death = how
    lose(live, how, begun)
    if has_stepped_back and isinstance(decision, Fail):
        live.start()  # an older state is worth a try of its own
    elif not isinstance(decision, Restart):
        deaths = f"{decision.deaths} times in {decision.period_s:.0f} s" if isinstance(decision, Fail) else "once"
        fail(live, f"its evaluator ended {deaths}, at last {how}; the next form tries again")


def _step_back(live: LiveSession, child: Child) -> bool:
    """Let the next restore begin one state earlier if it is the state that kills; say whether it will."""
    if child.status is None:
        return False  # nobody knows how it ended: its zygote did, and the state is not the cause
    if live.status is not Status.RESTORING:
        live.restore_deaths = 0
        return False
    live.restore_deaths += KILLED if child.status == signal.SIGKILL else DIED
    if live.restore_deaths < DEADLY or live.generation >= MAX_STEPS_BACK:
        return False
    live.restore_deaths = 0
    live.generation += 1
    return True


def lose(live: LiveSession, how: str, begun: tuple[int, int]) -> None:
    """Answer for the evaluation that was under way; what had not begun is evaluated by the next evaluator.

    Args:
        live: the session.
        how: how its evaluator ended.
        begun: the number of the evaluation and the end of the form that it began last.
    """
    evaluation, live.current = live.current, None
    if evaluation is None or evaluation.is_being_kept:  # then the store's answer comes first
        return
    number, end = begun
    if number != evaluation.number or end <= evaluation.end:
        requeue(live, evaluation)
        return
    evaluation.end = end
    text = (
        f"** the evaluator ended ({how}) while this form was running: the form is lost, "
        "the session is as of the last acknowledged form"
    )
    evaluation.tell(xrepl_error=text, status=["eval-error", "evaluator-died"], session=live.record.id)
    live.audience.valued({"text": evaluation.code, "error": text}, evaluation.client)
    live.audience.ended(evaluation.client)
    live.death = ""
    if evaluation.is_going_on:
        requeue(live, evaluation)
    else:
        live.finish(evaluation)


def requeue(live: LiveSession, evaluation: Evaluation) -> None:
    """Evaluate next what follows the last form of a text that began."""
    rest = evaluation.rest(evaluation.end)
    if rest is None:
        live.finish(evaluation)
        return
    rest.live = live
    rest.forms = evaluation.forms
    if rest.client is not None:
        rest.client.evaluations[rest.request_id] = rest
    live.queue.appendleft(rest)


def fail(live: LiveSession, why: str) -> None:
    """Give up until somebody asks again."""
    live.status = Status.FAILED
    queue, live.queue = live.queue, deque()
    for evaluation in queue:
        evaluation.tell(xrepl_error=f"** session {live.title} has failed: {why}", status=["eval-error"])
        live.finish(evaluation)
    live.requests.give_up(f"session {live.title} has failed: {why}")
    live.log(f"has failed: {why}")
    live.tell_restored()
