"""What is read of a session's state while something of it is being written."""

from types import SimpleNamespace
from typing import Any

from xrepl.server.storage import StoredStorage
from xrepl.store.records import Record

NOTHING: dict[str, Any] = {"set": {}, "gone": [], "not_kept": {}, "late": []}
FORM = {"text": "(set x 1)", "at": 1.0, "ms": 0.1, "value": "1", "delta": NOTHING}


def storage_of_new_session(submitted: list[Any]) -> StoredStorage:
    """Give the storage of a session that was just made; what is submitted to the store is only noted."""
    sessions = SimpleNamespace(
        loop=SimpleNamespace(post=lambda job: job(), is_alone=False),
        store=SimpleNamespace(submit=lambda change, on_done, here: submitted.append(change)),
        clock=lambda: 1.0,
    )
    live = SimpleNamespace(record=Record("0" * 32), is_new=True, not_kept={}, current=None)
    return StoredStorage(sessions, live)  # type: ignore[arg-type]


def test_new_session_has_nothing_to_read() -> None:
    """Its first evaluator gets an empty state without a look at the store."""
    submitted: list[Any] = []
    given: list[Any] = []
    storage_of_new_session(submitted).groups(0, given.append)

    assert (given, submitted) == ([{}], [])


def test_definition_whose_evaluator_died_before_it_was_written_is_there_for_the_next_one() -> None:
    """The state is read after the first form's commit, not taken for empty because that is still under way."""
    submitted: list[Any] = []
    given: list[Any] = []
    storage = storage_of_new_session(submitted)
    storage.keep(FORM, lambda problem: None)
    storage.groups(0, given.append)

    assert (given, len(submitted)) == ([], 2)
