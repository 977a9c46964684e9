"""Fixtures: a store in a home of its own, and a session in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.making import Kept, make_id
from xrepl.store import sessions
from xrepl.store.records import Record
from xrepl.store.store import Store


@pytest.fixture
def kept_home(tmp_path: Path) -> Path:
    """Give an empty home directory."""
    path = tmp_path / "home"
    path.mkdir(mode=0o700)
    return path


@pytest.fixture
def store(kept_home: Path) -> Iterator[Store]:
    """Give an open store."""
    with Store(str(kept_home)) as opened:
        yield opened


@pytest.fixture
def kept(store: Store) -> Kept:
    """Give a session in a store."""
    record = Record(make_id(), "work", created_at=100, last_active=100)
    store.run(lambda txn: sessions.create(txn, record))
    return Kept(store, record.id)
