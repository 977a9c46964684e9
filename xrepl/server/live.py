"""A session in use: its queue of evaluations and its evaluator, from one acknowledged form to the next.

    stopped -> starting -> restoring -> idle <-> busy
                  ^ a death: the supervisor starts another, or the session is `failed` until asked again

One form is under way at a time.  Its value is shown only when the store has it (`storage.py`).  Names, archives and
clients' places are the manager's (`sessions.py`).
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from xrepl.errors import XreplError
from xrepl.server.acknowledging import acknowledge
from xrepl.server.audience import Audience, restored_text
from xrepl.server.connection import Message
from xrepl.server.deaths import fail
from xrepl.server.evaluation import Evaluation
from xrepl.server.link import Frame, Link
from xrepl.server.requests import Answer, Requests
from xrepl.server.settings import setting
from xrepl.server.status import Status
from xrepl.server.travel import settle
from xrepl.store.records import Record
from xrepl.supervisor.child import Child

if TYPE_CHECKING:
    from xrepl.server.client import Client
    from xrepl.server.sessions import Sessions


class LiveSession:
    """One session in use.

    Args:
        sessions: the manager, for the loop, the supervisor, the store and the other sessions.
        record: as stored; replaced whenever it changes.
        is_fresh: a throw-away session: nothing of it is stored.
    """

    def __init__(self, sessions: Sessions, record: Record, *, is_fresh: bool = False) -> None:
        self.sessions = sessions
        self.record = record
        self.is_fresh = is_fresh
        self.is_new = is_fresh  # whether it began with nothing, so that there is nothing to read
        self.status = Status.STOPPED
        self.link: Link | None = None
        self.queue: deque[Evaluation] = deque()
        self.current: Evaluation | None = None
        self.audience = Audience(record.id)
        self.not_kept: dict[str, str] = dict(record.not_kept)
        self.restored: Frame | None = None
        self.requests = Requests()
        self.idle_since = time.monotonic()
        self.storage = sessions.storage_for(self)
        self.notices: list[str] = []  # told with the next answer
        self._on_restored: list[Callable[[], None]] = []
        self.generation = 0  # how many states back the next restore begins, after a restore that died
        self.restore_deaths = 0  # what deaths during restores, one after the other, speak against the state
        self.death = ""
        self.is_unchecked = False  # whether code has run since everything was last looked at
        self._handlers: dict[str, Callable[[Frame], None]] = {
            "ready": self._on_ready,
            "form": self._on_form,
            "done": self._on_done,
            "call": self._on_call,
        }

    # --- evaluating

    def evaluate(self, evaluation: Evaluation) -> None:
        """Queue an evaluation; start the evaluator if there is none."""
        self.queue.append(evaluation)
        evaluation.live = self
        self.pump()

    def pump(self) -> None:
        """Do the next thing that can be done."""
        if self.status in (Status.STOPPED, Status.FAILED) and (self.queue or self.requests.is_waiting):
            self.start()
        if self.status is not Status.IDLE or self.link is None:
            return
        if self.requests.is_waiting:
            self.requests.send(self.link)
        elif self.queue:
            evaluation = self.current = self.queue.popleft()
            self.status = Status.BUSY
            self.audience.begun(evaluation.code, evaluation.client)
            self.link.send(
                {
                    "op": "eval",
                    "eval": evaluation.number,
                    "code": evaluation.code,
                    "syntax": evaluation.syntax,
                    "file": evaluation.file,
                    "line": evaluation.line,
                    "go_on": evaluation.is_going_on,
                    "data": evaluation.wants_data,
                    "brought": evaluation.brought(self.record.id),
                }
            )

    def interrupt(self, evaluation: Evaluation | None = None) -> bool:
        """Interrupt an evaluation, or the current one; say whether there was one."""
        if evaluation is not None and evaluation in self.queue:
            self.queue.remove(evaluation)
            evaluation.tell(status=["interrupted", "done"], session=self.record.id)
            return True
        current = self.current
        if current is None or self.link is None or evaluation not in (None, current):
            return False
        current.is_interrupted = True
        # the frame is for a form that has not begun, the signal for one that has; children get it, too
        self.link.send({"op": "interrupt", "eval": current.number})
        self.link.child.kill(2)
        return True

    def kill(self) -> None:
        """Kill the evaluator; another gets the state as last acknowledged."""
        if self.link is not None:
            self.link.child.kill()

    # --- the evaluator

    def start(self) -> None:
        """Get an evaluator and give it the stored state."""
        self.status = Status.STARTING
        child = self.sessions.supervisor.take(self.record.id)
        if child is not None:
            self.begin(child)

    def begin(self, child: Child) -> None:
        """Take an evaluator that was started for this session."""
        if self.status is not Status.STARTING:
            self.sessions.supervisor.stop_child(child)
            child.close()
            return
        self.status = Status.RESTORING
        self.link = Link(self.sessions.loop, child, self._on_frame, self._on_output)
        link = self.link
        self.storage.groups(self.generation, lambda groups: self._restore(link, groups))

    def _restore(self, link: Link, groups: dict[str, bytes] | XreplError) -> None:
        if self.link is not link:
            return
        if isinstance(groups, XreplError):
            fail(self, f"its state cannot be read: {groups}")
            return
        for number, blob in groups.items():
            link.send({"op": "group", "group": number, "blob": blob})
        record = self.record
        link.send({"op": "begin", "session": record.id, "cwd": record.cwd, "environment": record.environment})
        if setting(record, "memory-limit") is not None:
            self.reconfigured()

    def stop(self) -> None:
        """End the evaluator; the session goes on without until it is used again."""
        if self.link is not None:
            link, self.link = self.link, None
            self.sessions.supervisor.stop_child(link.child)
            link.close()
        self.status = Status.STOPPED

    @property
    def memory_limit_bytes(self) -> int:
        """Give what the evaluator may use."""
        return setting(self.record, "memory-limit") or self.sessions.memory_limit_bytes

    @property
    def title(self) -> str:
        """Give the name, or the id of an unnamed session."""
        return self.record.name or self.record.id

    def place(self) -> Message:
        """Give what tells a client which session it is in."""
        forms = setting(self.record, "max-history") if setting(self.record, "history-enabled") else 0
        place = {"session": self.record.id, "xrepl/name": self.record.name, "xrepl/prompt": self.prompt()}
        return {**place, "xrepl/max-history": forms}

    def prompt(self) -> str:
        """Give the prompt that the session's settings ask for."""
        if setting(self.record, "show-session-in-prompt") and self.record.name:
            return f"{self.record.name}> "
        return str(setting(self.record, "prompt"))

    def reconfigured(self) -> None:
        """Obey settings that have changed."""
        self.storage.reconfigured()
        if self.link is not None:
            self.link.send({"op": "limits", "memory": setting(self.record, "memory-limit")})

    def committed(self, revision: int, now_s: int) -> None:
        """Take note of what a commit has changed in the record."""
        self.record = replace(self.record, revision=revision, last_active=now_s)

    def take_notices(self) -> list[str]:
        """Give the lines that wait to be told."""
        notices, self.notices = self.notices, []
        return notices

    def when_restored(self, job: Callable[[], None]) -> None:
        """Do a job when the evaluator has the session's state; start it if there is none."""
        if self.status in (Status.STOPPED, Status.FAILED):
            self.start()
        if self.status in (Status.STARTING, Status.RESTORING):
            self._on_restored.append(job)
        else:
            job()

    def tell_restored(self) -> None:
        """Do what waited for the evaluator to be restored, or to be given up."""
        waiting, self._on_restored = self._on_restored, []
        for job in waiting:
            job()

    @property
    def is_awaited(self) -> bool:
        """Say whether something waits for the evaluator's start, or an answer of it."""
        return bool(self._on_restored) or self.requests.is_waiting

    @property
    def is_idle(self) -> bool:
        """Say whether there is an evaluator, and it is free."""
        return self.link is not None and self.status is Status.IDLE

    @property
    def is_unused(self) -> bool:
        """Say whether nobody is here and nothing waits."""
        return self.is_idle and not (self.audience.clients or self.queue or self.requests.is_waiting)

    def request(self, op: str, on_answer: Answer, **fields: Any) -> None:
        """Ask the evaluator something when it is free."""
        self.requests.add(op, on_answer, **fields)
        self.pump()

    def log(self, text: str) -> None:
        """Write a line about this session to the log."""
        self.sessions.log(f"session {self.title}: {text}")

    def log_problem(self, problem: XreplError | None) -> None:
        """Write a problem of saving to the log."""
        if problem is not None:
            self.log(f"not saved: {problem}")

    def stop_accepting(self) -> None:
        """Answer what waits in the queue that the server stops."""
        queue, self.queue = self.queue, deque()
        for evaluation in queue:
            evaluation.tell(xrepl_error="** the server stops: the form was not run", status=["eval-error", "done"])

    def on_detached(self) -> None:
        """Take note that a client has left."""
        self.idle_since = time.monotonic()

    def abandon(self) -> None:
        """End everything of the session: it is closed."""
        evaluations = [*([self.current] if self.current else []), *self.queue]
        self.current = None
        self.queue.clear()
        for evaluation in evaluations:
            evaluation.tell(xrepl_error="** the session was closed: the form is lost", status=["eval-error", "done"])
            if evaluation.client is not None:
                evaluation.client.evaluations.pop(evaluation.request_id, None)
        for client in list(self.audience.clients):
            client.attach(None)
        self.requests.give_up("the session was closed")
        self.stop()
        self.tell_restored()

    # --- what the evaluator says

    def _on_output(self, stream: str, text: str) -> None:
        client = None
        if self.current is not None:
            client = self.current.client
            self.current.printed(stream, text)
            self._mind_congestion(client)
        self.audience.printed(stream, text, client)

    def _mind_congestion(self, client: Client | None) -> None:
        """Let the evaluator wait while the client is far behind."""
        link = self.link
        if client is None or link is None or not client.is_congested:
            return
        link.hold_output(True)
        client.on_drained.append(lambda: link.hold_output(False))

    def _on_frame(self, frame: Frame) -> None:
        handler = self._handlers.get(frame["op"], self.requests.answer)
        try:
            handler(frame)
        except (KeyError, TypeError, ValueError, AttributeError) as reason:
            self.log(f"its evaluator is killed: frame {frame['op']}: {reason!r}")
            self.kill()
        if self.status is Status.IDLE:
            self.pump()

    def _on_ready(self, frame: Frame) -> None:
        steps_back, self.generation = self.generation, 0
        self.restore_deaths = 0
        if steps_back and not self.is_fresh:
            settle(self.sessions, self, steps_back)
        self.not_kept = dict(frame["not_kept"])
        self.restored = frame if frame["bindings"] or frame["not_kept"] or frame["damaged"] else None
        self.status = Status.IDLE
        self.idle_since = time.monotonic()
        if self.death:
            self.audience.tell(xrepl_notice=[f"the evaluator ended ({self.death}); {restored_text(frame)}"])
            self.death = ""
        for name, reason in frame["damaged"].items():
            self.log(f"{name} is damaged: {reason}")
        self.tell_restored()

    def _on_form(self, frame: Frame) -> None:
        evaluation = self.current
        if evaluation is None or frame["eval"] != evaluation.number:
            return
        evaluation.forms += 1
        evaluation.end = frame["end"]
        evaluation.is_being_kept = True
        self.not_kept = dict(frame["delta"]["not_kept"])
        link = self.link
        frame["output"] = evaluation.take_output()
        self.storage.keep(frame, lambda problem: acknowledge(self, evaluation, link, frame, problem))

    def _on_done(self, frame: Frame) -> None:
        evaluation = self.current
        if evaluation is None or frame["eval"] != evaluation.number:
            return
        if "incomplete" in frame:
            end = frame["incomplete"] + evaluation.start
            place = {"xrepl_place": frame["place"]} if "place" in frame else {}
            evaluation.tell(status=["incomplete"], xrepl_end=end, xrepl_error=frame["error"], **place)
        self.end(evaluation)

    def end(self, evaluation: Evaluation) -> None:
        """Take note that the evaluator is free again."""
        self.current = None
        self.audience.ended(evaluation.client)
        self.status = Status.IDLE
        self.idle_since = time.monotonic()
        self.is_unchecked = True
        self.finish(evaluation)
        self.pump()

    def finish(self, evaluation: Evaluation) -> None:
        """Answer that an evaluation is over, or move what is left of it to the session that it switched to."""
        self.sessions.finish(self, evaluation)

    def _on_call(self, frame: Frame) -> None:
        """Answer a question of the session's code."""
        link, number = self.link, frame["call"]

        def answer(value: Any) -> None:
            reply: Frame = {"op": "return", "call": number}
            if isinstance(value, XreplError):
                reply["error"] = {"code": value.code, "message": value.message, "hint": value.hint}
            else:
                reply["value"] = value
            if link is not None and link is self.link:
                link.send(reply)

        self.sessions.call(self, frame["what"], frame["arguments"], answer)
