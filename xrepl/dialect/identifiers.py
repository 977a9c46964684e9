"""What names a process or a moment: pids and references, as values of the language.

They are ordered, compared and pickled by number.  A number holds the evaluator's *creation*, drawn at random when the
evaluator starts: a pid that was stored never names a process of a later evaluator.  Nothing here knows what a process
does; a live process's pid points at it, so that a message finds it without a look-up.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from typing import Any, ClassVar

__xrepl_atomic__ = True  # never preempted in here, see preemption.py

_SERIAL_BITS = 64
_SERIAL_MASK = (1 << _SERIAL_BITS) - 1


class Identifier:
    """What pids and references share: a number that is unique among those of all evaluators."""

    __slots__ = ("number",)
    kind: ClassVar[str]
    term_rank: ClassVar[int]

    def __init__(self, number: int) -> None:
        self.number = number

    @property
    def serial(self) -> int:
        """Give the number within its evaluator, counted from 1."""
        return self.number & _SERIAL_MASK

    @property
    def creation(self) -> int:
        """Give the number of the evaluator that made it."""
        return self.number >> _SERIAL_BITS

    def __eq__(self, other: object) -> bool:
        return self is other or (type(other) is type(self) and self.number == other.number)

    def __hash__(self) -> int:
        return hash(self.number)

    def __lt__(self, other: Any) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return bool(self.number < other.number)

    def __copy__(self) -> Identifier:
        return self

    def __deepcopy__(self, memo: object) -> Identifier:
        return self

    def lfe_text(self) -> str:
        """Give the text that the shell prints."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return self.lfe_text()


class Pid(Identifier):
    """Names a process; `process` is the process while it lives, None afterwards."""

    __slots__ = ("process",)
    kind = "pid"
    term_rank = 5

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.process: Any = None

    def __reduce__(self) -> tuple[Any, tuple[int]]:
        return pid_of, (self.number,)

    def lfe_text(self) -> str:
        return f"#Pid<0.{self.serial}.0>"


class Ref(Identifier):
    """Names nothing but itself: no two calls of `make_ref` give the same."""

    __slots__ = ()
    kind = "reference"
    term_rank = 2

    def __reduce__(self) -> tuple[Any, tuple[int]]:
        return Ref, (self.number,)

    def lfe_text(self) -> str:
        return f"#Ref<0.{self.creation}.{self.serial >> 32}.{self.serial & 0xFFFFFFFF}>"


class Numbering:
    """Hands out pids and references for one evaluator, and knows the pids of its live processes."""

    def __init__(self) -> None:
        self.living: dict[int, Pid] = {}
        self.restart()

    def restart(self) -> None:
        """Begin anew with another creation: a forked evaluator must not repeat its parent's numbers."""
        creation = int.from_bytes(os.urandom(4), "big") or 1
        first = (creation << _SERIAL_BITS) + 1
        self._first = first - 1
        self._pids: Iterator[int] = itertools.count(first)
        self._refs: Iterator[int] = itertools.count(first)
        self.living.clear()

    def make_pid(self, process: Any) -> Pid:
        """Give a new process its pid."""
        pid = Pid(next(self._pids))
        pid.process = process
        self.living[pid.number] = pid
        return pid

    def make_ref(self) -> Ref:
        """Give a new reference."""
        return Ref(next(self._refs))

    def local_pid(self, serial: int) -> Pid:
        """Give the pid with this serial number: the live process's own one if there is a live process."""
        return pid_of(self._first + serial)

    def forget(self, pid: Pid) -> None:
        """Note that a pid's process has ended."""
        pid.process = None
        self.living.pop(pid.number, None)


numbering = Numbering()


def pid_of(number: int) -> Pid:
    """Give the pid with this number: the live process's own one if there is a live process."""
    return numbering.living.get(number) or Pid(number)
