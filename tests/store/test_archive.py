"""The archive: closing, finding, reopening, purging."""

import pytest

from tests.store.making import Kept, make_id
from xrepl.errors import NameTaken, UnknownSession
from xrepl.store import journal, sessions
from xrepl.store.records import Record
from xrepl.store.store import Store


def close(store: Store, session_id: str, at: float = 500) -> None:
    """Archive a session."""
    store.run(lambda txn: sessions.archive(txn, session_id, at, "closed"))


def test_archived_session_is_in_no_listing(kept: Kept) -> None:
    """What is archived is not listed, not found, does not expire, and leaves its name free."""
    close(kept.store, kept.id)

    with kept.store.read() as txn:
        assert (sessions.all(txn), sessions.get(txn, kept.id), sessions.expired(txn, 1e9, 9)) == ([], None, [])
        assert [(one.record.name, one.at, one.why) for one in sessions.archived(txn)] == [("work", 500, "closed")]
    kept.store.run(lambda txn: sessions.create(txn, Record(make_id(), "work")))


def test_reopened_session_has_its_state_and_journal(kept: Kept) -> None:
    """Closing and reopening loses nothing."""
    kept.commit({"x": b"1"}, form="(set x 1)")
    close(kept.store, kept.id)
    record = kept.store.run(lambda txn: sessions.reopen(txn, kept.id, 900))

    with kept.store.read() as txn:
        assert sessions.find(txn, "work") == record
        assert [one.entry.form for one in journal.revisions(txn, kept.id)] == ["(set x 1)"]
        assert sessions.archived(txn) == []
    assert (kept.state(), record.last_active) == ({"x": b"1"}, 900)


def test_archived_state_can_be_read(kept: Kept) -> None:
    """An archived session's state can be looked at without reopening it."""
    kept.commit({"x": b"1"})
    close(kept.store, kept.id)

    assert kept.state() == {"x": b"1"}


def test_latest_of_several_with_one_name_is_found(store: Store) -> None:
    """Of archived sessions that had one name, the one archived last is meant, by order, not by clock."""
    ids = [make_id() for _ in range(3)]
    for session_id in ids:
        store.run(lambda txn, session_id=session_id: sessions.create(txn, Record(session_id, "work")))
        close(store, session_id)

    with store.read() as txn:
        assert sessions.find_archived(txn, "work").record.id == ids[-1]
        assert sessions.find_archived(txn, ids[0]).record.id == ids[0]
        assert sessions.find_archived(txn, ids[1][:8]).record.id == ids[1]
        with pytest.raises(UnknownSession):
            sessions.find_archived(txn, "wor")


def test_reopening_a_taken_name_is_refused(kept: Kept) -> None:
    """A name taken meanwhile is not taken away; the session stays archived."""
    close(kept.store, kept.id)
    kept.store.run(lambda txn: sessions.create(txn, Record(make_id(), "work")))

    with pytest.raises(NameTaken):
        kept.store.run(lambda txn: sessions.reopen(txn, kept.id))

    with kept.store.read() as txn:
        assert sessions.find_archived(txn, "work").record.id == kept.id


def test_purge_deletes_what_it_is_asked_to(store: Store) -> None:
    """Purging takes one, those before a time, or all."""
    ids = [make_id() for _ in range(4)]
    for at, session_id in enumerate(ids):
        store.run(lambda txn, session_id=session_id: sessions.create(txn, Record(session_id)))
        close(store, session_id, at)
    counts = [
        store.run(lambda txn: sessions.purge(txn, ids[3])),
        store.run(lambda txn: sessions.purge(txn, before_s=1)),
        store.run(lambda txn: sessions.purge(txn)),
    ]

    assert counts == [1, 1, 2]
    with store.read() as txn:
        assert sessions.archived(txn) == []
        with pytest.raises(UnknownSession):
            sessions.find_archived(txn, ids[0])


def test_thinning_deletes_what_is_too_old_or_too_much(store: Store) -> None:
    """From those archived first on, a bounded number at a time."""
    ids = [make_id() for _ in range(6)]
    for at, session_id in enumerate(ids):
        store.run(lambda txn, session_id=session_id: sessions.create(txn, Record(session_id)))
        close(store, session_id, at)
    counts = [
        store.run(lambda txn: sessions.thin(txn, None, None, 9)),
        store.run(lambda txn: sessions.thin(txn, 1, None, 9)),
        store.run(lambda txn: sessions.thin(txn, None, 4, 9)),
        store.run(lambda txn: sessions.thin(txn, 3, 4, 9)),
        store.run(lambda txn: sessions.thin(txn, 9, 0, 2)),
    ]

    assert counts == [0, 1, 1, 1, 2]
    with store.read() as txn:
        assert [one.record.id for one in sessions.archived(txn)] == [ids[5]]
