"""Whose turn it is: processes on greenlets, and the hub that switches between them.

The hub is the caller's own greenlet (`run_form`, `idle`).  It resumes what can run, does what is due, and when nothing
can run it waits for the nearest deadline or a wake-up from a thread.  All of it happens in one thread, normally the
main one; only `wake_from_thread` may be called from others.

Two rules keep this right at any bytecode where a signal may arrive:

- a process may be resumed for no reason: whoever parks looks again whether what it waits for has come;
- `wake` queues first and clears the mark afterwards, so that an interrupt in between costs an extra resumption and
  never a lost one.  Preemption, which would need the other order, keeps out of this file (see `preemption.py`).

What processes tell each other is in `signals.py`.
"""

from __future__ import annotations

import os
import select
import time
import types
from collections import deque
from collections.abc import Callable

from greenlet import GreenletExit, getcurrent, greenlet

from xrepl.dialect.preemption import Preemption, is_protected
from xrepl.dialect.process import Process
from xrepl.dialect.raising import Exiting
from xrepl.dialect.timers import Timers

__xrepl_atomic__ = True  # never preempted in here, see preemption.py

_MAX_REFUSALS = 3  # how often code may swallow its own end before it is left where it stands
_IDLE_TURN_S = 0.002  # how long others run before the hub looks at the descriptor it idles for
_FOREVER_S = 86400.0
# a ^C that the kernel gave to another thread is seen when this one wakes
_SIGNAL_S = 0.2
_HANDOFFS = 64  # how often processes resume each other before the hub looks at timers and threads again


