"""LFE's syntax: what is read, the texts of what is not, and text that is not finished."""

import pytest
from hy.models import Expression, Integer
from hypothesis import given
from hypothesis import strategies as st

from tests.dialect.conftest import Shell
from xrepl.dialect.reader import LfeReader, read_forms
from xrepl.dialect.tokens import LSym, datum
from xrepl.errors import IncompleteInput, InvalidInput, ReadError

READ = [
    ("'(#b101 #*11 #o-17 #d+9 #xFF #36rzZ #12r10)", "(5 3 -15 9 255 1295 12)"),
    ("'(1 -2 +3 1.5 1.0e5 -2.5E-3)", "(1 -2 3 1.5 1.0e5 -0.0025)"),
    ("(list 1,5 +1,5e3 '1,a)", "(1.5 1.5e3 1,a)"),
    ("'(1e5 100. +a a.b a#b a'b a,b 1_000 0x1F)", "(1e5 100. +a a.b a#b a'b a,b 1_000 0x1F)"),
    ("'1.0e400", "1.0e400"),
    (r"(list #\a #\( #\λ)", '"a(λ"'),
    (r'"a\sb\x41;\qz"', r'"a bx41;qz"'),
    ('"""\n  a "b"\n    c\n  """', r'"a \"b\"\n  c"'),
    ('"""\n"""', "()"),
    ('#"λ"', '#"λ"'),
    ("'(|a b| |a\\|b| || |.| |12| Foo)", "(|a b| a|b || |.| |12| Foo)"),
    ("'#Efoo", "Elixir.foo"),
    ("'(a . (b . (c . ())))", "(a b c)"),
    ("'(1 .5)", "(1 . 5)"),
    ("'[a (b) [c]]", "(a (b) (c))"),
    ("`(1 . ,(+ 1 1))", "(1 . 2)"),
    ("#M(b 1 a 2)", "#M(a 2 b 1)"),
    ("#b(1 (2 (size 4)))", "#B(1 (2 (size 4)))"),
    ("'#'m:f/2", "(function m f 2)"),
    ("'#'=:=/2", "(function =:= 2)"),
    ("#.(+ 1 2)", "3"),
    ("'#.(list 'a 'b)", "(a b)"),
    ("#B(((+ 1 2)))", "#B(3)"),
    ("1 ; one\n#| two |# 3", "3"),
    ("#| a | b # c |# 5", "5"),
    ("'a\u00a1b", "a\u00a1b"),
    ("#S(point x 1)", "#S(point x 1)"),
]


@pytest.mark.parametrize(("text", "shown"), READ)
def test_text_is_read_as_lfe_does(shell: Shell, text: str, shown: str) -> None:
    """What is written shows as the value that it is."""
    assert shell(text) == shown


INVALID = [
    (")", "1: illegal ')'"),
    ("(a ]", "1: illegal ']'"),
    ("[a)", "1: illegal ')'"),
    ("#(a . b)", "1: illegal '.'"),
    ("(a . b c)", "1: illegal symbol"),
    ("(a . b 5)", "1: illegal number"),
    ('(a . b "x")', "1: illegal string"),
    ('(a . b #"x")', "1: illegal binary"),
    ("(a . b (c))", "1: illegal '('"),
    ("(a . b 'c)", "1: illegal '\\''"),
    ("(a . )", "1: illegal ')'"),
    ("( . a)", "1: illegal '.'"),
    (".5", "1: illegal '.'"),
    ("(.5)", "1: illegal '.'"),
    ("(a . b #b12)", "1: illegal characters in based number"),
    ("{", "1: illegal '{'"),
    ("#q", "1: illegal token #q"),
    ("#{1}", "1: illegal token #{"),
    ("#,a", "1: illegal '#,'"),
    ("#x ", "1: bad of format of based number"),
    ("#xFG", "1: illegal characters in based number"),
    ("#37r1", "1: bad of format of #r"),
    ("#'foo", "1: bad of format of #'foo"),
    ("#'foo/2x", "1: bad of format of #'foo/2x"),
    ("#M(a)", "1: bad map"),
    ("#B(foo)", "1: bad binary"),
    ("#.(foo)", "1: bad #. expression"),
    ("#| a #| b |# |#", "1: illegal nested block comment"),
    ('"""x', "1: bad format of triple-quoted string"),
    ('"""\n a\n  """', "3: bad format of triple-quoted string"),
    ("(a\n#q)", "2: illegal token #q"),
    ("(a\n})", "1: illegal '}'"),
]


