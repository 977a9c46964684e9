"""Runs all benchmarks and writes docs/performance.md: `bin/bench [--full] [--only AREA ...] [--output FOLDER]`."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import time
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tests.benchmarks import language, library, peers, processes, report, scale, sessions, state, terminal, whole
from tests.benchmarks.harness import Figure

AREAS: dict[str, tuple[str, Callable[[bool], list[Figure]]]] = {
    "whole": ("The whole chain", whole.figures),
    "terminal": ("The terminal", terminal.figures),
    "sessions": ("Sessions", sessions.figures),
    "language": ("The language", language.figures),
    "library": ("The library", library.figures),
    "processes": ("Processes", processes.figures),
    "state": ("Keeping the state, in process", state.figures),
}
PLOTS = "plots"
FAILED: list[str] = []
Result = TypeVar("Result")
DOCS = Path(__file__).parent.parent.parent / "docs"


def options() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="bin/bench", description="Measure, and write docs/performance.md.")
    parser.add_argument("--full", action="store_true", help="1000 live and 100,000 stored sessions, 100 MB of state")
    parser.add_argument("--only", nargs="+", choices=[*AREAS, PLOTS], help="these areas; needs --output")
    parser.add_argument("--output", type=Path, default=DOCS, help="the folder to write to")
    found = parser.parse_args()
    if found.only and found.output == DOCS:
        parser.error("--only would leave a part of the page: give --output FOLDER")
    return found


def attempt(title: str, measure: Callable[[], Result]) -> Result | None:
    """Measure a part; one that fails is noted on the page, and the others go on."""
    try:
        return measure()
    except Exception as reason:
        traceback.print_exc()
        FAILED.append(title)
        peers.note(f"{title}: not measured, {type(reason).__name__}: {str(reason)[:200]}")
        return None


def main() -> int:
    """Measure and write; give the exit status, 1 if a part could not be measured."""
    chosen = options()
    wanted = chosen.only or [*AREAS, PLOTS]
    load, start = os.getloadavg()[0], time.monotonic()
    areas: dict[str, list[Figure]] = {}
    for name, (title, measure) in AREAS.items():
        if name in wanted:
            print(f"bench: {name}, after {time.monotonic() - start:.0f} s", file=sys.stderr)
            gc.collect()
            gc.freeze()  # as the zygote does for evaluators
            areas[title] = attempt(title, lambda measure=measure: measure(chosen.full)) or []  # type: ignore[misc]
            print("".join(map(report.row, areas[title])), end="", flush=True)
    plots = (attempt("How costs grow", lambda: scale.series(chosen.full)) or {}) if PLOTS in wanted else {}
    mode = "`bin/bench --full`" if chosen.full else "`bin/bench`"
    report.write(chosen.output, report.page(areas, plots, peers.NOTES, mode, load), plots)
    print(f"bench: {chosen.output / 'performance.md'}, after {time.monotonic() - start:.0f} s", file=sys.stderr)
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
