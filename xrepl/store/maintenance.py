"""Check, back up and compact a store, as `xrepl store` does while no server runs.

A running server's `Store` has `check` and `backup` of its own.  A copy is a single file; as `data.mdb` in an otherwise
empty store's directory it is a store.
"""

from __future__ import annotations

import contextlib
import os

from xrepl.errors import StoreDamaged, StoreError
from xrepl.store import check as checking
from xrepl.store import closing, location, pages
from xrepl.store.check import Finding
from xrepl.store.environment import DATA_NAME, read_file
from xrepl.store.store import Store


def check(path: str) -> list[Finding]:
    """Look at every page, record, reference and blob of a store or a copy, and change nothing.

    Args:
        path: a home directory, or the file of a copy.

    Returns:
        What is wrong.

    Raises:
        StoreLocked: a process, named, has it open.
        UnsafePath: it belongs to somebody else, or is open to others.
        StoreError: there is no store.
    """
    if os.path.isfile(path):
        return _check_file(path)
    directory = _existing(path)
    owner = location.Owner(directory)
    try:
        return _check_file(os.path.join(directory, DATA_NAME))
    finally:
        owner.release()


def _check_file(path: str) -> list[Finding]:
    with location.said(path):
        try:
            pages.verify(path)
            with read_file(path) as txn:
                return checking.check(txn)
        except StoreDamaged as reason:
            return [Finding("", reason.message)]


def backup(home: str, file: str) -> int:
    """Copy a store to a new file; give its size in bytes.

    Args:
        home: the home directory.
        file: the copy, which must not exist.

    Raises:
        StoreLocked: a process, named, has it open: that one's `Store.backup` is to be asked.
        StoreDamaged: it cannot be opened.
        StoreFull: there is no room for the copy.
        StoreError: there is no store, or the copy cannot be made.
    """
    _existing(home)
    with Store(home) as store:
        return store.backup(file)


def compact(home: str, file: str) -> int:
    """Copy a store, without the room that it does not use, to a new file; give its size in bytes.

    Raises:
        StoreLocked, StoreDamaged, StoreFull, StoreError: as `backup`.
    """
    _existing(home)
    with Store(home) as store:
        return store.backup(file, is_compact=True)


def compact_in_place(home: str) -> tuple[int, int]:
    """Rewrite a store without the room that it does not use; give its sizes in bytes before and after.

    The new file is checked before it takes the old one's place.

    Raises:
        StoreLocked, StoreDamaged, StoreFull, StoreError: as `backup`.
    """
    directory = _existing(home)
    data = os.path.join(directory, DATA_NAME)
    copy = f"{data}.compact"
    with contextlib.suppress(FileNotFoundError):
        os.unlink(copy)  # what an earlier try left
    try:
        compact(home, copy)
        wrong = check(copy)
        if wrong:
            raise StoreDamaged(f"the compacted copy of {home} is not whole: {wrong[0]}", "run xrepl store check")
        sizes = os.stat(data).st_size, os.stat(copy).st_size
        _take_place(directory, copy)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(copy)
    return sizes


def _take_place(directory: str, copy: str) -> None:
    """Put a copy in the place of a store's file, unless that was written to since it was closed."""
    owner = location.Owner(directory)
    try:
        if not closing.is_as_left(directory):
            raise StoreError(f"the store {directory} was used meanwhile", "do it again")
        closing.forget(directory)  # lest a crash leave a note about the other file
        os.replace(copy, os.path.join(directory, DATA_NAME))
        location.sync_directory(directory)
        closing.note(directory)
    finally:
        owner.release()


def _existing(home: str) -> str:
    """Give the directory of a store that exists."""
    if not location.has_data(os.path.join(home, location.DIRECTORY_NAME)):
        raise StoreError(f"there is no store in {home}", "set XREPL_HOME to the directory that has it")
    return location.prepare(home)
