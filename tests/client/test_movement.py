"""Going over whole forms with the keys of Lisp's editors."""

import pytest

from xrepl.client.movement import form_end, form_start

FORWARD = [
    ("|(a b) c", "(a b)| c"),
    ("(|foo bar)", "(foo| bar)"),
    ("(foo| bar)", "(foo bar|)"),
    ("(foo bar|)", "(foo bar|)"),
    ("(foo| 'bar)", "(foo 'bar|)"),
    ("(a| #(1 2) b)", "(a #(1 2)| b)"),
    ('(a| "b c" d)', '(a "b c"| d)'),
    ("(a| (b", "(a (b|"),
    ("(a fo|o b)", "(a foo| b)"),
]
BACKWARD = [
    ("(a b) c|", "(a b) |c"),
    ("(a b)| c", "|(a b) c"),
    ("(foo bar|)", "(foo |bar)"),
    ("(|foo bar)", "(|foo bar)"),
    ("(foo 'bar|)", "(foo |'bar)"),
    ("(a '(1 2)|)", "(a |'(1 2))"),
    ("(a #(1 2)| b)", "(a |#(1 2) b)"),
    ("|", "|"),
]


def moved(marked: str, move) -> str:  # type: ignore[no-untyped-def]
    """Move the bar in a text."""
    at = marked.index("|")
    text = marked.replace("|", "")
    to = move(text, at)
    return f"{text[:to]}|{text[to:]}"


@pytest.mark.parametrize(("before", "after"), FORWARD)
def test_forward_over_a_form(before: str, after: str) -> None:
    """To the end of the next form in the same list; at the list's end nowhere."""
    assert moved(before, form_end) == after


@pytest.mark.parametrize(("before", "after"), BACKWARD)
def test_backward_over_a_form(before: str, after: str) -> None:
    """To the beginning of the form before, with its quotes; at the list's beginning nowhere."""
    assert moved(before, form_start) == after
