"""The data file's structure, read without LMDB.

LMDB follows page numbers and offsets as it finds them: in a damaged file that ends the process, or gives other values
than were stored.  So a file that may have changed since it was closed is walked here first, page by page.  What the
values say is checked elsewhere, by their checksums.

The format is LMDB's of version 0.9 on a little-endian machine with 64 bits: pages of one size, the first two of which
each describe one state of the whole (a *meta page*; the one with the higher transaction number counts); B+ trees of
branch and leaf pages; runs of overflow pages for values that do not fit in a leaf; a tree of free pages.
"""

from __future__ import annotations

import mmap
import os
import struct
from collections.abc import Callable
from dataclasses import dataclass

from xrepl.errors import StoreDamaged
from xrepl.store.schema import TABLES

_HEAD = struct.Struct("<QHHHH")  # page number, unused, flags, end of the offsets, start of the nodes
_RUN = struct.Struct("<I")  # pages in a run of overflow pages, in the place of the last two
_NODE = struct.Struct("<HHHH")  # low and high half of the size, flags, size of the key
_TREE = struct.Struct("<IHHQQQQQ")  # page size, flags, depth, branch, leaf and overflow pages, entries, root
_META = struct.Struct("<IIQQ")  # magic, version, address, map size
_META_END = struct.Struct("<QQ")  # last page, transaction number
_NUMBER = struct.Struct("<Q")
_MAGIC, _VERSION = 0xBEEFC0DE, 1
_BRANCH, _LEAF, _OVERFLOW, _METAPAGE = 1, 2, 4, 8
_BIG, _SUBTREE = 1, 2
_INTEGER_KEYS = 8
_NO_PAGE = (1 << 64) - 1
_META_PAGES = 2
_HEAD_BYTES, _NODE_BYTES = _HEAD.size, _NODE.size
META_BYTES = _HEAD_BYTES + _META.size + 2 * _TREE.size + _META_END.size

# a key as it is compared
Key = bytes | int
# takes a key, the bytes of its value, and whether that is the root of a table
Take = Callable[[bytes, bytes, bool], None]
_PAGE_SIZES = {1 << power for power in range(9, 17)}


class _Fault(Exception):
    """Something in the file is not as LMDB writes it."""


@dataclass(frozen=True, slots=True)
class _Tree:
    page_bytes: int
    flags: int
    depth: int
    branch_pages: int
    leaf_pages: int
    overflow_pages: int
    entries: int
    root: int


@dataclass(frozen=True, slots=True)
class _Meta:
    free: _Tree
    main: _Tree
    last_page: int
    transaction: int


def verify(path: str, is_sound: Callable[[str, bytes, bytes], bool] | None = None) -> None:
    """Check that LMDB can read a data file that nobody writes to.  Takes about a microsecond a value.

    Args:
        path: the data file.
        is_sound: says whether a value is what it should be, given table, key, and its bytes; None to look at none.

    Raises:
        StoreDamaged: it cannot; the message says where.
        OSError: the file cannot be read.
    """
    try:
        with _File(path) as file:
            _verify(file, is_sound)
    except _Fault as fault:
        raise damaged(path, str(fault)) from fault


def damaged(path: str, what: str) -> StoreDamaged:
    """Make the error for a damaged data file."""
    return StoreDamaged(
        f"{path} is damaged: {what}",
        "it was left as it is: put a backup in its place, or save what can be read: xrepl store compact",
    )


def meta_pages(path: str) -> bytes:
    """Give the parts of a data file that describe its state: other bytes mean another state."""
    with open(path, "rb") as file:
        first = file.read(META_BYTES)
        size = int.from_bytes(first[_HEAD_BYTES + _META.size :][:4], "little")
        file.seek(size)
        return first + file.read(META_BYTES)


def salvage(path: str, take: Callable[[str, bytes, bytes], None]) -> None:
    """Hand out what can be reached in a damaged data file.

    Args:
        path: the data file.
        take: gets table, key, and the bytes of the value, which may be damaged as well: their checksums say so.

    Raises:
        StoreDamaged: nothing can be reached.
        OSError: the file cannot be read.
    """
    try:
        with _File(path) as file:
            for name, root in _tables(_Walk(file, is_strict=False), file.meta.main):
                table = name.decode("ascii", "replace")
                _Walk(file, is_strict=False).visit(root, _taking(table, take))
    except _Fault as fault:
        raise damaged(path, str(fault)) from fault


def _looking(table: str, is_sound: Callable[[str, bytes, bytes], bool]) -> Take:
    def look(key: bytes, data: bytes, _: bool) -> None:
        if not is_sound(table, key, data):
            raise _Fault(f"a value in its {table} table is not what was stored")

    return look


def _taking(table: str, take: Callable[[str, bytes, bytes], None]) -> Take:
    return lambda key, data, _: take(table, key, data)


def _tables(walk: _Walk, main: _Tree) -> list[tuple[bytes, _Tree]]:
    """Give the names of the tables, and their trees."""
    found: list[tuple[bytes, _Tree]] = []

    def take(name: bytes, data: bytes, is_tree: bool) -> None:
        if is_tree:
            if len(data) != _TREE.size:
                raise _Fault("a table's root is no root")
            found.append((name, _Tree(*_TREE.unpack(data))))

    walk.visit(main, take)
    return found


