"""What processes cost: starting, messages, mailboxes, fairness; beside asyncio where it has the like.

Run by `bin/bench`.
"""

from __future__ import annotations

import asyncio
import gc
import subprocess
import sys
import time
from collections.abc import Callable
from typing import Any

from tests.benchmarks.harness import ASYNCIO, CPU, Figure, Sample, sample_of
from tests.benchmarks.place import ROOT
from xrepl.dialect import processes

RUNS = 5
SPAWNED = 10_000
RING, ROUNDS = 1000, 10
_MEMORY = """
import re
from tests.benchmarks import processes as ours
usage = lambda: int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1])
before = usage()
ours.processes.run_shell(ours.many)
print(usage() - before)
"""


def timed(code: Callable[[], Any]) -> Sample:
    """Give how long some runs take, in ms."""
    times = []
    for _ in range(RUNS):
        processes.restart()
        gc.collect()  # the processes of the run before end now, not while the next is timed
        start = CPU()
        processes.run_shell(code)
        times.append((CPU() - start) * 1000)
    return sample_of(times)


def any_message(message: Any) -> tuple[Any]:
    """Take every message."""
    return (message,)


def take() -> Any:
    """Receive the first message."""
    return processes.receive(any_message)[0]


def spawn_and_end(count: int = SPAWNED) -> None:
    """Start processes that end at once."""
    for _ in range(count):
        processes.spawn(lambda: None)
        processes.yield_()


def ring(size: int = RING, rounds: int = ROUNDS) -> None:
    """Send a message round a ring of processes."""

    def member(following: processes.Pid) -> None:
        while True:
            processes.send(following, take())

    first = processes.self_()
    following = first
    for _ in range(size - 1):
        following = processes.spawn(lambda following=following: member(following))
    for _ in range(rounds):
        processes.send(following, 1)
        take()


def ping_pong(count: int = 10_000) -> None:
    """Exchange messages between two processes."""
    me = processes.self_()

    def other() -> None:
        while True:
            processes.send(me, take())

    pid = processes.spawn(other)
    for _ in range(count):
        processes.send(pid, 1)
        take()


def through_one_mailbox(count: int) -> None:
    """Fill a mailbox, then empty it."""
    me = processes.self_()
    for number in range(count):
        processes.send(me, number)
    for _ in range(count):
        take()


def selective(count: int) -> None:
    """Wait for the last of many messages while they come one by one."""
    me = processes.self_()

    def sender() -> None:
        for number in range(count):
            processes.send(me, number)
            if number % 100 == 0:
                processes.yield_()

    processes.spawn(sender)
    processes.receive(lambda message: (message,) if message == count - 1 else None)


def many(count: int = 10_000) -> None:
    """Have many processes at once, each of which answers."""
    me = processes.self_()
    for pid in [processes.spawn(lambda: processes.send(me, take())) for _ in range(count)]:
        processes.send(pid, 1)
    for _ in range(count):
        take()


def delay_beside_a_busy_process() -> Sample:
    """Give how long a message takes that a process sends while another one computes, in ms."""
    found = []

    def spin() -> None:
        while True:
            pass

    def form() -> None:
        me = processes.self_()
        pid = processes.spawn(spin)
        for _ in range(20):
            start = time.perf_counter()
            processes.spawn(lambda: processes.send(me, 1))
            take()
            found.append((time.perf_counter() - start) * 1000)
        processes.exit_signal(pid, processes.Atom("kill"))

    processes.restart()
    processes.run_shell(form)
    return sample_of(found)


async def asyncio_ring(size: int = RING, rounds: int = ROUNDS) -> None:
    """Send a message round a ring of tasks."""
    queues: list[asyncio.Queue[int]] = [asyncio.Queue() for _ in range(size)]

    async def member(index: int) -> None:
        while True:
            await queues[(index + 1) % size].put(await queues[index].get())

    tasks = [asyncio.create_task(member(index)) for index in range(1, size)]
    for _ in range(rounds):
        await queues[1].put(1)
        await queues[0].get()
    for task in tasks:
        task.cancel()


async def asyncio_tasks(count: int = SPAWNED) -> None:
    """Start tasks that end at once."""

    async def nothing() -> None:
        return None

    for _ in range(count):
        await asyncio.create_task(nothing())


def peer_ms(code: Callable[[], Any]) -> float:
    """Give the median time of some runs under asyncio, in ms."""
    times = []
    for _ in range(RUNS):
        start = CPU()
        asyncio.run(code())
        times.append((CPU() - start) * 1000)
    return sample_of(times).median


def memory_kb() -> float:
    """Give the memory of one of many processes, in an operating system's process that has done nothing else."""
    done = subprocess.run([sys.executable, "-c", _MEMORY], cwd=ROOT, capture_output=True, text=True, check=True)
    return float(done.stdout) / 10_000


def ratio(value: float) -> Sample:
    """Give a number of which there is one."""
    return Sample(value, value, value)


def figures(is_full: bool) -> list[Figure]:
    """Measure everything."""
    spawned, members = timed(spawn_and_end).times(1000 / SPAWNED), timed(ring)
    small, big = timed(lambda: through_one_mailbox(100_000)), timed(lambda: through_one_mailbox(1_000_000))
    # not fewer: the clock of processor time may tick every 4 ms while processes take turns
    few, lots = timed(lambda: selective(100_000)), timed(lambda: selective(1_000_000))
    return [
        Figure(
            "a process started and ended", spawned, "us", 30, peers={ASYNCIO: peer_ms(asyncio_tasks) * 1000 / SPAWNED}
        ),
        Figure(
            f"a ring of {RING} processes, {RING * ROUNDS:,} messages",
            members,
            "ms",
            25,
            peers={ASYNCIO: peer_ms(asyncio_ring)},
        ),
        Figure("a message to a process and one back", timed(ping_pong).times(0.1), "us"),
        Figure("1,000,000 messages through one mailbox", big),
        Figure("the same, times that of 100,000", ratio(big.median / small.median), "", 15, "about 10"),
        Figure(
            "the last of 1,000,000 messages, times that of 100,000", ratio(lots.median / few.median), "", 12, "about 10"
        ),
        Figure("10,000 processes, started and answering", timed(many)),
        Figure("memory of one of them", ratio(memory_kb()), "kB"),
        Figure("a message beside a process that computes", delay_beside_a_busy_process()),
    ]
