"""Compiled files from one session to the next: a folder of the home directory, one file in it for each path.

What is kept is for this version of Python, Hy and the language, and for the file's text; for any other it is as if it
were not there, and so is what is damaged, or open to others.  Nothing here is ever an error: what is not kept is
compiled again.  The oldest go when there are too many.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

import hy

import xrepl
import xrepl.dialect
import xrepl.evaluator
import xrepl.lang
from xrepl.config import check_directory
from xrepl.dialect.compiled import CompiledFile
from xrepl.errors import UnsafePath
from xrepl.evaluator.compiled_bytes import from_bytes, to_bytes

FOLDER = "compiled"
MAX_FILES = 500
MAX_FILE_BYTES = 8 << 20
MAX_FOLDER_BYTES = 64 << 20
_MAGIC = b"xrepl compiled\n"
_DIGEST_BYTES = 32
_HEAD_BYTES = len(_MAGIC) + 2 * _DIGEST_BYTES
_TEMPORARY = ".new"


def _digest(*parts: bytes) -> bytes:
    """Give a digest of parts that no other parts have."""
    made = hashlib.blake2b(digest_size=_DIGEST_BYTES)
    for part in parts:
        made.update(b"%d:" % len(part))
        made.update(part)
    return made.digest()


def _stamps() -> Iterator[str]:
    """Go through the sizes and times of the files that say what a text is compiled to, and how that is written."""
    for package in (xrepl.dialect, xrepl.evaluator, xrepl.lang):
        for folder in package.__path__:
            for path in sorted(Path(folder).rglob("*.[hp]y")):
                status = path.stat()
                yield f"{path} {status.st_size} {status.st_mtime_ns}"


# taken when the language is loaded, not when a file is compiled: what is in memory then may be older than its files
_VERSION = _digest(
    importlib.util.MAGIC_NUMBER,
    f"{sys.version} {hy.__version__} {xrepl.__version__}".encode(),
    os.fsencode("\n".join(_stamps())),
)


class CompiledFiles:
    """Keeps compiled files in a folder, which is made when it is needed.  Its methods block for reading and writing.

    Args:
        home: the directory that the folder is in.
    """

    def __init__(self, home: str) -> None:
        self._folder = os.path.join(home, FOLDER)

    def find(self, file: str, text: str) -> CompiledFile | None:
        """Give what a file with this path and text was compiled to; None if that is not known."""
        with contextlib.suppress(OSError, UnsafePath):
            check_directory(self._folder)
            data = _read(self._path(file))
            content = data[_HEAD_BYTES:]
            if data[:_HEAD_BYTES] == _head(file, text, content):
                with contextlib.suppress(Exception):  # somebody else wrote it: it may be anything
                    return from_bytes(content)
        return None

    def keep(self, file: str, text: str, compiled: CompiledFile) -> None:
        """Keep what a file was compiled to, in the place of what was kept for its path, if that can be done."""
        with contextlib.suppress(Exception):  # whatever it is, the file was compiled
            data = to_bytes(compiled)
            if len(data) > MAX_FILE_BYTES:
                return
            with contextlib.suppress(FileExistsError):
                os.mkdir(self._folder, 0o700)
            check_directory(self._folder)
            _write(self._path(file), _head(file, text, data) + data)
            self._remove_oldest()

    def _path(self, file: str) -> str:
        """Give where a file's code is kept; a path that is given in another way is in other tracebacks."""
        name = _digest(os.fsencode(os.path.abspath(file)), os.fsencode(file))
        return os.path.join(self._folder, name[:16].hex())

    def _remove_oldest(self) -> None:
        """Remove the files that were written first until no more are left than there may be."""
        with os.scandir(self._folder) as entries:
            found = sorted((entry.stat(follow_symlinks=False).st_mtime_ns, entry.path) for entry in entries)
        size = 0
        for count, (_, path) in enumerate(reversed(found), 1):
            size += os.lstat(path).st_size
            if count > MAX_FILES or size > MAX_FOLDER_BYTES:
                with contextlib.suppress(OSError):
                    os.unlink(path)


def _head(file: str, text: str, content: bytes) -> bytes:
    """Give what stands before the content: what it was made of, and a digest of it."""
    origin = _digest(_VERSION, os.fsencode(file), text.encode("utf-8", "surrogatepass"))
    return _MAGIC + origin + _digest(content)


def _read(path: str) -> bytes:
    """Give a file's bytes; none if it is not ours alone.

    Raises:
        OSError: there is none, or it is a link.
    """
    with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
        status = os.fstat(file.fileno())
        is_ours = status.st_uid == os.geteuid() and not status.st_mode & 0o077
        is_one = stat.S_ISREG(status.st_mode) and status.st_size <= _HEAD_BYTES + MAX_FILE_BYTES
        return file.read() if is_ours and is_one else b""


def _write(path: str, data: bytes) -> None:
    """Write a file, all or nothing.

    Raises:
        OSError: it cannot be written.
    """
    temporary = f"{path}{_TEMPORARY}{os.getpid()}"
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
        os.replace(temporary, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
