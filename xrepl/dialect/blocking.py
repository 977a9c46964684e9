"""Blocking Python calls in worker threads: the calling process waits, the others go on.

A worker is started when none is free, and stays for the next call.  A call cannot be stopped: when its process ends
or is interrupted, the call goes on and its result is dropped.
"""

from __future__ import annotations

import _thread
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

from xrepl.dialect.process import Process
from xrepl.dialect.signals import scheduler

__xrepl_atomic__ = True  # never preempted in here, see preemption.py


class Call:
    """One call and, later, how it ended."""

    __slots__ = ("arguments", "function", "is_done", "keywords", "problem", "process", "value")

    def __init__(
        self, process: Process, function: Callable[..., Any], arguments: tuple[Any, ...], keywords: dict[str, Any]
    ) -> None:
        self.process = process
        self.function = function
        self.arguments = arguments
        self.keywords = keywords
        self.is_done = False
        self.value: Any = None
        self.problem: BaseException | None = None

    def run(self) -> None:
        """Make the call, in a worker thread, and wake the process."""
        try:
            self.value = self.function(*self.arguments, **self.keywords)
        except BaseException as problem:
            self.problem = problem
        self.is_done = True
        scheduler.wake_from_thread(self.process)


class Workers:
    """Threads that make calls; as many as there were calls at one time."""

    def __init__(self) -> None:
        self._calls: SimpleQueue[Call] = SimpleQueue()
        self._free = 0
        self._lock = _thread.allocate_lock()

    def submit(self, call: Call) -> None:
        """Give a call to a free worker, or to a new one."""
        with self._lock:
            has_free = self._free > 0
            if has_free:
                self._free -= 1
        if not has_free:
            _thread.start_new_thread(self._work, ())
        self._calls.put(call)

    def _work(self) -> None:
        while True:
            self._calls.get().run()
            with self._lock:
                self._free += 1


_workers = Workers()


def blocking(function: Callable[..., Any], *arguments: Any, **keywords: Any) -> Any:
    """Call a Python function that may block, and let the other processes run meanwhile.

    Outside any process it is a plain call.

    Returns:
        what the function returned; what it raised is raised here.
    """
    process = scheduler.current
    if process is None:
        return function(*arguments, **keywords)
    call = Call(process, function, arguments, keywords)
    scheduler.calls += 1
    try:
        _workers.submit(call)
        while not call.is_done:
            scheduler.park(process)
    finally:
        scheduler.calls -= 1
    if call.problem is not None:
        raise call.problem
    return call.value


def restart() -> None:
    """Forget the workers: threads do not survive a fork."""
    global _workers
    _workers = Workers()
