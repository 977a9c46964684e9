"""Things to do later: a heap of deadlines with cheap cancelling.

It reads no clock and waits for nothing: the scheduler does both, and calls `fire`.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from heapq import heapify, heappop, heappush
from typing import Any

__xrepl_atomic__ = True  # never preempted in here, see preemption.py

_FEW = 64  # so many cancelled entries are never worth a compaction

Timer = list[Any]  # [deadline in seconds, serial number, action or None]: a list compares faster than an object


class Timers:
    """What is to be done, by deadline; equal deadlines keep the order in which they were added."""

    def __init__(self) -> None:
        self.heap: list[Timer] = []
        self._serial = itertools.count()
        self._cancelled = 0

    def __len__(self) -> int:
        """Count those that are not cancelled."""
        return len(self.heap) - self._cancelled

    def add(self, deadline_s: float, action: Callable[[], None]) -> Timer:
        """Plan an action, in the clock of the caller's choice, and give what cancels it."""
        timer: Timer = [deadline_s, next(self._serial), action]
        heappush(self.heap, timer)
        return timer

    def cancel(self, timer: Timer) -> bool:
        """Forget an action; False when it was done or cancelled before.

        The entry stays in the heap until it is due or until most entries are such: constant time, amortised.
        """
        if timer[2] is None:
            return False
        timer[2] = None
        self._cancelled += 1
        if self._cancelled > _FEW and self._cancelled * 2 > len(self.heap):
            self.heap[:] = [kept for kept in self.heap if kept[2] is not None]
            heapify(self.heap)
            self._cancelled = 0
        return True

    def nearest(self) -> float | None:
        """Give the next deadline, or None when nothing is planned."""
        heap = self.heap
        while heap and heap[0][2] is None:
            heappop(heap)
            self._cancelled -= 1
        return heap[0][0] if heap else None

    def fire(self, now_s: float) -> None:
        """Do what is due."""
        heap = self.heap
        while heap and heap[0][0] <= now_s:
            timer = heappop(heap)
            action = timer[2]
            if action is None:
                self._cancelled -= 1
                continue
            timer[2] = None
            action()

    def clear(self) -> None:
        """Forget everything."""
        self.heap.clear()
        self._cancelled = 0
