"""Plain data: what crosses a process border is what was sent, or is refused."""

from typing import Any

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.dialect.terms import atoms, terms
from xrepl.dialect import processes
from xrepl.dialect.data import NIL, Atom, from_iterable
from xrepl.dialect.plain import MAX_DEPTH, NotPlain, decode, encode
from xrepl.dialect.printer import write
from xrepl.dialect.reader import read_forms
from xrepl.dialect.tokens import datum
from xrepl.protocol.frames import Decoder, pack
from xrepl.server import terms as server_terms
from xrepl.store.schema import seal, unseal


@given(terms)
def test_value_comes_back_from_a_frame(value: Any) -> None:
    """Encoded, framed, unframed, decoded: the same."""
    frame = Decoder().feed(pack({"op": "x", "value": encode(value)}))[0]

    assert write(decode(frame["value"])) == write(value)


@given(terms)
def test_value_comes_back_from_the_store(value: Any) -> None:
    """The store's own extension types do not meet ours."""
    assert write(decode(unseal(b"key", seal(b"key", encode(value))))) == write(value)


@given(st.recursive(atoms, lambda inner: st.lists(inner, max_size=4).map(from_iterable), max_leaves=12))
def test_written_form_is_read_as_it_was(form: Any) -> None:
    """What goes to another session as text arrives as the same form."""
    read = [datum(one.model) for one in read_forms(write(form), lambda model: NIL)]

    assert write(read[0]) == write(form)


@pytest.mark.parametrize("value", [len, processes.make_ref(), object(), from_iterable([1, (2, {Atom("k"): len})])])
def test_what_belongs_to_one_evaluator_is_refused(value: Any) -> None:
    """Functions, references and objects do not cross, however deep they are."""
    with pytest.raises(NotPlain, match="not plain data"):
        encode(value)


def test_deep_nesting_is_refused() -> None:
    """Instead of a failing msgpack."""
    value: Any = NIL
    for _ in range(MAX_DEPTH + 2):
        value = from_iterable([value])

    with pytest.raises(NotPlain, match="nested deeper"):
        encode(value)


def test_long_list_is_no_deep_one() -> None:
    """A list of 100,000 elements crosses."""
    value = from_iterable(range(100_000))

    assert decode(encode(value)) == value


def test_unknown_code_is_refused() -> None:
    """A later version's data is not taken for something else."""
    with pytest.raises(NotPlain, match="code 99"):
        decode(msgpack.ExtType(99, b""))


def test_server_knows_the_same_codes() -> None:
    """The server, which does not import the language, agrees on what an atom is."""
    assert server_terms.atom("ok") == encode(Atom("ok"))
    assert server_terms.atom_name(encode(Atom("λ"))) == "λ"
    assert server_terms.simple(encode({Atom("a"): (1, "x", from_iterable([Atom("b"), True])), "k": 1 << 70})) == {
        "a": [1, "x", ["b", "true"]],
        "k": str(1 << 70),
    }
