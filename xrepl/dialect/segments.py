"""Segments of a binary as written: `(value spec ...)`, where a spec is a type, a size, a unit, a sign or an order.

The defaults are Erlang's.  What a segment's value means is for `binaries.py` and `binary_patterns.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from hy.models import Expression, Integer, List, String

from xrepl.dialect.data import Atom
from xrepl.dialect.forms import is_form
from xrepl.dialect.raising import error
from xrepl.dialect.tokens import Dotted, LSym, datum

_TYPES = {
    **{kind: (kind, 0) for kind in ("integer", "float", "utf8", "utf16", "utf32")},
    **{f"utf-{size}": (f"utf{size}", 0) for size in (8, 16, 32)},
    "binary": ("binary", 8),
    "bytes": ("binary", 8),
    "bitstring": ("binary", 1),
    "bits": ("binary", 1),
}
_ORDERS = {"big": False, "big-endian": False, "little": True, "little-endian": True}
_ORDERS |= {"native": True, "native-endian": True}
_SIGNS = {"signed": True, "unsigned": False}
_DEFAULT_SIZES = {"integer": 8, "float": 64}


@dataclass(frozen=True)
class Segment:
    """One segment: the model of its value, and what its specs say.

    `size` is a model, or None: for a binary all that is left, for a character as many bits as it takes.  `unit` is the
    number of bits that a size of 1 stands for.
    """

    value: Any
    kind: str = "integer"
    size: Any = None
    unit: int = 0
    is_signed: bool = False
    is_little: bool = False


def read_segments(models: Any) -> list[Segment]:
    """Read segments; a string becomes one segment for each character.

    Raises:
        LfeError: `undefined_bittype`, `bittype_unit`.
    """
    # from the right, since that is where LFE finds the first error
    read = [_read_segment(model) for model in reversed(models)]
    return [segment for segments in reversed(read) for segment in segments]


def _read_segment(model: Any) -> list[Segment]:
    text = _characters(model)
    if text:
        return [_with_defaults(Segment(character)) for character in text]
    if not is_form(model) or not model:
        return [_with_defaults(Segment(model))]
    segment = Segment(model[0])
    for spec in model[1:]:
        segment = _with_spec(segment, spec)
    segment = _with_defaults(segment)
    text = _characters(model[0])
    return [segment] if text is None else [replace(segment, value=character) for character in text]


def _characters(model: Any) -> list[Any] | None:
    """Give the code points of a string or of a list of numbers; None for anything else."""
    if type(model) is String:
        return [Integer(ord(c)) for c in model]
    if isinstance(model, (Expression, List)) and not isinstance(model, Dotted):
        return list(model) if all(type(item) is Integer and item >= 0 for item in model) else None
    return None


def _with_spec(segment: Segment, spec: Any) -> Segment:
    if isinstance(spec, LSym):
        text = str(spec)
        if text in _TYPES:
            kind, unit = _TYPES[text]
            return replace(segment, kind=kind, unit=unit or segment.unit)
        if text in _ORDERS:
            return replace(segment, is_little=_ORDERS[text])
        if text in _SIGNS:
            return replace(segment, is_signed=_SIGNS[text])
    elif is_form(spec) and len(spec) == 2 and spec[0] == LSym("size"):
        return replace(segment, size=spec[1])
    elif is_form(spec) and len(spec) == 2 and spec[0] == LSym("unit") and _is_unit(spec[1]):
        return replace(segment, unit=int(spec[1]))
    raise error((Atom("undefined_bittype"), datum(spec)))


def _is_unit(model: Any) -> bool:
    return type(model) is Integer and 1 <= model <= 256


def _with_defaults(segment: Segment) -> Segment:
    kind = segment.kind
    if kind == "binary" and segment.size == LSym("all"):
        segment = replace(segment, size=None)
    if segment.size is None and kind in _DEFAULT_SIZES:
        if segment.unit:
            raise error(Atom("bittype_unit"))
        segment = replace(segment, size=Integer(_DEFAULT_SIZES[kind]))
    return replace(segment, unit=segment.unit or (8 if kind == "binary" else 1))
