"""Checking, backing up and compacting."""

import os
import shutil
import stat
import threading
from pathlib import Path

import pytest

from tests.store.making import Kept, make_id
from xrepl.errors import StoreDamaged, StoreError, StoreFull, StoreLocked
from xrepl.store import journal, maintenance, references, schema, sessions
from xrepl.store.records import Record
from xrepl.store.schema import BLOBS, EXPIRY, JOURNAL, NAMES, SESSIONS, STATE
from xrepl.store.store import Store
from xrepl.store.transaction import Transaction

BIG = b"b" * 10_000


@pytest.fixture
def busy(kept: Kept) -> Kept:
    """Give a session with history, beside archived, branched and deleted ones."""
    for number in range(4):
        kept.commit({"x": b"%d" % number, "y": BIG + b"%d" % number, "n" * 300: b"1"})
    kept.undo()
    kept.commit({}, "x")
    for name in ("branch", "closed", "deleted"):
        record = Record(make_id(), name, environment={"A": "1" * 500})
        kept.store.run(lambda txn, record=record: journal.branch(txn, kept.id, record))
        if name == "closed":
            kept.store.run(lambda txn, record=record: sessions.archive(txn, record.id, 5, "closed"))
        if name == "deleted":
            kept.store.run(lambda txn, record=record: sessions.delete(txn, record.id))
    return kept


def test_check_finds_nothing_in_a_sound_store(busy: Kept, kept_home: Path) -> None:
    """Whatever was done to it, a store is in agreement with itself, open or closed."""
    while_open = busy.store.check()
    busy.store.close()

    assert (while_open, maintenance.check(str(kept_home))) == ([], [])


@pytest.mark.parametrize(
    ("table", "text"),
    [
        (NAMES, "does not lead to it"),
        (EXPIRY, "not among those that will expire"),
        (STATE, "a binding that the journal has is missing"),
        (SESSIONS, "of a session that does not exist"),
    ],
)
def test_check_finds_what_is_missing(busy: Kept, table: str, text: str) -> None:
    """A value that others lead to is missed, and the session named."""

    def remove(txn: object) -> None:
        key = {NAMES: b"work", STATE: bytes.fromhex(busy.id) + b"y"}.get(table)
        key = key or (busy.id and next(k for k in txn.keys(table) if bytes.fromhex(busy.id) in k))
        assert txn.delete(table, key)

    busy.store.run(remove)
    findings = busy.store.check()

    assert [busy.id in str(one) and text in str(one) for one in findings].count(True) >= 1


def test_check_finds_damaged_values_and_wrong_counts(busy: Kept) -> None:
    """A value whose checksum is wrong, a blob with other content, a wrong count: each is found."""

    def damage(txn: object) -> None:
        key = schema.entry_key(bytes.fromhex(busy.id), 1)
        txn.put_raw(JOURNAL, key, txn.get_raw(JOURNAL, key)[:-1] + b"?")
        first, second = (schema.digest(BIG + b"%d" % number) for number in (0, 1))
        txn.put_raw(BLOBS, first, BIG)
        txn.put(BLOBS, second + b"n", 99)

    busy.store.run(damage)
    found = "\n".join(map(str, busy.store.check()))

    assert f"session {busy.id}: in the journal table" in found
    assert "is damaged" in found
    assert "counts 99 references" in found
    assert "1 revisions are missing" in found
    assert len(found.splitlines()) == 4


def test_damaged_blob_costs_that_binding_only(busy: Kept) -> None:
    """The other bindings, and other sessions, come back."""
    digest = schema.digest(busy.state()["y"])
    busy.store.run(lambda txn: txn.put_raw(BLOBS, digest, b"other"))

    with busy.store.read() as txn:
        groups = journal.current(txn, busy.id)
    assert "damaged" in groups["y"].fault
    assert (groups["y"].blob, groups["n" * 300].blob, groups["n" * 300].fault) == (b"", b"1", "")


def test_damaged_record_costs_that_session_only(busy: Kept) -> None:
    """A session whose record is damaged is listed as such, and the others as ever."""
    busy.store.run(lambda txn: txn.put_raw(SESSIONS, bytes.fromhex(busy.id), b"????"))

    with busy.store.read() as txn:
        listed = {record.id: record.status for record in sessions.all(txn)}
        assert sessions.find(txn, "branch").name == "branch"
    assert (listed[busy.id], len(listed)) == ("damaged", 2)


def test_record_that_lacks_fields_is_damage_and_can_be_put_aside(busy: Kept) -> None:
    """It is refused, listed as damaged, told by a check, archived, and saved by a compaction."""

    def shorten(txn: Transaction) -> None:
        values = txn.get(SESSIONS, bytes.fromhex(busy.id))
        txn.put(SESSIONS, bytes.fromhex(busy.id), values[:-2])

    state = busy.state()
    busy.store.run(shorten)
    with busy.store.read() as txn:
        with pytest.raises(StoreDamaged, match="has 13 of its 15 fields"):
            sessions.get(txn, busy.id)
        listed = {record.id: record.status for record in sessions.all(txn)}
    assert (listed[busy.id], len(listed)) == ("damaged", 2)
    assert [one.session for one in busy.store.check() if "13 of its 15 fields" in one.text] == [busy.id]
    busy.store.run(lambda txn: sessions.archive(txn, busy.id, 5, "damaged"))
    with busy.store.read() as txn:
        assert [one.record.status for one in sessions.archived(txn)] == ["", "damaged"]
    home = str(Path(busy.store.directory).parent)
    busy.store.close()
    maintenance.compact_in_place(home)
    with Store(home) as store:
        assert Kept(store, busy.id).state() == state


