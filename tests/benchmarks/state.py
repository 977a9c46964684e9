"""Prints what keeping a session's state costs, in process, as medians and ratios: `python tests/benchmarks/state.py`.

Without the server: no frame, no disk.  numpy's figures are left out where it is not installed.
"""

from __future__ import annotations

import gc
import importlib.util
import itertools
import statistics
import time
from collections.abc import Callable
from typing import Any

from xrepl.dialect.interpreter import Interpreter
from xrepl.evaluator.delta import Delta
from xrepl.evaluator.state import StateKeeper

_numbers = itertools.count()
SMALL = "(+ 1 1)"


class Session:
    """A session that tells its state to a dictionary."""

    def __init__(self) -> None:
        self.interpreter = Interpreter(f"benchmark_{next(_numbers)}")
        self.keeper = StateKeeper(self.interpreter)
        self.keeper.restore({})
        self.store: dict[str, bytes] = {}

    def run(self, text: str) -> Delta:
        """Evaluate forms and tell the last one's changes."""
        delta = Delta()
        for form in self.interpreter.read(text):
            self.interpreter.evaluate(form)
            delta = self.tell(self.keeper.delta())
        return delta

    def tell(self, delta: Delta) -> Delta:
        """Write a delta."""
        for id_ in delta.gone:
            self.store.pop(id_, None)
        self.store.update({id_: blob for id_, (_, blob) in delta.set.items()})
        return delta

    def bind(self, count: int) -> None:
        """Make bindings of several kinds: a quarter each functions, maps, lists, text."""
        for index in range(count):
            kind = index % 4
            if kind == 0:
                self.run(f"(defun f{index} (a) (if (> a {index}) (* a 2) (f{max(0, index - 4)} (+ a 1))))")
            else:
                values: list[Any] = [{"a": 1, "b": [1, 2, 3]}, [index, "x"], "some text here"]
                self.interpreter.namespace[f"v{index}"] = values[kind - 1]
        self.tell(self.keeper.delta_all())


def median_us(function: Callable[[], object], times: int) -> float:
    """Give the median time of a call in microseconds."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        function()
        found.append((time.perf_counter() - start) * 1e6)
    return statistics.median(found)


def form_us(session: Session, text: str, times: int = 300) -> tuple[float, float]:
    """Give the median times of evaluating a form and of telling what it changed."""
    form = next(session.interpreter.read(text))
    evaluations, deltas = [], []
    for _ in range(times):
        start = time.perf_counter()
        session.interpreter.evaluate(form)
        middle = time.perf_counter()
        session.keeper.delta()
        deltas.append((time.perf_counter() - middle) * 1e6)
        evaluations.append((middle - start) * 1e6)
    return statistics.median(evaluations), statistics.median(deltas)


def line(what: str, figure: str) -> None:
    """Print one row."""
    print(f"{what:<68} {figure}")


def forms() -> None:
    """What a form costs that touches nothing, in sessions of several sizes."""
    empty = Session()
    empty.run(SMALL)
    alone, base = form_us(empty, SMALL)
    line(f"{SMALL}: evaluate, in an empty session", f"{alone:7.0f} us")
    line(f"{SMALL}: delta, in an empty session", f"{base:7.0f} us")
    for count in (100, 1000, 10_000):
        session = Session()
        session.bind(count)
        evaluate, delta = form_us(session, SMALL)
        ratio = (evaluate + delta) / (alone + base)
        line(f"{SMALL}: delta, beside {count:,} bindings", f"{delta:7.0f} us; with evaluation {ratio:.2f}x")
        counter = itertools.count()

        def change(session: Session = session, counter: Any = counter) -> None:
            session.run(f"(set v1 {next(counter)})")

        line(f"set of one among {count:,}, evaluated and told", f"{median_us(change, 50):7.0f} us")
        everything = median_us(session.keeper.delta_all, 5) / 1000
        line(f"look at everything, {count:,} bindings", f"{everything:7.1f} ms")
        session.tell(session.keeper.delta_all())
        restore(session.store, count)


def restore(store: dict[str, bytes], count: int) -> None:
    """What a restore costs."""

    def once() -> None:
        StateKeeper(Interpreter(f"benchmark_{next(_numbers)}")).restore(store)

    empty = median_us(lambda: StateKeeper(Interpreter(f"benchmark_{next(_numbers)}")).restore({}), 5)
    line(f"restore of {count:,} bindings", f"{(median_us(once, 5) - empty) / 1000:7.1f} ms")


def big() -> None:
    """What big values cost: a form that does not mention them, one that looks, one that changes."""
    empty = Session()
    empty.run(SMALL)
    base = sum(form_us(empty, SMALL))
    session = Session()
    session.run("(setv big (list (map float (range 3200000))))")  # 100 MB: 8 a pointer, 24 a float
    if importlib.util.find_spec("numpy"):
        session.run("(import numpy) (setv array (numpy.zeros 1250000))")
    line(f"{SMALL}, beside a list of 100 MB and an array of 10 MB", f"{sum(form_us(session, SMALL)) / base:7.2f}x")
    line("a form that looks at the list", f"{median_us(lambda: session.run('(len big)'), 3) / 1e5:7.2f} ms per MB")
    line("a form that changes it", f"{median_us(lambda: session.run('(big.append 1.0)'), 3) / 1e5:7.2f} ms per MB")
    if importlib.util.find_spec("numpy"):
        line(
            "a form that looks at the array", f"{median_us(lambda: session.run('(len array)'), 5) / 1e4:7.2f} ms per MB"
        )
        change = "(+= array 1)"
        line("a form that changes it", f"{median_us(lambda: session.run(change), 3) / 1e4:7.2f} ms per MB")
    session = Session()
    session.run("(set long (lists:seq 1 1000000))")
    line(f"{SMALL}, beside a list of 1,000,000 cells", f"{sum(form_us(session, SMALL)) / base:7.2f}x")
    line(
        "a form that looks at it (data of the language does not change)",
        f"{sum(form_us(session, '(car long)')):7.0f} us",
    )


if __name__ == "__main__":
    gc.collect()
    forms()
    big()
