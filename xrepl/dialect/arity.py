"""What was wrong when a function got another number of arguments than it has: `#(badarity #(function arguments))`.

Python says so in a message only.  The function is looked for in the frame that called it, and the arguments in the
code before the call, where the translator has put names and constants.
"""

from __future__ import annotations

import dis
import itertools
import re
import types
from collections.abc import Iterable
from typing import Any

from xrepl.dialect.data import Atom, from_iterable

_TOO_MANY = re.compile(r"(.*)\(\) takes (\d+) positional arguments? but (\d+) (?:was|were) given", re.DOTALL)
_TOO_FEW = re.compile(r"(.*)\(\) missing (\d+) required positional arguments?: ", re.DOTALL)
_OURS = ("lfe", "l_", "hyx_")  # how the names of the language's functions begin in code
_SILENT = frozenset({"CACHE", "PRECALL", "PUSH_NULL", "KW_NAMES", "NOP", "EXTENDED_ARG"})
_UNKNOWN = Atom("_")


def wrong_arity(problem: TypeError) -> tuple[Any, ...] | None:
    """Give the reason of a TypeError that says that a function of the language got too many or too few arguments."""
    many, few = _TOO_MANY.match(str(problem)), _TOO_FEW.match(str(problem))
    found = many or few
    trace = _last(problem.__traceback__)
    if found is None or trace is None:
        return None
    function = _function(found[1], trace.tb_frame)
    if function is None:
        return None
    count = int(many[3]) if many else function.__code__.co_argcount - int(found[2])
    return Atom("badarity"), (function, from_iterable(_arguments(trace, count)))


def _last(trace: types.TracebackType | None) -> types.TracebackType | None:
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return trace


def _function(name: str, frame: types.FrameType) -> types.FunctionType | None:
    """Find a function of the language by the name that the message has, among what the calling code sees."""
    names = (frame.f_locals, frame.f_globals, frame.f_builtins)
    for value in itertools.chain.from_iterable(each.values() for each in names):
        if isinstance(value, types.FunctionType) and value.__qualname__ == name:
            return value if value.__code__.co_name.startswith(_OURS) else None
    return None


def _arguments(trace: types.TracebackType, count: int) -> list[Any]:
    """Give the arguments of the call that failed; an atom `_` for each that cannot be told."""
    frame = trace.tb_frame
    given = frame.f_locals.get("arguments")
    if isinstance(given, Iterable):
        values = list(given)
        if len(values) == count:
            return values
    before = [
        instruction
        for instruction in dis.get_instructions(frame.f_code)
        if instruction.offset < trace.tb_lasti and instruction.opname not in _SILENT
    ]
    return [_value(instruction, frame) for instruction in before[len(before) - count :]]


def _value(instruction: dis.Instruction, frame: types.FrameType) -> Any:
    if instruction.opname == "LOAD_CONST":
        return instruction.argval
    if instruction.opname.startswith("LOAD_") and isinstance(instruction.argval, str):
        for names in (frame.f_locals, frame.f_globals, frame.f_builtins):
            if instruction.argval in names:
                return names[instruction.argval]
    return _UNKNOWN
