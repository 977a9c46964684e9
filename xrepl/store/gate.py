"""The gate that reads pass, and that is barred while the map moves.  Knows nothing of what is read."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

from xrepl.errors import StoreError


class Gate:
    """Lets reads pass at the same time, and bars them while the map moves."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._passing = 0
        self._is_barred = False
        self.is_locked_out = False

    @contextlib.contextmanager
    def passing(self) -> Iterator[None]:
        """Pass through while the block runs; waits while the gate is barred.

        Raises:
            StoreError: nobody is let in any more.
        """
        with self._condition:
            while self._is_barred:
                self._condition.wait()
            if self.is_locked_out:
                raise StoreError("the store is closed")
            self._passing += 1
        try:
            yield
        finally:
            with self._condition:
                self._passing -= 1
                if self._is_barred:
                    self._condition.notify_all()

    @contextlib.contextmanager
    def barred(self) -> Iterator[None]:
        """Bar the gate while the block runs; waits until nobody is passing."""
        with self._condition:
            self._is_barred = True
            while self._passing:
                self._condition.wait()
        try:
            yield
        finally:
            with self._condition:
                self._is_barred = False
                self._condition.notify_all()

    def lock_out(self) -> None:
        """Let nobody in from now on."""
        with self._condition:
            self.is_locked_out = True

    def let_in(self) -> None:
        """Let everybody in again."""
        with self._condition:
            self.is_locked_out = False
