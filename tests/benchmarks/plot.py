"""Draws how costs grow, as SVG with logarithmic axes.  Pure: gives text."""

from __future__ import annotations

import math
from html import escape

from tests.benchmarks.harness import Series

WIDTH, HEIGHT = 600, 300
LEFT, RIGHT, TOP, BOTTOM = 60, 220, 30, 45
COLOURS = ("#0b6e99", "#d9730d", "#0f7b6c", "#ad1a72")
_HEAD = (
    f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
    'font-family="sans-serif" font-size="11">\n<rect width="100%" height="100%" fill="white"/>'
)


class _Axis:
    """Powers of ten from the smallest value to the largest, laid on pixels."""

    def __init__(self, values: list[float], start: float, end: float) -> None:
        self._low = math.floor(math.log10(min(values)))
        self._high = max(math.ceil(math.log10(max(values))), self._low + 1)
        self._start, self._end = start, end

    def at(self, value: float) -> float:
        """Give the pixel of a value."""
        part = (math.log10(value) - self._low) / (self._high - self._low)
        return self._start + part * (self._end - self._start)

    def ticks(self) -> list[tuple[float, str]]:
        """Give the powers of ten, with their pixels."""
        return [(self.at(10.0**power), f"{10.0**power:,.10g}") for power in range(self._low, self._high + 1)]


def svg(series: Series) -> str:
    """Give a plot of a series."""
    points = [point for line in series.lines.values() for point in line]
    across = _Axis([x for x, _ in points], LEFT, WIDTH - RIGHT)
    up = _Axis([y for _, y in points], HEIGHT - BOTTOM, TOP)
    parts = [_HEAD, _text((LEFT + WIDTH - RIGHT) / 2, 16, series.title, "middle")]
    parts += _grid(across, up, series)
    for number, (name, line) in enumerate(series.lines.items()):
        parts += _line(name, [(across.at(x), up.at(y)) for x, y in line], number)
    return "\n".join([*parts, "</svg>\n"])


def _grid(across: _Axis, up: _Axis, series: Series) -> list[str]:
    parts = []
    for x, text in across.ticks():
        parts.append(f'<path d="M{x:.1f} {TOP}V{HEIGHT - BOTTOM}" stroke="#ddd"/>')
        parts.append(_text(x, HEIGHT - BOTTOM + 15, text, "middle"))
    for y, text in up.ticks():
        parts.append(f'<path d="M{LEFT} {y:.1f}H{WIDTH - RIGHT}" stroke="#ddd"/>')
        parts.append(_text(LEFT - 6, y + 4, text, "end"))
    parts.append(_text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, series.across, "middle"))
    parts.append(_text(8, TOP - 12, series.up, "start"))
    return parts


def _line(name: str, points: list[tuple[float, float]], number: int) -> list[str]:
    colour = COLOURS[number % len(COLOURS)]
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    y = TOP + 14 + 18 * number
    return [
        f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
        *(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points),
        f'<path d="M{WIDTH - RIGHT + 10} {y - 4}h14" stroke="{colour}" stroke-width="2"/>',
        _text(WIDTH - RIGHT + 28, y, name, "start"),
    ]


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{escape(text)}</text>'
