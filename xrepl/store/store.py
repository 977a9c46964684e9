"""The store: one LMDB environment, one writer thread, reads from any thread.

What is in it is the business of `sessions.py` and `journal.py`, whose functions take the transactions that this file
hands out.  Only the server's process makes one.
"""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeVar

from xrepl.errors import StoreError
from xrepl.store import check, closing, location, migrate, version
from xrepl.store.check import Finding
from xrepl.store.environment import DEFAULT_MAP_BYTES, Environment
from xrepl.store.schema import SCHEMA_VERSION
from xrepl.store.transaction import Transaction
from xrepl.store.writer import Writer

T = TypeVar("T")


class Store:
    """The open store of a home directory; a context manager.

    Args:
        home: the directory that has the store's directory, made if missing, in it.
        initial_map_bytes: address space to begin with; it grows.
        clock: gives the time in seconds since 1970.

    Raises:
        StoreLocked: a process, named, has it open.
        StoreDamaged: its file does not hold what was written.
        StoreVersion: a later release wrote it.
        StoreFull: there is no room to open it.
        UnsafePath: it belongs to somebody else, or is open to others.
    """

    # tests replace it with a weaker one, to see that they would notice
    environment_type = Environment

    def __init__(
        self,
        home: str,
        *,
        initial_map_bytes: int = DEFAULT_MAP_BYTES,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._clock = clock
        self.directory = location.prepare(home)
        self._owner = location.Owner(self.directory)
        try:
            self._environment = self._open(initial_map_bytes)
        except BaseException:
            self._owner.release()
            raise
        self._is_open = True
        self._closing = threading.Lock()
        self._writer = Writer(self._environment)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    @property
    def path(self) -> str:
        """The path of the data file."""
        return self._environment.path

    @property
    def is_poisoned(self) -> bool:
        """Whether a write has failed, so that nothing is written until `reopen`."""
        return self._environment.poison is not None

    @property
    def map_bytes(self) -> int:
        """The address space that it has now."""
        return self._environment.map_bytes

    def submit(
        self,
        change: Callable[[Transaction], T],
        on_done: Callable[[T | None, Exception | None], None],
        *,
        here: bool = False,
    ) -> None:
        """Queue a change; returns at once, but for `here`.  May be called from any thread.

        Changes run in the order in which they were queued, each seeing all before it, many in one commit.  One that
        raises is undone and leaves the others.  A change may be run more than once, so it must do nothing but read and
        write in its transaction.

        Args:
            change: a function of a transaction.
            on_done: called on the writer's thread with the result, after the change is on disk; or with the error,
                and then nothing of the change is left: `StoreFull`, `StoreDamaged`, or what the change raised.
            here: write it on this thread if no other change waits and the disk is fast; `on_done` is then called
                before this returns.  Saves the time that two threads take to wake each other.

        Raises:
            StoreError: the store is closed.
        """
        self._writer.submit(change, on_done, here=here)

    def run(self, change: Callable[[Transaction], T]) -> T:
        """Queue a change, wait until it is on disk, and give its result, or raise its error.

        Not on the writer's thread, which would wait for itself.

        Raises:
            StoreError: the store is closed, or this is the writer's thread; and what `submit` names.
        """
        if self._writer.is_here():
            raise StoreError("a change cannot wait for another one", "use `submit`")
        done = threading.Event()
        outcome: list[Any] = [None, None]

        def finish(result: T | None, error: Exception | None) -> None:
            outcome[:] = [result, error]
            done.set()

        self.submit(change, finish)
        done.wait()
        if outcome[1]:
            raise outcome[1]
        result: T = outcome[0]
        return result

    def read(self) -> AbstractContextManager[Transaction]:
        """Give a view of what is committed, as a context manager; for microseconds, never held open.

        May be called from any thread.

        Raises:
            StoreError: the store is closed, or was opened by another process than this.
        """
        return self._environment.read()

    def reopen(self) -> list[Finding]:
        """Open the file anew and check it; after an I/O error this is what allows writing again.  Blocks for long.

        Returns:
            What is wrong with values: it costs what it concerns, but does not forbid writing.

        Raises:
            StoreDamaged: LMDB cannot read the file any more: nothing can be read or written.
            StoreError: the store is closed.
        """
        self._writer.call(self._environment.reopen)
        return self.check()

    def clear_readers(self) -> int:
        """Free the slots of readers from outside whose process has ended; give how many there were."""
        return self._environment.clear_readers()

    def check(self) -> list[Finding]:
        """Look at every committed value; give what is wrong.  Blocks for long, see `check.check`.

        May be called from any thread; writes go on meanwhile.
        """
        with self.read() as txn:
            return check.check(txn)

    def backup(self, file: str, *, is_compact: bool = False) -> int:
        """Copy the store as it is now to a new file; give its size in bytes.  Blocks for long.

        May be called from any thread; writes go on meanwhile.  The copy is on disk, whole, when this returns.

        Args:
            file: the copy, which must not exist.
            is_compact: True to leave out unused room, which takes longer.

        Raises:
            StoreFull: there is no room for the copy.
            StoreError: the file exists, or cannot be made.
        """
        return location.write_new(file, lambda copy: self._environment.copy(copy, is_compact=is_compact))

    def close(self) -> None:
        """Commit what is queued, close the file and let others open it.  Blocks.  Doing it twice is no fault."""
        with self._closing:
            if not self._is_open:
                return
            self._is_open = False
            self._writer.stop()
            is_sound = not self._environment.poison
            self._environment.close()
            if is_sound:
                closing.note(self.directory)
            self._owner.release()

    def _open(self, map_bytes: int) -> Environment:
        with location.said(self.directory):
            closing.admit(self.directory)
        if not location.has_data(self.directory):
            location.create(self.directory, self._fill)
        environment = self.environment_type(self.directory, map_bytes)
        try:
            with environment.read() as txn:
                schema = version.check(txn, environment.path)
            if schema < SCHEMA_VERSION:
                with environment.write() as txn:
                    migrate.migrate(txn, schema, self._clock())
        except BaseException:
            environment.close()
            raise
        return environment

    def _fill(self, directory: str) -> None:
        """Make the data file of a new store."""
        with contextlib.closing(self.environment_type(directory)) as environment, environment.write() as txn:
            version.write(txn, self._clock())
