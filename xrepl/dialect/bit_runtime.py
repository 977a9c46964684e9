"""What translated code calls to write and read binaries: one function a kind of segment, and a cursor to read with.

Which segments there are is known when the code is made; sizes and values are known here.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from xrepl.dialect.bits import (
    Bitstring,
    bit_size,
    cut,
    from_float,
    from_integer,
    is_bitstring,
    join,
    swap_bytes,
    to_float,
    to_integer,
    unswap_bytes,
)
from xrepl.dialect.data import Atom
from xrepl.dialect.raising import LfeError, error

_BYTES = [bytes((number,)) for number in range(256)]


def bad_argument(value: Any) -> LfeError:
    """Make the failure of a segment whose value or size does not fit its type."""
    return error((Atom("bad_binary_argument"), value))


def _width(value: Any, size: Any, unit: int) -> int:
    if type(size) is not int or size < 0:
        raise bad_argument(value)
    return size * unit


def write_byte(value: Any) -> bytes:
    """Give an integer's lowest byte."""
    if type(value) is not int:
        raise bad_argument(value)
    return _BYTES[value & 255]


def write_integer(value: Any, size: Any, unit: int, is_little: bool) -> Bitstring:
    """Give an integer's lowest bits."""
    width = _width(value, size, unit)
    if type(value) is not int:
        raise bad_argument(value)
    if is_little:
        value = swap_bytes(value & ((1 << width) - 1), width)
    return from_integer(value, width)


def write_float(value: Any, size: Any, unit: int, is_little: bool) -> bytes:
    """Give a number as a float of 16, 32 or 64 bits."""
    width = _width(value, size, unit)
    if type(value) not in (int, float):
        raise bad_argument(value)
    try:
        return from_float(float(value), width, is_little)
    except OverflowError:
        return from_float(math.copysign(math.inf, value), width, is_little)
    except ValueError:
        raise bad_argument(value) from None


def write_binary(value: Any, size: Any, unit: int, is_little: bool) -> Bitstring:
    """Give a binary, or its first `size` units."""
    if not is_bitstring(value):
        raise bad_argument(value)
    whole = bit_size(value)
    if size is None:
        if whole % unit:
            raise bad_argument(value)
        return value  # type: ignore[no-any-return]
    width = _width(value, size, unit)
    if width > whole:
        raise bad_argument(value)
    return cut(value, 0, width)


def write_character(value: Any, encoding: str) -> bytes:
    """Give a code point in an encoding of Python's."""
    try:
        if type(value) is int:
            return chr(value).encode(encoding)
    except (ValueError, OverflowError):
        pass
    raise bad_argument(value)


def join_bits(*parts: Bitstring) -> Bitstring:
    """Give the binary of these segments."""
    return join(parts)


def collect_bits(parts: list[Any]) -> Bitstring:
    """Give the binary of a comprehension's values, which must be bit strings."""
    for part in parts:
        if not is_bitstring(part):
            raise error(Atom("badarg"))
    return join(parts)


class Cursor:
    """A place in a bit string that is read from the left.

    Every method gives the next value and moves on, or gives None and the match has failed.
    """

    __slots__ = ("at", "end", "is_accepted", "value")

    def __init__(self, value: Bitstring) -> None:
        self.value = value
        self.at = 0
        self.is_accepted = False
        self.end = bit_size(value)

    def take(self, size: Any, unit: int) -> Bitstring | None:
        """Give the next `size` units."""
        if type(size) is not int or size < 0 or self.at + size * unit > self.end:
            return None
        start = self.at
        self.at = start + size * unit
        return cut(self.value, start, size * unit)

    def byte(self) -> int | None:
        """Give the next eight bits as a number."""
        at = self.at
        if at + 8 > self.end:
            return None
        if not at & 7 and type(self.value) is bytes:
            self.at = at + 8
            return self.value[at >> 3]
        taken = self.take(8, 1)
        return None if taken is None else taken[0]  # type: ignore[index]

    def integer(self, size: Any, unit: int, is_signed: bool, is_little: bool) -> int | None:
        """Give the next number."""
        taken = self.take(size, unit)
        if taken is None:
            return None
        width = bit_size(taken)
        number = to_integer(taken)
        if is_little:
            number = unswap_bytes(number, width)
        return number - (1 << width) if is_signed and width and number >> (width - 1) else number

    def float(self, size: Any, unit: int, is_little: bool) -> float | None:
        """Give the next float."""
        taken = self.take(size, unit)
        return None if taken is None else to_float(taken, is_little)

    def binary(self, size: Any, unit: int) -> Bitstring | None:
        """Give the next binary of `size` units, all that is left for None."""
        if size is not None:
            return self.take(size, unit)
        left = self.end - self.at
        return None if left % unit else self.take(left, 1)

    def character(self, encoding: str) -> int | None:
        """Give the next code point of an encoding of Python's."""
        for size in (1, 2, 4) if encoding.startswith("utf-16") else (4,) if "32" in encoding else (1, 2, 3, 4):
            taken = cut(self.value, self.at, 8 * size) if self.at + 8 * size <= self.end else b""
            try:
                text = taken.decode(encoding)  # type: ignore[union-attr]
            except UnicodeDecodeError:
                continue
            if len(text) == 1:
                self.at += 8 * size
                return ord(text)
        return None

    def accept(self) -> None:
        """Note that a generator's pattern has found the bits that it needs."""
        self.is_accepted = True

    @property
    def is_at_end(self) -> bool:
        """Say whether nothing is left."""
        return self.at == self.end


def read_bits(value: Any) -> Cursor | None:
    """Begin to read a bit string; None for a value that is none."""
    return Cursor(value) if is_bitstring(value) else None


def bit_generator(value: Any) -> Iterator[Cursor]:
    """Give a cursor for every step of a binary generator, each at the place where the last one stopped.

    The pattern accepts a step when the bits for it are there; the first step that it does not accept is the end.
    """
    cursor = read_bits(value)
    if cursor is None:
        raise error((Atom("bad_generator"), value))
    while cursor.at < cursor.end:
        start, cursor.is_accepted = cursor.at, False
        yield cursor
        if not cursor.is_accepted or cursor.at == start:
            return


BIT_RUNTIME = {
    f"_x_{function.__name__}": function
    for function in (
        write_byte,
        write_integer,
        write_float,
        write_binary,
        write_character,
        join_bits,
        collect_bits,
        read_bits,
        bit_generator,
    )
}
