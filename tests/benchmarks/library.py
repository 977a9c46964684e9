"""What library functions cost on 100,000 elements, beside the same in plain Python."""

from __future__ import annotations

import random
from functools import reduce

from tests.benchmarks.harness import CPU, PYTHON, Figure, compare
from tests.benchmarks.language import run, session

SIZE = 100_000
LIMIT = 4  # times the time that Python needs


def figures(is_full: bool) -> list[Figure]:
    """Measure everything."""
    numbers = list(range(1, SIZE + 1))
    mixed = random.Random(1).sample(numbers, SIZE)
    table = dict.fromkeys(numbers, 1)
    ours = session()
    ours.namespace.update(mixed=run(ours, "(lambda (x) (lists:map (lambda (y) y) x))")(mixed))
    for form in (f"(set xs (lists:seq 1 {SIZE}))", "(set m (maps:from_list (lists:map (lambda (x) (tuple x 1)) xs)))"):
        run(ours, form)

    def python_fold() -> int:
        total = 0
        for key, value in table.items():
            total = (lambda k, v, acc: k + v + acc)(key, value, total)
        return total

    pairs = {
        "lists:map": ("(lists:map (lambda (x) (+ x 1)) xs)", lambda: [x + 1 for x in numbers]),
        "lists:foldl": (
            "(lists:foldl (lambda (x acc) (+ x acc)) 0 xs)",
            lambda: reduce(lambda acc, x: x + acc, numbers, 0),
        ),
        "lists:sort": ("(lists:sort mixed)", lambda: sorted(mixed)),
        "maps:fold": ("(maps:fold (lambda (k v acc) (+ k v acc)) 0 m)", python_fold),
    }
    return [
        compare(f"`{name}` over {SIZE:,}", {"ours": run(ours, f"(lambda () {form})"), PYTHON: peer}, 7, LIMIT, CPU)
        for name, (form, peer) in pairs.items()
    ]
