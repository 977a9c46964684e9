"""The supervisor thread: keeps spare evaluators, learns of deaths by pidfd, starts dead evaluators again.

It owns the zygote: no other thread talks to it.  What a session does with a new evaluator, and the store, are the
server's.  OTP's vocabulary: a child, restart intensity, a `failed` child is not started again until asked for.
"""

from __future__ import annotations

import contextlib
import os
import select
import signal
import threading
import time
from collections import deque
from collections.abc import Callable
from functools import partial
from typing import Protocol

from xrepl import log
from xrepl.errors import EvaluatorDied
from xrepl.supervisor.child import Child, Zygote
from xrepl.supervisor.policy import Fail, Policy, Restart
from xrepl.supervisor.residue import Residue

SPARES = 3
ZYGOTE_RETRY_S = 1.0
_STATUS_WAIT_S = 0.05

Job = Callable[[], None]


class Watcher(Protocol):
    """What the server does when the supervisor tells something; called in the supervisor's thread."""

    def started(self, session: str, child: Child) -> None:
        """Take an evaluator for a session."""

    def died(self, child: Child, decision: Restart | Fail | None) -> None:
        """Take note of an evaluator's end; the decision is None if it was to end."""

    def refused(self, session: str, reason: EvaluatorDied) -> None:
        """Take note that no evaluator can be started."""


