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
# modules in which what no clause of a function takes is no bad argument: they are written in their own language
_BY_CLAUSES = frozenset("cl clj rand unicode uri_string sets ordsets gb_sets proplists io_lib os filelib".split())
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
    arity = wrong_arity(problem) if isinstance(problem, TypeError) else None
    if arity is not None:  # Erlang's library looks at a function before it calls it, LFE's does not
        if called is not None and called[0] not in _HYPHENATED:
            return function_clause(called[0], called[1], *called[2])
        return LfeError("error", arity)
    if called is not None and isinstance(problem, _BADARG):
        fails = function_clause if called[0] in _BY_CLAUSES else badarg
        return fails(called[0], called[1], *called[2])
    if isinstance(problem, ZeroDivisionError):
        return LfeError("error", Atom("badarith"))
    if isinstance(problem, (RecursionError, MemoryError, OverflowError)):
        return LfeError("error", Atom("system_limit"))
    return LfeError("error", (Atom("python"), Atom(type(problem).__name__), str(problem) or NIL))


def _library_call(trace: types.TracebackType | None) -> Called | None:
    """Find the library function that the user's code called last, if it is there that the failure was."""
    called: types.FrameType | None = None
    while trace is not None:
        frame = trace.tb_frame
        if is_users(frame):
            called = None
        elif called is None and "__lfe_module__" in frame.f_globals and "/" in _name(frame):
            called = frame
        trace = trace.tb_next
    if called is None:
        return None
    module = str(called.f_globals["__lfe_module__"])
    name = _name(called).rpartition("/")[0]
    if module not in _HYPHENATED:  # Hy takes `_` and `-` for one
        name = name.replace("-", "_")
    code = called.f_code
    return module, name, tuple(called.f_locals.get(n) for n in code.co_varnames[: code.co_argcount])


def is_users(frame: types.FrameType) -> bool:
    """Say whether code of a session runs in a frame."""
    builtins = frame.f_globals.get("__builtins__")
    return isinstance(builtins, dict) and "_x_NIL" in builtins


def _name(frame: types.FrameType) -> str:
    return str(hy.unmangle(frame.f_code.co_name))


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