class _File:
    """A data file, mapped; knows its newest state."""

    def __init__(self, path: str) -> None:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
        try:
            self.size = os.fstat(descriptor).st_size
            if self.size < META_BYTES:
                raise _Fault(f"it has {self.size} bytes, less than its first page")
            self.map = mmap.mmap(descriptor, self.size, access=mmap.ACCESS_READ)
        finally:
            os.close(descriptor)
        try:
            self.page_bytes: int = _TREE.unpack_from(self.map, _HEAD_BYTES + _META.size)[0]
            if self.page_bytes not in _PAGE_SIZES or self.size < _META_PAGES * self.page_bytes:
                raise _Fault("its first page is no beginning of a store")
            metas = [self._meta(number) for number in range(_META_PAGES)]
        except BaseException:
            self.map.close()
            raise
        self.meta = max(metas, key=lambda meta: meta.transaction)
        self.metas = metas

    def __enter__(self) -> _File:
        return self

    def __exit__(self, *problem: object) -> None:
        self.map.close()

    def _meta(self, number: int) -> _Meta:
        at = number * self.page_bytes
        page, _, flags, _, _ = _HEAD.unpack_from(self.map, at)
        magic, version, _, _ = _META.unpack_from(self.map, at + _HEAD_BYTES)
        if (page, flags, magic, version) != (number, _METAPAGE, _MAGIC, _VERSION):
            raise _Fault(f"page {number} does not describe a store")
        trees_at = at + _HEAD_BYTES + _META.size
        free = _Tree(*_TREE.unpack_from(self.map, trees_at))
        main = _Tree(*_TREE.unpack_from(self.map, trees_at + _TREE.size))
        last, transaction = _META_END.unpack_from(self.map, trees_at + 2 * _TREE.size)
        if free.page_bytes != self.page_bytes or free.flags != _INTEGER_KEYS or main.flags:
            raise _Fault(f"page {number} describes another kind of store")
        return _Meta(free, main, last, transaction)


def _verify(file: _File, is_sound: Callable[[str, bytes, bytes], bool] | None) -> None:
    numbers = sorted(meta.transaction for meta in file.metas)
    if numbers[1] - numbers[0] > 1:
        raise _Fault(f"its two states, of transactions {numbers[0]} and {numbers[1]}, do not follow each other")
    walk = _Walk(file)
    for name, tree in _tables(walk, file.meta.main):
        # a damaged name would be taken for no table, and an empty one be made in its place
        if name.decode("ascii", "replace") not in TABLES:
            raise _Fault(f"it has a table {name!r}, which is none of this version's")
        walk.visit(tree, _looking(name.decode("ascii", "replace"), is_sound) if is_sound else None)
    lists: list[tuple[bytes, bytes]] = []
    walk.visit(file.meta.free, lambda key, data, _: lists.append((key, data)))
    for key, data in lists:
        _verify_free(walk, key, data)


def _verify_free(walk: _Walk, key: bytes, data: bytes) -> None:
    """Check that pages said to be free are not in use."""
    if len(key) != _NUMBER.size or len(data) < _NUMBER.size:
        raise _Fault("the list of free pages is broken")
    count = _NUMBER.unpack_from(data)[0]
    if len(data) < (count + 1) * _NUMBER.size:
        raise _Fault("the list of free pages is cut off")
    for page in struct.unpack_from(f"<{count}Q", data, _NUMBER.size):
        walk.use(page, "free")


