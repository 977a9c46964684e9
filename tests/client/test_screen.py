"""What reaches the terminal: bounded, filtered, with a line on what is running that leaves no trace."""

import pyte
import pytest

from xrepl.client import screen as screen_module
from xrepl.client.screen import BUDGET_CHARACTERS, MAX_VALUE_CHARACTERS, Screen


class Written:
    """Gathers what is written, and shows it as a terminal would."""

    def __init__(self) -> None:
        self.text = ""
        self.now = 0.0

    def __call__(self, text: str, descriptor: int = 1) -> None:
        self.text += text

    def lines(self, rows: int = 24) -> list[str]:
        """Give the lines of a terminal of 80 columns, without the empty ones at the end."""
        terminal = pyte.Screen(80, rows)
        pyte.Stream(terminal).feed(self.text.replace("\n", "\r\n"))
        return [line.rstrip() for line in terminal.display][: terminal.cursor.y + 2]


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> Written:
    """Give what a screen writes."""
    gathered = Written()
    monkeypatch.setattr(screen_module, "write", gathered)
    return gathered


def test_output_then_value(written: Written) -> None:
    """The value follows the output at once, as at the LFE shell."""
    screen = Screen(lambda: 0.0)
    screen.show({"out": "foo"})
    screen.show({"value": "ok"})

    assert written.text == "foook\n"


def test_open_line_is_ended_before_the_prompt(written: Written) -> None:
    """A prompt begins a line of its own."""
    screen = Screen(lambda: 0.0)
    screen.show({"out": "foo"})
    screen.end_line()
    screen.end_line()

    assert written.text == "foo\n"


def test_control_sequences_of_values_and_errors_are_written_out(written: Written) -> None:
    """A value, an error, a notice and another terminal's form drive no terminal."""
    screen = Screen(lambda: 0.0)
    for field in ("value", "xrepl/error", "xrepl/echo", "xrepl/echo-value"):
        screen.show({field: "a\x1b[31mb\x9b2J"})
    screen.show({"xrepl/notice": ["\x1b]0;t\x07"]})

    assert "\x1b" not in written.text
    assert "\x9b" not in written.text


def test_flood_is_cut_and_kept(written: Written) -> None:
    """Of more output than the budget the beginning and the end are shown, and all that was left out is kept."""
    screen = Screen(lambda: written.now, is_bounded=True, how_to_see="; press F2")
    for number in range(40):
        screen.show({"out": f"{number:04}\n" * 20_000})
    screen.show({"value": "ok"})

    assert len(written.text) < BUDGET_CHARACTERS * 1.1
    assert "characters left out; press F2]\n" in written.text
    assert written.text.endswith("0039\nok\n")
    assert screen.left_out.endswith("0039\n")
    screen.begin()
    assert screen.left_out == ""


def test_slow_output_is_never_cut(written: Written) -> None:
    """A program that prints for days is shown for days."""
    screen = Screen(lambda: written.now, is_bounded=True)
    for _ in range(100):
        written.now += 1.0
        screen.show({"out": "x" * 50_000 + "\n"})

    assert "left out" not in written.text


def test_huge_value_is_cut(written: Written) -> None:
    """A huge value is shown in part, with a note."""
    screen = Screen(lambda: 0.0, is_bounded=True)
    screen.show({"value": "x" * 1_000_000})

    assert len(written.text) < MAX_VALUE_CHARACTERS + 100
    assert written.text.endswith("\n[980,001 characters left out]\n")


@pytest.mark.parametrize("rows", [24, 3])
def test_status_stands_below_and_leaves_no_trace(written: Written, rows: int) -> None:
    """The line on what is running is below the output, also at the bottom of the terminal, and gives way to it."""
    screen = Screen(lambda: 0.0)
    screen.show({"out": "one\ntwo\nthr"})
    screen.set_status("running 1 s")
    assert written.lines(rows)[-2:] == ["thr", "running 1 s"]

    screen.set_status("running 2 s")
    screen.show({"out": "ee\n"})
    screen.set_status("running 3 s")
    assert [line for line in written.lines(rows) if line][-2:] == ["three", "running 3 s"]
    screen.set_status("")
    screen.show({"value": "ok"})

    assert [line for line in written.lines(rows) if line][-2:] == ["three", "ok"]
