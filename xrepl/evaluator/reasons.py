"""Why a value cannot be kept, in words: what it is, or what it holds.  Decides nothing."""

from __future__ import annotations

import io
import re
import socket
import threading
import types
from typing import Any

MAX_WORDS = 120  # characters

_NAMES: dict[str, str] = {
    "_thread.lock": "thread lock",
    "_thread.RLock": "thread lock",
    "generator": "generator",
    "coroutine": "coroutine",
    "async_generator": "generator",
    "frame": "stack frame",
    "traceback": "traceback",
    "socket": "socket",
    "Thread": "thread",
    "Popen": "running program",
    "weakref": "weak reference",
    "weakref.ReferenceType": "weak reference",
    "ReferenceType": "weak reference",
    "memoryview": "view of memory",
    "greenlet": "process",
    "greenlet.greenlet": "process",
    "sqlite3.Connection": "database connection",
    "sqlite3.Cursor": "database cursor",
    "select.epoll": "epoll object",
    "re.Match": "match of a regular expression",
    "dict_keys": "view of a map",
    "dict_values": "view of a map",
    "dict_items": "view of a map",
    "_contextvars.ContextVar": "context variable",
    "SSLSocket": "socket",
}
_IN_MESSAGE = re.compile(r"cannot pickle '?([\w.]+)'? object")


class NotKept(Exception):
    """A value cannot be pickled.

    Args:
        reason: why, in words.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def reason_for(problem: BaseException, culprit: Any, values: tuple[Any, ...]) -> str:
    """Give the reason why values cannot be kept.

    Args:
        problem: what pickling raised.
        culprit: the object at which it did, if that is known.
        values: what was to be pickled.
    """
    if isinstance(problem, RecursionError):
        return "nested too deeply"
    if isinstance(problem, MemoryError):
        return "too big for the memory that is left"
    if len(values) == 1:
        own = description(values[0])
        if own is not None:
            return own
    words = _words(problem, culprit)
    if len(values) == 1 and culprit is not values[0]:
        return f"{type(values[0]).__name__} that holds a {words}" if _IN_MESSAGE.search(str(problem)) else words
    return words


def _words(problem: BaseException, culprit: Any) -> str:
    if isinstance(problem, NotKept):
        return problem.reason
    known = description(culprit)
    if known is not None:
        return known
    found = _IN_MESSAGE.search(str(problem))
    if found is not None:
        return _NAMES.get(found[1], found[1].rpartition(".")[2])
    return f"{type(problem).__name__}: {problem}"[:MAX_WORDS]


def description(value: Any) -> str | None:
    """Give words for a value of a kind that is never kept; None for any other."""
    if isinstance(value, io.IOBase) and not isinstance(value, (io.BytesIO, io.StringIO)):
        return f"open file {getattr(value, 'name', '')}".strip()[:MAX_WORDS]
    if isinstance(value, socket.socket):
        return "socket"
    if isinstance(value, threading.Thread):
        return "thread"
    if isinstance(value, types.GeneratorType):
        return "generator"
    return _NAMES.get(type(value).__name__)