class _Walk:
    """A walk through trees, which notes the pages it has seen.

    Args:
        file: the data file.
        is_strict: True to raise at the first fault; False to leave out what is broken.
    """

    def __init__(self, file: _File, *, is_strict: bool = True) -> None:
        self._map = file.map
        self._page_bytes = file.page_bytes
        self._pages = min(file.meta.last_page + 1, file.size // file.page_bytes)
        # free pages at the end may lie beyond what was ever written
        self._used = bytearray(min(file.meta.last_page + 1, file.size))
        self._is_strict = is_strict

    def use(self, page: int, what: str) -> None:
        """Note that a page is used, by one thing only."""
        if not _META_PAGES <= page < len(self._used):
            raise _Fault(f"page {page}, {what}, is outside of the file")
        if self._used[page]:
            raise _Fault(f"page {page}, {what}, is used twice")
        self._used[page] = 1

    def visit(self, tree: _Tree, take: Take | None = None) -> None:
        """Check a tree, page by page, and hand out its keys and values in order, unless `take` is None."""
        self._counts = {_BRANCH: 0, _LEAF: 0, _OVERFLOW: 0}
        self._entries = 0
        self._before: Key | None = None
        self._is_numeric = bool(tree.flags & _INTEGER_KEYS)
        self._take = take
        if tree.root != _NO_PAGE:
            self._below(tree.root, tree.depth, None)
        found = (self._counts[_BRANCH], self._counts[_LEAF], self._counts[_OVERFLOW], self._entries)
        if self._is_strict and found != (tree.branch_pages, tree.leaf_pages, tree.overflow_pages, tree.entries):
            raise _Fault("a table has not as many pages and values as it should")

    def _below(self, page: int, depth: int, lowest: Key | None) -> None:
        """Visit what is in or under a page; no key may be under the lowest."""
        try:
            self._visit_page(page, depth, lowest)
        except _Fault:
            if self._is_strict:
                raise

    def _visit_page(self, page: int, depth: int, lowest: Key | None) -> None:
        kind = _LEAF if depth == 1 else _BRANCH
        offsets, upper = self._open(page, kind)
        at = page * self._page_bytes
        visit = self._leaf if kind == _LEAF else self._branch
        if visit(at, offsets, depth, lowest) != self._page_bytes - upper and self._is_strict:
            raise _Fault(f"page {page} has nodes that overlap")

    def _open(self, page: int, kind: int) -> tuple[tuple[int, ...], int]:
        """Check a branch or leaf page; give where its nodes are and where the first of them begins."""
        if page >= self._pages:
            raise _Fault(f"page {page} is cut off")
        self.use(page, "of a table")
        at = page * self._page_bytes
        number, _, flags, lower, upper = _HEAD.unpack_from(self._map, at)
        if number != page or flags != kind:
            raise _Fault(f"page {page} is not the page that it should be")
        if not _HEAD_BYTES < lower <= upper < self._page_bytes or lower % 2:
            raise _Fault(f"page {page} has its nodes outside of it")
        offsets = struct.unpack_from(f"<{(lower - _HEAD_BYTES) // 2}H", self._map, at + _HEAD_BYTES)
        if min(offsets) < upper or max(offsets) > self._page_bytes - _NODE_BYTES:
            raise _Fault(f"page {page} has a node outside of it")
        self._counts[kind] += 1
        return offsets, upper

    def _branch(self, at: int, offsets: tuple[int, ...], depth: int, lowest: Key | None) -> int:
        """Visit what is under a branch page; give the size of its nodes."""
        total = 0
        for place, offset in enumerate(offsets):
            low, high, more, key_bytes = _NODE.unpack_from(self._map, at + offset)
            total += _NODE_BYTES + key_bytes + (key_bytes & 1)
            bound = lowest
            if place:  # the first one's key is not used
                bound = self._ordered(self._key(at + offset, key_bytes))
            self._below(low | high << 16 | more << 32, depth - 1, bound)
        return total

    def _leaf(self, at: int, offsets: tuple[int, ...], depth: int, lowest: Key | None) -> int:
        """Visit the keys and values of a leaf page; give the size of its nodes."""
        total = 0
        for offset in offsets:
            low, high, flags, key_bytes = _NODE.unpack_from(self._map, at + offset)
            size = low | high << 16
            here = _NODE_BYTES + key_bytes + (_NUMBER.size if flags & _BIG else size)
            total += here + (here & 1)
            try:
                if offset + here > self._page_bytes:
                    raise _Fault("a value is larger than its page")
                self._value(at + offset, key_bytes, size, flags, lowest)
            except _Fault:
                if self._is_strict:
                    raise
        return total

    def _value(self, at: int, key_bytes: int, size: int, flags: int, lowest: Key | None) -> None:
        raw = self._key(at, key_bytes)
        key = self._ordered(raw)
        if lowest is not None and key < lowest:  # type: ignore[operator]
            raise _Fault("a table is not in order")
        self._before = key
        start = at + _NODE_BYTES + key_bytes
        if flags & _BIG:
            start = self._run(_NUMBER.unpack_from(self._map, start)[0], size)
        elif flags not in (0, _SUBTREE):
            raise _Fault("a value is of a kind that is not used here")
        self._entries += 1
        if self._take:
            self._take(raw, self._map[start : start + size], bool(flags & _SUBTREE))

    def _run(self, page: int, size: int) -> int:
        """Check a run of overflow pages; give where its content starts."""
        if not _META_PAGES <= page < self._pages:
            raise _Fault(f"page {page} is cut off")
        at = page * self._page_bytes
        number, _, flags, _, _ = _HEAD.unpack_from(self._map, at)
        count: int = _RUN.unpack_from(self._map, at + _HEAD_BYTES - _RUN.size)[0]
        if number != page or flags != _OVERFLOW or count != -(-(size + _HEAD_BYTES) // self._page_bytes):
            raise _Fault(f"page {page} is not the page that it should be")
        if page + count > self._pages:
            raise _Fault(f"page {page + count - 1} is cut off")
        for each in range(page, page + count):
            self.use(each, "of a large value")
        self._counts[_OVERFLOW] += count
        return at + _HEAD_BYTES

    def _key(self, at: int, size: int) -> bytes:
        return self._map[at + _NODE_BYTES : at + _NODE_BYTES + size]

    def _ordered(self, raw: bytes) -> Key:
        """Give a key as it is compared, after checking that it is over the one before."""
        key: Key = int.from_bytes(raw, "little") if self._is_numeric else raw
        if self._before is not None and key <= self._before:  # type: ignore[operator]
            raise _Fault("a table is not in order")
        return key
