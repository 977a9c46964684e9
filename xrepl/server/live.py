"""A session in use: its queue of evaluations and its evaluator, from one acknowledged form to the next.

    stopped -> starting -> restoring -> idle <-> busy
                  ^ a death: the supervisor starts another, or the session is `failed` until asked again

One form is under way at a time.  Its value is shown only when the store has it (`journal.py` here).  Names, archives and
clients' places are the manager's (`sessions.py`).
"""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from enum import Enum
from typing import TYPE_CHECKING, Any

from xrepl.errors import XreplError
from xrepl.server.connection import Message
from xrepl.server.evaluation import Evaluation
from xrepl.server.link import Frame, Link
from xrepl.server.requests import Requests
from xrepl.store.records import Record
from xrepl.supervisor.child import Child
from xrepl.supervisor.policy import Fail, Restart, words

if TYPE_CHECKING:
    from xrepl.server.client import Client
    from xrepl.server.sessions import Sessions

MAX_UNSEEN = 64 << 10
DEFAULT_PROMPT = "lfe> "


class Status(Enum):
    """What a session's evaluator is doing."""

    STOPPED = "stopped"
    STARTING = "starting"
    RESTORING = "restoring"
    IDLE = "idle"
    BUSY = "busy"
    FAILED = "failed"


