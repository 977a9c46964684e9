"""The screens of docs/terminal.md are what one sees, but for times, numbers of devices and ids."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture.test_page_examples import blocks
from tests.conftest import XREPL, Command
from tests.helpers.display import ENTER, INTERRUPT, LEAVE, TAB, Display

SCREENS = [text for language, text in blocks("docs/terminal.md") if language != "toml"]
VARIES = {
    r"\d+(\.\d)? s( ago)?\b|\bnow\b": "N s",
    r"/dev/pts/\d+": "/dev/pts/N",
    r"[0-9a-f]{32}": "ID",
    r"(restored) \d+": r"\1 N",
    r"Python \d+\.\d+\.\d+": "Python N",
}
Open = Callable[..., Display]


def same(text: str) -> str:
    """Give the text of a screen without what differs each time."""
    for pattern, word in VARIES.items():
        text = re.sub(pattern, word, text)
    return "\n".join(" ".join(line.split()) for line in text.strip().splitlines() if line.strip())


def screen_with(text: str) -> str:
    """Give the one screen of the page that has a text."""
    (found,) = [screen for screen in SCREENS if text in screen]
    return found


def is_in_order(wanted: list[str], seen: list[str]) -> bool:
    """Tell whether a screen has lines in this order; one that ends with three dots is the beginning of a line."""
    left = iter(seen)
    return all(any(fits(line, one) for one in left) for line in wanted)


def fits(wanted: str, seen: str) -> bool:
    """Tell whether a line of the page is a line of the screen."""
    return seen.startswith(wanted.removesuffix("...")) if wanted.endswith("...") else seen == wanted


def shows(display: Display, page: str) -> None:
    """Wait until the screen has the lines of the page."""
    wanted = same(page).splitlines()
    display.wait(lambda text: is_in_order(wanted, same(text).splitlines()), f"\n{same(page)}\n")


@pytest.fixture
def display(env: dict[str, str], tmp_path: Path):  # type: ignore[no-untyped-def]
    """Give a function that opens a terminal."""
    opened: list[Display] = []

    def open_display(*arguments: str) -> Display:
        opened.append(Display([XREPL, *arguments], env, tmp_path, columns=170))
        opened[-1].expect(r"^lfe>")
        return opened[-1]

    yield open_display
    for one in opened:
        one.__exit__()


@pytest.fixture
def prepared(xrepl: Command) -> None:
    """Define what the screens use."""
    xrepl("-", text='(defun area (w h)\n  "The area of a rectangle."\n  (* w h))\n')


def test_first_screen(display: Open, xrepl: Command) -> None:
    """A form of several lines, its value, and what the bottom line tells."""
    xrepl("-e", "(import socket) (set sock (socket.socket)) (set x 1)")
    xrepl("server", "stop")
    screen = display()
    screen.type(f'(defun area (w h){ENTER}"The area of a rectangle."{ENTER}(* w h)){ENTER}')
    screen.expect("^area$")
    screen.enter("(area 6 7)", r"^42\nlfe>")
    screen.type("(area 1")

    shows(screen, screen_with("xrepl 0.1.0"))


def test_completions(display: Open) -> None:
    """What Tab shows for the beginning of a name."""
    screen = display()
    screen.type(f"(lists:m{TAB}")

    shows(screen, screen_with("lists:mapfoldl"))


@pytest.mark.slow
@pytest.mark.usefixtures("prepared")
def test_form_that_runs_and_is_interrupted(display: Open) -> None:
    """The line below the output, and that after ^C."""
    screen = display()
    screen.type(f'(progn (io:format "working~n") (timer:sleep 4000) (area 1 2)){ENTER}')
    shows(screen, screen_with("^C interrupts"))
    screen.expect(r"^2\nlfe>")
    screen.enter("(import signal) (signal.signal signal.SIGINT signal.SIG_IGN)", r"^lfe>$")
    screen.type(f"(timer:sleep 60000){ENTER}")
    screen.expect("running")
    screen.type(INTERRUPT)
    shows(screen, screen_with("interrupting, running"))
    screen.type(INTERRUPT)
    screen.expect(r"\[y/N\]")
    screen.type(f"y{ENTER}")
    shows(screen, screen_with("does not react"))


@pytest.mark.slow
def test_leaving_a_form_and_coming_back(display: Open, xrepl: Command) -> None:
    """Who comes back sees that it runs, then its value; or, later, its value after a bar."""
    (form,) = re.findall(r"\(progn .*\)", screen_with("busy 12 s"))
    leave(display("-s", "work"), form)
    back = display("-s", "work")
    shows(back, screen_with("busy 12 s").partition("\n")[2])
    shows(back, screen_with("2\nlfe>\n work\n"))
    (form,) = re.findall(r"\(progn .*\)", screen_with("| (progn"))
    leave(back, form)
    xrepl("-s", "work", "-e", "1")  # comes after the form that runs

    shows(display("-s", "work"), screen_with("| (progn"))


def leave(screen: Display, form: str) -> None:
    """Leave while a form runs, before it has printed anything."""
    screen.type(form + ENTER)
    screen.expect("running")
    screen.type(LEAVE)
    screen.exit_status()


def test_two_terminals(display: Open, xrepl: Command) -> None:
    """What one evaluates the other sees above its prompt; `xrepl ls` tells of both."""
    xrepl("-e", "(defun area (w h) (* w h))")
    mine, other = display(), display()
    other.type("(half a form")
    other.expect("half a form")
    mine.enter("(set y (area 6 7))", r"^42\nlfe>")

    shows(other, screen_with("half a form"))
    assert same(xrepl("ls").stdout) == same(screen_with("ATTACHED"))


def test_evaluator_that_dies_by_itself(display: Open) -> None:
    """The death is told above the prompt."""
    screen = display()
    screen.enter("(set a 1)", r"^1\nlfe>")
    screen.enter("(import os threading)", r"^lfe>$")
    screen.enter("(.start (threading.Timer 0.5 os._exit '(3)))", r"^lfe>")
    screen.type("(+ 1")

    shows(screen, screen_with("(exit 3)"))


def test_chart(display: Open) -> None:
    """A line through numbers."""
    pytest.importorskip("plotext")
    screen = display()
    screen.type(f"(plot '(1 4 9 16 25 20 3)){ENTER}")

    shows(screen, screen_with("plot '(1 4"))
