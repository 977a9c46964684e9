"""Where the store lies: its directory, who has it open, and how it is made.

Nothing that exists is changed before it was checked: not opened through a link, not chmod-ed, not removed.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import stat
from collections.abc import Callable, Iterator

from xrepl.config import check_directory
from xrepl.errors import StoreError, StoreLocked, UnsafePath
from xrepl.store.environment import DATA_NAME, LOCK_NAME, full, is_no_room

DIRECTORY_NAME = "store"
OWNER_NAME = "owner"
_NEW_NAME = "new"
_OTHERS = 0o077


def prepare(home: str) -> str:
    """Give the store's directory in a home, made if missing, and checked.

    Raises:
        UnsafePath: it, or a file in it, belongs to somebody else, is open to others, or is no plain directory or file.
        StoreFull: there is no room to make it.
    """
    directory = os.path.join(home, DIRECTORY_NAME)
    with contextlib.suppress(FileExistsError), said(directory):
        os.mkdir(directory, 0o700)
        os.chmod(directory, 0o700)  # a umask may have taken more
    check_directory(directory)
    for name in (DATA_NAME, LOCK_NAME, OWNER_NAME):
        _check_file(os.path.join(directory, name))
    return directory


def _check_file(path: str) -> None:
    try:
        status = os.lstat(path)
    except FileNotFoundError:
        return
    if not stat.S_ISREG(status.st_mode):
        raise UnsafePath(f"{path} is no plain file", "move it away, or set XREPL_HOME to another directory")
    if status.st_uid != os.geteuid():
        raise UnsafePath(f"{path} belongs to user {status.st_uid}", "set XREPL_HOME to a directory of yours")
    if status.st_mode & _OTHERS:
        raise UnsafePath(f"{path} is open to others (mode {stat.S_IMODE(status.st_mode):04o})", f"chmod 600 {path}")


def has_data(directory: str) -> bool:
    """Say whether there is a data file."""
    return os.path.lexists(os.path.join(directory, DATA_NAME))


class Owner:
    """The lock that says which process has the store open; held until `release`, or until the process ends.

    Args:
        directory: the store's.

    Raises:
        StoreLocked: another process, or this one, has it open already.
    """

    def __init__(self, directory: str) -> None:
        path = os.path.join(directory, OWNER_NAME)
        with said(path):
            self._file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            pid = os.pread(self._file, 20, 0).decode("ascii", "replace").strip() or "unknown"
            os.close(self._file)
            raise StoreLocked(
                f"process {pid} has the store {directory} open", "`xrepl server stop` ends a server"
            ) from None
        with contextlib.suppress(OSError):  # the lock counts; the number is for people, and a disk may be full
            os.ftruncate(self._file, 0)
            os.pwrite(self._file, b"%d\n" % os.getpid(), 0)

    def release(self) -> None:
        """Let others open the store."""
        os.close(self._file)


def create(directory: str, fill: Callable[[str], None]) -> None:
    """Make the data file of a new store, which appears whole or not at all.

    Args:
        directory: the store's, locked.
        fill: makes the data file, synced and closed, in the directory it is given.

    Raises:
        StoreFull: there is no room.
    """
    new = os.path.join(directory, _NEW_NAME)
    with said(new):
        _clear(new)
        os.mkdir(new, 0o700)
        os.chmod(new, 0o700)
        fill(new)
        os.rename(os.path.join(new, DATA_NAME), os.path.join(directory, DATA_NAME))
        _clear(new)
        sync_directory(directory)


def write_new(path: str, write: Callable[[int], None]) -> int:
    """Make a file that appears whole, and on disk, or not at all; give its size in bytes.

    Args:
        path: where; nothing may be there.
        write: writes to an open file, given its descriptor.

    Raises:
        StoreFull: there is no room.
        StoreError: there is something already, or the file cannot be made.
    """
    new = f"{path}.{os.getpid()}.new"
    with said(path):
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        try:
            write(descriptor)
            os.fsync(descriptor)
            size = os.fstat(descriptor).st_size
            os.link(new, path)  # unlike a rename, this takes no file's place
            sync_directory(os.path.dirname(os.path.abspath(path)))
        except FileExistsError:
            raise StoreError(f"{path} exists already", "give the name of a new file") from None
        finally:
            os.close(descriptor)
            os.unlink(new)
    return size


def sync_directory(directory: str) -> None:
    """Bring what a directory lists to the disk."""
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _clear(new: str) -> None:
    """Remove a directory that an interrupted start has left."""
    with contextlib.suppress(FileNotFoundError):
        for name in (DATA_NAME, LOCK_NAME):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(os.path.join(new, name))
        os.rmdir(new)


@contextlib.contextmanager
def said(path: str) -> Iterator[None]:
    """Raise the system's errors as ours, with the path."""
    try:
        yield
    except FileExistsError:
        raise
    except OSError as reason:
        if is_no_room(reason):
            raise full(path) from reason
        raise StoreError(f"cannot open {path}: {reason.strerror}", "set XREPL_HOME to another directory") from reason
