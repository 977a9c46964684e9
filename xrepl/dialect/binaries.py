"""The form `(binary segment ...)`, which makes a binary; what is known beforehand is made when the form is read.

Patterns of binaries are in `binary_patterns.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hy.models import Bytes, Float, Integer, String

from xrepl.dialect import bit_runtime
from xrepl.dialect.bits import Bitstring, is_bitstring, join
from xrepl.dialect.data import NIL
from xrepl.dialect.forms import expression
from xrepl.dialect.kernel import call, literal
from xrepl.dialect.raising import LfeError
from xrepl.dialect.scope import Block, Model, Where
from xrepl.dialect.segments import Segment, read_segments
from xrepl.dialect.tokens import LSym, datum

if TYPE_CHECKING:
    from xrepl.dialect.translate import Translator

_NUMBERS = frozenset({Integer, Float})


def codec(segment: Segment) -> str:
    """Give Python's name of the encoding of a character's segment."""
    if segment.kind == "utf8":
        return "utf-8"
    return f"utf-{segment.kind[3:]}-{'le' if segment.is_little else 'be'}"


def literal_binary(models: Any) -> Bitstring | None:
    """Give the binary of segments that are all literals; None when one has to be evaluated.

    Raises:
        LfeError: a segment cannot be.
    """
    segments = read_segments(models)
    parts = [_literal(segment) for segment in segments]
    return None if any(part is None for part in parts) else join(parts)  # type: ignore[arg-type]


def _literal(segment: Segment) -> Bitstring | None:
    if segment.size is not None and type(segment.size) is not Integer:
        return None
    value = segment.value
    if type(value) not in _NUMBERS and type(value) not in (Bytes, String) and not is_bitstring(value):
        return None
    size = int(segment.size) if segment.size is not None else None
    writer, *arguments = _writer(segment)
    written: Bitstring = getattr(bit_runtime, writer)(datum(value), *([size] if _has_size(segment) else []), *arguments)
    return written


def _has_size(segment: Segment) -> bool:
    return segment.kind in ("integer", "float", "binary") and not _is_byte(segment)


def _is_byte(segment: Segment) -> bool:
    return segment.kind == "integer" and segment.unit == 1 and type(segment.size) is Integer and segment.size == 8


def _writer(segment: Segment) -> list[Any]:
    """Give the name of the function that writes a segment, and its arguments after value and size."""
    if _is_byte(segment):
        return ["write_byte"]
    if segment.kind in ("integer", "float", "binary"):
        return [f"write_{segment.kind}", segment.unit, segment.is_little]
    return ["write_character", codec(segment)]


@expression("binary")
def binary(t: Translator, model: Any, where: Where, before: Block) -> Model:
    """`(binary segment ...)`, with segments `value` and `(value spec ...)`."""
    segments = read_segments(model[1:])
    try:
        made = literal_binary(model[1:])
    except LfeError:
        made = None  # it fails when it runs
    if made is not None:
        return t.constant(made)
    sources = [source for segment in segments for source in _sources(t, segment, where)]
    models = t.arguments(sources, where, before)
    written = []
    for segment in segments:
        values = [models.pop(0)]
        if _has_size(segment):
            values.append(models.pop(0) if segment.size is not None else literal(None))
        writer, *rest = _writer(segment)
        written.append(call(f"_x_{writer}", *values, *map(literal, rest)))
    return call("_x_join_bits", *written)


def _sources(t: Translator, segment: Segment, where: Where) -> list[Any]:
    """Give what has to be evaluated for a segment, in order."""
    value = segment.value if segment.value != String("") else NIL
    if not _has_size(segment) or segment.size is None:
        return [value]
    size = segment.size
    if type(size) is LSym and str(size) not in where.variables and t.globals.variable(str(size)) is None:
        size = NIL  # an unbound size is a bad segment, not an unbound variable
    return [value, size]
