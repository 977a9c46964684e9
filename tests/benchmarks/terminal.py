"""What a user at the prompt waits for: the first prompt, a key, completions."""

from __future__ import annotations

from tests.benchmarks.harness import Figure, sample
from tests.benchmarks.place import XREPL, Place, bind
from tests.helpers.display import Display

LINES, NAMES = 200, 10_000


def first_prompt(place: Place) -> None:
    """Start a terminal and wait until it can be typed at."""
    with Display([XREPL, "-s", "prompt"], place.env, place.home) as display:
        display.expect("lfe>")


def press(display: Display, key: str) -> None:
    """Press a key and wait for what it changes on the screen."""
    before = len(display.raw)
    display.type(key)
    display.wait(lambda _: len(display.raw) > before, "the key's effect")


def keys(place: Place) -> Figure:
    """Type into a form of many lines that is not finished."""
    with Display([XREPL, "-s", "keys"], place.env, place.home) as display:
        display.expect("lfe>")
        display.paste("(list\n" + "".join(f"  (+ {number} {number})\n" for number in range(LINES)))
        display.expect(rf"\+ {LINES - 1} {LINES - 1}")
        return Figure(
            f"a key in a form of {LINES} lines, to the screen", sample(lambda: press(display, "x"), 40), "ms", 10
        )


def figures(is_full: bool) -> list[Figure]:
    """Measure everything."""
    with Place() as place, place.wire() as wire:
        bind(wire, NAMES, "names")
        fields = {"xrepl/name": "names"}
        completions = sample(lambda: wire.ask("completions", fields, prefix="v99"), 20)
        assert len(wire.ask("completions", fields, prefix="v99")["completions"]) > 100
        place.xrepl("-s", "prompt", "-e", "'ok")
        return [
            Figure("first prompt, server running", sample(lambda: first_prompt(place), 7), "ms", 400),
            keys(place),
            Figure(f"completions among {NAMES:,} names", completions, "ms", 50),
        ]
