"""Where an exception was raised, in the language's terms: functions with lines, and Python's where it is Python's.

Nothing of the interpreter itself is shown.  The innermost call comes first, as in Erlang's stack traces.
"""

from __future__ import annotations

import itertools
import os
import traceback
import types
from collections.abc import Iterator
from typing import Any

from xrepl.dialect.data import NIL, Atom, from_iterable, string
from xrepl.dialect.failures import is_users, reify
from xrepl.dialect.function_text import library_name
from xrepl.dialect.names import function_name

MOST_LINES = 40
STACK_DEPTH = 8  # as in Erlang
NO_MODULE = "-no-module-"
_OURS = ("xrepl.dialect", "xrepl.evaluator", "xrepl.lang")
_TOP = ("_x_top", "<module>")


def traceback_text(problem: BaseException, failure: str) -> str:
    """Give what the shell showed for an exception, and one line for each call that led to it."""
    calls = list(_calls(problem.__traceback__))
    lines = [_line(text, len(list(same))) for text, same in itertools.groupby(reversed(calls))]
    if len(lines) > MOST_LINES:
        left_out = len(lines) - MOST_LINES
        lines[MOST_LINES // 2 : -MOST_LINES // 2] = [f"  ... {left_out} more"]
    return "\n".join([failure, *lines])


def let_go(problem: BaseException) -> None:
    """Forget the values of variables in the calls that led to an exception; their places stay."""
    seen: set[int] = set()
    todo: list[BaseException | None] = [problem]
    while todo:
        one = todo.pop()
        if one is not None and id(one) not in seen:
            seen.add(id(one))
            traceback.clear_frames(one.__traceback__)
            todo += (one.__context__, one.__cause__)


def stack_of(problem: BaseException) -> Any:
    """Give the value of a stack variable: the innermost calls as `#(module function arity-or-arguments place)`."""
    raised = reify(problem)
    if raised.stack is not None:
        return raised.stack
    found: list[Any] = []
    if raised.called is not None:
        module, name, arguments = raised.called
        found.append((Atom(module), Atom(name), from_iterable(arguments), NIL))
    frames = list(_frames(problem.__traceback__))
    for frame, line in frames[: -STACK_DEPTH - 1 : -1]:
        found.append(_stack_item(frame, line))
    return from_iterable([item for item in found[:STACK_DEPTH] if item is not None])


def _stack_item(frame: types.FrameType, line: int) -> Any:
    code = frame.f_code
    if not is_users(frame) or code.co_name in _TOP:
        return None
    known = function_name(code.co_name)
    module, _, name = known[0].rpartition(":") if known is not None else ("", "", "lambda")
    place: list[Any] = [(Atom("line"), line)]
    if not code.co_filename.startswith("<"):
        place.insert(0, (Atom("file"), string(os.path.basename(code.co_filename))))
    return Atom(module or NO_MODULE), Atom(name), code.co_argcount, from_iterable(place)


def _line(text: str, count: int) -> str:
    return f"  in {text}" if count == 1 else f"  in {text}, {count} times"


def _calls(trace: types.TracebackType | None) -> Iterator[str]:
    """Go through the calls, the outermost first."""
    texts = (_call(frame, line) for frame, line in _frames(trace))
    return (text for text in texts if text is not None)


def _frames(trace: types.TracebackType | None) -> Iterator[tuple[types.FrameType, int]]:
    """Go through the frames with their lines, the outermost first: from the first that is of a session's code on."""
    is_inside = False
    while trace is not None:
        frame = trace.tb_frame
        is_inside = is_inside or is_users(frame)
        is_raised_again = trace.tb_next is not None and trace.tb_next.tb_frame is frame  # by `try`, further down
        if is_inside and not is_raised_again:
            yield frame, trace.tb_lineno
        trace = trace.tb_next


def _call(frame: types.FrameType, line: int) -> str | None:
    """Give the words for one call; None for one of the interpreter's own."""
    code = frame.f_code
    if is_users(frame):
        return f"{_users_name(code)} ({_place(code, line)})"
    if "__lfe_module__" in frame.f_globals:
        found = library_name(frame.f_globals.get(code.co_name))
        return "{}:{}/{}".format(*found) if found is not None else None
    if str(frame.f_globals.get("__name__", "")).startswith(_OURS):
        return None
    return f"{code.co_name} ({os.path.basename(code.co_filename)}, line {line})"


def _users_name(code: types.CodeType) -> str:
    found = function_name(code.co_name)
    if found is not None:
        return f"{found[0]}/{found[1]}"
    if code.co_name in _TOP:
        return "the form"
    name = code.co_name.removeprefix("l_").partition("_")[0] if code.co_name.startswith("l_") else code.co_name
    return f"{name}/{code.co_argcount}"


def _place(code: types.CodeType, line: int) -> str:
    is_file = not code.co_filename.startswith("<")
    return f"{os.path.basename(code.co_filename)}, line {line}" if is_file else f"line {line}"
