"""The prompt knows where forms end and which brackets belong together."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xrepl.client.syntax import HY, LFE, scan

WHOLE = [
    "x",
    "(+ 1 2)",
    '"a(b"',
    "; ( comment\n1",
    "(a) (b)",
    "'x",
    "#\\(",
    "|a ( b|",
    "#| ( |# 1",
    "",
    "(a))",
    "#(1 2)",
]
WHOLE += ["#(1 2)", '"a\\"b"', "#M(a 1)", '#"bin"', '"""\n a\n """', "#'f/2", "(list #\\) 1)", "(] x)"]
UNFINISHED = [
    "(a",
    '"abc',
    "|ab",
    "#| x",
    "'",
    "(a (b)",
    "(a ;)",
    '"a\\"',
    '"""\n a',
    "#(1",
    "#",
    "#\\",
    "(a) '",
    "`(,@",
]
WHOLE_HY = ["{:a 1}", "#{1 2}", '#[[a " ( ]]', '"x"', "[1 2]", "~@x", 'f"a{b}"', "'(a)", "|", "(a.b :c 1)"]
UNFINISHED_HY = ["{:a", "[1", "#[[ a ]", 'r"a', "(a [b)", "#_"]


@pytest.mark.parametrize("text", WHOLE)
def test_whole_text_is_seen(text: str) -> None:
    """Enter ends a text in which every form has its end."""
    assert scan(text).is_whole


@pytest.mark.parametrize("text", UNFINISHED)
def test_unfinished_text_is_seen(text: str) -> None:
    """Enter does not end a text that stops inside a form, a string, a comment or after a quote."""
    assert not scan(text).is_whole


@pytest.mark.parametrize("text", WHOLE_HY)
def test_whole_text_of_hy_is_seen(text: str) -> None:
    """Hy has other words and brackets."""
    assert scan(text, HY).is_whole


@pytest.mark.parametrize("text", UNFINISHED_HY)
def test_unfinished_text_of_hy_is_seen(text: str) -> None:
    """An open bracket, string or prefix of Hy wants more."""
    assert not scan(text, HY).is_whole


def test_brackets_are_paired() -> None:
    """Brackets in strings, comments and characters are none."""
    text = '(a "(" #\\( ; (\n [b])'
    found = scan(text)

    assert found.pairs == {
        0: len(text) - 1,
        len(text) - 1: 0,
        text.index("["): text.index("]"),
        text.index("]"): text.index("["),
    }
    assert found.wrong == set()


def test_wrong_brackets_are_marked() -> None:
    """A bracket that closes another kind is wrong, as is one that closes nothing."""
    assert scan("(a]").wrong == {0, 2}
    assert scan("a)").wrong == {1}


def test_forms_are_found() -> None:
    """The whole forms of the top level, with their quotes."""
    text = '(a b) \'c ; d\n"e" (f'

    assert [text[start:end] for start, end in scan(text).forms] == ["(a b)", "'c", '"e"']


def test_lists_around_a_place_are_found() -> None:
    """From the inside out: where each list opens, and the words in it so far."""
    text = "(f (g 1) (h x "
    found = [
        (opened, [text[word.start : word.end] for word in words]) for opened, words in scan(text).inside(len(text))
    ]

    assert found == [(9, ["h", "x"]), (0, ["f", "(", "("])]


@given(st.text(alphabet="()[]{}\"'`,;#|\\.:@ \nab1\u00e9", max_size=40), st.sampled_from([LFE, HY]))
def test_words_are_the_text(text: str, syntax: str) -> None:
    """No text is refused, and its words put together are the text."""
    words = scan(text, syntax).words
    gaps = [text[one.end : other.start] for one, other in itertools.pairwise(words)]

    assert not "".join(gaps).strip("\n")
    assert not f"{text[: words[0].start]}{text[words[-1].end :]}".strip("\n") if words else not text.strip("\n")


@given(st.text(alphabet="()\"';#|\\ \nab1", max_size=30))
def test_whole_is_what_the_reader_calls_whole(text: str) -> None:
    """Enter never sends what the reader finds unfinished, but for what both find wrong."""
    from xrepl.dialect.reader import read_forms
    from xrepl.errors import IncompleteInput, InvalidInput

    try:
        list(read_forms(text))
    except IncompleteInput:
        assert not scan(text).is_whole
    except InvalidInput:
        return
    else:
        assert scan(text).is_whole
