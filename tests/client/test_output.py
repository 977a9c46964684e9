"""`xrepl -e` at a terminal and into a pipe."""

from collections.abc import Callable

from tests.conftest import Command
from tests.helpers.display import Display

Open = Callable[..., Display]
FORM = r'(io:format "\e[31mred\e[0m\e[2J~n")'


def test_one_shot_at_a_terminal_is_filtered(display: Open) -> None:
    """Colours pass, a sequence that clears the screen is written out; --raw lets it through."""
    screen = display("-e", FORM, prompt="ok")
    assert rb"\x1b;[2J" in screen.raw
    assert b"\x1b[31mred" in screen.raw

    assert b"\x1b[2J" in display("--raw", "-e", FORM, prompt="ok").raw


def test_pipe_gets_what_was_printed(xrepl: Command) -> None:
    """What is no terminal gets the output as it is; values are still written out."""
    assert xrepl("-e", FORM).stdout == "\x1b[31mred\x1b[0m\x1b[2J\nok\n"
    assert "\x1b" not in xrepl("-e", r'(list_to_atom "\e[2J")').stdout
