"""Pickles values of a session and loads them into one, knowing the session's namespace.

Plain pickle stores functions and classes by name.  Here those of the session are taken apart and come back bound to the
namespace of the session that loads them; closures share their cells; a module is stored by its name.  What is pickled
once after a quick try fails is pickled again *thoroughly*: with the session's own dictionaries recognised, and deep
values in an order that needs no deep recursion.  Compares nothing and keeps nothing.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import pickle
import sys
import types
from collections.abc import Iterator
from typing import Any, NamedTuple

from xrepl.dialect.interpreter import Interpreter
from xrepl.errors import RestoreIncomplete
from xrepl.evaluator import blobs
from xrepl.evaluator.arrays import add_arrays
from xrepl.evaluator.bindings import Bindings
from xrepl.evaluator.building import Builder
from xrepl.evaluator.codes import Codes
from xrepl.evaluator.reach import NAMESPACE
from xrepl.evaluator.reasons import NotKept, reason_for
from xrepl.evaluator.sharing import parts_first, shared_cells
from xrepl.evaluator.shell_values import VARIABLES
from xrepl.evaluator.taking import PROTOCOL, TAKEN, refuse_session, take_class, take_exception, take_lent

DIGEST_BYTES = 16
BIG_BYTES = 256 << 10  # above it, pickles are compared by digest


class Context:
    """What the pickler has to know of a session.

    Args:
        interpreter: the session's.
        codes: its code objects.
    """

    def __init__(self, interpreter: Interpreter, codes: Codes) -> None:
        self.interpreter = interpreter
        self.codes = codes
        self.bindings = Bindings(interpreter)
        self.namespace = interpreter.namespace
        self.module = interpreter.module
        self.module_name = interpreter.module.__name__
        self.held = interpreter.globals.held
        self.pickler: Pickler | None = None  # to be used again
        for part in (interpreter, interpreter.globals):
            TAKEN[type(part)] = refuse_session
        self.dictionaries = {
            id(self.namespace): "namespace",
            id(self.held): "held",
            id(vars(sys.modules["builtins"])): "builtins",
        }

    def find_held(self, value: Any) -> str | None:
        """Give the identifier under which something stands beside the namespace."""
        return next((name for name, held in self.held.items() if held is value and name not in VARIABLES), None)

    @contextlib.contextmanager
    def hidden_module(self) -> Iterator[None]:
        """Let nothing be found by name in the session's module: what would be stored so would not be stored."""
        add_arrays(TAKEN)
        modules: dict[str, Any] = sys.modules
        modules[self.module_name] = None
        try:
            yield
        finally:
            modules[self.module_name] = self.module


class TooBig(NotKept):
    """The pickles are over the limit."""


class Sink:
    """Where a pickler writes: pieces, or only their digest.

    Attributes:
        pieces: what was written; empty when it was more than `BIG_BYTES` and the digest is enough.
        digest: of what was written, if it is enough.
        size: bytes written.
    """

    def __init__(self) -> None:
        self.begin(is_digest_enough=False, max_bytes=None)

    def begin(self, *, is_digest_enough: bool, max_bytes: int | None) -> None:
        """Begin anew.

        Args:
            is_digest_enough: keep no big pickles.
            max_bytes: raise TooBig above it.
        """
        self.pieces: list[bytes] = []
        self.digest = hashlib.blake2b(digest_size=DIGEST_BYTES) if is_digest_enough else None
        self.size = 0
        self._max_bytes = max_bytes

    def write(self, piece: bytes) -> None:
        """Take a piece."""
        self.count(len(piece))
        if self.digest is None:
            self.pieces.append(piece)
            return
        self.digest.update(piece)
        if self.size <= BIG_BYTES:
            self.pieces.append(piece)
        else:
            self.pieces.clear()

    def count(self, size: int) -> None:
        """Count bytes against the limit."""
        self.size += size
        if self._max_bytes is not None and self.size > self._max_bytes:
            raise TooBig("too big")


