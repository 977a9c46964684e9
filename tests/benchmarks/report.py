"""Writes docs/performance.md and its plots from the figures.  Measures nothing."""

from __future__ import annotations

import os
import platform
from pathlib import Path

from tests.benchmarks.harness import Figure, Series
from tests.benchmarks.plot import svg
from tests.benchmarks.reasons import reason

_HEAD = """\
# Performance

*Written by `bin/bench`; do not edit.* `bin/bench` takes a few minutes, `bin/bench --full` goes to 1000 live and 100,000
stored sessions and to 100 MB of state. Each figure is a median, with the quartiles in brackets; a peer's is measured in
the same run, in turn with ours where that is possible. What only computes (the language, the library, processes,
keeping the state) is measured in processor time, all else as a user waits. Compare ratios, not absolutes.

Measured on {cpus} CPUs with Python {python}, load {load} at the start and {load_end} at the end: {mode}.
{verdict}

"""
_TABLE = "| what | target | measured | peers (ours / theirs) | reached |\n|---|---|---|---|---|\n"
_MISSED = "\n## What is missed, and why\n\n"
_PLOTS = "\n## How costs grow\n\n"


def number(value: float) -> str:
    """Give a number with three digits that count."""
    if value >= 1000:
        return f"{value:,.0f}"
    return f"{value:.{2 if value < 10 else 1 if value < 100 else 0}f}" if value >= 0.1 else f"{value:.3g}"


def target(figure: Figure) -> str:
    """Give in words what is to be reached."""
    if figure.target or figure.limit is None:
        return figure.target
    return (
        f"<= {figure.limit:g}x {next(iter(figure.peers))}" if figure.is_ratio else f"<= {figure.limit:g} {figure.unit}"
    )


def verdict(figure: Figure) -> str:
    """Say whether a target is reached, or by how much not."""
    excess = figure.excess()
    if excess is None:
        return ""
    return "yes" if excess <= 1 else f"no: {excess:.2f} times the target"


def is_missed(figure: Figure) -> bool:
    """Say whether there is a target, and it is not reached."""
    return (figure.excess() or 0) > 1


def row(figure: Figure) -> str:
    """Give a line of the table."""
    measured = figure.sample
    spread = f" ({number(measured.low)}-{number(measured.high)})" if measured.low != measured.high else ""
    peers = [f"{name} {number(theirs)} ({number(measured.median / theirs)}x)" for name, theirs in figure.peers.items()]
    cells = (
        figure.what,
        target(figure),
        f"{number(measured.median)}{spread} {figure.unit}".strip(),
        ", ".join([*peers, *([figure.quoted] if figure.quoted else [])]),
        verdict(figure),
    )
    return f"| {' | '.join(cells)} |\n"


def page(areas: dict[str, list[Figure]], plots: dict[str, Series], notes: list[str], mode: str, load: float) -> str:
    """Give the text of the page."""
    judged = [figure for figures in areas.values() for figure in figures if figure.excess() is not None]
    missed = sum(map(is_missed, judged))
    text = _HEAD.format(
        cpus=os.cpu_count(),
        python=platform.python_version(),
        load=f"{load:.1f}",
        load_end=f"{os.getloadavg()[0]:.1f}",
        mode=mode,
        verdict=f"{len(judged) - missed} of {len(judged)} targets are reached in this run.",
    )
    for area, figures in areas.items():
        text += f"## {area}\n\n{_TABLE}{''.join(map(row, figures))}\n"
    text = text.rstrip("\n") + "\n"
    if missed:
        text += _MISSED + "".join(
            f"- {one.what}: {verdict(one)}. {reason(one.what)}\n" for one in judged if is_missed(one)
        )
    if plots:
        text += _PLOTS + "".join(f"![{one.title}](performance-{name}.svg)\n" for name, one in plots.items())
    if notes:
        text += "\n## Left out\n\n" + "".join(f"- {one}\n" for one in notes)
    return text


def write(folder: Path, text: str, plots: dict[str, Series]) -> None:
    """Write the page and its plots."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "performance.md").write_text(text)
    for name, series in plots.items():
        (folder / f"performance-{name}.svg").write_text(svg(series))
