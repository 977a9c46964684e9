"""What a session's code can change in its process and is kept: directory, environment, module path, random numbers.

Each is a group of its own, which binds no names.  What is stored of the environment and of the path is the difference
from what the process began with, since that may be another one after an upgrade.  Other state of Python's modules is
not kept.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import pickle
import random
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

from xrepl.evaluator import blobs
from xrepl.evaluator.delta import Delta

_PROTOCOL = 5


class Surrounding(NamedTuple):
    """One thing of the process.

    Attributes:
        read: gives it as it is now; cheap, equal to what it gave before if nothing changed.
        difference: gives what is stored, from what the process began with and what is now.
        apply: makes it as it was, from what the process began with and what was stored.
    """

    read: Callable[[], Any]
    difference: Callable[[Any, Any], Any]
    apply: Callable[[Any, Any], None]


def _directory() -> str:
    try:
        return os.getcwd()
    except OSError:  # somebody removed it
        return ""


def _environment() -> dict[bytes, bytes]:
    data: dict[bytes, bytes] = os.environ._data  # type: ignore[attr-defined]  # 50 us less than by its interface
    return dict(data)


def _difference_of_environment(first: dict[bytes, bytes], now: dict[bytes, bytes]) -> Any:
    changed = {name: value for name, value in now.items() if first.get(name) != value}
    return changed, [name for name in first if name not in now]


def _apply_environment(first: dict[bytes, bytes], stored: Any) -> None:
    changed, gone = stored
    wanted = {**{name: value for name, value in first.items() if name not in gone}, **changed}
    for name in _environment().keys() - wanted.keys():
        del os.environb[name]
    os.environb.update(wanted)


def _difference_of_path(first: list[str], now: list[str]) -> Any:
    start = next((index for index, entry in enumerate(now) if entry in first), len(now))
    after = [entry for entry in now[start:] if entry not in first]
    return now[:start], after, [entry for entry in first if entry not in now]


def _apply_path(first: list[str], stored: Any) -> None:
    before, after, gone = stored
    sys.path[:] = [*before, *(entry for entry in first if entry not in gone), *after]


def _random_numbers() -> tuple[Any, Any]:
    numpy = getattr(sys.modules.get("numpy"), "random", None)
    if numpy is None:
        return random.getstate(), None
    kind, keys, *rest = numpy.get_state()
    return random.getstate(), (kind, keys.tobytes(), str(keys.dtype), *rest)


def _apply_random_numbers(first: Any, stored: Any) -> None:
    own, others = stored
    random.setstate(own)
    if others is not None:
        with contextlib.suppress(ImportError):
            numpy = importlib.import_module("numpy")
            kind, keys, dtype, *rest = others
            numpy.random.set_state((kind, numpy.frombuffer(keys, dtype), *rest))


_RANDOM = "random"
_SURROUNDINGS = {
    "cwd": Surrounding(_directory, lambda first, now: now, lambda first, stored: os.chdir(stored)),
    "environment": Surrounding(_environment, _difference_of_environment, _apply_environment),
    "path": Surrounding(lambda: list(sys.path), _difference_of_path, _apply_path),
    _RANDOM: Surrounding(_random_numbers, lambda first, now: now, _apply_random_numbers),
}
# names without which no code draws random numbers: reading their state takes 50 us
_DRAWING = frozenset(name for name in dir(random) if name[0].islower()) | {_RANDOM}


def is_surrounding(id_: str) -> bool:
    """Say whether a group is one of these."""
    return id_ in _SURROUNDINGS


class Surroundings:
    """The surroundings of one session's evaluator."""

    def __init__(self) -> None:
        self._first: dict[str, Any] = {}
        self._last: dict[str, Any] = {}

    def start(self) -> None:
        """Take what is for what the session begins with."""
        self._first = {id_: each.read() for id_, each in _SURROUNDINGS.items()}
        self._last = dict(self._first)

    def tell(self, delta: Delta, mentioned: frozenset[str] | None) -> None:
        """Put what changed into a delta.

        Args:
            delta: takes it.
            mentioned: the names that the code that ran mentions; None for any.
        """
        for id_, each in _SURROUNDINGS.items():
            if id_ == _RANDOM and mentioned is not None and mentioned.isdisjoint(_DRAWING):
                continue
            now = each.read()
            if now != self._last[id_]:
                self._last[id_] = now
                stored = each.difference(self._first[id_], now)
                delta.set[id_] = ([], blobs.encode((), 0, [pickle.dumps(stored, _PROTOCOL)]))

    def load(self, id_: str, blob: bytes) -> str:
        """Make one as it was stored.

        Returns:
            why that cannot be; empty if it is done.

        Raises:
            StoreDamaged: the bytes cannot be read.
        """
        stored = pickle.loads(blobs.decode(blob).pickles)
        each = _SURROUNDINGS[id_]
        try:
            each.apply(self._first[id_], stored)
        except OSError as problem:
            return f"{stored}: {problem.strerror}"
        self._last[id_] = each.read()
        return ""
