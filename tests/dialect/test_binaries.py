"""Binaries: the constructor, patterns, comprehensions, and bit strings that are not whole bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dialect.conftest import Shell
from xrepl.dialect.bit_runtime import Cursor
from xrepl.dialect.bits import Bits, bit_size, cut, from_integer, join, swap_bytes, to_integer, unswap_bytes

SHOWN = [
    ("(binary 1 2 3)", "#B(1 2 3)"),
    ('(binary "abc" 100)', '#"abcd"'),
    ("(binary)", '#""'),
    ('(binary ("" utf8))', '#""'),
    ("(binary 257 -1)", "#B(1 255)"),
    ('(binary (#"ab" binary (size all)))', '#"ab"'),
    ('(let (((binary x (rest bits (size all))) #"abc")) rest)', '#"bc"'),
    ("(binary (1 (size 3)))", "#B((1 (size 3)))"),
    ("(binary (5 (size 3)) (1 (size 5)))", "#B(161)"),
    ("(binary (#xABC (size 12) little))", "#B(188 (10 (size 4)))"),
    ("(binary (1 (size 2) (unit 8)))", "#B(0 1)"),
    ("(binary (1.5 float))", "#B(63 248 0 0 0 0 0 0)"),
    ("(binary (1.5 float (size 16)))", "#B(62 0)"),
    ("(binary (1.0e300 float (size 32)))", "#B(127 128 0 0)"),
    ('(binary (#"abcd" binary (size 2)))', '#"ab"'),
    ('(binary ("åλ" utf8) ("λ" utf16 little) ("λ" utf32))', "#B(195 165 206 187 187 3 0 0 3 187)"),
    ("(let ((n 2)) (binary (n (size (* n 8)))))", "#B(0 2)"),
    ('(let (((binary a b (r binary)) #"hello")) (list a b r))', '(104 101 #"llo")'),
    ("(let (((binary (n (size 8)) (x (size n)) (r bits)) #B(4 171))) (list n x r))", "(4 10 #B((11 (size 4))))"),
    ("(let (((binary (n (size 8)) (x (size (* 2 n)))) #B(4 171))) x)", "171"),
    ("(let (((binary (x (size 12) signed little)) (binary (-5 (size 12) little)))) x)", "-5"),
    ('(case #"λx" ((binary (c utf8) (rest binary)) (tuple c rest)))', '#(955 #"x")'),
    ('(let (((binary "abc" (y bits)) #"abcde")) y)', '#"de"'),
    ("(case #B(1 2) ((binary q q) 'same) (_ 'other))", "other"),
    ("(case 'a ((binary x) x) (_ 'no))", "no"),
    ("(bc ((<- x '(1 2 3))) (binary (x (size 4))))", "#B(18 (3 (size 4)))"),
    ('(lc ((<= (binary b) (when (> b 97)) #"abc")) b)', '"bc"'),
    ("(lc ((<= (binary 1 x) #B(1 2 3 4 1 5 1))) x)", "(2 5)"),
    ("(lc ((<= (binary n (x (size n) bytes)) #B(1 7 2 0 1))) x)", "(#B(7) #B(0 1))"),
    ("#B(1 (5 (size 3)))", "#B(1 (5 (size 3)))"),
    ("(< #B((5 (size 3))) #B(160))", "true"),
    ("(list (bit_size #B((5 (size 3)))) (byte_size #B((5 (size 3)))) (is_binary #B((5 (size 3)))))", "(3 1 false)"),
    ("(map #B((5 (size 3))) 1)", "#M(#B((5 (size 3))) 1)"),
]


@pytest.mark.parametrize(("form", "shown"), SHOWN)
def test_binary_form_shows_its_value(shell: Shell, form: str, shown: str) -> None:
    """A form with binaries shows what the LFE shell shows."""
    assert shell(form) == shown


FAILURES = [
    ('(binary #"x")', '** exception error: bad binary argument #"x"'),
    ("(binary 1.5)", "** exception error: bad binary argument 1.5"),
    ('(binary "")', "** exception error: bad binary argument ()"),
    ("(binary (1 (size nowhere)))", "** exception error: bad binary argument 1"),
    ("(binary (1.5 float (size 17)))", "** exception error: bad binary argument 1.5"),
    ("(binary (#xD800 utf8))", "** exception error: bad binary argument 55296"),
    ("(binary 'a)", "** exception error: #(undefined_bittype a)"),
    ("(binary (1 (unit 8)))", "** exception error: bittype_unit"),
    ("(let (((binary ((f x) integer)) #B(1))) 1)", "** exception error: illegal bit segment"),
    ('(let (((binary a) #"ab")) a)', '** exception error: no match of value #"ab"'),
    ('(lc ((<= x #"abc")) x)', "** exception error: illegal pattern x"),
    ("(lc ((<= (binary x) 'a)) x)", "** exception error: bad generator a"),
]


@pytest.mark.parametrize(("form", "shown"), FAILURES)
def test_bad_binary_shows_the_text_of_the_shell(shell: Shell, form: str, shown: str) -> None:
    """A segment or a value that does not fit shows the LFE shell's text."""
    assert shell(form) == shown


def test_function_takes_binaries_apart(shell: Shell) -> None:
    """The clauses of a function match binaries."""
    shell("(defun ip (((binary a b c d)) (list a b c d)) ((_) 'bad))")

    assert [shell("(ip #B(192 168 0 1))"), shell("(ip #B(1 2 3))")] == ["(192 168 0 1)", "bad"]


bitstrings = st.builds(from_integer, st.integers(min_value=0), st.integers(0, 70))


@given(st.integers(), st.integers(0, 200))
def test_integer_and_bits_are_inverse(number: int, size: int) -> None:
    """The bits of an integer are the integer, cut to the size."""
    assert to_integer(from_integer(number, size)) == number & ((1 << size) - 1)


@given(st.integers(0, 200), st.data())
def test_bytes_of_an_integer_swap_and_come_back(size: int, data: st.DataObject) -> None:
    """Little-endian numbers of every size are read as they were written."""
    number = data.draw(st.integers(0, (1 << size) - 1))

    assert unswap_bytes(swap_bytes(number, size), size) == number


@given(st.lists(bitstrings))
def test_joined_parts_are_found_again(parts: list[bytes | Bits]) -> None:
    """A cursor reads the parts out of the whole."""
    cursor = Cursor(join(parts))

    assert parts == [cursor.take(bit_size(part), 1) for part in parts]
    assert cursor.is_at_end


@given(bitstrings, st.data())
def test_cut_is_a_slice_of_the_bits(value: bytes | Bits, data: st.DataObject) -> None:
    """Cutting takes the bits that the integer has at that place."""
    size = bit_size(value)
    start = data.draw(st.integers(0, size))
    end = data.draw(st.integers(start, size))

    assert from_integer(to_integer(value) >> (size - end), end - start) == cut(value, start, end - start)
