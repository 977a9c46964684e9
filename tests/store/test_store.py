"""The writer thread: order, group commit, errors, growth; and reading beside it."""

import random
import threading
from pathlib import Path

import pytest

from tests.store.making import Kept, make_id
from xrepl.errors import NameTaken, StoreError
from xrepl.store import sessions
from xrepl.store.records import Record
from xrepl.store.schema import META
from xrepl.store.store import Store
from xrepl.store.transaction import Transaction


def put(key: bytes, value: object) -> object:
    """Give a change that stores one value."""
    return lambda txn: txn.put(META, key, value)


def read(store: Store, key: bytes) -> object:
    """Give a committed value."""
    with store.read() as txn:
        return txn.get(META, key)


class Held:
    """Keeps the writer busy until released, so that changes wait together."""

    def __init__(self, store: Store) -> None:
        self._entered, self._released = threading.Event(), threading.Event()
        store.submit(self._wait, lambda *_: None)
        self._entered.wait()

    def _wait(self, txn: Transaction) -> None:
        self._entered.set()
        self._released.wait()

    def release(self) -> None:
        """Let the writer go on."""
        self._released.set()


def test_change_is_on_disk_when_it_is_acknowledged(store: Store) -> None:
    """At the time of on_done, the change is committed."""
    seen: list[object] = []
    done = threading.Event()
    store.submit(put(b"k", 1), lambda result, error: (seen.append(read(store, b"k")), done.set()))
    done.wait()

    assert seen == [1]


def test_changes_run_in_order_and_see_those_before(store: Store) -> None:
    """A change sees every change queued before it, committed or not; waiting ones share a commit."""
    held = Held(store)
    seen: list[int] = []
    with store.read() as txn:
        before = txn.get(META, b"n")

    def count(txn: Transaction) -> int:
        number = (txn.get(META, b"n") or 0) + 1
        txn.put(META, b"n", number)
        return number

    for _ in range(20):
        store.submit(count, lambda number, error: seen.append(number))
    held.release()

    assert (before, store.run(count), seen) == (None, 21, list(range(1, 21)))


def test_change_that_fails_leaves_the_others(store: Store) -> None:
    """Of changes in one commit, the one that raises is undone and told; the others are kept."""
    held = Held(store)
    told: list[tuple[object, str]] = []

    def fail(txn: Transaction) -> None:
        txn.put(META, b"b", 1)
        raise NameTaken("taken")

    for change in (put(b"a", 1), fail, put(b"c", 1)):
        store.submit(change, lambda result, error: told.append((result, repr(error))))
    held.release()
    store.run(lambda txn: None)

    assert [read(store, key) for key in (b"a", b"b", b"c")] == [1, None, 1]
    assert [error for _, error in told] == ["None", "NameTaken('taken', '')", "None"]


def test_failing_change_alone_is_undone(store: Store) -> None:
    """A change that raises leaves nothing, and its error comes to who waits for it."""

    def fail(txn: Transaction) -> None:
        txn.put(META, b"k", 1)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.run(fail)
    assert read(store, b"k") is None


def test_writer_survives_what_a_submitter_does(store: Store) -> None:
    """An on_done that raises is logged, and the writer goes on."""
    store.submit(put(b"k", 1), lambda result, error: 1 / 0)

    assert store.run(lambda txn: txn.get(META, b"k")) == 1


def test_change_cannot_wait_for_another(store: Store) -> None:
    """Waiting on the writer's own thread is refused, not a deadlock."""
    with pytest.raises(StoreError, match="cannot wait"):
        store.run(lambda txn: store.run(lambda inner: None))


def test_map_grows_while_others_read(kept_home: Path) -> None:
    """Values larger than the map make it grow; readers on other threads never see an error or half a change."""
    stop = threading.Event()
    seen: list[object] = []
    with Store(str(kept_home), initial_map_bytes=1 << 20) as store:
        kept = Kept(store, make_id())
        store.run(lambda txn: sessions.create(txn, Record(kept.id)))

        def look() -> None:
            while not stop.is_set():
                state = kept.state()
                seen.append(len(set(state.values())) <= 1)

        reader = threading.Thread(target=look)
        reader.start()
        for number in range(8):
            blob = random.Random(number).randbytes(1 << 20)
            kept.commit({"x": blob, "y": blob})
        stop.set()
        reader.join()

        assert store.check() == []
    assert seen.count(False) == 0


def test_large_values_are_kept(kept: Kept) -> None:
    """A blob of 8 MB comes back."""
    blob = random.Random(1).randbytes(8 << 20)
    kept.commit({"x": blob})

    assert kept.state() == {"x": blob}


def test_many_threads_lose_nothing(store: Store) -> None:
    """Changes from many threads at once are all committed, once."""

    def add(txn: Transaction) -> None:
        txn.put(META, b"n", (txn.get(META, b"n") or 0) + 1)

    threads = [threading.Thread(target=lambda: [store.run(add) for _ in range(10)]) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert read(store, b"n") == 80


def test_deleted_sessions_are_freed_while_the_writer_is_idle(kept: Kept) -> None:
    """What a deleted session leaves is freed without being asked for."""
    for number in range(10):
        kept.commit({f"x{number}": b"%d" % number * 1000})
    kept.store.run(lambda txn: sessions.delete(txn, kept.id))
    kept.store.close()

    with Store(kept.store.directory.removesuffix("/store")) as store:
        while not _is_clean(store):
            store.run(lambda txn: None)
        assert store.check() == []


def _is_clean(store: Store) -> bool:
    with store.read() as txn:
        return not any(txn.count(table) for table in ("garbage", "journal", "state", "blobs"))
