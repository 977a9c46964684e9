"""The one thread that writes: changes in order, as many in one transaction as are waiting.

Who asks for it may write a single change himself while the thread has nothing to do: waking a thread, and being woken
by it, takes a third as long as a sync.

What a change does is not its business.  A change is acknowledged, by its `on_done`, after its commit is on disk.  It
may be run more than once, when the map had to grow or another change in the same transaction needed too much room, so
it has no effects but those in its transaction.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from xrepl.errors import StoreError, StoreFull, XreplError
from xrepl.store import garbage
from xrepl.store.environment import Environment, MapFull, Writing
from xrepl.store.transaction import Transaction

MAX_CHANGES = 256
# a disk on which a commit takes longer than this is left to the thread
_SHORT_S = 0.003
# how many values are freed in one go while nothing waits: about a millisecond's work
_GARBAGE_STEP = 100

Change = Callable[[Transaction], Any]
OnDone = Callable[[Any, "Exception | None"], None]

_log = logging.getLogger("xrepl.store")


@dataclass(slots=True)
class _Job:
    change: Change
    on_done: OnDone
    result: Any = None
    error: Exception | None = None


class _Undone(Exception):
    """A change that was alone in its transaction has failed."""


class Writer:
    """Takes changes from any thread and commits them.

    Args:
        environment: an open one; whoever made the writer closes it, after `stop`.
    """

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._queue: queue.SimpleQueue[_Job | Callable[[], None] | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._waiting = 0  # changes that are queued or being written, but for what is written `here`
        self._writing = threading.Lock()
        self._last_s = 0.0  # how long the last commit took
        self._is_stopping = False
        self._has_garbage = True
        self._thread = threading.Thread(target=self._run, name="store-writer", daemon=True)
        self._thread.start()

    def submit(self, change: Change, on_done: OnDone, *, here: bool = False) -> None:
        """Queue a change, or write it here; see `Store.submit`."""
        job = _Job(change, on_done)
        if here and self._may_write_here():
            try:
                self._write([job])
            finally:
                self._writing.release()
        else:
            self._put(job)

    def _may_write_here(self) -> bool:
        """Say whether a change can be written at once, in order; then `_writing` is held."""
        self._environment.check_process()
        with self._lock:
            is_quiet = not (self._waiting or self._is_stopping) and self._last_s < _SHORT_S
            return is_quiet and self._writing.acquire(blocking=False)

    def call(self, action: Callable[[], None]) -> None:
        """Run something on the writer's thread, between transactions, and wait for it; raise what it raises."""
        done = threading.Event()
        errors: list[BaseException] = []

        def run() -> None:
            try:
                action()
            except BaseException as error:
                errors.append(error)
            done.set()

        self._put(run)
        done.wait()
        if errors:
            raise errors[0]

    def is_here(self) -> bool:
        """Say whether the caller is on the writer's own thread, which must not wait for itself."""
        return threading.current_thread() is self._thread

    def stop(self) -> None:
        """Commit what is queued, take nothing more, and end the thread."""
        with self._lock:
            if not self._is_stopping:
                self._is_stopping = True
                self._queue.put(None)
        self._thread.join()

    def _put(self, item: _Job | Callable[[], None]) -> None:
        self._environment.check_process()  # a forked process has no writer thread, and would wait for ever
        with self._lock:
            if self._is_stopping:
                raise StoreError("the store is closed")
            self._waiting += 1
            self._queue.put(item)

    def _run(self) -> None:
        while True:
            jobs: list[_Job] = []
            item = self._next()
            while isinstance(item, _Job):
                jobs.append(item)
                if len(jobs) == MAX_CHANGES:
                    break
                try:
                    item = self._queue.get_nowait()
                except queue.Empty:
                    break
            with self._writing:
                if jobs:
                    self._write(jobs)
                if item is None:
                    return
                if not isinstance(item, _Job):
                    item()
            with self._lock:
                self._waiting -= len(jobs) if isinstance(item, _Job) else len(jobs) + 1

    def _next(self) -> _Job | Callable[[], None] | None:
        """Wait for something to do; free garbage meanwhile."""
        while self._has_garbage:
            try:
                return self._queue.get_nowait()
            except queue.Empty:
                self._collect()
        return self._queue.get()

    def _collect(self) -> None:
        step = _Job(lambda txn: garbage.collect(txn, _GARBAGE_STEP), lambda freed, error: None)
        with self._writing:
            self._commit([step])
        self._has_garbage = bool(step.result)

    def _write(self, jobs: list[_Job]) -> None:
        """Commit changes and say so to each; with `_writing` held."""
        begin = time.monotonic()
        self._commit(jobs)
        self._last_s = time.monotonic() - begin
        if len(jobs) > 1 and any(isinstance(job.error, StoreFull) for job in jobs):
            for job in jobs:  # those that need little may find room
                self._commit([job])
        for job in jobs:
            self._acknowledge(job)

    @staticmethod
    def _acknowledge(job: _Job) -> None:
        try:
            job.on_done(job.result, job.error)
        except Exception:
            _log.exception("store writer: acknowledging a change, what its submitter does then failed: %r", job.on_done)

    def _commit(self, jobs: list[_Job]) -> None:
        """Run changes in one transaction, and again when the map had to grow; leaves results or errors in the jobs."""
        while True:
            try:
                with self._environment.write() as txn:
                    self._change(txn, jobs)
                    self._has_garbage = garbage.is_left(txn)
                return
            except _Undone:
                return
            except MapFull:
                try:
                    self._environment.grow()
                except StoreFull as reason:
                    self._fail(jobs, reason)
                    return
            except XreplError as reason:
                self._fail(jobs, reason)
                return

    def _fail(self, jobs: list[_Job], reason: XreplError) -> None:
        for job in jobs:
            job.result, job.error = None, type(reason)(reason.message, reason.hint)
        if not self._environment.poison:
            return
        try:
            self._environment.revive()
        except XreplError as problem:
            _log.error("store writer: reading again after a failed write, the file cannot be read: %s", problem)

    def _change(self, txn: Writing, jobs: list[_Job]) -> None:
        """Run changes, each in a transaction of its own within the one given, unless it is alone."""
        if len(jobs) == 1:
            self._change_alone(txn, jobs[0])
            return
        for job in jobs:
            job.result, job.error = None, None
            try:
                with txn.child() as child:
                    job.result = job.change(child)
            except MapFull:
                raise
            except Exception as error:
                if isinstance(error, StoreFull) or self._environment.poison:
                    raise
                job.error = error

    def _change_alone(self, txn: Writing, job: _Job) -> None:
        job.result, job.error = None, None
        try:
            with txn.translated():
                job.result = job.change(txn)
        except MapFull:
            raise
        except Exception as error:
            job.error = error
            raise _Undone from error
