"""The journal: commits, revisions, states of before, undo and redo, branches, compaction."""

import pytest

from tests.store.making import Kept, delta, make_id
from xrepl.errors import UnknownRevision, UnknownSession
from xrepl.store import garbage, journal, sessions
from xrepl.store.records import Delta, Difference, Entry, Group, Record
from xrepl.store.schema import BLOBS, JOURNAL, STATE
from xrepl.store.store import Store

BIG = b"b" * 10_000


def test_entry_comes_back_as_it_was(kept: Kept) -> None:
    """Every field of an entry survives, and the record counts it."""
    entry = Entry("(set x 1)", 12.5, 0.25, "1", "out\n", "** error", {"client": "emacs"}, "background")
    number = kept.store.run(lambda txn: journal.commit(txn, kept.id, entry, delta({"x": b"1"}), 300.9))

    with kept.store.read() as txn:
        found = journal.revision(txn, kept.id, number)
        record = sessions.find(txn, "work")
    assert (found.number, found.entry, found.names_set, found.names_gone) == (1, entry, ["x"], [])
    assert (record.revision, record.last_active) == (1, 300)


def test_not_kept_is_stored_with_the_form(kept: Kept) -> None:
    """The names that could not be stored are in the record after the same commit."""
    kept.store.run(lambda txn: journal.commit(txn, kept.id, Entry("f"), Delta(), 100, {"s": "socket"}))
    kept.commit()

    with kept.store.read() as txn:
        assert sessions.find(txn, "work").not_kept == {"s": "socket"}


def test_commit_to_an_unknown_session_is_refused(store: Store) -> None:
    """A closed session takes no form."""
    with pytest.raises(UnknownSession):
        store.run(lambda txn: journal.commit(txn, make_id(), Entry("f"), delta({"x": b"1"}), 1))


def test_states_of_all_revisions_are_there(kept: Kept) -> None:
    """The state after each revision, and before the first, is as it was, with small and big values."""
    states = [{}]
    for changed, gone in [({"x": b"1"}, ()), ({"y": BIG}, ()), ({}, ()), ({"x": b"2", "z": BIG}, ()), ({}, ("y",))]:
        kept.commit(changed, *gone)
        states.append({name: blob for name, blob in {**states[-1], **changed}.items() if name not in gone})

    assert [kept.state(number) for number in range(len(states))] == states
    assert kept.state() == states[-1]


@pytest.mark.parametrize("number", [-1, 2, 10**30])
def test_unknown_revision_is_refused(kept: Kept, number: int) -> None:
    """A number that no revision has is an error, not another state."""
    kept.commit({"x": b"1"})

    with pytest.raises(UnknownRevision):
        kept.state(number)
    with kept.store.read() as txn, pytest.raises(UnknownRevision):
        journal.revision(txn, kept.id, number)


def test_group_of_several_names_is_one_value(kept: Kept) -> None:
    """Names that share an object are stored together and come back together."""
    group = Group(["a", "b"], b"shared")
    kept.store.run(lambda txn: journal.commit(txn, kept.id, Entry("f"), Delta({"g" * 300: group}), 100))

    with kept.store.read() as txn:
        assert journal.current(txn, kept.id) == {"g" * 300: group}


def test_group_that_is_as_it_was_is_no_change(kept: Kept) -> None:
    """A delta that says what is so already leaves nothing to undo."""
    kept.commit({"x": b"1"})
    kept.commit({"x": b"1"}, "nothing")

    with kept.store.read() as txn:
        assert not journal.revision(txn, kept.id, 2).is_change
    assert kept.undo() == 0


def test_revisions_are_paged_and_searched(kept: Kept) -> None:
    """The newest come first; a page continues before a number; a search looks at the forms."""
    for number in range(1, 8):
        kept.commit(form=f"(DEFUN f{number} ())" if number % 2 else "(f)")

    with kept.store.read() as txn:
        pages = [
            [one.number for one in journal.revisions(txn, kept.id, limit, before, search)]
            for limit, before, search in [(3, None, ""), (3, 5, ""), (9, 2, ""), (9, 1, ""), (2, 7, "defun")]
        ]
    assert pages == [[7, 6, 5], [4, 3, 2], [1], [], [5, 3]]


def test_undo_goes_back_over_changes_only(kept: Kept) -> None:
    """Undo passes forms that changed nothing, goes further back when repeated, and ends at the beginning."""
    kept.commit({"x": b"1"})
    kept.commit()
    kept.commit({"x": b"2"})
    kept.commit()

    assert [(kept.undo(), kept.state()) for _ in range(3)] == [(1, {"x": b"1"}), (0, {}), (None, {})]


def test_redo_goes_forward_until_something_else_changes(kept: Kept) -> None:
    """Redo retraces undo; a new change ends it; a form that changes nothing does not."""
    for value in (b"1", b"2", b"3"):
        kept.commit({"x": value})
    kept.undo(2)
    kept.commit()
    forward = [(kept.redo(), kept.state()["x"]) for _ in range(3)]
    kept.undo()
    kept.commit({"y": b"9"})

    assert forward == [(2, b"2"), (3, b"3"), (None, b"3")]
    assert kept.redo() is None
    assert [kept.undo(), kept.undo(), kept.undo()] == [2, 1, 0]


def test_undo_of_several_steps_is_all_or_nothing(kept: Kept) -> None:
    """More steps than there are changes undo nothing."""
    for value in (b"1", b"2", b"3"):
        kept.commit({"x": value})

    assert [kept.undo(4), kept.undo(3), kept.redo(4), kept.redo(2)] == [None, 0, None, 2]


