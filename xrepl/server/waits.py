"""Which sessions wait for an evaluation in another one, so that nobody waits for ever.

Starts and ends no evaluation.
"""

from __future__ import annotations

from collections import Counter

from xrepl.errors import SessionBusy


class Waits:
    """Which sessions wait for an evaluation in which."""

    def __init__(self) -> None:
        self._edges: Counter[tuple[str, str]] = Counter()

    def begin(self, waiter: str, target: str) -> None:
        """Note that one session's code waits for another.

        Raises:
            SessionBusy: the other waits for this one already, be it over others.
        """
        if waiter == target or self._reaches(target, waiter):
            raise SessionBusy(f"session {target} waits for the session that asks", "evaluate in a third one")
        self._edges[waiter, target] += 1

    def end(self, waiter: str, target: str) -> None:
        """Note that it does no longer."""
        self._edges[waiter, target] -= 1
        if not self._edges[waiter, target]:
            del self._edges[waiter, target]

    def _reaches(self, start: str, goal: str) -> bool:
        todo, seen = [start], {start}
        while todo:
            here = todo.pop()
            if here == goal:
                return True
            following = {target for waiter, target in self._edges if waiter == here} - seen
            seen |= following
            todo += following
        return False
