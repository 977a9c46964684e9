"""What sessions cost: `python -m tests.benchmarks.sessions [--small]`, in a home of its own, as text or `--json`.

Each figure is a median over real processes and a real disk, beside the specification's target, ours, and what the first
xrepl needs for the same.  `--small` makes ten times fewer sessions where there are many.
"""

import json
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.benchmarks.harness import KERNEL, Figure, Sample
from tests.benchmarks.peers import kernel_figures
from tests.benchmarks.place import durable_put
from tests.helpers.crash import end_all
from tests.helpers.wire import Reply, Wire
from xrepl.store import sessions as stored
from xrepl.store.records import Record
from xrepl.store.store import Store

ROOT = Path(__file__).parent.parent.parent
HOUR_S = 3600
# name: the specification's target, ours, and what the first xrepl needs (each in ms, but where it says another unit)
TARGETS = {
    "durable put of 1 KB": ("", "", ""),
    "create, with an evaluator ready": ("< 10", "< 2 + a put", "0.07 (same process)"),
    "create and evaluate a first form": ("", "", ""),
    "switch, live": ("< 5", "< 0.5", "0.003-0.12"),
    "switch typed at the prompt": ("", "", "0.13-0.20"),
    "switch, passivated": ("< 5", "< 5", ""),
    "lookup by name in the store": ("< 1", "< 0.05", "0.003-0.12"),
    "lookup asked by a client": ("< 1", "", ""),
    "lookup from a session's code": ("< 1", "", ""),
    "list 100 in the store": ("< 50", "< 1", "0.23"),
    "list 100 asked by a client, sent": ("< 50", "", ""),
    "list 100 from a session's code": ("< 50", "", ""),
    "list 1000 asked by a client, sent": ("", "", "3.5-4.0"),
    "clean up 1000 expired of 100,000": ("< 100", "< 30", "3.2-11 (stops nothing)"),
    "evaluate in one of 1000 live, median": ("", "0.55 + a put + 1", ""),
    "evaluate in one of 1000 live, 99 of 100": ("", "", ""),
    "memory per live idle session, MB": ("", "<= 3", "0.04"),
}
Figures = dict[str, float]