class LiveSession:
    """One session in use.

    Args:
        sessions: the manager, for the loop, the supervisor, the store and the other sessions.
        record: as stored; replaced whenever it changes.
        is_fresh: a throw-away session: nothing of it is stored.
    """

    def __init__(self, sessions: Sessions, record: Record, *, is_fresh: bool = False) -> None:
        self._sessions = sessions
        self.record = record
        self.is_fresh = is_fresh
        self.status = Status.STOPPED
        self.link: Link | None = None
        self.queue: deque[Evaluation] = deque()
        self.current: Evaluation | None = None
        self.attached: set[Client] = set()
        self.not_kept: dict[str, str] = dict(record.not_kept)
        self.restored: Frame | None = None
        self.requests = Requests()
        self.idle_since = time.monotonic()
        self.storage = sessions.storage_for(self)
        self.notices: list[str] = []  # told with the next answer
        self._on_restored: list[Callable[[], None]] = []
        self._unseen: list[str] = []
        self._generation = 0  # how many states back the next restore begins, after a restore that died
        self._death = ""

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
            self.link.send(
                {
                    "op": "eval",
                    "eval": id(evaluation),
                    "code": evaluation.code,
                    "syntax": evaluation.syntax,
                    "file": evaluation.file,
                    "line": evaluation.line,
                    "go_on": evaluation.is_going_on,
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
        self.link.send({"op": "interrupt", "eval": id(current)})
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
        child = self._sessions.supervisor.take(self.record.id)
        if child is not None:
            self.begin(child)

    def begin(self, child: Child) -> None:
        """Take an evaluator that was started for this session."""
        if self.status is not Status.STARTING:
            self._sessions.supervisor.stop_child(child)
            child.close()
            return
        self.status = Status.RESTORING
        self.link = Link(self._sessions.loop, child, self._on_frame, self._on_output)
        link = self.link
        self.storage.groups(self._generation, lambda groups: self._restore(link, groups))

    def _restore(self, link: Link, groups: dict[str, bytes] | XreplError) -> None:
        if self.link is not link:
            return
        if isinstance(groups, XreplError):
            self._fail(f"its state cannot be read: {groups}")
            return
        for number, blob in groups.items():
            link.send({"op": "group", "group": number, "blob": blob})
        record = self.record
        link.send({"op": "begin", "session": record.id, "cwd": record.cwd, "environment": record.environment})

    def stop(self) -> None:
        """End the evaluator; the session goes on without until it is used again."""
        if self.link is not None:
            link, self.link = self.link, None
            self._sessions.supervisor.stop_child(link.child)
            link.close()
        self.status = Status.STOPPED

    def died(self, child: Child, decision: Restart | Fail | None) -> None:
        """Take note of the evaluator's end; the supervisor has decided what follows."""
        if self.link is None or self.link.child is not child:
            return
        self.link.take_last()
        self.link.close()
        self.link = None
        how = words(child.status, self._sessions.memory_limit_bytes)
        was_restoring = self.status is Status.RESTORING
        self._generation = self._generation + 1 if was_restoring else 0
        self.requests.fail(f"the evaluator ended ({how})")
        self.status = Status.STARTING
        self._death = how
        self._lose(how)
        if not isinstance(decision, Restart):
            deaths = f"{decision.deaths} times in {decision.period_s:.0f} s" if isinstance(decision, Fail) else "once"
            self._fail(f"its evaluator ended {deaths}, at last {how}; the next form tries again")

    def _lose(self, how: str) -> None:
        """Answer for the evaluation that was under way; what had not begun is evaluated by the next evaluator."""
        evaluation, self.current = self.current, None
        if evaluation is None or evaluation.is_being_kept:  # then the store's answer comes first
            return
        if not evaluation.is_form_running:
            self._requeue(evaluation)
            return
        text = (
            f"** the evaluator ended ({how}) while this form was running: the form is lost, "
            "the session is as of the last acknowledged form"
        )
        evaluation.is_form_running = False
        evaluation.tell(xrepl_error=text, status=["eval-error", "evaluator-died"], session=self.record.id)
        self._death = ""
        if evaluation.is_going_on:
            self._requeue(evaluation)
        else:
            self.finish(evaluation)

    def _requeue(self, evaluation: Evaluation) -> None:
        """Evaluate next what follows the last form of a text that began."""
        rest = evaluation.rest(evaluation.end)
        if rest is None:
            self.finish(evaluation)
            return
        rest.live = self
        rest.forms = evaluation.forms
        if rest.client is not None:
            rest.client.evaluations[rest.request_id] = rest
        self.queue.appendleft(rest)

    def _fail(self, why: str) -> None:
        """Give up until somebody asks again."""
        self.status = Status.FAILED
        queue, self.queue = self.queue, deque()
        for evaluation in queue:
            evaluation.tell(xrepl_error=f"** session {self.title} has failed: {why}", status=["eval-error"])
            self.finish(evaluation)
        self._sessions.log(f"session {self.title} has failed: {why}")
        self._tell_restored()

    @property
    def title(self) -> str:
        """Give the name, or the id of an unnamed session."""
        return self.record.name or self.record.id

    def place(self) -> Message:
        """Give what tells a client which session it is in."""
        return {"session": self.record.id, "xrepl/name": self.record.name, "xrepl/prompt": self.prompt()}

    def prompt(self) -> str:
        """Give the prompt that the session's settings ask for."""
        config = self.record.config
        if config.get("show-session-in-prompt"):
            return f"{self.title}> "
        return str(config.get("prompt", DEFAULT_PROMPT))

    def committed(self, revision: int, now_s: int) -> None:
        """Take note of what a commit has changed in the record."""
        self.record = replace(self.record, revision=revision, last_active=now_s, version=self.record.version + 1)

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

    def _tell_restored(self) -> None:
        waiting, self._on_restored = self._on_restored, []
        for job in waiting:
            job()

    def save(self, on_saved: Callable[[XreplError | None], None]) -> None:
        """Keep what has changed without a form having reached it; at once if there is no evaluator that is free."""
        if self.link is None or self.status is not Status.IDLE:
            on_saved(None)
            return

        def answer(frame: Frame | XreplError) -> None:
            if isinstance(frame, XreplError):
                on_saved(frame)
                return
            delta = frame["delta"]
            self.not_kept = dict(delta["not_kept"])
            if delta["set"] or delta["gone"]:
                self._sessions.log(f"session {self.title}: changes that no form reached: {sorted(delta['set'])}")
            self.storage.save(delta, on_saved)

        self.requests.add("save", answer)
        self.pump()

    def passivate(self) -> None:
        """End the evaluator of a session that is not in use, if nothing would be lost; its state is stored."""

        def held(frame: Frame | XreplError) -> None:
            if isinstance(frame, XreplError) or frame["holds"] or self.not_kept:
                self.idle_since = time.monotonic()  # look again later
                return
            self.save(lambda problem: self.stop() if problem is None and self._is_unused() else None)

        self.requests.add("holds", held)
        self.pump()

    def _is_unused(self) -> bool:
        return self.status is Status.IDLE and not self.attached and not self.queue and not self.requests.is_waiting

    def refused(self, reason: XreplError) -> None:
        """Take note that no evaluator can be started."""
        self._fail(str(reason))

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
        for client in list(self.attached):
            client.attach(None)
        self.requests.fail("the session was closed")
        self.stop()
        self._tell_restored()

    # --- what the evaluator says

    def _on_output(self, stream: str, text: str) -> None:
        if self.current is not None:
            self.current.printed(stream, text)
            self._mind_congestion(self.current.client)
        for client in self.attached:
            if self.current is None or client is not self.current.client:
                client.send({stream: text, "session": self.record.id})
        if not self.attached:
            self._unseen.append(text)
            if sum(map(len, self._unseen)) > MAX_UNSEEN:
                self._unseen = ["".join(self._unseen)[-MAX_UNSEEN:]]

    def _mind_congestion(self, client: Client | None) -> None:
        """Let the evaluator wait while the client is far behind."""
        link = self.link
        if client is None or link is None or not client.is_congested:
            return
        link.hold_output(True)
        client.on_drained.append(lambda: link.hold_output(False))

    def take_unseen(self) -> str:
        """Give what was printed while nobody was attached."""
        text, self._unseen = "".join(self._unseen), []
        return text

    def _on_frame(self, frame: Frame) -> None:
        handler = getattr(self, f"_on_{frame['op']}", None)
        try:
            if handler is not None:
                handler(frame)
            else:
                self.requests.answer(frame)
        except (KeyError, TypeError, ValueError, AttributeError) as reason:
            self._sessions.log(f"an evaluator of {self.title} is killed: frame {frame['op']}: {reason!r}")
            self.kill()
        if self.status is Status.IDLE:
            self.pump()

    def _on_ready(self, frame: Frame) -> None:
        self._generation = 0
        self.not_kept = dict(frame["not_kept"])
        self.restored = frame if frame["bindings"] or frame["not_kept"] or frame["damaged"] else None
        self.status = Status.IDLE
        self.idle_since = time.monotonic()
        if self._death:
            notice = f"the evaluator ended ({self._death}); {restored_text(frame)}"
            self._tell_attached(notice)
            self._death = ""
        for name, reason in frame["damaged"].items():
            self._sessions.log(f"session {self.title}: {name} is damaged: {reason}")
        self._tell_restored()

    def _tell_attached(self, notice: str) -> None:
        for client in self.attached:
            client.send({"xrepl/notice": [notice], "session": self.record.id})

    def _on_at(self, frame: Frame) -> None:
        """Note that a form begins, and where it ends in the text."""
        if self.current is not None and frame["eval"] == id(self.current):
            self.current.end = frame["end"]
            self.current.is_form_running = True

    def _on_form(self, frame: Frame) -> None:
        evaluation = self.current
        if evaluation is None or frame["eval"] != id(evaluation):
            return
        evaluation.forms += 1
        evaluation.is_form_running = False
        evaluation.is_being_kept = True
        self.not_kept = dict(frame["delta"]["not_kept"])
        link = self.link
        frame["output"] = evaluation.take_output()
        self.storage.keep(frame, lambda problem: self._acknowledge(evaluation, link, frame, problem))

    def _acknowledge(self, evaluation: Evaluation, link: Link | None, frame: Frame, problem: XreplError | None) -> None:
        """Show a form's value, now that it is kept, and let the evaluator go on."""
        answer: Message = {"session": self.record.id, "xrepl_form": evaluation.forms, "xrepl_ms": f"{frame['ms']:.3f}"}
        if self.record.revision:
            answer["xrepl_revision"] = self.record.revision
        if problem is not None:
            answer.update(xrepl_error=f"** not saved: {problem.message}", status=["eval-error", problem.code])
            if problem.hint:
                answer["xrepl_hint"] = problem.hint
        elif "error" in frame:
            answer.update(xrepl_error=frame["error"], status=["eval-error"], ex=frame["error"].partition("\n")[0])
            answer["root_ex"] = answer["ex"]
            if evaluation.is_plain:
                answer["err"] = f"{frame['error']}\n"
        if frame.get("value") is not None:
            answer["value"] = frame["value"]
            answer["ns"] = self.title
        evaluation.tell(**answer)
        self._show_others(evaluation, frame)
        evaluation.is_being_kept = False
        if link is not self.link:  # it has died meanwhile; the form is safe, and the rest waits for the next one
            self._requeue(evaluation)
            self.pump()
            return
        self._sessions.supervisor.acknowledged(self.record.id)
        is_moving = bool(evaluation.switch_to) or evaluation.is_closing
        is_over = is_moving or bool(frame.get("interrupted")) or evaluation.is_leaving
        if link is not None:
            link.send({"op": "next", "eval": frame["eval"], "stop": is_over})
        if is_over and not frame.get("unread"):
            evaluation.is_interrupted = bool(frame.get("interrupted"))
            evaluation.end = frame["end"]

    def _show_others(self, evaluation: Evaluation, frame: Frame) -> None:
        """Show a form and its value to the other terminals at this session."""
        shown = {"xrepl/echo": frame["text"], "session": self.record.id}
        shown["xrepl/echo-value"] = frame.get("error") or frame.get("value") or ""
        for client in self.attached:
            if client is not evaluation.client:
                client.send(shown)

    def _on_done(self, frame: Frame) -> None:
        evaluation = self.current
        if evaluation is None or frame["eval"] != id(evaluation):
            return
        self.current = None
        self.status = Status.IDLE
        self.idle_since = time.monotonic()
        if "incomplete" in frame:
            end = frame["incomplete"] + evaluation.start
            evaluation.tell(status=["incomplete"], xrepl_end=end, xrepl_error=frame["error"])
        self.finish(evaluation)

    def finish(self, evaluation: Evaluation) -> None:
        """Answer that an evaluation is over, or move what is left of it to the session that it switched to."""
        self._sessions.finish(self, evaluation)

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

        self._sessions.call(self, frame["what"], frame["arguments"], answer)


def restored_text(frame: Frame) -> str:
    """Tell in one line what a restore brought back."""
    count = frame["bindings"]
    text = f"restored {count} binding{'' if count == 1 else 's'}"
    if frame["not_kept"]:
        lost = ", ".join(f"{name} ({reason})" for name, reason in sorted(frame["not_kept"].items()))
        text += f", {len(frame['not_kept'])} not kept: {lost}"
    if frame["damaged"]:
        text += f", {len(frame['damaged'])} damaged: {', '.join(sorted(frame['damaged']))}"
    return text
