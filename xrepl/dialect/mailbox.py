"""Receiving: the first message that matches, the others stay in order.

A message is looked at once in one receive, however often the process is woken: waiting for one of a million messages
costs a million looks, not more.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from xrepl.dialect.data import Atom
from xrepl.dialect.raising import error
from xrepl.dialect.signals import own, scheduler

__xrepl_atomic__ = True  # never preempted in here, see preemption.py; `match` is the user's code and is


class Timeout:
    """What `receive` gives when the time is over."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "TIMEOUT"


TIMEOUT: Final = Timeout()
INFINITY = Atom("infinity")

Match = Callable[[Any], Any]


def receive(match: Match, timeout_ms: Any = None) -> Any:
    """Take the first message of the caller's mailbox that matches, waiting for it.

    Args:
        match: gives something for a message that matches, None for one that stays.
        timeout_ms: how long to wait; None or `infinity` for as long as it takes.

    Returns:
        what `match` gave, or `TIMEOUT`.

    Raises:
        LfeError: `timeout_value` for a time that is no number of milliseconds, when no message is there.
    """
    process = scheduler.current
    if process is None:
        process = own("receive")
    if timeout_ms is None:  # the usual case, where most often the first message matches
        while not process.inbox:
            scheduler.park(process)
        found = match(process.inbox[0])
        if found is not None:
            process.inbox.popleft()
            return found
    is_wrong = False
    if timeout_ms is INFINITY:
        timeout_ms = None
    elif timeout_ms is not None and (type(timeout_ms) is not int or not 0 <= timeout_ms <= 0xFFFFFFFF):
        timeout_ms, is_wrong = 0, True
    deadline_s = None if timeout_ms is None else time.monotonic() + timeout_ms / 1000
    inbox, skipped = process.inbox, process.skipped
    try:
        while True:
            while inbox:
                found = match(inbox[0])
                message = inbox.popleft()
                if found is not None:
                    return found
                skipped.append(message)
            if is_wrong:
                raise error("timeout_value")
            if deadline_s is not None and (not timeout_ms or time.monotonic() >= deadline_s):
                return TIMEOUT
            scheduler.park(process, deadline_s)
    finally:
        if skipped:
            process.put_back()


def drain() -> list[Any]:
    """Take all messages out of the caller's mailbox."""
    process = own("receive")
    messages = list(process.inbox)
    process.inbox.clear()
    return messages
