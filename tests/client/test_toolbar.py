"""The bottom line tells about the session and the form being typed, and never more than fits."""

import pytest

from xrepl.client.conversation import Conversation
from xrepl.client.place import Place
from xrepl.client.toolbar import bottom_line, duration, status_line


def shown(place: Place, signature: str = "", last_s: float = 0.0, width: int = 80) -> str:
    """Give the text of the bottom line."""
    return "".join(text for _, text in bottom_line(place, signature, last_s, "", width))


@pytest.fixture
def place() -> Place:
    """Give a place in session work."""
    return Place(Conversation("/nowhere", name="work"))


def test_session_is_named(place: Place) -> None:
    """Alone, the line names the session."""
    assert shown(place) == " work "


def test_what_the_session_does_is_told(place: Place) -> None:
    """Another's form, names that are not kept, a server that is gone, the last form's time."""
    place.note({"xrepl/echo": "(loop\n  forever)"})
    assert shown(place) == " work busy 0.0 s: (loop forever) "
    place.note({"xrepl/idle": 1})
    assert shown(place, last_s=3.25) == " work last 3.2 s "
    place.note({"xrepl/form": 1, "xrepl/not-kept": ["sock", "gen"]})
    assert shown(place) == " work not kept: sock, gen "
    place.note({"status": ["server-gone", "done"]})
    assert shown(place) == " work no server not kept: sock, gen "


@pytest.mark.parametrize("width", [1, 10, 20, 40, 200])
def test_line_fits_the_terminal(place: Place, width: int) -> None:
    """However long signature, form and names are, the line is not longer than the terminal is wide."""
    place.note({"xrepl/echo": "x" * 300})
    place.note({"xrepl/form": 1, "xrepl/not-kept": [f"name-{number}" for number in range(100)]})

    assert len(shown(place, "(signature " + "a " * 200 + ")", width=width)) <= width


def test_control_characters_are_written_out(place: Place) -> None:
    """A form and a name are text, whatever is in them."""
    place.note({"xrepl/echo": "\x1b[2J", "session": "1"})
    place.note({"xrepl/form": 1, "xrepl/not-kept": ["a\x9bb"]})

    assert shown(place) == " work busy 0.0 s: \\x1b;[2J not kept: a\\x9b;b "


def test_lengths_of_time() -> None:
    """Tenths, seconds, minutes, hours."""
    assert [duration(seconds) for seconds in (0.04, 12.3, 300, 8000)] == ["0.0 s", "12 s", "5 min", "2 h"]
    assert "offers to kill after 2 s" in status_line(1.0, 0.5, 2.0)
