"""Check, back up and compact a store, as `xrepl store` does while no server runs.

A running server's `Store` has `check` and `backup` of its own.  A copy is a single file; as `data.mdb` in an otherwise
empty store's directory it is a store.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
import time
from dataclasses import dataclass

from xrepl.errors import StoreDamaged, StoreError
from xrepl.store import check as checking
from xrepl.store import closing, location, pages
from xrepl.store.check import Finding
from xrepl.store.environment import DATA_NAME, read_file
from xrepl.store.salvage import salvage
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


@dataclass(frozen=True, slots=True)
class Compacted:
    """What came of compacting a store in place.

    Attributes:
        before: its size in bytes.
        after: its size now.
        lost: what could not be read, in words.
        damaged: where the damaged file is now; empty if the store was whole.
    """

    before: int
    after: int
    lost: list[str]
    damaged: str = ""


def compact_in_place(home: str) -> Compacted:
    """Rewrite a store without the room that it does not use, and, if it is damaged, without what cannot be read.

    The new file is checked before it takes the old one's place; a damaged one is kept under another name.

    Raises:
        StoreLocked: a process, named, has it open.
        StoreDamaged: nothing of it can be read.
        StoreFull: there is no room for the copy.
        StoreError: there is no store, or the copy cannot be made.
    """
    directory = _existing(home)
    copy = os.path.join(directory, f"{DATA_NAME}.compact")
    with contextlib.suppress(FileNotFoundError):
        os.unlink(copy)  # what an earlier try left
    try:
        if _is_copied(home, copy):
            return _take_place(directory, copy)
        return _salvaged(directory, copy)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(copy)


def _is_copied(home: str, copy: str) -> bool:
    """Copy a store if it is whole."""
    try:
        compact(home, copy)
    except StoreDamaged:
        return False
    return not check(copy)


def _take_place(directory: str, copy: str) -> Compacted:
    """Put a copy in the place of a store's file, unless that was written to since it was closed."""
    owner = location.Owner(directory)
    try:
        if not closing.is_as_left(directory):
            raise StoreError(f"the store {directory} was used meanwhile", "do it again")
        return _replace(directory, copy, [])
    finally:
        owner.release()


def _salvaged(directory: str, copy: str) -> Compacted:
    """Put what can be read of a damaged store in its place."""
    owner = location.Owner(directory)
    try:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(copy)
        data = os.path.join(directory, DATA_NAME)
        with tempfile.TemporaryDirectory(prefix="salvage-", dir=directory) as aside, Store(aside) as store:
            lost = salvage(data, store)
            store.backup(copy, is_compact=True)
        damaged = f"{data}.damaged-{int(time.time())}"
        with location.said(damaged):
            os.link(data, damaged)
        return _replace(directory, copy, lost, damaged)
    finally:
        owner.release()


def _replace(directory: str, copy: str, lost: list[str], damaged: str = "") -> Compacted:
    data = os.path.join(directory, DATA_NAME)
    before, after = os.stat(data).st_size, os.stat(copy).st_size
    closing.forget(directory)  # lest a crash leave a note about the other file
    os.replace(copy, data)
    location.sync_directory(directory)
    closing.note(directory)
    return Compacted(before, after, lost, damaged)


def _existing(home: str) -> str:
    """Give the directory of a store that exists."""
    if not location.has_data(os.path.join(home, location.DIRECTORY_NAME)):
        raise StoreError(f"there is no store in {home}", "set XREPL_HOME to the directory that has it")
    return location.prepare(home)
