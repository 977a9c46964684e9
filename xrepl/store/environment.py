"""The store's LMDB environment: opening, growth, faults.  The only file that imports LMDB.

Every commit is on disk when it returns.  One process has the environment open, and in it one thread writes; reads come
from any thread.  What the tables hold is not this file's business.

A write that fails for want of room is `StoreFull`, and the next one may succeed: LMDB writes beside what is valid and
points to it last, so a half write is nothing.  After any other failed write or sync the environment is *poisoned*: it
takes no further write until it was opened anew and checked, since a sync after a failed one may succeed without having
written what the failed one lost.
"""

from __future__ import annotations

import contextlib
import errno
import os
import resource
from collections.abc import Iterator
from typing import Any

import lmdb

from xrepl.errors import StoreDamaged, StoreError, StoreFull, XreplError
from xrepl.store import pages
from xrepl.store.gate import Gate
from xrepl.store.schema import TABLES
from xrepl.store.transaction import Transaction

DATA_NAME = "data.mdb"
LOCK_NAME = "lock.mdb"
# address space, not disk; halved where the system does not give that much
DEFAULT_MAP_BYTES = 64 << 30
_SMALLEST_MAP_BYTES = 1 << 20
_LARGEST_MAP_BYTES = 1 << 46
MAX_READERS = 1024
_PROBE_BYTES = 1 << 20
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)


class MapFull(Exception):
    """The map is too small for what is to be written: it must grow."""