class Bench:
    """A server in a home of its own, and a connection to it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.env = {**os.environ, "XREPL_HOME": str(home)}
        self.figures: Figures = {}

    def start(self) -> Wire:
        subprocess.run([ROOT / "bin" / "xrepl", "server", "start"], env=self.env, check=True, capture_output=True)
        return Wire(self.home)

    def stop(self) -> None:
        subprocess.run([ROOT / "bin" / "xrepl", "server", "stop"], env=self.env, check=True, capture_output=True)

    def store(self) -> Store:
        """Open the store while no server runs."""
        return Store(str(self.home))


def times(job: Callable[[int], object], count: int) -> list[float]:
    """Do a job so often, and give how long each took, in ms."""
    found = []
    for number in range(count):
        start = time.perf_counter()
        job(number)
        found.append((time.perf_counter() - start) * 1000)
    return found


def median(job: Callable[[int], object], count: int) -> float:
    """Give the median of how long a job takes, in ms."""
    return statistics.median(times(job, count))


def timed_inside(wire: Wire, form: str, count: int) -> float:
    """Give how long a form takes in a session, in ms, measured there."""
    loop = f"(lambda () (lists:foreach (lambda (_) {form}) (lists:seq 1 {count})))"
    return float(wire.evaluate(f"(/ (element 1 (timer:tc {loop})) {count * 1000})")["value"])


def make_records(store: Store, count: int, last_active: int) -> None:
    """Store so many sessions that were last used at a time."""

    def make(transaction: Any) -> None:
        for _ in range(min(count, 5000)):
            record = Record(id=os.urandom(16).hex(), created_at=last_active, last_active=last_active, cwd="/")
            stored.create(transaction, record)

    for _ in range(-(-count // 5000)):
        store.run(make)


def attach(wire: Wire, name: str) -> Reply:
    """Go to a session as a terminal does."""
    return wire.ask("xrepl/attach", {"xrepl/name": name})


# --- the measurements


def measure_put(bench: Bench) -> None:
    """How long one durable write takes on this disk."""
    with bench.store() as store:
        make_records(store, 1, int(time.time()))
        identifier = store_ids(store)[0]
        record = Record(id=identifier, cwd="/", metadata={"x": "x" * 1000})
        bench.figures["durable put of 1 KB"] = median(
            lambda number: store.run(lambda transaction: stored.replace(transaction, record)), 100
        )


def measure_store(bench: Bench) -> None:
    """Finding one of 100 sessions, and reading all of them, without a server."""
    now_s = int(time.time())
    with bench.store() as store:
        for number in range(100):
            record = Record(id=os.urandom(16).hex(), name=f"s{number}", last_active=now_s, environment=dict(os.environ))
            store.run(lambda transaction, record=record: stored.create(transaction, record))  # type: ignore[misc]

        def look_up(number: int) -> None:
            with store.read() as transaction:
                stored.find(transaction, f"s{number % 100}")

        def list_all(number: int) -> None:
            with store.read() as transaction:
                stored.all(transaction)

        bench.figures["lookup by name in the store"] = median(look_up, 500)
        bench.figures["list 100 in the store"] = median(list_all, 100)


def received(wire: Wire, op: str) -> bytes:
    """Ask, and give the bytes of the answer, without taking it apart."""
    wire.send(op)
    data = b""
    while not data.endswith(b"6:statusl4:doneee"):
        data += wire.sock.recv(1 << 20)
    return data


def store_ids(store: Store) -> list[str]:
    """Give the ids of stored sessions."""
    with store.read() as transaction:
        return [record.id for record in stored.page(transaction, None, 10)]


def measure_creation(bench: Bench, wire: Wire) -> None:
    """Sessions that are made one after the other, with time between them for the next spare."""

    def create(number: int) -> None:
        attach_new(wire, f"c{number}")

    waits, puts = [], []
    put = durable_put(bench.home / "put-1")
    for number in range(30):
        wire.evaluate("(timer:sleep 20)")  # what a user does between two: the zygote forks the next spare
        waits += times(lambda _, number=number: create(number), 1)  # type: ignore[misc]
        puts += times(lambda _: put(), 1)
    bench.figures["durable put, beside creating"] = statistics.median(puts)
    bench.figures["create, with an evaluator ready"] = statistics.median(waits)
    bench.figures["create and evaluate a first form"] = median(
        lambda number: wire.evaluate("(+ 1 2)", f"first{number}"), 20
    )


def attach_new(wire: Wire, name: str) -> None:
    """Make a session and wait until its evaluator is ready."""
    wire.ask("xrepl/attach", {"xrepl/name": name, "create": 1})


def measure_switching(bench: Bench, wire: Wire) -> None:
    """Between two sessions that are live, and to one whose evaluator was ended."""
    for name in ("a", "b"):
        wire.evaluate("(set x 1)", name)
    bench.figures["switch, live"] = median(lambda number: attach(wire, "ab"[number % 2]), 200)
    typed = {0: '(switch-session "a")', 1: '(switch-session "b")'}
    bench.figures["switch typed at the prompt"] = median(
        lambda number: wire.evaluate(typed[(number + 1) % 2], "ab"[number % 2]), 100
    )
    passive = []
    for _ in range(20):
        attach(wire, "a")
        wire.evaluate('(xrepl-session:stop "b")', "a")
        wire.evaluate("(timer:sleep 20)", "a")
        passive += times(lambda _: attach(wire, "b"), 1)
    bench.figures["switch, passivated"] = statistics.median(passive)


def measure_looking(bench: Bench, wire: Wire) -> None:
    """Looking one up, listing 100."""
    have = len(wire.ask("xrepl/list")["sessions"])
    for number in range(max(0, 100 - have)):
        wire.ask("xrepl/new", {"xrepl/name": f"l{number}"})
    attach(wire, "a")
    bench.figures["lookup asked by a client"] = median(lambda _: wire.ask("xrepl/info", {"xrepl/name": "l1"}), 300)
    bench.figures["list 100 asked by a client, sent"] = median(lambda _: received(wire, "xrepl/list"), 100)
    bench.figures["lookup from a session's code"] = timed_inside(wire, '(xrepl-store:get-session "l1")', 200)
    bench.figures["list 100 from a session's code"] = timed_inside(wire, "(xrepl-session-manager:list-detailed)", 20)


def measure_cleanup(bench: Bench, expired: int, others: int) -> None:
    """Expired sessions among many that are not."""
    now_s = int(time.time())
    found = []
    with bench.store() as store:
        make_records(store, others, now_s)
    for _ in range(3):
        with bench.store() as store:
            make_records_exactly(store, expired, now_s - 2 * HOUR_S)
        with bench.start() as wire:
            wire.evaluate("'ok")
            start = time.perf_counter()
            count = wire.evaluate("(xrepl-store:cleanup-expired-sessions)")["value"]
            found.append((time.perf_counter() - start) * 1000)
            assert count == str(expired), count
        bench.stop()
    bench.figures["clean up 1000 expired of 100,000"] = statistics.median(found)


def make_records_exactly(store: Store, count: int, last_active: int) -> None:
    """Store exactly so many sessions."""

    def make(transaction: Any) -> None:
        for _ in range(count):
            record = Record(id=os.urandom(16).hex(), created_at=last_active, last_active=last_active, cwd="/")
            stored.create(transaction, record)

    store.run(make)


def measure_many_live(bench: Bench, wire: Wire, count: int) -> None:
    """So many live sessions, evaluated in at random, and the memory that each of them takes."""
    for number in range(count):
        wire.evaluate(f"(set x {number})", f"m{number}")
    bench.figures["list 1000 asked by a client, sent"] = median(lambda _: received(wire, "xrepl/list"), 20)
    evaluators = list(wire.ask("xrepl/server-status")["evaluators"].values())
    sample = random.sample(evaluators, min(50, len(evaluators)))
    bench.figures["memory per live idle session, MB"] = statistics.median(map(memory_mb, sample))
    chosen = random.choices(range(count), k=1000)
    put = durable_put(bench.home / "put-2")
    taken, puts = [], []
    for number in chosen:
        taken += times(lambda _, number=number: wire.evaluate("(+ x 1)", f"m{number}"), 1)  # type: ignore[misc]
        puts += times(lambda _: put(), 1)
    bench.figures["durable put, beside those"] = statistics.median(puts)
    bench.figures["evaluate in one of 1000 live, median"] = statistics.median(taken)
    bench.figures["evaluate in one of 1000 live, 99 of 100"] = statistics.quantiles(taken, n=100)[98]


def memory_mb(pid: int) -> float:
    """Give the memory of a process that no other shares, and its part of what is shared, in MB."""
    rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    found = re.search(r"^Pss: +(\d+)", rollup, re.MULTILINE)
    return int(found[1]) / 1024 if found else 0.0


def run(is_small: bool) -> Figures:
    """Measure everything."""
    home = Path(tempfile.mkdtemp(prefix="xrepl-bench-"))
    bench = Bench(home)
    try:
        measure_put(bench)
        measure_store(bench)
        shutil.rmtree(home)
        home.mkdir(mode=0o700)
        with bench.start() as wire:
            measure_creation(bench, wire)
            measure_switching(bench, wire)
            measure_looking(bench, wire)
            measure_many_live(bench, wire, 100 if is_small else 1000)
        bench.stop()
        shutil.rmtree(home)
        home.mkdir(mode=0o700)
        measure_cleanup(bench, 1000, 10_000 if is_small else 100_000)
    finally:
        end_all(home)
        shutil.rmtree(home, ignore_errors=True)
    return bench.figures


def table(figures: Figures) -> str:
    """Give the figures as a table in Markdown."""
    rows = ["| what, in ms | measured | specification | ours | first xrepl |", "|---|---|---|---|---|"]
    rows += [
        f"| {name} | {figures[name]:.3g} | {' | '.join(targets)} |"
        for name, targets in TARGETS.items()
        if name in figures
    ]
    return "\n".join(rows)


# name: what to reach at most, in ms, and which durable put comes on top; memory in MB
LIMITS = {
    "create, with an evaluator ready": (2, "durable put, beside creating"),
    "switch, live": (0.5, ""),
    "switch, passivated": (5, ""),
    "lookup by name in the store": (0.05, ""),
    "list 100 in the store": (1, ""),
    "clean up 1000 expired of 100,000": (30, ""),
    "evaluate in one of 1000 live, median": (1.55, "durable put, beside those"),
    "memory per live idle session, MB": (3, ""),
}
PEERS = {"create and evaluate a first form": "create", "memory per live idle session, MB": "memory"}
SMALLER = {"of 100,000": "of 10,000", "of 1000 live": "of 100 live", "list 1000": "list 200"}


def quotation(name: str, unit: str) -> str:
    """Give what the specification asks for, and what the first xrepl needs."""
    asked, _, first = TARGETS.get(name, ("", "", ""))
    parts = [f"specification {asked} {unit}"] if asked else []
    number, _, remark = first.partition(" ")
    parts += [f"first xrepl {number} {unit} {remark}".rstrip()] if first else []
    return ", ".join(parts)


def figures(is_full: bool) -> list[Figure]:
    """Measure everything, as rows of the table."""
    found = run(not is_full)
    theirs = kernel_figures()
    rows = []
    for name, value in found.items():
        what, unit = name, "MB" if name.endswith("MB") else "ms"
        for large, small in ({} if is_full else SMALLER).items():
            what = what.replace(large, small)
        limit, put = LIMITS.get(name, (None, ""))
        target = f"<= {limit} ms + a durable put" if put else ""
        peers = {KERNEL: theirs[PEERS[name]]} if name in PEERS and theirs else {}
        whole = limit + found[put] if put and limit is not None else limit
        quoted = quotation(name, unit)
        rows.append(Figure(what, Sample(value, value, value), unit, whole, target, peers, quoted=quoted))
    return rows


if __name__ == "__main__":
    found = run("--small" in sys.argv)
    print(json.dumps(found) if "--json" in sys.argv else table(found))