def test_checkout_is_a_change_that_can_be_undone(kept: Kept) -> None:
    """Going to a revision is a revision of its own, and undo comes back from it."""
    for value in (b"1", b"2", b"3"):
        kept.commit({"x": value})
    number, changes = kept.move(1)
    with kept.store.read() as txn:
        revision = journal.revision(txn, kept.id, number)

    assert (number, changes, revision.target) == (4, delta({"x": b"1"}), 1)
    assert (kept.redo(), kept.undo(), kept.state()) == (None, 3, {"x": b"3"})


def test_move_says_what_an_evaluator_must_change(kept: Kept) -> None:
    """The delta sets what is different and names what is gone, and leaves out what is the same."""
    kept.commit({"same": b"1", "x": b"1", "old": BIG})
    kept.commit({"x": b"2", "new": b"1"}, "old")

    assert kept.move(1) == (3, delta({"x": b"1", "old": BIG}, "new"))


def test_difference_names_what_differs(kept: Kept) -> None:
    """Between two revisions names are added, changed, removed; the other way round, the reverse."""
    kept.commit({"same": b"1", "x": b"1", "old": b"1", "back": b"1"})
    kept.commit({"x": b"2", "back": b"2"}, "old")
    kept.commit({"new": b"1", "back": b"1"})

    with kept.store.read() as txn:
        forth, back = journal.difference(txn, kept.id, 1, 3), journal.difference(txn, kept.id, 3, 1)
    assert forth == Difference(["new"], ["x"], ["old"])
    assert back == Difference(["old"], ["x"], ["new"])


def test_branch_goes_on_by_itself(kept: Kept) -> None:
    """A branch has the state of now, or of a revision, and neither session changes the other afterwards."""
    kept.commit({"x": b"1", "y": BIG})
    kept.commit({"x": b"2"})
    now, before = Kept(kept.store, make_id()), Kept(kept.store, make_id())
    kept.store.run(lambda txn: journal.branch(txn, kept.id, Record(now.id, "now")))
    kept.store.run(lambda txn: journal.branch(txn, kept.id, Record(before.id, "before"), at=1))
    now.commit({"x": b"3"})
    kept.commit({}, "y")

    assert now.state() == {"x": b"3", "y": BIG}
    assert before.state() == {"x": b"1", "y": BIG}
    assert (now.undo(), now.state()["x"], now.undo()) == (0, b"2", None)


def test_identical_blobs_are_stored_once_and_freed_with_the_last(kept: Kept) -> None:
    """A content is stored once for all that refer to it, and gone when nothing does."""
    other = Kept(kept.store, make_id())
    kept.store.run(lambda txn: sessions.create(txn, Record(other.id, timeout_ms=None)))
    before = _count(kept.store, BLOBS)
    kept.commit({"x": BIG, "y": BIG})
    other.commit({"z": BIG})
    used = _count(kept.store, BLOBS)
    for one in (kept, other):
        one.commit({}, *one.state())
        one.store.run(lambda txn, one=one: journal.compact(txn, one.id, 0, None, 100, 10))

    assert (used - before, _count(kept.store, BLOBS) - before) == (2, 0)


def test_compaction_keeps_the_current_state(kept: Kept) -> None:
    """The oldest revisions are forgotten, by number or age, in bounded steps; the state stays, and undo ends there."""
    for number in range(1, 11):
        kept.commit({"x": b"%d" % number, f"y{number}": BIG}, at=number * 10)

    def compact(most: int | None, age_s: float | None, limit: int) -> int:
        return kept.store.run(lambda txn: journal.compact(txn, kept.id, most, age_s, 100, limit))

    state = kept.state()
    assert [compact(8, None, 1), compact(8, None, 9), compact(8, None, 9), compact(None, 50, 9)] == [1, 1, 0, 2]
    assert kept.state() == state
    assert [kept.state(number)["x"] for number in (4, 10)] == [b"4", b"10"]
    with pytest.raises(UnknownRevision):
        kept.state(3)
    assert [kept.undo(6), kept.undo()] == [4, None]


def test_undo_across_compaction_stops_where_nothing_is_known(kept: Kept) -> None:
    """An undo whose target is forgotten is the end of undo and redo, not another state."""
    for value in (b"1", b"2", b"3"):
        kept.commit({"x": value})
    kept.undo(2)
    kept.store.run(lambda txn: journal.compact(txn, kept.id, 1, None, 100, 10))

    assert (kept.undo(), kept.redo(), kept.state()) == (None, None, {"x": b"1"})
    kept.commit({"x": b"9"})
    assert (kept.undo(), kept.state(), kept.undo()) == (4, {"x": b"1"}, None)


def test_deleted_session_leaves_nothing_behind(kept: Kept) -> None:
    """Journal, state and blobs of a deleted session are freed, in bounded steps."""
    for number in range(5):
        kept.commit({f"x{number}": BIG + b"%d" % number})
    kept.store.run(lambda txn: sessions.delete(txn, kept.id))
    freed = [kept.store.run(lambda txn: garbage.collect(txn, 4)) for _ in range(10)]

    assert max(freed) <= 4
    assert [_count(kept.store, table) for table in (JOURNAL, STATE, BLOBS)] == [0, 0, 0]


def _count(store: Store, table: str) -> int:
    with store.read() as txn:
        return txn.count(table)
