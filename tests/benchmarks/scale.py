"""How costs grow: with live sessions, stored sessions, bindings, and the size of the state."""

from __future__ import annotations

import os
import random
import statistics
import time
from functools import partial
from typing import Any

from tests.benchmarks.harness import Series, sample, time_ms
from tests.benchmarks.place import Place, bind, evaluate, evaluators, kill_to_answer, memory_mb
from xrepl.store import sessions as stored
from xrepl.store.records import Record
from xrepl.store.store import Store


def live(is_full: bool) -> tuple[Series, Series]:
    """Live sessions: a form in one of them, listing them, making the next one."""
    series = Series("Live sessions", "live sessions", "ms")
    memory = Series("Memory of a live session", "live sessions", "MB")
    made = 0
    with Place() as place, place.wire() as wire:
        for count in (1, 10, 100, 1000) if is_full else (1, 10, 100):
            creations = [time_ms(partial(evaluate, wire, "(set x 1)", f"m{number}")) for number in range(made, count)]
            made = count
            chosen = random.choices(range(count), k=200)
            times = [time_ms(partial(evaluate, wire, "(+ x 1)", f"m{number}")) for number in chosen]
            series.add("a form", count, statistics.median(times))
            series.add("a form, 99 of 100", count, statistics.quantiles(times, n=100)[98])
            series.add("made, with a first form", count, statistics.median(creations))
            series.add("listed", count, sample(lambda: wire.ask("xrepl/list"), 9).median)
            pids = random.sample(list(evaluators(wire).values()), min(count, 20))
            memory.add("its part of the memory", count, statistics.median(map(memory_mb, pids)))
    return series, memory


def kept(is_full: bool) -> Series:
    """Stored sessions: finding one by its name, reading a page of 100."""
    series = Series("Stored sessions", "stored sessions", "us")
    with Place() as place, Store(str(place.home)) as store:
        made = 0
        for count in (100, 10_000, 100_000) if is_full else (100, 10_000):
            make(store, made, count)
            made = count

            def find(count: int = count) -> None:
                with store.read() as transaction:
                    stored.find(transaction, f"s{random.randrange(count)}")

            def page() -> None:
                with store.read() as transaction:
                    list(stored.page(transaction, None, 100))

            series.add("found by name", count, sample(find, 300).median * 1000)
            series.add("100 of them read", count, sample(page, 50).median * 1000)
    return series


def make(store: Store, start: int, end: int) -> None:
    """Store sessions that are named by their number."""
    now_s = int(time.time())

    def create(transaction: Any, numbers: range) -> None:
        for number in numbers:
            stored.create(transaction, Record(id=os.urandom(16).hex(), name=f"s{number}", last_active=now_s, cwd="/"))

    for first in range(start, end, 5000):
        numbers = range(first, min(first + 5000, end))
        store.run(lambda transaction, numbers=numbers: create(transaction, numbers))  # type: ignore[misc]


def bindings() -> Series:
    """Bindings: a restore after a kill, a form that changes one of them."""
    series = Series("Bindings", "bindings", "ms")
    with Place() as place, place.wire() as wire:
        for count in (10, 100, 1000, 10_000):
            name = f"b{count}"
            bind(wire, count, name)
            series.add(
                "one changed", count, sample(lambda name=name: evaluate(wire, "(set v1 (+ v1 1))", name), 50).median
            )
            series.add("killed, restored, answering", count, kill_to_answer(wire, name, "(+ v1 1)", 5).median)
    return series


def state(is_full: bool) -> Series:
    """One mutable value of growing size: a form that leaves it alone, reads it, changes it; a restore."""
    series = Series("State of one session", "bytes", "ms")
    sizes = (10**3, 10**4, 10**5, 10**6, 10**7, *([10**8] if is_full else []))
    with Place() as place, place.wire() as wire:
        for size in sizes:
            name = f"s{size}"
            evaluate(wire, f"(import os) (setv big (bytearray (os.urandom {size})))", name)
            count = 20 if size < 10**7 else 3
            for line, form in (
                ("a form that does not mention it", "(+ 1 2)"),
                ("a form that reads it", "(len big)"),
                ("a form that changes it", "(.append big 1)"),
            ):
                series.add(line, size, sample(lambda form=form, name=name: evaluate(wire, form, name), count).median)
            series.add("killed, restored, answering", size, kill_to_answer(wire, name, "(len big)", 3).median)
            wire.ask("xrepl/close", {"xrepl/name": name})
    return series


def series(is_full: bool) -> dict[str, Series]:
    """Measure everything; by the name of the plot's file."""
    sessions, memory = live(is_full)
    return {
        "sessions": sessions,
        "memory": memory,
        "stored": kept(is_full),
        "bindings": bindings(),
        "state": state(is_full),
    }
