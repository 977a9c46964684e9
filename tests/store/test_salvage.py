"""Saving what can be read of a damaged store."""

import dataclasses
from pathlib import Path

import pytest

from tests.store.making import Kept, make_id
from xrepl.errors import StoreDamaged, UnknownRevision
from xrepl.store import journal, maintenance, schema, sessions
from xrepl.store.records import Record
from xrepl.store.schema import JOURNAL, SESSIONS, STATE
from xrepl.store.store import Store
from xrepl.store.transaction import Transaction

BIG = b"b" * 10_000


@pytest.fixture
def busy(kept: Kept) -> Kept:
    """Give a session with history, beside archived ones of its name."""
    for number in range(4):
        kept.commit({"x": b"%d" % number, "y": BIG + b"%d" % number})
    for _ in range(2):
        record = Record(make_id(), environment={"A": "1" * 500})
        kept.store.run(lambda txn, record=record: journal.branch(txn, kept.id, record))
        kept.store.run(lambda txn, record=record: sessions.archive(txn, record.id, 5, "closed"))
    return kept


def damage(kept: Kept, table: str, key: bytes) -> None:
    """Change a byte of a value."""

    def change(txn: Transaction) -> None:
        raw = txn.get_raw(table, key)
        assert raw
        txn.put_raw(table, key, raw[:-1] + bytes([raw[-1] ^ 1]))

    kept.store.run(change)


def compact(kept: Kept) -> tuple[maintenance.Compacted, Kept]:
    """Compact a store and open it again."""
    home = str(Path(kept.store.directory).parent)
    kept.store.close()
    done = maintenance.compact_in_place(home)
    assert maintenance.check(home) == []
    return done, Kept(Store(home), kept.id)


def test_damaged_pages_cost_what_is_on_them(busy: Kept, kept_home: Path) -> None:
    """A store that cannot be opened is one again, with what could be read; the damaged file is kept."""
    state = busy.state()
    busy.store.close()
    data = kept_home / "store" / "data.mdb"
    raw = bytearray(data.read_bytes())
    place = raw.index(BIG + b"2") - 16  # a large value's page: its number
    raw[place : place + 8] = bytes(8)
    data.write_bytes(raw)
    (kept_home / "store" / "closed").unlink()
    with pytest.raises(StoreDamaged, match="is damaged"):
        Store(str(kept_home))

    done = maintenance.compact_in_place(str(kept_home))
    assert Path(done.damaged).read_bytes() == raw
    with Store(str(kept_home)) as store:
        found = Kept(store, busy.id)
        assert (found.state(), found.state(2)["x"], found.state(3)["y"]) == (state, b"1", b"")
        assert len(store.run(sessions.archived)) == 2


def test_damaged_record_leaves_bindings_and_journal(busy: Kept) -> None:
    """A session whose record is lost gets a new one, and has its bindings and its history."""
    state = busy.state()
    damage(busy, SESSIONS, schema.id_key(busy.id))
    done, found = compact(busy)

    with found.store as store, store.read() as txn:
        assert sessions.find(txn, f"recovered-{busy.id[:8]}").revision == 4
    assert any("has lost its record" in text for text in done.lost)
    with Store(str(Path(found.store.directory).parent)) as store:
        again = Kept(store, busy.id)
        assert (again.state(), again.state(2)["x"], again.undo()) == (state, b"1", 3)


def test_damaged_change_cuts_the_journal_there(busy: Kept) -> None:
    """History before a gap is given up, since it cannot be told what is missing; history after it is kept."""
    damage(busy, JOURNAL, schema.change_key(schema.id_key(busy.id), 2))
    done, found = compact(busy)

    with found.store:
        assert (found.state(2)["x"], found.state(3)["x"]) == (b"1", b"2")
        with pytest.raises(UnknownRevision):
            found.state(1)
    assert f"session {busy.id} has lost its 2 earliest revisions" in done.lost


def test_damaged_binding_is_taken_from_the_journal(busy: Kept) -> None:
    """A binding that is damaged in the state is in the journal too, and comes back, before and after compacting."""
    state = busy.state()
    damage(busy, STATE, schema.id_key(busy.id) + b"y")
    before = busy.state()
    _, found = compact(busy)

    with found.store:
        assert (before, found.state()) == (state, state)


def test_names_and_order_are_made_anew(busy: Kept) -> None:
    """Indexes follow from the records: names lead to their sessions, the latest archived is the one meant."""
    busy.store.run(lambda txn: sessions.archive(txn, busy.id, 7, "closed"))
    other = dataclasses.replace(Record(make_id()), name="work")
    busy.store.run(lambda txn: sessions.create(txn, other))
    busy.store.run(lambda txn: sessions.archive(txn, other.id, 6, "closed"))
    damage(busy, JOURNAL, schema.entry_key(schema.id_key(busy.id), 1))
    _, found = compact(busy)

    with found.store as store, store.read() as txn:
        assert sessions.find_archived(txn, "work").record.id == other.id
        assert len(sessions.archived(txn)) == 4
