"""One process: its mailbox and what the others know about it.  How processes take turns is in `scheduler.py`."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from typing import Any

from greenlet import greenlet

from xrepl.dialect.identifiers import Pid, Ref, numbering

__xrepl_atomic__ = True  # never preempted in here, see preemption.py


class Process:
    """A process, from spawning to its end.

    Args:
        function: what it runs, without arguments; None for the shell's process, which runs form after form.
    """

    __slots__ = (
        "aliases",
        "dictionary",
        "ending",
        "flags",
        "function",
        "greenlet",
        "inbox",
        "is_alive",
        "is_waiting",
        "links",
        "name",
        "pid",
        "reason",
        "refusals",
        "skipped",
        "thrown",
        "traps_exits",
        "watched_by",
        "watches",
    )

    def __init__(self, function: Callable[[], Any] | None) -> None:
        self.pid: Pid = numbering.make_pid(self)
        self.function = function
        self.greenlet: greenlet | None = None
        # The mailbox is `skipped` (looked at by the receive under way, not matched) and then `inbox`.
        self.inbox: deque[Any] = deque()
        self.skipped: list[Any] = []
        self.is_alive = True
        self.is_waiting = False
        self.thrown: BaseException | None = None
        self.reason: Any = None
        self.refusals = 0
        self.traps_exits = False
        self.links: dict[Process, None] = {}
        self.watched_by: dict[Ref, tuple[Process, Any]] = {}
        self.watches: dict[Ref, Process] = {}
        self.dictionary: dict[Any, Any] = {}
        self.flags: dict[Any, Any] = {}
        self.name: Any = None
        self.aliases: set[Ref] = set()
        self.ending: list[Callable[[], None]] = []

    def messages(self) -> list[Any]:
        """Give the messages in the order of their arrival."""
        return [*self.skipped, *self.inbox]

    def put_back(self) -> None:
        """End a look through the mailbox: what was skipped comes first again."""
        if self.skipped:
            self.inbox.extendleft(reversed(self.skipped))
            self.skipped = []

    def empty(self) -> None:
        """Let go of everything that a process holds, once it has ended."""
        self.inbox = deque()
        self.skipped = []
        self.links = {}
        self.watched_by = {}
        self.watches = {}
        self.dictionary = {}
        self.aliases = set()
        self.ending = []
        self.function = None
