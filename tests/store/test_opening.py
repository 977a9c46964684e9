"""Opening a store: who may, where it lies, what is refused."""

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.store.making import Kept
from xrepl.errors import StoreDamaged, StoreError, StoreLocked, StoreVersion, UnsafePath
from xrepl.store import migrate, pages, sessions, version
from xrepl.store.schema import META
from xrepl.store.store import Store


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """Set a umask for the time of a test."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def data_of(home: Path) -> Path:
    """Give the data file of a home."""
    return home / "store" / "data.mdb"


def test_files_are_the_owners_alone_whatever_the_umask(kept_home: Path, umask: int) -> None:
    """The directory is 0700 and each file 0600."""
    with Store(str(kept_home)):
        modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (kept_home / "store").iterdir()}
    modes["closed"] = stat.S_IMODE((kept_home / "store" / "closed").stat().st_mode)

    assert stat.S_IMODE((kept_home / "store").stat().st_mode) == 0o700
    assert modes == dict.fromkeys(("data.mdb", "lock.mdb", "owner", "closed"), 0o600)


def test_second_opener_is_refused_with_the_pid(store: Store, kept_home: Path) -> None:
    """A store is open once; the message says where."""
    with pytest.raises(StoreLocked, match=f"process {os.getpid()} "):
        Store(str(kept_home))


def test_another_process_is_refused_with_the_pid(store: Store, kept_home: Path) -> None:
    """The lock holds between processes, and is gone with the process that has it."""
    code = f"from xrepl.store.store import Store; Store({str(kept_home)!r})"
    refused = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    store.close()
    opened = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert f"process {os.getpid()} " in refused.stderr
    assert (opened.returncode, opened.stderr) == (0, "")


def test_what_was_stored_is_there_when_opened_again(kept: Kept, kept_home: Path) -> None:
    """Closing drains and syncs; doing it twice is no fault; afterwards nothing works."""
    kept.store.submit(lambda txn: sessions.touch(txn, kept.id, 777), lambda *_: None)
    kept.store.close()
    kept.store.close()
    for action in (kept.store.read, lambda: kept.store.run(lambda txn: None)):
        with pytest.raises(StoreError, match="closed"), action():
            pass

    with Store(str(kept_home)) as store, store.read() as txn:
        assert sessions.find(txn, "work").last_active == 777


def test_child_of_a_fork_cannot_use_the_store(kept: Kept) -> None:
    """A forked process is refused reading and writing, and its end leaves the store alone."""
    pid = os.fork()
    if not pid:
        refused = 0
        for use in (kept.state, kept.commit):
            try:
                use()
            except StoreError:
                refused += 1
        os._exit(refused)
    _, status = os.waitpid(pid, 0)

    assert os.waitstatus_to_exitcode(status) == 2
    assert kept.commit({"x": b"1"}) == 1


@pytest.mark.parametrize("name", ["data.mdb", "lock.mdb", "owner"])
def test_link_in_the_place_of_a_file_is_refused(kept_home: Path, tmp_path: Path, name: str) -> None:
    """A link, even one that leads nowhere, is neither followed nor removed."""
    (kept_home / "store").mkdir(mode=0o700)
    link = kept_home / "store" / name
    link.symlink_to(tmp_path / "elsewhere")

    with pytest.raises(UnsafePath, match=name):
        Store(str(kept_home))
    assert link.is_symlink()
    assert not (tmp_path / "elsewhere").exists()


def test_open_directory_is_refused(kept_home: Path) -> None:
    """A store that others may look into is not opened, and not changed."""
    (kept_home / "store").mkdir(mode=0o700)
    (kept_home / "store").chmod(0o755)

    with pytest.raises(UnsafePath, match="chmod 700"):
        Store(str(kept_home))
    assert stat.S_IMODE((kept_home / "store").stat().st_mode) == 0o755


def test_store_of_a_later_release_is_refused(store: Store, kept_home: Path) -> None:
    """The message says which release can open it."""
    store.run(lambda txn: txn.put(META, b"version", {"schema": 99, "written_by": "7.0.0", "created_at": 0}))
    store.close()

    with pytest.raises(StoreVersion, match=r"use xrepl 7\.0\.0 or later"):
        Store(str(kept_home))


def test_migration_runs_each_step_in_order(store: Store) -> None:
    """An older store is brought to today's schema step by step, and says so."""
    done: list[int] = []
    steps = {-1: lambda txn: done.append(-1), 0: lambda txn: done.append(0)}
    store.run(lambda txn: migrate.migrate(txn, -1, 0, steps))

    with store.read() as txn:
        assert (done, version.check(txn, "p")) == ([-1, 0], 1)


def test_interrupted_first_start_leaves_nothing_in_the_way(kept_home: Path) -> None:
    """A data file half made is made anew."""
    new = kept_home / "store" / "new"
    new.mkdir(parents=True, mode=0o700)
    (kept_home / "store").chmod(0o700)
    (new / "data.mdb").write_bytes(b"half")

    with Store(str(kept_home)) as store:
        assert store.check() == []


def test_file_that_was_closed_properly_is_not_walked(
    kept: Kept, kept_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A clean start does not depend on the size of the store; one after a crash looks at every page."""
    walked: list[str] = []
    kept.store.close()
    monkeypatch.setattr(pages, "verify", lambda path, is_sound: walked.append(path))
    Store(str(kept_home)).close()
    (kept_home / "store" / "closed").unlink()
    Store(str(kept_home)).close()

    assert walked == [str(data_of(kept_home))]


@pytest.mark.parametrize("size", [0, 1, 100, 4096, 8192, 12288])
def test_file_cut_off_is_refused_and_left_as_it_is(kept: Kept, kept_home: Path, size: int) -> None:
    """A truncated store is not taken for a new one; the message names the file and what to do."""
    kept.commit({"x": b"x" * 20_000})
    kept.store.close()
    os.truncate(data_of(kept_home), size)
    for _ in range(2):
        with pytest.raises(StoreDamaged) as raised:
            Store(str(kept_home))
        (kept_home / "store" / "closed").unlink(missing_ok=True)

    assert str(data_of(kept_home)) in raised.value.message
    assert "backup" in raised.value.hint
    assert data_of(kept_home).stat().st_size == size


def test_file_that_is_gone_is_not_replaced(store: Store, kept_home: Path) -> None:
    """A store that lost its file does not start empty by itself."""
    store.close()
    data_of(kept_home).unlink()

    with pytest.raises(StoreDamaged, match="is gone"):
        Store(str(kept_home))


def test_older_state_is_not_taken_for_the_latest(kept: Kept, kept_home: Path) -> None:
    """A file that lost its last commits while it was closed is refused."""
    kept.store.close()
    before = data_of(kept_home).read_bytes()
    with Store(str(kept_home)) as store:
        Kept(store, kept.id).commit({"x": b"1"})
    data_of(kept_home).write_bytes(before)

    with pytest.raises(StoreDamaged, match="not as it was left"):
        Store(str(kept_home))


def test_damaged_name_of_a_table_does_not_hide_what_is_in_it(kept: Kept, kept_home: Path) -> None:
    """An empty table is not made in its place: the file is refused."""
    kept.store.close()
    data = data_of(kept_home)
    data.write_bytes(data.read_bytes().replace(b"sessions", b"sesskons"))
    os.unlink(kept_home / "store" / "closed")

    with pytest.raises(StoreDamaged, match="sesskons"):
        Store(str(kept_home))
