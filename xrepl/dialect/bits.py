"""Bit strings: what a binary is when it does not end at a byte, and numbers and text as bits.

Whole bytes are always Python's `bytes`; `Bits` is the rest.  Nothing here knows forms or patterns: what they read and
write is in `bit_cursor.py` and `binaries.py`.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import Any

_FLOATS = {16: "e", 32: "f", 64: "d"}


class Bits:
    """A bit string that is not whole bytes: immutable.

    Args:
        data: the bits from the left; the low bits of the last byte that do not belong to it are 0.
        bit_size: how many there are.
    """

    __slots__ = ("bit_size", "data")
    data: bytes
    bit_size: int

    def __init__(self, data: bytes, bit_size: int) -> None:
        self.data = data
        self.bit_size = bit_size

    def __eq__(self, other: object) -> bool:
        return type(other) is Bits and self.bit_size == other.bit_size and self.data == other.data

    def __hash__(self) -> int:
        return hash((self.bit_size, self.data))

    def __reduce__(self) -> Any:
        return Bits, (self.data, self.bit_size)

    def __repr__(self) -> str:
        return f"Bits({self.data!r}, {self.bit_size})"


Bitstring = bytes | Bits


def is_bitstring(value: object) -> bool:
    """Say whether a value is a binary or a bit string."""
    return type(value) is bytes or type(value) is Bits


def bit_size(value: Bitstring) -> int:
    """Count the bits."""
    return value.bit_size if type(value) is Bits else 8 * len(value)  # type: ignore[arg-type]


def from_integer(number: int, size: int) -> Bitstring:
    """Give the lowest `size` bits of an integer, the highest first."""
    number &= (1 << size) - 1
    spare = -size % 8
    data = (number << spare).to_bytes((size + spare) // 8, "big")
    return Bits(data, size) if spare else data


def to_integer(value: Bitstring) -> int:
    """Give the integer that the bits are, the highest first."""
    if type(value) is Bits:
        return int.from_bytes(value.data, "big") >> (-value.bit_size % 8)
    return int.from_bytes(value, "big")  # type: ignore[arg-type]


def join(parts: Iterable[Bitstring]) -> Bitstring:
    """Put bit strings one after the other."""
    whole: list[bytes] = []
    parts = list(parts)
    for index, part in enumerate(parts):
        if type(part) is Bits:
            return _join_bits(b"".join(whole), parts[index:])
        whole.append(part)  # type: ignore[arg-type]
    return b"".join(whole)


def _join_bits(front: bytes, parts: list[Bitstring]) -> Bitstring:
    number = size = 0
    for part in parts:
        width = bit_size(part)
        number = number << width | to_integer(part)
        size += width
    rest = from_integer(number, size)
    return Bits(front + rest.data, 8 * len(front) + size) if type(rest) is Bits else front + rest  # type: ignore[operator]


def cut(value: Bitstring, start: int, size: int) -> Bitstring:
    """Give `size` bits from a place on; both are within the bit string."""
    data = value.data if type(value) is Bits else value
    first, shift = divmod(start, 8)
    if not shift and not size % 8:
        return data[first : first + size // 8]  # type: ignore[index]
    last = (start + size + 7) // 8
    number = int.from_bytes(data[first:last], "big")  # type: ignore[index]
    return from_integer(number >> (8 * (last - first) - shift - size), size)


def swap_bytes(number: int, size: int) -> int:
    """Give the bits of `size` with the bytes in the other order; the cut byte, if any, stays the last."""
    whole, spare = divmod(size, 8)
    low = number & ((1 << 8 * whole) - 1)
    return int.from_bytes(low.to_bytes(whole, "little"), "big") << spare | (number >> 8 * whole)


def unswap_bytes(number: int, size: int) -> int:
    """Undo `swap_bytes`."""
    whole, spare = divmod(size, 8)
    low = (number >> spare).to_bytes(whole, "big")
    return (number & ((1 << spare) - 1)) << 8 * whole | int.from_bytes(low, "little")


def from_float(number: float, size: int, is_little: bool) -> bytes:
    """Give a float in IEEE 754's format of that many bits.

    Raises:
        ValueError: there is no format of that size.
        OverflowError: the number is too large for it.
    """
    if size not in _FLOATS:
        raise ValueError(size)
    return struct.pack(("<" if is_little else ">") + _FLOATS[size], number)


def to_float(data: Bitstring, is_little: bool) -> float | None:
    """Give the float that the bits are; None when they are none."""
    if type(data) is not bytes or 8 * len(data) not in _FLOATS:
        return None
    number: float = struct.unpack(("<" if is_little else ">") + _FLOATS[8 * len(data)], data)[0]
    return number if number - number == 0 else None