class Environment:
    """An open LMDB environment.

    Args:
        directory: an existing directory of ours.
        map_bytes: the size of the map at first; it grows.

    Raises:
        StoreDamaged: the file is no store of ours.
        StoreFull: there is no room to open it.
    """

    def __init__(self, directory: str, map_bytes: int = DEFAULT_MAP_BYTES) -> None:
        self.directory = directory
        self.path = os.path.join(directory, DATA_NAME)
        self.poison: StoreDamaged | None = None
        self._pid = os.getpid()
        self._gate = Gate()
        self.map_bytes = map_bytes
        with self.translated():
            self._open()

    @staticmethod
    def durability() -> dict[str, bool]:
        """Give LMDB's settings about syncing; tests weaken them to see that they matter."""
        return {"sync": True, "metasync": True, "writemap": False, "map_async": False}

    def _open(self) -> None:
        while True:
            try:
                self._lmdb = self._open_map()
                break
            except lmdb.MemoryError:
                if self.map_bytes <= _SMALLEST_MAP_BYTES:
                    raise
                self.map_bytes //= 2
        self.map_bytes = self._lmdb.info()["map_size"]  # not under what the file needs
        self._lmdb.reader_check()
        self._tables: dict[str, Any] = {}
        for name in TABLES:
            self._tables[name] = self._open_table(name)

    def _open_map(self) -> Any:
        return lmdb.open(
            self.directory,
            map_size=self.map_bytes,
            mode=0o600,
            create=True,
            max_readers=MAX_READERS,
            max_dbs=len(TABLES) + 1,
            **self.durability(),
        )

    def _open_table(self, name: str) -> Any:
        while True:
            try:
                return self._lmdb.open_db(name.encode())
            except lmdb.MapFullError:
                self.grow()

    @contextlib.contextmanager
    def read(self) -> Iterator[Transaction]:
        """Give a view of what is committed, for microseconds: growth waits for it, and so do all writes then.

        May be called from any thread.

        Raises:
            StoreError: this process did not open the store, or it is closed.
        """
        self.check_process()
        with self._gate.passing(), self.translated(), self._lmdb.begin() as handle:
            yield Transaction(handle, self._tables)

    @contextlib.contextmanager
    def write(self) -> Iterator[Writing]:
        """Begin a write transaction; it is on disk when the block has ended, and undone if the block raises.

        Only for the one writer thread.

        Raises:
            MapFull: the map must `grow`; nothing was written.
            StoreFull: there is no room; nothing was written.
            StoreDamaged: a write failed, now or earlier; nothing was written, as far as anybody knows.
        """
        self.check_process()
        if self.poison:
            raise StoreDamaged(self.poison.message, self.poison.hint)
        with self.translated(), self._lmdb.begin(write=True) as handle:
            yield Writing(self, handle, self._tables)

    def begin_within(self, parent: Any) -> Any:
        """Begin LMDB's transaction within another one of LMDB's."""
        return self._lmdb.begin(write=True, parent=parent)

    def grow(self) -> None:
        """Double the map, once no read is under way.  Only for the writer thread, between transactions.

        Raises:
            StoreFull: the system does not give that much address space.
        """
        size = self.map_bytes * 2
        with self._gate.barred():
            try:
                if size > _LARGEST_MAP_BYTES:
                    raise lmdb.MemoryError("the map is as large as can be")
                self._lmdb.set_mapsize(size)
            except lmdb.Error as reason:
                raise StoreFull(f"{self.path} cannot grow over {self.map_bytes} bytes of address space") from reason
        self.map_bytes = size

    def copy(self, descriptor: int, *, is_compact: bool) -> None:
        """Write a consistent copy of the whole environment to an open file.  Blocks for long.

        May be called from any thread but the writer's.  Writes go on meanwhile; the file grows by what they replace.

        Raises:
            StoreFull: there is no room for it.
            StoreError: it cannot be written.
        """
        self.check_process()
        with self._gate.passing():
            try:
                self._lmdb.copyfd(descriptor, compact=is_compact)
            except lmdb.Error as reason:  # of the copy's disk, it may be: nothing is known against ours
                if any(os.strerror(code) in str(reason) for code in _NO_ROOM):
                    raise StoreFull(
                        "there is no room for the copy of the store", "make room, or copy elsewhere"
                    ) from reason
                raise StoreError(f"the store {self.path} cannot be copied: {reason}", "copy it elsewhere") from reason

    def clear_readers(self) -> int:
        """Free the slots of readers whose process has ended; give how many there were."""
        freed: int = self._lmdb.reader_check()
        return freed

    def size_bytes(self) -> int:
        """Give the size of the data file."""
        return os.stat(self.path).st_size

    def reopen(self) -> None:
        """Close it, once no read is under way, check the file's pages, and open it again; takes the poison away.

        Only for the writer thread.  If it raises, nothing can be read any more either.

        Raises:
            StoreDamaged: LMDB cannot read the file.
        """
        self.check_process()
        self._open_again()
        self.poison = None

    def revive(self) -> None:
        """Make reading possible again where LMDB gave up, after a failed write; the poison stays.

        Only for the writer thread.
        """
        if self._gate.is_locked_out:
            return
        try:
            with self._lmdb.begin():
                pass
        except lmdb.PanicError:
            self._open_again()

    def _open_again(self) -> None:
        with self._gate.barred(), self.translated():
            self._lmdb.close()
            self._gate.lock_out()
            _forget_cached(self.path)
            pages.verify(self.path)
            self._open()
            self._gate.let_in()

    def close(self) -> None:
        """Close it, once no read is under way.  In a forked process this does nothing."""
        if os.getpid() != self._pid:
            return
        with self._gate.barred():
            self._lmdb.close()
        self._gate.lock_out()

    def check_process(self) -> None:
        """Check that this process opened the store.

        Raises:
            StoreError: another one did, of which this is a fork.
        """
        if os.getpid() != self._pid:
            raise StoreError(
                f"the store {self.directory} was opened by process {self._pid}, not by this one ({os.getpid()})",
                "a forked process must not use it",
            )

    @contextlib.contextmanager
    def translated(self) -> Iterator[None]:
        """Raise LMDB's errors as ours."""
        try:
            yield
        except lmdb.MapFullError as reason:
            raise MapFull from reason
        except lmdb.Error as reason:
            raise self._fault(reason) from reason

    def _fault(self, reason: lmdb.Error) -> XreplError:
        text = str(reason)
        if isinstance(reason, lmdb.ReadersFullError):
            return StoreError(f"over {MAX_READERS} reads are under way in {self.path}", "end some of them")
        if isinstance(reason, (lmdb.BadValsizeError, lmdb.ReadonlyError, lmdb.TxnFullError)):
            return StoreError(f"the store {self.path} does not take this: {text}")
        if isinstance(reason, lmdb.DiskError) or self._is_without_room(text):
            return full(self.path)
        damaged = StoreDamaged(
            f"reading or writing {self.path} failed: {text}",
            "nothing is written until the store was opened again and checked; see to the disk, then restart the server",
        )
        self.poison = damaged
        return damaged

    def _is_without_room(self, text: str) -> bool:
        """Say whether an error comes of a full disk or a limit.

        LMDB tells a write that was cut short as an I/O error, so we see whether a write of our own is cut short too.
        """
        if any(os.strerror(code) in text for code in _NO_ROOM):
            return True
        return os.strerror(errno.EIO) in text and not _has_room(self.directory, _end_of(self.path))


