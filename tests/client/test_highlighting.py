"""Words have the kinds of Pygments, at the prompt and for its tools."""

import pytest
from pygments.token import STANDARD_TYPES, Token

from xrepl.client.highlighting import parts
from xrepl.client.lexer import LfeLexer
from xrepl.client.styles import STYLES, Painter
from xrepl.client.syntax import HY

KINDS = [
    ("(defun f (x) x)", "defun", "keyword"),
    ("(defun f (x) x)", "f", "name.function"),
    ("(lists:map g xs)", "lists:map", "name.namespace"),
    ("(case x)", "case", "keyword"),
    ("(tuple 'ok 1)", "ok", "literal.string.symbol"),
    ("'true", "true", "literal.string.symbol"),
    ("(f true)", "true", "keyword.constant"),
    ('(f "a")', '"a"', "literal.string"),
    ("(f #\\a)", "#\\a", "literal.string.char"),
    ("; x", "; x", "comment"),
    ("#| x |#", "#| x |#", "comment"),
    ("#b101", "#b101", "literal.number"),
    ("-1.5e10", "-1.5e10", "literal.number"),
    ("(+ 1 2)", "+", "name.builtin"),
    ("'(case a)", "case", "name"),
]


@pytest.mark.parametrize(("text", "word", "kind"), KINDS)
def test_words_have_their_kinds(text: str, word: str, kind: str) -> None:
    """Each word is what it looks like where it stands."""
    assert kind in {part.kind for part in parts(text) if text[part.start : part.end] == word}


def test_hy_has_its_own_forms() -> None:
    """`setv` is a form of Hy's, `progn` is not."""
    kinds = [part.kind for part in parts("(setv x :k) (progn)", HY) if part.kind not in ("text", "punctuation")]

    assert kinds == ["keyword", "name", "literal.string.symbol", "name.other"]


def test_pygments_gets_the_whole_text() -> None:
    """The lexer's tokens put together are the text, and they are Pygments' own."""
    text = '(defun f (x)\n  "doc" ; c\n  (+ x 1))\n'
    tokens = list(LfeLexer().get_tokens(text))

    assert "".join(word for _, word in tokens) == text
    assert (Token.Keyword, "defun") in tokens
    assert (Token.Name.Function, "f") in tokens
    assert (Token.Literal.String, '"doc"') in tokens
    assert (Token.Literal.Number, "1") in tokens


def test_every_kind_is_one_of_pygments() -> None:
    """Styles of Pygments know each kind by its name."""
    kinds = {part.kind for text, _, _ in KINDS for part in parts(text)}

    assert kinds <= {name.lower() for name in map(".".join, STANDARD_TYPES)}


def test_values_are_painted_word_by_word() -> None:
    """A painted value without its colours is the value."""
    painted = Painter(STYLES["default"]).paint("value", '#(ok "a" 1)')

    assert painted == '#(ok \x1b[32m"a"\x1b[0m \x1b[36m1\x1b[0m)'


def test_lines_are_painted_one_by_one() -> None:
    """A colour never goes on over the end of a line."""
    assert Painter({"failure": "ansired"}).paint("failure", "a\nb\n") == "\x1b[31ma\x1b[0m\n\x1b[31mb\x1b[0m\n"
    assert Painter().paint("failure", "a") == "a"
