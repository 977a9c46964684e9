"""Nothing that a session prints, and no value, drives the user's terminal."""

import random
import re
from collections.abc import Iterator

import pytest
from prompt_toolkit.layout.screen import Char

from xrepl.client.completion import completion, signature
from xrepl.client.conversation import Conversation
from xrepl.client.editing import REORDERING
from xrepl.client.filter import RESET, OutputFilter
from xrepl.client.place import Place
from xrepl.client.render import ESCAPES, pieces
from xrepl.client.toolbar import bottom_line

SGR = re.compile(r"\x1b\[[0-9;:]*m")
# what a terminal acts on: C0 but tab, newline and carriage return, DEL, C1, the marks that reorder a line
ACTIVE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
PARTS = ["\x1b", "\x1b[", "\x1b]", "\x1bP", "\x1b_", "\x1b^", "\x1b\\", "\x07", "\x9b", "\x9d", "\x90", "\x9c", "\x7f"]
PARTS += ["\x1b[2J", "\x1b[31m", "\x1b[0m", "\x1b[1;", "\x1b[?25l", "\x1b[6n", "\x1b]0;title\x07", "\x1bP+q544e\x1b\\"]
PARTS += ["\x1b]52;c;cm0gLXJm\x1b\\", "\x1bc", "\x1b#8", "\x1b(0", "\x1b[>4;2m", "\x1b[38;5;9m", "\x1b[38:2::1:2:3m"]
PARTS += [
    "\u202e",
    "\u2066",
    "\u2069",
    "\u202a",
    "\u200f",
    "\u061c",
    "\u200b",
    "\u0300",
    "漢",
    "e",
    "m",
    ";",
    "0",
    "1",
    "[",
    "\n",
    "\r",
    "\t",
]
PARTS += ["\x00", "\x08", "\x0e", "\x85", " ", "x"]


def texts(seed: int, count: int) -> Iterator[list[str]]:
    """Give texts full of control sequences, each in pieces as a pipe may deliver them."""
    chance = random.Random(seed)
    for _ in range(count):
        text = "".join(chance.choices(PARTS, k=chance.randint(1, 12)))
        cut = chance.randint(0, len(text))
        yield [text[:cut], text[cut:]]


def filtered(given: list[str]) -> str:
    """Pass pieces through a filter to its end."""
    one = OutputFilter()
    return "".join(map(one.feed, given)) + one.end()


def test_colours_pass() -> None:
    """What sets colours goes through, and they end with the output."""
    assert filtered(["\x1b[1;31mred\x1b[0m plain"]) == "\x1b[1;31mred\x1b[0m plain"
    assert filtered(["\x1b[31mred"]) == f"\x1b[31mred{RESET}"


def test_other_sequences_are_written_out() -> None:
    """A title, a cursor movement and a mark that reorders the line are shown as the language writes them."""
    assert filtered(["\x1b]0;hi\x07"]) == "\\x1b;]0;hi\\x7;"
    assert filtered(["\x1b[2J"]) == "\\x1b;[2J"
    assert filtered(["a\u202eb"]) == "a\\x202e;b"


def test_sequence_cut_in_two_is_one() -> None:
    """A colour whose bytes come in two pieces passes; a piece that never goes on is written out."""
    assert filtered(["\x1b[3", "1mred\x1b[m"]) == "\x1b[31mred\x1b[m"
    assert filtered(["\x1b", "[31mred\x1b[m"]) == "\x1b[31mred\x1b[m"
    assert filtered(["x\x1b[3"]) == "x\\x1b;[3"


def test_progress_in_one_line_passes() -> None:
    """A carriage return is no control sequence."""
    assert filtered(["10 %\r20 %\n"]) == "10 %\r20 %\n"


def test_raw_output_is_left_alone() -> None:
    """Who asks for raw output gets it."""
    assert OutputFilter(is_raw=True).feed("\x1b]0;hi\x07") == "\x1b]0;hi\x07"


def test_colours_are_dropped_where_there_are_none() -> None:
    """A terminal without colours gets none."""
    assert OutputFilter(has_colours=False).feed("\x1b[31mred\x1b[0m") == "red"


def shown_by(text: str) -> Iterator[str]:
    """Give what is shown of a text that is all that a session can tell: values, errors, names, documentation."""
    place = Place(Conversation("/nowhere", name=text))
    reply: dict[str, object] = {"value": text, "xrepl/notice": [text], "xrepl/echo": text, "xrepl/echo-value": text}
    place.note({"xrepl/form": 1, "xrepl/not-kept": [text], "xrepl/echo": text})
    for message in (reply, {"status": ["eval-error"], "xrepl/error": text, "xrepl/hint": text}):
        yield from (piece for _, piece in pieces(message))
    row: dict[str, object] = {"candidate": text, "arglists": [text], "doc": text, "type": text}
    offered = completion(row, "")
    yield from (offered.display_text, offered.display_meta_text, signature({"arglists-str": text, "doc": text}))
    yield from (piece for _, piece in bottom_line(place, text and signature({"doc": text}), 0.0, "", 80))
    yield place.prompt


def check(count: int) -> None:
    """Check that of so many texts no control sequence passes: as output, values, errors, names or documentation."""
    for given in texts(count, count):
        shown = filtered(given)
        assert ACTIVE.search(SGR.sub("", shown)) is None, given
        for piece in shown_by("".join(given)):
            assert "\r" not in piece, given
            assert ACTIVE.search(piece) is None, given


def test_names_in_the_line_being_typed_are_written_out() -> None:
    """What completion has put into the line, or was pasted, is shown with every control character written out."""
    assert set(REORDERING) <= set(map(chr, ESCAPES))
    mapped = {code for code in ESCAPES if ACTIVE.search(Char(chr(code)).char) is None}

    assert mapped == set(ESCAPES)


def test_no_control_sequence_passes() -> None:
    """Ten thousand texts full of control sequences."""
    check(10_000)


@pytest.mark.slow
def test_no_control_sequence_passes_in_many_texts() -> None:
    """A hundred thousand texts full of control sequences."""
    check(100_000)
