"""Stores that earlier releases wrote: each opens, with everything in it.

A release that changes the schema adds a step to `migrate.py`, and keeps the file of the old schema here.  A file is
made by `fill`, then `Store.backup` with `is_compact`.
"""

import shutil
from pathlib import Path

import pytest

from tests.store.making import Kept
from xrepl.store import journal, sessions
from xrepl.store.records import Delta, Entry, Group, Record
from xrepl.store.store import Store

GOLDEN = Path(__file__).parent / "golden"
WORK, BRANCH, CLOSED = ("0123456789abcdef" * 2, "b" * 32, "c" * 32)
LARGE = b"".join(b"%07d\n" % number for number in range(2500))
HUGE = bytes(600_000)  # in parts, most of them the same
RECORD = Record(
    WORK,
    "wörk",
    created_at=100,
    last_active=200,
    timeout_ms=5000,
    metadata={"a": [1, (2.5, None)], ("k", 1): b"\xff", 7: 10**40},
    config={"prompt": "> "},
    cwd="/home/user",
    environment={"LANG": "C.UTF-8", "LONG": "x" * 300},
    status="idle",
    not_kept={"s": "a socket"},
)
ENTRY = Entry("(set x 1)", 123.5, 0.25, "1", "out\n", None, {"client": "emacs", "user": "u"})


def fill(store: Store) -> None:
    """Store a bit of everything."""
    kept = Kept(store, WORK)
    store.run(lambda txn: sessions.create(txn, RECORD))
    store.run(lambda txn: journal.commit(txn, WORK, ENTRY, Delta({"1": Group(["x", "y"], b"1")}), 200))
    kept.commit({"2": b"small", "large": LARGE, "n" * 300: b"long name"}, at=200)
    kept.commit({"2": b"changed", "huge": HUGE}, "large", at=200)
    kept.undo()
    store.run(lambda txn: journal.branch(txn, WORK, Record(BRANCH, "branch", timeout_ms=None), 1))
    store.run(lambda txn: sessions.create(txn, Record(CLOSED, "closed")))
    store.run(lambda txn: sessions.archive(txn, CLOSED, 300, "closed"))


@pytest.mark.parametrize("path", sorted(GOLDEN.iterdir()), ids=lambda path: path.stem)
def test_store_of_an_earlier_release_opens(path: Path, kept_home: Path) -> None:
    """Records, journal, states, branches and the archive are as they were written."""
    (kept_home / "store").mkdir(mode=0o700)
    shutil.copy(path, kept_home / "store" / "data.mdb")
    (kept_home / "store" / "data.mdb").chmod(0o600)
    with Store(str(kept_home)) as store:
        kept = Kept(store, WORK)
        assert store.check() == []
        with store.read() as txn:
            record = sessions.find(txn, "wörk")
            first = journal.revision(txn, WORK, 1)
            archived = sessions.find_archived(txn, "closed")
        states = [kept.state(number) for number in range(5)]
        assert Kept(store, BRANCH).state() == {"x": b"1", "y": b"1"}
        assert (kept.redo(), kept.commit({"new": b"1"})) == (3, 6)

    assert (record.metadata, record.environment, record.not_kept) == (
        RECORD.metadata,
        RECORD.environment,
        RECORD.not_kept,
    )
    assert (record.name, record.revision, record.last_active, record.timeout_ms) == ("wörk", 4, 200, 5000)
    assert (first.entry, first.names_set) == (ENTRY, ["x", "y"])
    assert (archived.record.id, archived.at, archived.why) == (CLOSED, 300, "closed")
    shared = {"x": b"1", "y": b"1"}
    second = {**shared, "2": b"small", "large": LARGE, "n" * 300: b"long name"}
    third = {**shared, "2": b"changed", "huge": HUGE, "n" * 300: b"long name"}
    assert states == [{}, shared, second, third, second]
