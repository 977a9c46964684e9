"""What keeping a session's state costs, in process, without the server: no frame, no disk.  Run by `bin/bench`.

numpy's figures are left out where it is not installed.
"""

from __future__ import annotations

import importlib.util
import itertools
from typing import Any

from tests.benchmarks.harness import CPU, Figure, Sample, sample, sample_of, time_ms
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


def form_us(session: Session, text: str, times: int = 300) -> tuple[Sample, Sample]:
    """Give how long evaluating a form takes, and telling what it changed."""
    form = next(session.interpreter.read(text))
    evaluations, deltas = [], []
    for _ in range(times):
        evaluations.append(time_ms(lambda: session.interpreter.evaluate(form), CPU) * 1000)
        deltas.append(time_ms(session.keeper.delta, CPU) * 1000)
    return sample_of(evaluations), sample_of(deltas)


def both_us(session: Session, text: str, times: int = 300) -> Sample:
    """Give how long evaluating a form and telling what it changed take together."""
    evaluated, told = form_us(session, text, times)
    return Sample(evaluated.median + told.median, evaluated.low + told.low, evaluated.high + told.high)


def forms(counts: tuple[int, ...]) -> list[Figure]:
    """What a form costs that touches nothing, in sessions of several sizes."""
    empty = Session()
    empty.run(SMALL)
    evaluated, told = form_us(empty, SMALL)
    found = [
        Figure(f"`{SMALL}` evaluated, in an empty session", evaluated, "us"),
        Figure("what it changed, told", told, "us"),
    ]
    base = evaluated.median + told.median
    for count in counts:
        session = Session()
        session.bind(count)
        peers = {"an empty session": base}
        found.append(
            Figure(f"`{SMALL}` and telling, {count:,} bindings", both_us(session, SMALL), "us", 1.5, "", peers, True)
        )
        counter = itertools.count()

        def change(session: Session = session, counter: Any = counter) -> None:
            session.run(f"(set v1 {next(counter)})")

        found.append(Figure(f"one of {count:,} set, and told", sample(change, 50, CPU).times(1000), "us"))
        found.append(Figure(f"everything looked at, {count:,} bindings", sample(session.keeper.delta_all, 5, CPU)))
        session.tell(session.keeper.delta_all())
        found.append(Figure(f"{count:,} bindings restored", restored(session.store)))
    return found


def restored(store: dict[str, bytes]) -> Sample:
    """Give how long a restore takes, in ms."""
    return sample(lambda: StateKeeper(Interpreter(f"benchmark_{next(_numbers)}")).restore(store), 5, CPU)


def big() -> list[Figure]:
    """What big values cost: a form that does not mention them, one that looks, one that changes."""
    empty = Session()
    empty.run(SMALL)
    peers = {"an empty session": both_us(empty, SMALL).median}
    session = Session()
    session.run("(setv big (list (map float (range 3200000))))")  # 100 MB: 8 a pointer, 24 a float
    found = [
        Figure(f"`{SMALL}`, beside a list of 100 MB", both_us(session, SMALL), "us", 1.5, "", peers, True),
        Figure("a form that reads the list", per_mb(session, "(len big)", 100), "ms per MB"),
        Figure("a form that changes it", per_mb(session, "(big.append 1.0)", 100), "ms per MB"),
    ]
    if importlib.util.find_spec("numpy"):
        session = Session()
        session.run("(import numpy) (setv array (numpy.zeros 1250000))")
        found.append(Figure("a form that reads an array", per_mb(session, "(len array)", 10), "ms per MB"))
        found.append(Figure("a form that changes it", per_mb(session, "(+= array 1)", 10), "ms per MB"))
    session = Session()
    session.run("(set long (lists:seq 1 1000000))")
    what = f"`{SMALL}`, beside a list of 1,000,000 cells"
    found.append(Figure(what, both_us(session, SMALL), "us", 1.5, "", peers, True))
    found.append(Figure("a form that reads them", both_us(session, "(car long)"), "us"))
    return found


def per_mb(session: Session, text: str, size_mb: int) -> Sample:
    """Give what a form costs, a megabyte of the value that it touches."""
    return sample(lambda: session.run(text), 3, CPU).times(1 / size_mb)


def figures(is_full: bool) -> list[Figure]:
    """Measure everything."""
    return forms((100, 1000, 10_000) if is_full else (1000,)) + big()
