"""What is noted when the store is closed, and looked at when it is opened.

The note says in which state the data file was left.  A file that is still the same, by number, times and size, needs no
walk through its pages when it is opened; one that has changed since gets one; and one that describes another state than
it was left in was damaged, or replaced, while it was closed.  After a crash there is no note, so the pages are walked.
"""

from __future__ import annotations

import contextlib
import hashlib
import os

from xrepl.errors import StoreDamaged
from xrepl.store import location, pages, schema
from xrepl.store.environment import DATA_NAME

NOTE_NAME = "closed"


def note(directory: str) -> None:
    """Write down in which state the data file is; for when it has been closed.

    Without room for it there is no note, and the next opening takes longer.
    """
    data = os.path.join(directory, DATA_NAME)
    new = _note_path(directory) + ".new"
    with contextlib.suppress(OSError):
        text = f"{_state(data)}\n{_identity(data)}\n"
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
        with open(descriptor, "w", encoding="ascii") as file:
            file.write(text)
        os.rename(new, _note_path(directory))


def admit(directory: str) -> None:
    """Check that a data file can be opened, and take the note away, since what is written from now on outdates it.

    Raises:
        StoreDamaged: it cannot.
        OSError: it cannot be read.
    """
    data = os.path.join(directory, DATA_NAME)
    state, identity = _read(directory)
    if state and not os.path.lexists(data):
        raise StoreDamaged(f"{data} is gone", f"put it back, or remove {_note_path(directory)} to start empty")
    if not os.path.lexists(data):
        return
    if state and state != _state(data):
        raise StoreDamaged(
            f"{data} is not as it was left: it was damaged, or replaced, while no server ran",
            f"if you put a backup there, remove {_note_path(directory)}; else put a backup there",
        )
    if not identity or identity != _identity(data):
        pages.verify(data, _is_sound)
    if state:
        forget(directory)


def is_as_left(directory: str) -> bool:
    """Say whether the data file is as the note says, to the byte."""
    return _read(directory)[1] == _identity(os.path.join(directory, DATA_NAME))


def forget(directory: str) -> None:
    """Remove the note, for good."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(_note_path(directory))
    location.sync_directory(directory)


def _is_sound(table: str, key: bytes, raw: bytes) -> bool:
    """Check the indexes, which say what there is; the rest is checked when it is read, and costs only itself."""
    return table not in schema.INDEXES or schema.is_sound(key, raw)


def _note_path(directory: str) -> str:
    return os.path.join(directory, NOTE_NAME)


def _read(directory: str) -> tuple[str, str]:
    """Give state and identity from the note; empty if there is none, or none that can be understood."""
    try:
        with open(_note_path(directory), encoding="ascii", errors="replace") as file:
            lines = file.read(1000).splitlines()
    except FileNotFoundError:
        return "", ""
    return (lines[0], lines[1]) if len(lines) == 2 else ("", "")


def _state(path: str) -> str:
    return hashlib.blake2b(pages.meta_pages(path), digest_size=16).hexdigest()


def _identity(path: str) -> str:
    """Give what changes whenever a file is written to or replaced."""
    status = os.stat(path)
    return f"{status.st_dev} {status.st_ino} {status.st_size} {status.st_mtime_ns} {status.st_ctime_ns}"