class Scheduler:
    """The processes of one evaluator.

    Args:
        on_end: called in a process's greenlet when its function has returned (None) or raised.
    """

    def __init__(self, on_end: Callable[[Process, BaseException | None], None]) -> None:
        self.run: deque[Process] = deque()
        self.timers = Timers()
        self.current: Process | None = None
        self.calls = 0  # blocking calls in worker threads
        self.turns = 0  # changes when a process that is not the shell's is resumed
        self.shell: Process | None = None
        self.atomic_depth = 0
        self.preemption = Preemption(self._on_tick)
        self._on_end = on_end
        self._hub: greenlet | None = None
        self._form: greenlet | None = None  # the greenlet of the form that the shell is running
        self._is_idling = False
        self._is_interrupted = False
        self._handoffs = 0
        self._woken: deque[Process] = deque()
        self._wake_fd = -1
        self._abandoned: list[greenlet | None] = []

    def restart(self) -> None:
        """Forget everything: an evaluator that was just forked has no process of its parent's."""
        self.preemption.disarm()
        self.run.clear()
        self._woken.clear()
        self.timers.clear()
        self.current = self.shell = self._hub = self._form = None
        self.calls = self.atomic_depth = 0
        self._is_interrupted = False
        if self._wake_fd >= 0:
            os.close(self._wake_fd)
            self._wake_fd = -1

    # --- called by processes

    def start(self, process: Process) -> None:
        """Let a new process run when its turn comes."""
        process.greenlet = greenlet(lambda: self._live(process), self.hub())
        self.run.append(process)
        if not self.preemption.is_armed and self.current is not None:
            self.preemption.arm()

    def wake(self, process: Process) -> None:
        """Let a process look again whether what it waits for has come; nothing if it does not wait."""
        if process.is_waiting:
            self.run.append(process)
            process.is_waiting = False
            if not self.preemption.is_armed and self.current is not None:
                self.preemption.arm()

    def park(self, process: Process, deadline_s: float | None = None) -> None:
        """Wait until woken, for whatever reason, or until the monotonic clock reaches the deadline.

        Raises:
            Exiting: the process has been ended meanwhile.
        """
        if not process.is_alive:
            self._refuse(process)
        hub = self._hub
        if hub is None or self.current is not process:
            raise RuntimeError("only a process can wait")
        if deadline_s is None:
            process.is_waiting = True
            if not self._hand_on():
                hub.switch()
            return
        timer = self.timers.add(deadline_s, lambda: self.wake(process))
        process.is_waiting = True
        try:
            hub.switch()
        finally:
            self.timers.cancel(timer)

    def _hand_on(self) -> bool:
        """Resume the next process from here, which saves the way through the hub; False when the hub must see to it."""
        run = self.run
        if not run or not self._handoffs:
            return False
        following = run.popleft()
        fiber = following.greenlet
        if not fiber or following.thrown is not None:  # not started yet, or ended
            run.appendleft(following)
            return False
        self._handoffs -= 1
        self.turns += 1
        self.current = following
        fiber.switch()
        return True

    def give_way(self) -> None:
        """Let the others run first."""
        process = self.current
        if process is not None:
            self.run.append(process)
            self._switch_to_hub()

    def stop(self, process: Process) -> None:
        """Unwind the code of a process that has ended: `Exiting` is raised where it stands."""
        if process is self.current and getcurrent() is not self.hub():
            raise Exiting
        if process.greenlet is not None:
            process.thrown = Exiting()
            self.run.append(process)
            process.is_waiting = False
            if not self.preemption.is_armed and self.current is not None:
                self.preemption.arm()

    def _refuse(self, process: Process) -> None:
        """End a process once more that wants to wait though it has ended."""
        process.refusals += 1
        if process.refusals <= _MAX_REFUSALS:
            raise Exiting
        self._abandoned.append(process.greenlet)
        process.greenlet = None
        self._switch_to_hub()

    def _switch_to_hub(self) -> None:
        hub = self._hub
        if hub is None or getcurrent() is hub:
            raise RuntimeError("only a process can wait")
        hub.switch()

    def _live(self, process: Process) -> None:
        """Run a process to its end: what its greenlet does."""
        problem: BaseException | None = None
        try:
            function = process.function
            if function is not None:
                function()
        except BaseException as raised:
            problem = raised
        if isinstance(problem, KeyboardInterrupt):  # raised by a handler that does not ask whose turn it is
            self.interrupt()
        self._on_end(process, problem)
        process.greenlet = None

    # --- called by anybody

    def hub(self) -> greenlet:
        """Give the greenlet that all others return to."""
        if self._hub is None:
            outermost = getcurrent()
            while outermost.parent is not None:
                outermost = outermost.parent
            self._hub = outermost
        return self._hub

    def wake_from_thread(self, process: Process) -> None:
        """Wake a process; may be called from any thread."""
        self._woken.append(process)
        if self._wake_fd >= 0:
            os.eventfd_write(self._wake_fd, 1)

    def interrupt(self, frame: types.FrameType | None = None) -> None:
        """Raise KeyboardInterrupt in the form that the shell runs, whatever runs now; nothing if it runs none.

        This is what a SIGINT handler calls, in the scheduler's thread.

        Args:
            frame: what the signal interrupted; with it a background process gives way at once, else at the end of
                its slice.
        """
        shell, form = self.shell, self._form
        if shell is None or form is None or form.dead:
            return
        if self.atomic_depth:
            self._is_interrupted = True
            return
        now = getcurrent()
        if now is form:
            raise KeyboardInterrupt
        shell.thrown = KeyboardInterrupt()
        shell.is_waiting = False
        self.run.appendleft(shell)
        self._notify()
        process = self.current
        if process is not None and now is process.greenlet:
            self.preemption.arm()
            if not is_protected(frame):
                self.run.append(process)
                self._switch_to_hub()

    def leave_atomic(self) -> None:
        """End a part that must not be interrupted, and deliver the interrupt that came in it."""
        self.atomic_depth -= 1
        if self._is_interrupted and not self.atomic_depth:
            self._is_interrupted = False
            self.interrupt()

    def _notify(self) -> None:
        if self._wake_fd >= 0:
            os.eventfd_write(self._wake_fd, 1)

    # --- the hub

    def run_form(self, shell: Process, form: Callable[[], None]) -> None:
        """Run a form as the shell's process until it has ended; others run while it waits."""
        self.shell = shell
        shell.greenlet = self._form = greenlet(form, self.hub())
        shell.thrown = None
        shell.is_waiting = False
        self.run.appendleft(shell)
        try:
            while not self._form.dead:
                try:
                    self._loop(self._form, None, None)
                except KeyboardInterrupt:  # raised in the hub by a handler that does not ask whose turn it is
                    self.interrupt()
        finally:
            shell.greenlet = self._form = self.current = None
            self.preemption.disarm()

    def idle(self, limit_s: float | None, fd: int | None) -> bool:
        """Let processes run until the descriptor can be read (True), the time is over, or nothing can happen."""
        self._is_idling = fd is not None
        try:
            return self._loop(None, None if limit_s is None else time.monotonic() + limit_s, fd)
        finally:
            self.current = None
            self._is_idling = False
            self.preemption.disarm()

    def has_work(self) -> bool:
        """Say whether anything would happen without the shell."""
        return bool(self.run or self._woken or self.calls or len(self.timers))

    def _loop(self, form: greenlet | None, deadline_s: float | None, fd: int | None) -> bool:
        """Resume and wait until the form is dead, the descriptor can be read, or the time is over."""
        run, heap, woken, preemption = self.run, self.timers.heap, self._woken, self.preemption
        clock = time.monotonic
        while True:
            turn_ends = None if form is not None else clock() + _IDLE_TURN_S
            while run:
                if not preemption.is_armed and (len(run) > 1 or heap or self.calls or self._is_idling):
                    preemption.arm()
                self._handoffs = _HANDOFFS
                self.current = process = run.popleft()
                if process.thrown is not None:
                    self._throw(process, process.thrown)
                elif process.greenlet is not None:
                    process.greenlet.switch()
                if process is not self.shell:
                    self.turns += 1
                if form is not None and form.dead:
                    return False
                if heap and heap[0][0] <= clock():
                    self.current = None
                    self.timers.fire(clock())
                if woken:
                    self._wake_woken()
                if turn_ends is not None and clock() >= turn_ends:
                    break
            self.current = None
            if form is None and deadline_s is not None and clock() >= deadline_s:
                return fd is not None and self._wait(0.0, fd)
            if form is None and fd is None and not self.has_work():
                return False
            if self._wait(0.0 if run else self._patience(deadline_s), fd):
                return True
            self.timers.fire(clock())
            if woken:
                self._wake_woken()

    def _throw(self, process: Process, thrown: BaseException) -> None:
        """Resume a process by raising an exception where it stands."""
        process.thrown = None
        fiber = process.greenlet
        if fiber is None:
            return
        is_started = bool(fiber) or fiber.dead
        fiber.throw(thrown if is_started else GreenletExit())  # any other would end one that never ran, and the hub
        if fiber.dead:
            process.greenlet = None

    def _patience(self, deadline_s: float | None) -> float:
        """Give how long to wait, in seconds."""
        nearest = self.timers.nearest()
        until = min((d for d in (nearest, deadline_s) if d is not None), default=None)
        limit_s = _FOREVER_S if until is None else max(0.0, until - time.monotonic())
        return limit_s if self._form is None else min(limit_s, _SIGNAL_S)

    def _wait(self, limit_s: float, fd: int | None) -> bool:
        """Wait for a wake-up, the descriptor (True) or the time."""
        if self._wake_fd < 0:
            self._wake_fd = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
            if self._woken:
                limit_s = 0.0
        poll = select.poll()
        poll.register(self._wake_fd, select.POLLIN)
        if fd is not None:
            poll.register(fd, select.POLLIN)
        ready = [found for found, _ in poll.poll(min(limit_s, _FOREVER_S) * 1000)]
        if self._wake_fd in ready:
            os.eventfd_read(self._wake_fd)
        return fd in ready

    def _wake_woken(self) -> None:
        while self._woken:
            self.wake(self._woken.popleft())

    def _on_tick(self, frame: types.FrameType | None) -> None:
        """End a process's slice if others want to run."""
        process = self.current
        if process is None or getcurrent() is not process.greenlet:
            return
        heap = self.timers.heap
        if not self.run and not self._woken and not self._is_idling:
            if not heap and not self.calls:
                self.preemption.disarm()
                return
            if not self._woken and not (heap and heap[0][0] <= time.monotonic()):
                return
        if self.atomic_depth or is_protected(frame):
            return
        self.run.append(process)
        self._switch_to_hub()
