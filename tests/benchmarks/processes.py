"""What processes cost: starting, messages, mailboxes, fairness; beside asyncio where it has the like.

Run with `python tests/benchmarks/processes.py`.  Times are medians of five runs.
"""

from __future__ import annotations

import asyncio
import gc
import resource
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from xrepl.dialect import processes

RUNS = 5
RING, ROUNDS = 1000, 10


def median_s(code: Callable[[], Any]) -> float:
    """Give the median time of some runs, in seconds."""
    times = []
    for _ in range(RUNS):
        processes.restart()
        gc.collect()  # the processes of the run before end now, not while the next is timed
        start = time.perf_counter()
        processes.run_shell(code)
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def any_message(message: Any) -> tuple[Any]:
    """Take every message."""
    return (message,)


def take() -> Any:
    """Receive the first message."""
    return processes.receive(any_message)[0]


def spawn_and_end(count: int = 2000) -> None:
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


def delay_beside_a_busy_process() -> float:
    """Give how long a message takes that a process sends while another one computes, in seconds."""
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
            found.append(time.perf_counter() - start)
        processes.exit_signal(pid, processes.Atom("kill"))

    processes.restart()
    processes.run_shell(form)
    return statistics.median(found)


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


async def asyncio_tasks(count: int = 2000) -> None:
    """Start tasks that end at once."""

    async def nothing() -> None:
        return None

    for _ in range(count):
        await asyncio.create_task(nothing())


def peer_s(code: Callable[[], Any]) -> float:
    """Give the median time of some runs under asyncio, in seconds."""
    times = []
    for _ in range(RUNS):
        start = time.perf_counter()
        asyncio.run(code())
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def row(what: str, value: str, reach: str, peer: str = "") -> None:
    """Print a line of the table."""
    print(f"{what:<52} {value:>12}  {reach:<12} {peer}")


def main() -> None:
    """Measure and print everything."""
    gc.collect()
    gc.freeze()  # as the zygote does for evaluators
    row("what", "measured", "reach", "asyncio")
    row(
        "spawn and end",
        f"{median_s(spawn_and_end) / 2000 * 1e6:.1f} us",
        "<= 30 us",
        f"{peer_s(asyncio_tasks) / 2000 * 1e6:.1f} us",
    )
    row(
        f"ring of {RING}, {RING * ROUNDS} messages, with starting it",
        f"{median_s(ring) * 1e3:.1f} ms",
        "<= 25 ms",
        f"{peer_s(asyncio_ring) * 1e3:.1f} ms",
    )
    row("round trip of two processes", f"{median_s(ping_pong) / 10_000 * 1e6:.2f} us", "")
    small, big = median_s(lambda: through_one_mailbox(100_000)), median_s(lambda: through_one_mailbox(1_000_000))
    row("1e6 messages through one mailbox", f"{big * 1e3:.0f} ms", "")
    row("  the same, times that of 1e5", f"{big / small:.1f}", "about 10")
    small, big = median_s(lambda: selective(10_000)), median_s(lambda: selective(100_000))
    row("the last of 1e5 messages, times that of 1e4", f"{big / small:.1f}", "about 10")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    row("10,000 processes, started and answering", f"{median_s(many) * 1e3:.0f} ms", "")
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    row("  memory for each", f"{(after - before) / 10:.1f} kB", "")
    row("a message beside a process that computes", f"{delay_beside_a_busy_process() * 1e3:.1f} ms", "")


if __name__ == "__main__":
    main()
