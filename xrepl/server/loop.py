"""The server's loop: one thread that reads sockets and pipes, does what other threads ask for, and keeps timers.

Everything that the server knows of sessions is touched by this thread only.  Knows no message.
"""

from __future__ import annotations

import heapq
import itertools
import os
import selectors
import time
import traceback
from collections import deque
from collections.abc import Callable
from functools import partial

from xrepl import log

Job = Callable[[], None]
READ, WRITE = selectors.EVENT_READ, selectors.EVENT_WRITE


class Timer:
    """A job that is due at a time of the monotonic clock, until it is cancelled."""

    __slots__ = ("at_s", "job")

    def __init__(self, at_s: float, job: Job) -> None:
        self.at_s = at_s
        self.job: Job | None = job

    def cancel(self) -> None:
        """Do not do the job."""
        self.job = None


class Loop:
    """Runs jobs of descriptors, threads and timers, one after the other.

    A job that raises is written to the log with its traceback; the others go on.
    """

    def __init__(self) -> None:
        self._selector = selectors.DefaultSelector()
        self._jobs: deque[Job] = deque()
        self._last_of_turn: list[Job] = []
        self._timers: list[tuple[float, int, Timer]] = []
        self._numbers = itertools.count()
        self._wake = os.eventfd(0, os.EFD_CLOEXEC | os.EFD_NONBLOCK)
        self._selector.register(self._wake, READ, lambda events: None)
        self._is_ending = False
        self._is_waiting = False
        self.is_alone = False  # whether what is done now is all that was to be done

    def post(self, job: Job) -> None:
        """Let the loop's thread do a job soon.  From any thread."""
        self._jobs.append(job)
        if self._is_waiting:
            os.eventfd_write(self._wake, 1)

    def at_end_of_turn(self, job: Job) -> None:
        """Do a job when all that is ready now has been done: what several jobs send goes out in one piece."""
        self._last_of_turn.append(job)

    def later(self, delay_s: float, job: Job) -> Timer:
        """Do a job after a time."""
        timer = Timer(time.monotonic() + delay_s, job)
        heapq.heappush(self._timers, (timer.at_s, next(self._numbers), timer))
        return timer

    def watch(self, descriptor: int, events: int, on_ready: Callable[[int], None]) -> None:
        """Call a function with the events when a descriptor is ready for some of them."""
        self._selector.register(descriptor, events, on_ready)

    def change(self, descriptor: int, events: int) -> None:
        """Watch a descriptor for other events; for none it stays known and is not looked at."""
        key = self._selector.get_key(descriptor)
        if events:
            self._selector.modify(descriptor, events, key.data)

    def forget(self, descriptor: int) -> None:
        """Stop watching a descriptor, if it is watched."""
        try:
            self._selector.unregister(descriptor)
        except (KeyError, ValueError):
            return

    def end(self) -> None:
        """Let `run` return.  From any thread."""
        self._is_ending = True
        self.post(lambda: None)

    def run(self) -> None:
        """Run until `end` is called."""
        while not self._is_ending:
            self._is_waiting = True  # before the look at the jobs: who posts after it wakes us
            patience = self._patience()
            ready = self._selector.select(patience)
            self._is_waiting = False
            self.is_alone = len(ready) == 1 and not self._jobs
            for key, events in ready:
                if key.fd == self._wake:
                    os.eventfd_read(self._wake)
                # an earlier job of this round may have closed it
                elif key.fd in self._selector.get_map() and self._selector.get_key(key.fd).data is key.data:
                    self._do(partial(key.data, events))
            for _ in range(len(self._jobs)):
                self._do(self._jobs.popleft())
            self._run_timers()
            while self._last_of_turn:
                self._do(self._last_of_turn.pop())

    def _patience(self) -> float | None:
        if self._jobs:
            return 0
        while self._timers and self._timers[0][2].job is None:
            heapq.heappop(self._timers)
        return max(0.0, self._timers[0][0] - time.monotonic()) if self._timers else None

    def _run_timers(self) -> None:
        while self._timers and self._timers[0][0] <= time.monotonic():
            job = heapq.heappop(self._timers)[2].job
            if job is not None:
                self._do(job)

    def _do(self, job: Job) -> None:
        try:
            job()
        except Exception:
            log.write(f"a job of the loop failed\n{traceback.format_exc()}")