class Pickler(pickle.Pickler):
    """Pickles values of one session; can be used again and again, since making one costs more than a small pickle.

    Args:
        context: the session.
    """

    is_thorough = False

    def __init__(self, context: Context) -> None:
        self.sink = Sink()
        self.buffers: list[pickle.PickleBuffer] = []
        super().__init__(self.sink, PROTOCOL, buffer_callback=self.buffers.append)
        self.context = context
        self.begin(())

    def begin(self, root: tuple[Any, ...]) -> None:
        """Begin anew, with what is going to be pickled."""
        self.clear_memo()
        self.buffers.clear()
        self.root = root
        self.shared: set[int] | None = None
        self.cells: list[types.CellType] = []
        self.owned: set[int] = set()
        self.mentions: set[str] = set()
        self.has_code = False

    def reducer_override(self, value: Any) -> Any:
        """Take apart what is the session's; leave everything else to pickle."""
        take = TAKEN.get(type(value))
        if take is not None:
            return take(self, value)
        if isinstance(value, type):
            return take_class(self, value)
        if isinstance(value, BaseException):
            return take_exception(self, value)
        return take_lent(self, value)

    def shared_cells(self) -> set[int]:
        """Give the list cells at which a run of cells has to end."""
        if self.shared is None:
            self.shared = shared_cells(self.root)
        return self.shared

    def pickle(self) -> int:
        """Pickle the root, and then what the cells of closures hold; give the flags for the header."""
        self.dump(self.root)
        return self._pickle_cells()

    def _pickle_cells(self) -> int:
        if not self.cells:
            return blobs.HAS_CODE if self.has_code else 0
        while self.cells:
            cells, self.cells = self.cells, []
            self.dump([(cell, cell.cell_contents) for cell in cells if _is_filled(cell)])
        self.dump(None)
        return blobs.HAS_CELLS | blobs.HAS_CODE


class ThoroughPickler(Pickler):
    """Pickles what the quick one could not."""

    is_thorough = True
    last: Any = None

    def persistent_id(self, value: Any) -> str | None:
        """Recognise the dictionaries that are the session itself, and note where pickling was when it failed."""
        self.last = value
        found = self.context.dictionaries.get(id(value))
        if found is not None:
            self.mentions.add(NAMESPACE)
        return found

    def pickle(self) -> int:
        """Pickle deep parts first."""
        first = parts_first(self.root, self.shared_cells())
        if first:
            self.dump(first)
        self.dump(self.root)
        return self._pickle_cells() | (blobs.IS_ORDERED if first else 0)


def _is_filled(cell: types.CellType) -> bool:
    try:
        cell.cell_contents  # noqa: B018 - looks whether there is one
    except ValueError:
        return False
    return True


class Pickled(NamedTuple):
    """What became of values.

    Attributes:
        flags: for the header.
        pieces: the pickles; empty when only the digest was asked for.
        buffers: large data beside them.
        stamp: what they are compared by: the pickles, or their digest if they are big.
        is_big: whether the stamp is a digest.
        mentions: the names that code in them mentions.
        memo: what the pickler saw, by id; empty if that was not asked for.  It keeps the ids valid.
        owned: ids of the functions, classes and modules that were not stored by name.
    """

    flags: int
    pieces: list[bytes]
    buffers: list[memoryview]
    stamp: bytes
    is_big: bool
    mentions: frozenset[str]
    memo: dict[int, tuple[int, Any]]
    owned: set[int]


