"""Time slices: a signal takes the processor from a process that does not wait while others want to run.

The timer counts this program's processor time (`ITIMER_VIRTUAL`), so that it neither cuts system calls short nor takes
`SIGALRM` from the user.  It runs only while somebody else could run, and never switches in the scheduler's own code, in
an import (the other process would see half a module) or inside `atomic()`.  Where signals don't arrive (a thread
that is not the main one) processes take turns only when they wait.
"""

from __future__ import annotations

import importlib._bootstrap as importing
import signal
import types
from collections.abc import Callable

__xrepl_atomic__ = True

SLICE_S = 0.005

# Python keeps here a lock for every module that is being imported; without it imports are not protected.
_module_locks: dict[str, object] = getattr(importing, "_module_locks", {})


class Preemption:
    """The timer of one scheduler.

    Args:
        on_tick: called in the main thread when a slice is over, with the frame that was running.
    """

    def __init__(self, on_tick: Callable[[types.FrameType | None], None]) -> None:
        self._on_tick = on_tick
        self._is_installed = False
        self.is_armed = False

    def arm(self) -> None:
        """Start the timer, unless it runs."""
        if self.is_armed:
            return
        self.is_armed = True  # also when it cannot be started: then it is not tried again and again
        if not self._is_installed:
            try:
                signal.signal(signal.SIGVTALRM, self._tick)
            except ValueError:  # not the main thread
                return
            self._is_installed = True
        signal.setitimer(signal.ITIMER_VIRTUAL, SLICE_S, SLICE_S)

    def disarm(self) -> None:
        """Stop the timer, if it runs."""
        if self.is_armed:
            self.is_armed = False
            if self._is_installed:
                signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    def _tick(self, signum: int, frame: types.FrameType | None) -> None:
        self._on_tick(frame)


def is_protected(frame: types.FrameType | None) -> bool:
    """Say whether code must not be left where it is: in the scheduler, or in an import."""
    return frame is None or "__xrepl_atomic__" in frame.f_globals or bool(_module_locks)