def test_backup_is_a_store(busy: Kept, kept_home: Path, tmp_path: Path) -> None:
    """A backup, readable by its owner alone, opens as a store with everything in it."""
    sizes = [busy.store.backup(str(tmp_path / "full")), busy.store.backup(str(tmp_path / "small"), is_compact=True)]
    state = busy.state()
    busy.store.close()
    for name in ("full", "small"):
        assert maintenance.check(str(tmp_path / name)) == []
        (tmp_path / name / ".." / "other").resolve().mkdir(mode=0o700)
        restored = tmp_path / "other" / "store"
        restored.mkdir(mode=0o700)
        shutil.copy(tmp_path / name, restored / "data.mdb")
        with Store(str(tmp_path / "other")) as store:
            assert Kept(store, busy.id).state() == state
        shutil.rmtree(tmp_path / "other")

    assert [(tmp_path / name).stat().st_size for name in ("full", "small")] == sizes
    assert sizes[1] < sizes[0]
    assert stat.S_IMODE((tmp_path / "full").stat().st_mode) == 0o600


def test_compacted_store_is_smaller_and_whole(busy: Kept, kept_home: Path) -> None:
    """Compacting in place gives room back and changes nothing else; the store opens as ever."""
    busy.commit({"big": BIG * 200})
    busy.commit({}, "big")
    busy.store.run(lambda txn: journal.compact(txn, busy.id, 3, None, 0, 100))
    state = busy.state()
    busy.store.close()
    done = maintenance.compact_in_place(str(kept_home))

    assert (done.after < done.before, done.lost, done.damaged) == (True, [], "")
    assert sorted(path.name for path in (kept_home / "store").iterdir()) == ["closed", "data.mdb", "lock.mdb", "owner"]
    with Store(str(kept_home)) as store:
        assert Kept(store, busy.id).state() == state
        assert store.check() == []


def test_backup_takes_no_file_s_place(busy: Kept, tmp_path: Path) -> None:
    """A file that exists is not overwritten, and no half copy is left."""
    (tmp_path / "there").write_text("precious")
    with pytest.raises(StoreError, match="exists already"):
        busy.store.backup(str(tmp_path / "there"))
    with pytest.raises(StoreError, match="cannot"):
        busy.store.backup(str(tmp_path / "nowhere" / "file"))

    assert (tmp_path / "there").read_text() == "precious"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["home", "there"]


def test_backup_that_fails_does_no_harm(busy: Kept) -> None:
    """A copy that cannot be written is an error of the copy; the store goes on."""
    with open("/dev/full", "wb") as file, pytest.raises(StoreFull):
        busy.store._environment.copy(file.fileno(), is_compact=False)
    reading, writing = os.pipe()
    os.close(reading)
    with pytest.raises(StoreError):
        busy.store._environment.copy(writing, is_compact=True)
    os.close(writing)

    assert not busy.store.is_poisoned
    busy.commit({"x": b"1"})


def test_backup_under_load_is_one_moment(kept: Kept, tmp_path: Path) -> None:
    """While forms are committed, a backup has all up to some moment and nothing after it."""
    stop = threading.Event()

    def work() -> None:
        number = 0
        while not stop.is_set():
            number += 1
            kept.commit({"x": b"%d" % number, "y": b"%d" % number})

    worker = threading.Thread(target=work)
    worker.start()
    for copy in range(5):
        kept.store.backup(str(tmp_path / f"{copy}"))
    stop.set()
    worker.join()

    assert [maintenance.check(str(tmp_path / f"{copy}")) for copy in range(5)] == [[]] * 5


def test_maintenance_is_refused_while_the_store_is_open(store: Store, kept_home: Path, tmp_path: Path) -> None:
    """Check, backup and compact from outside keep away from a running server."""
    for action in (
        lambda: maintenance.check(str(kept_home)),
        lambda: maintenance.backup(str(kept_home), str(tmp_path / "b")),
        lambda: maintenance.compact(str(kept_home), str(tmp_path / "b")),
    ):
        with pytest.raises(StoreLocked):
            action()


def test_check_makes_no_store(tmp_path: Path) -> None:
    """Where there is no store, none is made."""
    with pytest.raises(StoreError, match="no store"):
        maintenance.check(str(tmp_path))
    assert list(tmp_path.iterdir()) == []


def test_small_blobs_need_no_table(kept: Kept) -> None:
    """A blob under the bound is stored in the place of its reference."""
    kept.commit({"x": b"i" * references.MAX_INLINE_BYTES})

    with kept.store.read() as txn:
        assert txn.count(BLOBS) == 0