class Supervisor(threading.Thread):
    """The thread.

    Args:
        watcher: is told of starts and deaths.
        residue: where the process groups are written down for the next server, should this one be killed.
        spares: how many evaluators are forked ahead.
    """

    def __init__(self, watcher: Watcher, residue: Residue, spares: int = SPARES) -> None:
        super().__init__(name="supervisor", daemon=True)
        self._watcher = watcher
        self._residue = residue
        self._wanted_spares = spares
        self._spares: deque[Child] = deque()
        self._children: dict[int, Child] = {}
        self._policies: dict[str, Policy] = {}
        self._jobs: deque[Job] = deque()
        self._timers: list[tuple[float, Job]] = []
        self._wake = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self._poll = select.epoll()
        self._poll.register(self._wake, select.EPOLLIN)
        self._zygote: Zygote | None = None
        self._is_ending = False

    # --- called from any thread

    def take(self, session: str) -> Child | None:
        """Give a spare for a session at once, or None: then `watcher.started` brings one.  From any thread."""
        try:
            child = self._spares.popleft()
        except IndexError:
            self._post(lambda: self._provide(session))
            return None
        child.session = session
        self._post(self._refill)
        return child

    def acknowledged(self, session: str) -> None:
        """Take note that a session works: its earlier deaths do not count any more.  From any thread."""
        policy = self._policies.get(session)
        if policy is not None:
            self._post(policy.acknowledged)

    def forget(self, session: str) -> None:
        """Drop what is remembered of a session's deaths.  From any thread."""
        self._post(partial(self._forget, session))

    def stop_child(self, child: Child) -> None:
        """Kill an evaluator that is not needed any more; its death is told without a decision.  From any thread."""
        child.is_stopping = True
        child.kill()

    def pids(self) -> tuple[int, list[int]]:
        """Give the pid of the zygote (0 for none) and those of the spares.  From any thread."""
        zygote = self._zygote
        return zygote.pid if zygote is not None else 0, [child.pid for child in list(self._spares)]

    def end(self) -> None:
        """End all children, the zygote and the thread; blocks until they are gone."""
        self._is_ending = True
        self._post(lambda: None)
        self.join()

    def _forget(self, session: str) -> None:
        self._policies.pop(session, None)

    def _post(self, job: Job) -> None:
        self._jobs.append(job)
        os.eventfd_write(self._wake, 1)

    # --- the thread

    def run(self) -> None:
        """Watch until `end` is called."""
        self._start_zygote()
        while not self._is_ending:
            for descriptor, _ in self._poll.poll(self._patience()):
                if descriptor == self._wake:
                    os.eventfd_read(self._wake)
                elif self._zygote is not None and descriptor == self._zygote.handle:
                    self._zygote_died()
                elif self._zygote is not None and descriptor == self._zygote.control.fileno():
                    self._note_ends(self._zygote.ends())
                elif descriptor in self._children:
                    self._child_died(self._children[descriptor])
            while self._jobs:
                self._jobs.popleft()()
            self._run_timers()
        self._shut_down()

    def _patience(self) -> float:
        if not self._timers:
            return -1
        return max(0.0, min(at for at, _ in self._timers) - time.monotonic())

    def _run_timers(self) -> None:
        now = time.monotonic()
        due = [job for at, job in self._timers if at <= now]
        self._timers = [timer for timer in self._timers if timer[0] > now]
        for job in due:
            job()

    def _start_zygote(self) -> None:
        try:
            self._zygote = Zygote()
        except OSError as reason:
            log.write(f"the zygote does not start: {reason}")
            self._timers.append((time.monotonic() + ZYGOTE_RETRY_S, self._start_zygote))
            return
        self._residue.add(self._zygote.pid)
        self._poll.register(self._zygote.handle, select.EPOLLIN)
        self._poll.register(self._zygote.control, select.EPOLLIN)
        self._post(self._refill)

    def _zygote_died(self) -> None:
        """Start another; the evaluators die with theirs and are told one by one, and no session gets a dead spare."""
        zygote, self._zygote = self._zygote, None
        if zygote is None:
            return
        log.write(f"the zygote (process {zygote.pid}) ended; another is started")
        for descriptor in (zygote.handle, zygote.control.fileno()):
            self._poll.unregister(descriptor)
        zygote.close()
        for child in self._children.values():
            child.is_orphaned = True
        with contextlib.suppress(IndexError):
            while True:
                self._spares.popleft().is_stopping = True
        self._start_zygote()

    def _note_ends(self, ends: list[tuple[int, int]]) -> None:
        told = dict(ends)
        for child in self._children.values():
            if child.pid in told:
                child.status = told[child.pid]

    def _fork(self) -> Child:
        if self._zygote is None:
            raise EvaluatorDied("the zygote is not running", "see the log")
        child, ends = self._zygote.fork()
        self._children[child.handle] = child
        self._poll.register(child.handle, select.EPOLLIN)
        self._residue.add(child.pid)
        self._note_ends(ends)
        return child

    def _refill(self) -> None:
        """Fork one spare if one is missing; others wait their turn."""
        if len(self._spares) >= self._wanted_spares or self._is_ending:
            return
        try:
            self._spares.append(self._fork())
        except EvaluatorDied:
            return  # the zygote's death is seen, and the next one fills up
        self._post(self._refill)

    def _provide(self, session: str) -> None:
        """Bring an evaluator to a session: a spare, or a new one."""
        if self._has_zygote_ended():  # the spares end with it: first its end is seen
            self._timers.append((time.monotonic(), lambda: self._provide(session)))
            return
        try:
            child = self._spares.popleft() if self._spares else self._fork()
        except EvaluatorDied as reason:
            # its sockets close a moment before its end can be seen
            if self._zygote is None or self._has_zygote_ended(_STATUS_WAIT_S):
                self._timers.append((time.monotonic() + _STATUS_WAIT_S, lambda: self._provide(session)))
                return
            self._watcher.refused(session, reason)
            return
        child.session = session
        self._watcher.started(session, child)
        self._post(self._refill)

    def _has_zygote_ended(self, patience_s: float = 0.0) -> bool:
        return self._zygote is not None and bool(select.select([self._zygote.handle], [], [], patience_s)[0])

    def _child_died(self, child: Child) -> None:
        is_spare = self._discard(child)
        if not child.session and not is_spare:
            return  # `take` has it in hand: its end is told again
        self._poll.unregister(child.handle)
        del self._children[child.handle]
        self._await_status(child)
        child.is_gone = True
        if self._zygote is None or child.status is None:
            # nobody has collected it and its group: the zygote is dead
            with contextlib.suppress(OSError):
                os.killpg(child.pid, signal.SIGKILL)
        self._residue.remove(child.pid)
        if is_spare:
            os.close(child.handle)
            child.close()
            self._post(self._refill)
            return
        os.close(child.handle)
        decision: Restart | Fail | None = None
        if child.is_orphaned or child.status is None:
            decision = None if child.is_stopping else Restart(0.0)  # its zygote ended: that speaks against no session
        elif not child.is_stopping:
            decision = self._policies.setdefault(child.session, Policy()).died(time.monotonic())
        self._watcher.died(child, decision)
        if isinstance(decision, Restart):
            session = child.session
            self._timers.append((time.monotonic() + decision.delay_s, lambda: self._provide(session)))

    def _discard(self, child: Child) -> bool:
        """Take a child out of the spares; say whether it was one, and `take` can give it to nobody any more."""
        try:
            self._spares.remove(child)
        except ValueError:
            return child.is_stopping and not child.session
        return True

    def _await_status(self, child: Child) -> None:
        """Wait a moment for the zygote to tell how a child ended."""
        deadline = time.monotonic() + _STATUS_WAIT_S
        while child.status is None and self._zygote is not None and not child.is_orphaned:
            left = deadline - time.monotonic()
            if left <= 0 or not select.select([self._zygote.control], [], [], left)[0]:
                return
            ends = self._zygote.ends()
            child.status = dict(ends).get(child.pid)
            self._note_ends(ends)
            if not ends and self._has_zygote_ended():
                return

    def _shut_down(self) -> None:
        for child in list(self._children.values()):
            child.is_stopping = True
            child.kill()
        if self._zygote is not None:
            self._zygote.close()
        for child in self._children.values():
            child.is_gone = True
            os.close(child.handle)
        self._residue.clear()
