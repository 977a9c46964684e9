"""Bencode: what is encoded comes back, in whatever pieces it arrives, and hostile bytes are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xrepl.errors import LocalProtocolError, RemoteProtocolError
from xrepl.protocol.bencode import MAX_DEPTH, MAX_DIGITS, MAX_MESSAGE_BYTES, Decoder, encode

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.integers(-(10**MAX_DIGITS) + 1, 10**MAX_DIGITS - 1) | TEXTS,
    lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner),
    max_leaves=20,
)


@given(st.lists(VALUES, min_size=1), st.integers(1, 7))
def test_values_come_back_in_any_pieces(values: list[object], piece: int) -> None:
    """Several messages in one stream come back equal, whatever the size of the pieces they arrive in."""
    stream = b"".join(encode(value) for value in values)
    decoder = Decoder()
    received: list[object] = []
    for start in range(0, len(stream), piece):
        received += decoder.feed(stream[start : start + piece])

    assert received == values


@given(st.binary(max_size=60))
def test_any_bytes_give_values_or_a_protocol_error(stream: bytes) -> None:
    """No bytes of a peer raise anything but RemoteProtocolError, fed whole or byte by byte with the same outcome."""

    def outcome(pieces: list[bytes]) -> tuple[list[object], bool]:
        decoder, values = Decoder(), []
        try:
            for piece in pieces:
                values += decoder.feed(piece)
        except RemoteProtocolError:
            return values, True
        return values, False

    whole, bytewise = outcome([stream]), outcome([stream[i : i + 1] for i in range(len(stream))])

    assert whole[1] == bytewise[1]
    assert whole[1] or whole[0] == bytewise[0]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (0, b"i0e"),
        (-42, b"i-42e"),
        ("grüße", b"7:gr\xc3\xbc\xc3\x9fe"),
        (b"\xff", b"1:\xff"),
        (["a", (1,)], b"l1:ali1eee"),
        ({"b": 1, "a": {}}, b"d1:ade1:bi1ee"),
        ({}, b"de"),
    ],
)
def test_encode_writes_the_wire_form(value: object, expected: bytes) -> None:
    """encode() writes what the format prescribes, with the keys of a dictionary sorted."""
    assert expected == encode(value)


def test_bytes_that_are_no_text_stay_bytes() -> None:
    """A byte string that is not UTF-8 is given as bytes, not refused and not changed."""
    assert Decoder().feed(b"2:\xff\xfe") == [b"\xff\xfe"]


def test_half_a_surrogate_pair_can_be_sent() -> None:
    """A string with a lone surrogate, which a program can make, is encoded and does not end the connection."""
    assert encode("\ud800") == b"3:\xed\xa0\x80"


@pytest.mark.parametrize("value", [1.5, None, {1: "x"}, [object()], {b"k": 1}])
def test_encode_refuses_what_the_format_lacks(value: object) -> None:
    """A float, None or a key that is no text raises LocalProtocolError."""
    with pytest.raises(LocalProtocolError):
        encode(value)


@pytest.mark.parametrize(
    "stream",
    [
        b"x",
        b"e",
        b"ie",
        b"i-e",
        b"i--1e",
        b"i1x",
        b"1x:",
        b"-1:",
        b"i" + b"9" * (MAX_DIGITS + 1),
        b"9" * (MAX_DIGITS + 1),
        b"%d:" % (MAX_MESSAGE_BYTES + 1),
        b"l" * (MAX_DEPTH + 1),
        b"di1ei2ee",
        b"d1:ae",
        b"d2:\xff\xfei1ee",
    ],
)
def test_hostile_bytes_are_refused_at_once(stream: bytes) -> None:
    """What breaks the format or a limit raises RemoteProtocolError as soon as it can be seen."""
    with pytest.raises(RemoteProtocolError):
        Decoder().feed(stream)


def test_many_small_items_over_the_limit_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The size limit holds for a message as a whole, not only for one string in it."""
    monkeypatch.setattr("xrepl.protocol.bencode.MAX_MESSAGE_BYTES", 100)
    decoder = Decoder()
    decoder.feed(b"l" + b"i1e" * 33)

    with pytest.raises(RemoteProtocolError):
        decoder.feed(b"i1e")


def test_the_limit_is_for_one_message_not_the_stream(monkeypatch: pytest.MonkeyPatch) -> None:
    """Any number of messages under the limit pass."""
    monkeypatch.setattr("xrepl.protocol.bencode.MAX_MESSAGE_BYTES", 100)
    decoder = Decoder()

    assert [decoder.feed(encode(["x" * 50])) for _ in range(10)] == [[["x" * 50]]] * 10
