"""Patterns of binaries: read the segments from the left, then compare what has to be equal.

A size may be any form; it sees the segments before it.  Reading comes first, so that a generator can tell bits that
are missing (the end) from bits that do not match (go on).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hy.models import Expression, Float, Integer

from xrepl.dialect.binaries import codec
from xrepl.dialect.data import Atom
from xrepl.dialect.kernel import call, call_value, literal, name
from xrepl.dialect.raising import error
from xrepl.dialect.scope import Block, Model
from xrepl.dialect.segments import Segment, read_segments
from xrepl.dialect.tokens import LSym, Quoted

if TYPE_CHECKING:
    from xrepl.dialect.patterns import Matching


def match_binary(matching: Matching, segments: Any, value: Model) -> None:
    """Add the steps that match a whole bit string."""
    cursor = name(matching.where.fresh("cursor"))
    matching.test(call("is-not", call("setx", cursor, call("_x_read_bits", value)), literal(None)))
    tests = _read(matching, segments, cursor)
    matching.test(call(".", cursor, name("is_at_end")))
    for test in tests:
        matching.test(test)


def match_next_bits(matching: Matching, segments: Any, cursor: Model) -> None:
    """Add the steps that match what comes next in a generator's bit string."""
    tests = _read(matching, segments, cursor)
    matching.do(_method(cursor, "accept"))
    for test in tests:
        matching.test(test)


def _read(matching: Matching, models: Any, cursor: Model) -> list[Model]:
    """Add the steps that read; give the tests that are left."""
    tests: list[Model] = []
    for segment in read_segments(models):
        read = _method(cursor, *_call(matching, segment))
        pattern = segment.value
        if type(pattern) is LSym and pattern == "_":
            matching.test(call("is-not", read, literal(None)))
            continue
        base = str(pattern) if type(pattern) in (LSym, Quoted) else "part"
        part = name(matching.where.fresh(base))
        matching.test(call("is-not", call("setx", part, read), literal(None)))
        if type(pattern) in (LSym, Quoted):
            if base in matching.bound:
                tests.append(call("_x_exactly_equal", part, name(matching.bound[base])))
            else:
                matching.bound[base] = str(part)
        elif type(pattern) in (Integer, Float):
            tests.append(call("_x_exactly_equal", part, pattern))
        else:
            raise error(Atom("illegal_bitseg"))
    return tests


def _call(matching: Matching, segment: Segment) -> list[Any]:
    """Give the cursor's method for a segment, and its arguments."""
    unit = literal(segment.unit)
    if segment.kind == "integer":
        if type(segment.size) is Integer and segment.size * segment.unit == 8 and not segment.is_signed:
            return ["byte"]
        return ["integer", _size(matching, segment), unit, literal(segment.is_signed), literal(segment.is_little)]
    if segment.kind == "float":
        return ["float", _size(matching, segment), unit, literal(segment.is_little)]
    if segment.kind == "binary":
        return ["binary", _size(matching, segment), unit]
    return ["character", literal(codec(segment))]


def _size(matching: Matching, segment: Segment) -> Model:
    if segment.size is None:
        return literal(None)
    if type(segment.size) is Integer:
        return segment.size
    before: Block = []
    where = matching.where.with_variables(matching.bound)
    text = str(segment.size) if type(segment.size) is LSym else ""
    if text and text not in where.variables and matching.translator.globals.variable(text) is None:
        reason = matching.translator.constant((Atom("unbound_symb"), Atom(text)))  # so named in LFE, too
        matching.do(call("raise", call("_x_error", reason)))
    size = matching.translator.expression(segment.size, where, before)
    for model in before:
        matching.do(model)
    return size


def _method(value: Model, method: str, *arguments: Any) -> Expression:
    return call_value(call(".", value, name(method)), *arguments)