@pytest.mark.parametrize(("text", "message"), INVALID)
def test_text_that_is_no_form_shows_the_text_of_the_shell(shell: Shell, text: str, message: str) -> None:
    """A bad word or a word in the wrong place shows the LFE shell's text, with the line within the form."""
    assert shell(text) == message


UNFINISHED = [
    "(a",
    '"abc',
    '"a\\',
    "|ab",
    "#(1",
    "'",
    "`,",
    "#",
    "#| x",
    "#| x |",
    '"""',
    '"""\na\n',
    '#"',
    "#\\",
    "#m",
]


@pytest.mark.parametrize("text", UNFINISHED)
def test_text_that_ends_inside_a_form_is_incomplete(text: str) -> None:
    """More lines could make the text whole, and the error's type says so."""
    with pytest.raises(IncompleteInput):
        list(read_forms(text))


def test_forms_before_a_bad_one_are_read() -> None:
    """Several forms stand on a line, and each is there before the next is looked at."""
    forms = read_forms("1 (f 2) } 3")

    assert [next(forms).text, next(forms).text] == ["1", "(f 2)"]
    with pytest.raises(InvalidInput):
        next(forms)


def test_form_knows_its_place() -> None:
    """A form has its offsets and first line, its parts have lines and columns from 1, ends included."""
    form = list(read_forms("a\n ;c\n  (bc\n   'd)"))[1]
    symbol, quoted = form.model

    assert (form.text, form.start, form.line) == ("(bc\n   'd)", 8, 3)
    assert _place(form.model) == (3, 3, 4, 6)
    assert _place(symbol) == (3, 4, 3, 5)
    assert _place(quoted) == (4, 4, 4, 5)
    assert _place(quoted[1]) == (4, 5, 4, 5)


def _place(model: Expression) -> tuple[int, int, int, int]:
    return model.start_line, model.start_column, model.end_line, model.end_column


def test_error_knows_its_place() -> None:
    """An error has the line and the column of the bad word in the whole text."""
    with pytest.raises(InvalidInput) as caught:
        list(read_forms("a\n (b #xG)"))

    assert (caught.value.line, caught.value.column) == (2, 5)


def test_deep_nesting_is_read_without_recursion() -> None:
    """The depth of a form is no limit."""
    form = next(read_forms("(" * 20_000 + ")" * 20_000))

    assert len(form.model) == 1


def test_long_integer_is_read() -> None:
    """Python's limit on the digits of an integer does not show."""
    assert [Integer(10**9000)] == [form.model for form in read_forms("1" + "0" * 9000)]


def test_hy_reads_with_it() -> None:
    """The reader stands behind the interface of Hy's own."""
    import hy

    assert [LSym("a"), Expression([LSym("f"), Integer(255)])] == list(hy.read_many("a (f #xFF)", reader=LfeReader()))


@given(st.text(alphabet=st.sampled_from("ab12()[]{}#'`,@.;|\"\\ \n\t\u00a0λbBmMsSrRxX*/:+-e"), max_size=40))
def test_arbitrary_text_raises_only_the_readers_errors(text: str) -> None:
    """Whatever is written is read or refused with an error of the reader's own types."""
    try:
        for form in read_forms(text):
            datum(form.model)
    except ReadError:
        pass


@pytest.mark.slow
def test_a_million_mutated_texts_raise_only_the_readers_errors() -> None:
    """Texts made of good ones by small changes are read or refused with an error of the reader's own types."""
    import random

    source = random.Random(7)
    seeds = [text for text, _ in READ + INVALID] + UNFINISHED
    for _ in range(1_000_000):
        text = list(source.choice(seeds))
        for _ in range(source.randint(1, 3)):
            at = source.randint(0, len(text))
            text[at : at + source.randint(0, 2)] = source.choice(source.choice(seeds))
        try:
            for form in read_forms("".join(text)):
                form.model  # noqa: B018 - reading is the point
        except ReadError:
            pass
