"""When a dead evaluator is started again: OTP's restart intensity, with a delay that grows.

Pure: reads no clock and starts nothing.  One `Policy` for each session; used by one thread.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

RESTART_INTENSITY = 3
RESTART_PERIOD_S = 5.0
FIRST_DELAY_S = 0.01
LONGEST_DELAY_S = 1.0
# the exit status of an evaluator that had no memory left to go on with; the zygote's children use it
OUT_OF_MEMORY = 71


@dataclass(frozen=True)
class Restart:
    """Start it again after this time, in seconds."""

    delay_s: float


@dataclass(frozen=True)
class Fail:
    """Leave it: the session is `failed` until somebody asks for it."""

    deaths: int
    period_s: float


class Policy:
    """Decides after each death of one session's evaluators.

    Args:
        intensity: how many deaths within the period are too many; those before an acknowledged form do not count.
        period_s: in seconds.
    """

    def __init__(self, intensity: int = RESTART_INTENSITY, period_s: float = RESTART_PERIOD_S) -> None:
        self._intensity = intensity
        self._period_s = period_s
        self._deaths: deque[float] = deque()

    def died(self, now_s: float) -> Restart | Fail:
        """Take note of a death at a time and decide.

        The first death is answered at once; the delay doubles with each further one that counts.
        """
        self._deaths.append(now_s)
        while self._deaths[0] < now_s - self._period_s:
            self._deaths.popleft()
        count = len(self._deaths)
        if count >= self._intensity:
            return Fail(count, self._period_s)
        if count == 1:
            return Restart(0.0)
        return Restart(min(FIRST_DELAY_S * 2 ** (count - 2), LONGEST_DELAY_S))

    def acknowledged(self) -> None:
        """Forget the deaths: a form was acknowledged, so that the session works."""
        self._deaths.clear()


def words(status: int | None, memory_limit_bytes: int = 0) -> str:
    """Tell in words how a process ended.

    Args:
        status: as `waitpid` gives it; None if it is not known.
        memory_limit_bytes: the limit that it ran under.
    """
    if status is None:
        return "ended"
    number = status & 0x7F
    if number:
        return f"killed by signal {number}"
    if status >> 8 == OUT_OF_MEMORY:
        power, unit = (30, "GB") if memory_limit_bytes >= 1 << 30 else (20, "MB")
        return f"memory limit {memory_limit_bytes / 2**power:.0f} {unit}"
    return f"exit {status >> 8}"