@contextlib.contextmanager
def read_file(path: str) -> Iterator[Transaction]:
    """Give a view of a data file that nobody writes to, without a lock and without changing anything.

    Raises:
        StoreDamaged: it is no store of ours.
    """
    try:
        opened = lmdb.open(path, subdir=False, readonly=True, lock=False, max_dbs=len(TABLES) + 1)
        with contextlib.closing(opened):
            tables = {name: opened.open_db(name.encode(), create=False) for name in TABLES}
            with opened.begin() as handle:
                yield Transaction(handle, tables)
    except lmdb.Error as reason:
        raise StoreDamaged(f"{path} cannot be read: {reason}", "put a backup in its place") from reason


class Writing(Transaction):
    """A write transaction, which can hold others."""

    __slots__ = ("_environment",)

    def __init__(self, environment: Environment, handle: Any, tables: dict[str, Any]) -> None:
        super().__init__(handle, tables)
        self._environment = environment

    @contextlib.contextmanager
    def child(self) -> Iterator[Transaction]:
        """Begin a transaction within this one: undone alone if the block raises.  Errors are those of `write`."""
        environment = self._environment
        with environment.translated(), environment.begin_within(self._handle) as handle:
            yield Transaction(handle, self._tables)

    def translated(self) -> contextlib.AbstractContextManager[None]:
        """Raise LMDB's errors as ours within the block."""
        return self._environment.translated()


def _forget_cached(path: str) -> None:
    """Let go of what the system holds of a file in memory, so that it is read from the disk again."""
    descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    try:
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
    finally:
        os.close(descriptor)


def full(path: str) -> StoreFull:
    """Make the error for a store without room, with the figures."""
    directory = os.path.dirname(path)
    free = _free_bytes(directory)
    limit, _ = resource.getrlimit(resource.RLIMIT_FSIZE)
    bound = "" if limit == resource.RLIM_INFINITY else f", files are limited to {limit} bytes"
    return StoreFull(
        f"no room to write to {path}: it has {_end_of(path)} bytes, {free} bytes of the disk are free{bound}",
        "make room, then go on: what was acknowledged is safe",
    )


def is_no_room(reason: OSError) -> bool:
    """Say whether the system refused for want of room."""
    return reason.errno in _NO_ROOM


def _free_bytes(directory: str) -> int:
    status = os.statvfs(directory)
    return status.f_bavail * status.f_frsize


def _end_of(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:
        return 0


def _has_room(directory: str, offset: int) -> bool:
    """Say whether a scratch file can be written and synced at the place where the data file ends."""
    path = os.path.join(directory, "probe")
    try:
        probe = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_TRUNC, 0o600)
    except OSError as reason:
        return not is_no_room(reason)
    try:
        written = os.pwrite(probe, bytes(_PROBE_BYTES), offset)
        os.fsync(probe)
        return written == _PROBE_BYTES
    except OSError as reason:
        return not is_no_room(reason)
    finally:
        os.close(probe)
        os.unlink(path)
