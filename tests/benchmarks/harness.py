"""What all benchmarks share: timing, the figures, and the peers' names.  Measures nothing by itself."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

Job = Callable[[], object]
Clock = Callable[[], float]
WALL: Clock = time.perf_counter
CPU: Clock = time.process_time  # for what only computes: a machine that does other work does not change it
PYTHON, HY, LFE, KERNEL, ASYNCIO = "plain Python", "hy", "LFE shell", "ipykernel", "asyncio"


@dataclass(frozen=True)
class Sample:
    """How long something took, or how large it was: the median, and the quartiles around it."""

    median: float
    low: float
    high: float

    def times(self, factor: float) -> Sample:
        """Give the same in another unit."""
        return Sample(self.median * factor, self.low * factor, self.high * factor)


@dataclass(frozen=True)
class Figure:
    """One row of the table.

    Args:
        what: what was measured.
        sample: what came out.
        unit: of the sample and of the peers' figures.
        limit: what to reach at most, in the unit; or, if `is_ratio`, as a multiple of the first peer's figure.
        target: the same in words, where the words say more.
        peers: others' figures for the same, measured in the same run; the first is the one to compare with.
        quoted: figures that were measured elsewhere, or are asked for elsewhere, in words.
    """

    what: str
    sample: Sample
    unit: str = "ms"
    limit: float | None = None
    target: str = ""
    peers: Mapping[str, float] = field(default_factory=dict)
    is_ratio: bool = False
    quoted: str = ""

    def excess(self) -> float | None:
        """Give measured over allowed; None where nothing is to be reached."""
        if self.limit is None:
            return None
        allowed = self.limit * next(iter(self.peers.values())) if self.is_ratio else self.limit
        return self.sample.median / allowed


@dataclass
class Series:
    """How one cost grows: points of a plot."""

    title: str
    across: str
    up: str
    lines: dict[str, list[tuple[float, float]]] = field(default_factory=dict)

    def add(self, line: str, x: float, y: float) -> None:
        """Add a point to a line."""
        self.lines.setdefault(line, []).append((x, y))


def sample_of(values: Iterable[float]) -> Sample:
    """Give the median and quartiles of values."""
    found = sorted(values)
    if len(found) < 3:
        return Sample(statistics.median(found), found[0], found[-1])
    low, middle, high = statistics.quantiles(found, n=4, method="inclusive")
    return Sample(middle, low, high)


def time_ms(job: Job, clock: Clock = WALL) -> float:
    """Do a job and give how long it took, in ms."""
    start = clock()
    job()
    return (clock() - start) * 1000


def sample(job: Job, count: int, clock: Clock = WALL) -> Sample:
    """Do a job so often; in ms."""
    return sample_of(time_ms(job, clock) for _ in range(count))


def beside(jobs: Mapping[str, Job], count: int, clock: Clock = WALL) -> dict[str, Sample]:
    """Do several jobs in turn, so often, so that a load on the machine hits all alike; in ms each."""
    found: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(count):
        for name, job in jobs.items():
            found[name].append(time_ms(job, clock))
    return {name: sample_of(values) for name, values in found.items()}


def compare(what: str, jobs: Mapping[str, Job], count: int, limit: float | None = None, clock: Clock = WALL) -> Figure:
    """Measure the first job beside the others; the limit is a multiple of the second one's figure."""
    first, *peers = beside(jobs, count, clock).items()
    return Figure(what, first[1], limit=limit, peers={name: one.median for name, one in peers}, is_ratio=True)
