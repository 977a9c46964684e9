"""What the whole chain costs: commands, round trips, small changes beside large ones, kills, undo; on a real disk."""

from __future__ import annotations

import itertools
import subprocess
import sys

from tests.benchmarks.harness import (
    HY,
    KERNEL,
    LFE,
    PYTHON,
    Figure,
    Job,
    Sample,
    beside,
    compare,
    sample,
    sample_of,
    time_ms,
)
from tests.benchmarks.peers import kernel_figures, lfe_command
from tests.benchmarks.place import Place, bind, durable_put, evaluate, kill_to_answer
from tests.helpers.wire import Wire

ROUND_TRIP_MS = 0.55  # what a form may take beside the durable put
_numbers = itertools.count()


def kernel_peer(name: str) -> dict[str, float]:
    """Give an ipykernel's figure, where there is one."""
    found = kernel_figures()
    return {KERNEL: found[name]} if name in found else {}


def command(*arguments: str, env: dict[str, str] | None = None) -> Job:
    """Give a function that runs a program."""
    return lambda: subprocess.run(arguments, env=env, check=True, capture_output=True, timeout=60)


def commands(place: Place) -> list[Figure]:
    """From the shell: warm, and cold."""
    place.xrepl("-e", "(+ 1 2)")
    warm = place_command(place, "-e", "(+ 1 2)")
    python, its_hy = command(sys.executable, "-c", "pass"), command(sys.executable, "-m", "hy", "-c", "(+ 1 2)")
    figure = compare("`xrepl -e '(+ 1 2)'`, server running", {"ours": warm, PYTHON: python}, 25, 2)
    hy_ms = sample(its_hy, 5).median
    ipython = {"IPython": kernel_figures()["command"]} if kernel_figures() else {}
    others = {HY: hy_ms, **ipython, **lfe_command_peer()}
    figure = Figure(figure.what, figure.sample, "ms", 2, "", {**figure.peers, **others}, True)

    def once() -> float:
        place.xrepl("server", "stop")
        return time_ms(warm)

    cold = sample_of(once() for _ in range(7))
    return [
        figure,
        Figure("the same, no server running", cold, "ms", 250, peers=others),
    ]


def lfe_command_peer() -> dict[str, float]:
    """Give how long the LFE shell's program takes for a form, where there is one."""
    line = lfe_command('lfe_shell:run_strings(["(io:format \\"~p\\" (list (+ 1 2)))"]), halt().')
    return {LFE: sample(command(*line), 3).median} if line else {}


def place_command(place: Place, *arguments: str) -> Job:
    """Give a function that runs the program in a home."""
    return lambda: place.xrepl(*arguments)


def round_trips(place: Place, wire: Wire) -> list[Figure]:
    """A form through the raw socket, acknowledged, beside one durable put."""
    jobs = {
        "ours": lambda: evaluate(wire, "(+ 1 2)", "rt"),
        "put": durable_put(place.home / "put"),
        "set": lambda: evaluate(wire, f"(set x {next(_numbers)})", "rt"),
    }
    jobs["ours"]()
    found = beside(jobs, 200)  # type: ignore[arg-type]
    put = found["put"].median
    limit, words = ROUND_TRIP_MS + put, f"<= {ROUND_TRIP_MS} ms + a durable put"
    return [
        Figure("a durable put of 1 KB (LMDB alone)", found["put"]),
        Figure(
            "`(+ 1 2)` to the session and back, on disk", found["ours"], "ms", limit, words, kernel_peer("round trip")
        ),
        Figure("`(set x ...)`, the same", found["set"], "ms", limit, words),
    ]


def beside_large(wire: Wire) -> list[Figure]:
    """One small binding changed among 1,000, beside a list of 100 MB; the same in an empty session."""
    bind(wire, 1000, "large")
    evaluate(wire, "(setv big (list (map float (range 3200000))))", "large")
    jobs = {
        "ours": lambda: evaluate(wire, f"(set small {next(_numbers)})", "large"),
        "an empty session": lambda: evaluate(wire, f"(set small {next(_numbers)})", "empty"),
    }
    jobs["an empty session"]()
    figure = compare("one binding of 1,000 changed, beside a list of 100 MB", jobs, 100, 1.5)  # type: ignore[arg-type]
    wire.ask("xrepl/close", {"xrepl/name": "large"})
    return [figure]


def kills(wire: Wire) -> list[Figure]:
    """An evaluator killed, and the session answering from its state."""
    evaluate(wire, "(set x 42)", "kill")
    bind(wire, 100, "kill100")
    bind(wire, 10_000, "kill10000")
    peer = kernel_peer("restart")
    return [
        Figure(
            "killed with SIGKILL, restored and answering",
            kill_to_answer(wire, "kill", "(+ x 1)", 11),
            "ms",
            10,
            peers=peer,
        ),
        Figure("the same, 100 bindings", kill_to_answer(wire, "kill100", "(+ v1 1)", 7), "ms", 10, peers=peer),
        Figure("the same, 10,000 bindings", kill_to_answer(wire, "kill10000", "(+ v1 1)", 5), "ms", 200, peers=peer),
    ]


def history(place: Place, wire: Wire) -> list[Figure]:
    """Undo, a branch, and what a form adds to the store."""
    bind(wire, 100, "past")
    for number in range(30):
        evaluate(wire, f"(set x {number})", "past")
    undo = sample(lambda: evaluate(wire, "(undo)", "past"), 20)
    branch = sample(lambda: evaluate(wire, f'(branch-session "b{next(_numbers)}")', "past"), 20)
    size = lambda: sum(path.stat().st_blocks * 512 for path in place.home.rglob("*.mdb"))  # noqa: E731
    before, forms = size(), 1000
    for number in range(forms):
        evaluate(wire, f"(set x {number})", "past")
    growth = (size() - before) / forms
    return [
        Figure("`(undo)`, 100 bindings", undo, "ms", 10),
        Figure("`(branch-session name)`, 100 bindings", branch, "ms", 10),
        Figure("the store's growth by a form", Sample(growth, growth, growth), "bytes", 1024, "<= 1 KB + what changed"),
    ]


def figures(is_full: bool) -> list[Figure]:
    """Measure everything."""
    with Place() as place:
        found = commands(place)
        with place.wire() as wire:
            found += round_trips(place, wire) + kills(wire) + history(place, wire) + beside_large(wire)
    return found
