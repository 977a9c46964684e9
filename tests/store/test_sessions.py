"""Session records: names, finding, replacing, expiry."""

import dataclasses

import pytest

from tests.store.making import Kept, make_id
from xrepl.errors import AmbiguousPrefix, Conflict, NameTaken, StoreError, UnknownSession
from xrepl.store import sessions
from xrepl.store.records import Record
from xrepl.store.store import Store


def create(store: Store, name: str = "", **fields: object) -> Record:
    """Store a session."""
    record = Record(fields.pop("id", None) or make_id(), name, **fields)  # type: ignore[arg-type]
    return store.run(lambda txn: sessions.create(txn, record))


def find(store: Store, text: str) -> str:
    """Give the id of what is found."""
    with store.read() as txn:
        return sessions.find(txn, text).id


def test_record_comes_back_as_it_was(store: Store) -> None:
    """Every field of a record survives, whatever data the metadata holds."""
    record = create(
        store,
        "work",
        created_at=1,
        last_active=2,
        timeout_ms=None,
        metadata={"a": [1, (2.5, None)], ("k", 1): b"\xff", 7: 10**40, "\udc80": True},
        config={"prompt": "> "},
        cwd="/tmp",
        environment={"B": "2", "A": "1"},
        status="live",
        not_kept={"s": "a socket"},
    )

    with store.read() as txn:
        assert sessions.get(txn, record.id) == record


def test_value_that_is_no_data_is_refused(store: Store) -> None:
    """A record holds data only, never a pickle."""
    with pytest.raises(StoreError, match="object"):
        create(store, metadata={"a": object()})


def test_name_is_taken_once(store: Store) -> None:
    """Two listed sessions cannot have one name; unnamed ones are any number."""
    create(store, "work")
    create(store)
    create(store)

    with pytest.raises(NameTaken):
        create(store, "work")

    with store.read() as txn:
        assert sessions.count(txn) == 3


def test_id_is_used_once(kept: Kept) -> None:
    """An id stays used, also while its session is archived."""
    kept.store.run(lambda txn: sessions.archive(txn, kept.id, 100, "closed"))

    with pytest.raises(Conflict):
        create(kept.store, id=kept.id)


def test_find_prefers_id_then_name_then_prefix(store: Store) -> None:
    """An exact id is over a name, and a name over the beginning of an id."""
    first = create(store, id="abcd" + "0" * 28).id
    second = create(store, "abcd").id
    third = create(store, first).id

    assert (find(store, first), find(store, "abcd"), find(store, "ABCD0")) == (first, second, first)
    assert find(store, third[:8]) == third


def test_prefix_of_several_is_ambiguous(store: Store) -> None:
    """A prefix that several ids have names them."""
    ids = [create(store, id="feed" + digit * 28).id for digit in "01"]

    with pytest.raises(AmbiguousPrefix) as raised:
        find(store, "feed")

    assert raised.value.candidates == tuple(ids)


@pytest.mark.parametrize("text", ["", "abc", "wor", "nothing", "\udc80", "x" * 1000])
def test_find_refuses_what_nothing_has(kept: Kept, text: str) -> None:
    """Texts that are no id, name or prefix of four digits find nothing."""
    with pytest.raises(UnknownSession):
        find(kept.store, text)


def test_long_names_are_names_like_others(store: Store) -> None:
    """A name longer than a key is unique and found."""
    names = ["é" * 200, "é" * 199 + "e"]
    ids = [create(store, name).id for name in names]

    assert [find(store, name) for name in names] == ids


def test_replace_compares_versions(kept: Kept) -> None:
    """A record replaced by somebody else in the meantime is not overwritten."""
    with kept.store.read() as txn:
        seen = sessions.find(txn, "work")
    changed = dataclasses.replace(seen, metadata={"user": "a"})
    after = kept.store.run(lambda txn: sessions.replace(txn, changed, seen.version))

    with pytest.raises(Conflict):
        kept.store.run(lambda txn: sessions.replace(txn, seen, seen.version))

    with kept.store.read() as txn:
        assert sessions.get(txn, kept.id) == after
    assert after.metadata == {"user": "a"}


def test_replace_keeps_what_the_journal_counts(kept: Kept) -> None:
    """A record read before a commit does not take the revision or the last activity back."""
    with kept.store.read() as txn:
        seen = sessions.find(txn, "work")
    kept.commit({"x": b"1"}, at=200)
    after = kept.store.run(lambda txn: sessions.replace(txn, seen))

    assert (after.revision, after.last_active) == (1, 200)


def test_rename_moves_the_name(kept: Kept) -> None:
    """The old name is free, the new one taken; a taken one changes nothing."""
    create(kept.store, "other")
    with kept.store.read() as txn:
        record = sessions.find(txn, "work")
    kept.store.run(lambda txn: sessions.replace(txn, dataclasses.replace(record, name="play")))
    with pytest.raises(NameTaken):
        kept.store.run(lambda txn: sessions.replace(txn, dataclasses.replace(record, name="other")))

    assert find(kept.store, "play") == kept.id
    with pytest.raises(UnknownSession):
        find(kept.store, "work")


def test_expired_are_those_whose_time_is_up(store: Store) -> None:
    """Expiry follows the last activity and the timeout; `default` and infinite ones never expire."""
    soon = create(store, "soon", last_active=10, timeout_ms=1000)
    late = create(store, "late", last_active=10, timeout_ms=5000)
    create(store, "default", last_active=10, timeout_ms=1000)
    create(store, "endless", last_active=10, timeout_ms=None)
    store.run(lambda txn: sessions.touch(txn, late.id, 12))

    with store.read() as txn:
        found = [sessions.expired(txn, now, 10) for now in (10.9, 11.0, 11.1, 17.1, 1e9)]
    assert found == [[], [], [soon.id], [soon.id, late.id], [soon.id, late.id]]


def test_touch_never_goes_back(kept: Kept) -> None:
    """A clock that was set back does not make a session older."""
    kept.store.run(lambda txn: sessions.touch(txn, kept.id, 50))

    with kept.store.read() as txn:
        assert sessions.find(txn, "work").last_active == 100


def test_pages_cover_all(store: Store) -> None:
    """Pages follow each other without gaps and repeats."""
    ids = sorted(create(store).id for _ in range(7))
    with store.read() as txn:
        first = [record.id for record in sessions.page(txn, None, 4)]
        rest = [record.id for record in sessions.page(txn, first[-1], 4)]
        everything = [record.id for record in sessions.all(txn)]

    assert first + rest == everything == ids


def test_deleted_session_is_gone(kept: Kept) -> None:
    """Name and id of a deleted session are not found, and its expiry is forgotten."""
    kept.store.run(lambda txn: sessions.delete(txn, kept.id))

    with kept.store.read() as txn:
        assert (sessions.get(txn, kept.id), sessions.expired(txn, 1e9, 10), sessions.count(txn)) == (None, [], 0)
    create(kept.store, "work")