def pickled(
    context: Context,
    values: tuple[Any, ...],
    *,
    has_memo: bool = True,
    is_digest_enough: bool = False,
    max_bytes: int | None = None,
) -> Pickled:
    """Pickle values together.

    Args:
        context: the session, its module hidden.
        values: what to pickle.
        has_memo: whether the result's `memo` is wanted; it costs the size.
        is_digest_enough: make no copy of the pickles; the stamp is a digest whatever the size.
        max_bytes: above this size the values are not kept.

    Raises:
        NotKept: with the reason in words.
    """
    pickler = context.pickler or Pickler(context)
    context.pickler = None  # one that failed, or that saw much, is not used again
    try:
        made = _pickled(pickler, values, has_memo, is_digest_enough, max_bytes)
    except TooBig:
        raise
    except BaseException:
        pickler = ThoroughPickler(context)
        try:
            return _pickled(pickler, values, has_memo, is_digest_enough, max_bytes)
        except TooBig:
            raise
        except BaseException as problem:  # also what code of the user's classes raises
            raise NotKept(reason_for(problem, pickler.last, values)) from None
    if pickler.sink.size < BIG_BYTES:
        pickler.begin(())  # it must keep nothing alive
        context.pickler = pickler
    return made


def _pickled(
    pickler: Pickler, values: tuple[Any, ...], has_memo: bool, is_digest_enough: bool, max_bytes: int | None
) -> Pickled:
    sink = pickler.sink
    sink.begin(is_digest_enough=is_digest_enough, max_bytes=max_bytes)
    pickler.begin(values)
    flags = pickler.pickle()
    buffers = [buffer.raw() for buffer in pickler.buffers]
    pieces, is_big = sink.pieces, True
    if sink.digest is None and sink.size <= BIG_BYTES and not buffers:
        is_big = False
        stamp = pieces[0] if len(pieces) == 1 else b"".join(pieces)
    else:
        digest = sink.digest or hashlib.blake2b(b"".join(pieces), digest_size=DIGEST_BYTES)
        for buffer in buffers:
            sink.count(len(buffer))
            digest.update(buffer)
        stamp = digest.digest()
    memo = pickler.memo.copy() if has_memo else {}
    return Pickled(flags, pieces, buffers, stamp, is_big, frozenset(pickler.mentions), memo, pickler.owned)


class Unpickler(pickle.Unpickler):
    """Loads values into one session."""

    def __init__(self, builder: Builder, file: io.BytesIO, buffers: list[memoryview]) -> None:
        # a copy: what comes out of a buffer may be changed in place
        super().__init__(file, buffers=map(bytearray, buffers))
        self._builder = builder

    def find_class(self, module: str, name: str) -> Any:
        """Find what the pickles name; the builder's methods are those of this session's builder."""
        if module == Builder.__module__ and name.startswith("Builder."):
            return getattr(self._builder, name[8:])
        return super().find_class(module, name)

    def persistent_load(self, name: str) -> Any:
        """Give one of the dictionaries that are the session itself."""
        return self._builder.special(name)


def load(builder: Builder, blob: blobs.Blob) -> tuple[Any, ...]:
    """Load the values of a group, in the order of its names.

    Raises:
        RestoreIncomplete: they cannot be loaded; says why.
    """
    builder.has_same_versions = blob.versions == blobs.VERSIONS
    unpickler = Unpickler(builder, io.BytesIO(blob.pickles), blob.buffers)
    try:
        if blob.flags & blobs.IS_ORDERED:
            first = unpickler.load()
        values = unpickler.load()
        if blob.flags & blobs.HAS_CELLS:
            for cell, content in _cells(unpickler):
                cell.cell_contents = content
        first = None  # noqa: F841 - only now may the parts go
    except RestoreIncomplete:
        raise
    except BaseException as problem:  # whatever the user's classes or the imported modules raise
        raise RestoreIncomplete(f"{type(problem).__name__}: {problem}") from problem
    if type(values) is not tuple or len(values) != len(blob.names):
        raise RestoreIncomplete("it does not hold what its header says")
    return values


def _cells(unpickler: Unpickler) -> Iterator[tuple[types.CellType, Any]]:
    while (filled := unpickler.load()) is not None:
        yield from filled
