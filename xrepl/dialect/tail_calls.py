"""Tail calls between functions: those that may come back to their caller leave no frame behind.

A function's call of itself is a loop (`translate.py`).  A call in the last place of another function of the session is
Python's plain call when the callee cannot lead back; otherwise it goes through `bounce`: the first such call runs a
loop, and those below it return to that loop what to call next.  So machines of several states run in constant memory.
"""

from __future__ import annotations

import sys
import types
from collections.abc import Callable
from typing import Any

from xrepl.dialect.names import function_name, is_remote, python_name

STUB = "lfe_stub"  # the attribute of functions that stand for others


class _Next:
    """What `bounce`'s loop has to call next."""

    __slots__ = ("arguments", "function")

    def __init__(self, function: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
        self.function = function
        self.arguments = arguments


def bounce(function: Callable[..., Any], *arguments: Any) -> Any:
    """Call a function in the last place of the caller, which must return the value at once."""
    if sys._getframe(2).f_code is _CODE:
        return _Next(function, arguments)  # the caller was called by the loop below, which goes on
    while True:
        count = len(arguments)
        # plain calls, since a call with `*` recurses in C: Python's limit there is lower than on its own stack
        if count == 1:
            value = function(arguments[0])
        elif count == 2:
            value = function(arguments[0], arguments[1])
        elif count == 3:
            value = function(arguments[0], arguments[1], arguments[2])
        elif count == 4:
            value = function(arguments[0], arguments[1], arguments[2], arguments[3])
        elif count:
            value = function(*arguments)
        else:
            value = function()
        if type(value) is not _Next:
            return value
        function, arguments = value.function, value.arguments


_CODE = bounce.__code__


def may_return(namespace: dict[str, Any], callee: str, caller: str) -> bool:
    """Say whether a call of one function of the session may lead to a call of another one.

    Args:
        namespace: the session's functions by identifier.
        callee: the identifier that is called; what is not defined yet may lead anywhere.
        caller: the identifier that it may lead to.
    """
    seen = {callee}
    left = [callee]
    while left:
        function = namespace.get(left.pop())
        if type(function) is not types.FunctionType:
            return True
        for identifier in _called(function.__code__):
            if identifier == caller:
                return True
            if identifier not in seen and not is_elsewhere(namespace, identifier):
                seen.add(identifier)
                left.append(identifier)
    return False


def _is_stub(function: Any) -> bool:
    """Say whether a function only stands for one that is not defined yet."""
    return bool(getattr(function, "__dict__", {}).get(STUB))


def _called(code: types.CodeType) -> set[str]:
    """Give the identifiers of functions of the session that a code and those inside it mention."""
    found = {name for name in code.co_names if function_name(name) is not None and not is_remote(name)}
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            found |= _called(constant)
    return found


def is_elsewhere(namespace: dict[str, Any], identifier: str) -> bool:
    """Say whether a function is not the session's: one of the library's, of Python's or of Hy's."""
    if identifier in namespace:
        return False
    held = namespace.get("__builtins__")
    found = held.get(identifier) if isinstance(held, dict) else None
    if found is not None and not _is_stub(found):
        return True
    known = function_name(identifier)
    name = python_name(known[0]) if known is not None else identifier
    return name in namespace or (isinstance(held, dict) and name in held)
