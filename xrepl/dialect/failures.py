"""Exceptions to the LFE shell's texts: `** exception error: ...` with a line for the library call that failed.

Python's exceptions become the errors of the language that they stand for; those without a counterpart show their
type and message.  What a reason is called is in `reason_texts.py`, what a wrong number of arguments was in `arity.py`.
"""

from __future__ import annotations

import types
from typing import Any

import hy

from xrepl.dialect.arity import wrong_arity
from xrepl.dialect.data import NIL, Atom, from_iterable
from xrepl.dialect.printer import show
from xrepl.dialect.raising import Exiting, LfeError, badarg, function_clause
from xrepl.dialect.reason_texts import reason_text

_MARKS = len("** ")  # the LFE shell lays a value out as if they were not there
_FRAME_DEPTH = 15
_HYPHENATED = ("cl", "clj")
_BADARG = (TypeError, ValueError, AttributeError, KeyError, IndexError)

Called = tuple[str, str, tuple[Any, ...]]


class Interrupted(BaseException):
    """The user interrupted the form; no form of the language can catch it."""


def reify(problem: BaseException) -> LfeError:
    """Give the language's exception for one of Python's; interruptions are raised on."""
    if isinstance(problem, LfeError):
        return problem
    if isinstance(problem, (Interrupted, KeyboardInterrupt, SystemExit, GeneratorExit, Exiting)):
        raise problem
    called = _library_call(problem.__traceback__)
    if called is not None and isinstance(problem, (TypeError, ValueError, AttributeError, KeyError, IndexError)):
        return badarg(called[0], called[1], *called[2])
    if isinstance(problem, ZeroDivisionError):
        return LfeError("error", Atom("badarith"))
    if isinstance(problem, RecursionError):
        return LfeError("error", Atom("system_limit"))
    return LfeError("error", (Atom("python"), Atom(type(problem).__name__), str(problem) or NIL))


def _library_call(trace: types.TracebackType | None) -> Called | None:
    """Find the library function that the user's code called last, if it is there that the failure was."""
    called: types.FrameType | None = None
    while trace is not None:
        frame = trace.tb_frame
        module = frame.f_globals.get("__lfe_module__")
        if module is not None:
            code = frame.f_code
            name, slash, _ = str(hy.unmangle(code.co_name)).rpartition("/")
            if slash:
                arguments = tuple(frame.f_locals.get(n) for n in code.co_varnames[: code.co_argcount])
                return str(module), name, arguments
        trace = trace.tb_next
    return None


def _wrong_arity(problem: TypeError) -> tuple[int, int] | None:
    """Give expected and given number of arguments when that was the failure."""
    words = str(problem).split()
    if "positional" not in words or "()" not in words[0]:
        return None
    numbers = [int(word) for word in words if word.isdigit()]
    if "takes" in words and len(numbers) >= 2:
        return numbers[0], numbers[1]
    return None


def reason_text(reason: Any, indent: int = 0) -> str:
    """Give the text of an error's reason."""
    if isinstance(reason, Atom):
        return _PLAIN.get(reason.name) or show(reason)
    if type(reason) is tuple and reason and isinstance(reason[0], Atom):
        text = _tuple_text(reason[0].name, reason[1:], indent)
        if text is not None:
            return text
    return show(reason)


def _tuple_text(tag: str, rest: tuple[Any, ...], indent: int) -> str | None:
    count = len(rest)
    if count == 1:
        simple = {
            "unbound_symbol": lambda v: f"symbol {show(v)} is unbound",
            "badmatch": lambda v: "no match of value " + show(v, indent=indent + 18, depth=10),
            "case_clause": lambda v: "no case clause matching " + show(v, indent=indent + 24, depth=10),
            "try_clause": lambda v: "no try clause matching " + show(v, indent=indent + 23, depth=10),
            "nonbool_test": lambda v: f"non-boolean {show(v)} test",
            "bad_form": lambda v: f"bad {show(v)} form",
            "illegal_pattern": lambda v: f"illegal pattern {show(v)}",
            "illegal_mapkey": lambda v: f"illegal map key {show(v)}",
            "illegal_exception": lambda v: f"illegal exception {show(v)}",
            "bad_binary_argument": lambda v: "bad binary argument " + show(v, indent=indent + 20, depth=10),
            "bad_generator": lambda v: f"bad generator {show(v)}",
            "badfun": lambda v: f"bad function {show(v)}",
            "unbound_function": lambda v: f"function {show(v[0])}/{v[1]} undefined",
            "undefined_record": lambda v: f"record {show(v)} undefined",
        }.get(tag)
        return simple(rest[0]) if simple else None
    if tag == "badarity" and count == 2:
        given = _NUMERALS[rest[1]] if rest[1] < len(_NUMERALS) else str(rest[1])
        plural = "argument" if rest[1] == 1 else "arguments"
        return f"interpreted function with arity {rest[0]} called with {given} {plural}"
    if tag == "python" and count == 2:
        return f"{rest[0]}: {rest[1]}" if rest[1] is not NIL else str(rest[0])
    return None


def failure_text(problem: BaseException) -> str:
    """Give what the shell shows for an exception that ended a form."""
    if isinstance(problem, (Interrupted, KeyboardInterrupt)):
        return "** exception exit: interrupted"
    raised = reify(problem)
    head = f"** exception {raised.kind}: "
    text = head + reason_text(raised.reason, len(head) - _MARKS)
    if raised.called is not None:
        module, function, arguments = raised.called
        call = from_iterable([Atom(module), Atom(":"), Atom(function), *arguments])
        text += f"\n  in {show(call, indent=5, depth=_FRAME_DEPTH)}"
    return text
