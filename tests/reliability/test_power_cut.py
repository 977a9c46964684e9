"""A power cut at any moment loses nothing acknowledged (row 3).

Killing the process cannot show that: what it wrote is safe in the system's memory.  So each write and sync is recorded,
and the file rebuilt as a power cut could leave it.  That the test can fail is shown with a store that does not sync.
"""

import random
import shutil
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.reliability import disk_trace, power_cut_writer
from tests.reliability.power_cut_writer import SESSION, delta_of
from xrepl.errors import StoreDamaged
from xrepl.store import journal, sessions
from xrepl.store.store import Store

pytestmark = pytest.mark.skipif(
    not shutil.which("strace"), reason="NOT TESTED: power cuts need strace, which is missing"
)

FORMS = 60


def recorded(tmp_path: Path, syncing: str) -> list[disk_trace.Event]:
    """Record what the writer does to the data file."""
    home = tmp_path / "recorded"
    home.mkdir(mode=0o700)
    command = [sys.executable, power_cut_writer.__file__, str(home), str(FORMS), syncing]
    events = disk_trace.record(command, "data.mdb", tmp_path / "trace")
    assert sum(isinstance(event, disk_trace.Acknowledgement) for event in events) == FORMS
    return events


def expected_state(forms: int) -> dict[str, bytes]:
    """Give the state after some forms."""
    state: dict[str, bytes] = {}
    for number in range(1, forms + 1):
        delta = delta_of(number)
        state |= {name: group.blob for name, group in delta.set.items()}
        state = {name: blob for name, blob in state.items() if name not in delta.gone}
    return state


def outcome(home: Path, image: bytes, acknowledged: int) -> str:
    """Open what a cut has left: `whole`, `lost`, `damaged` or `wrong`."""
    (home / "store").mkdir(parents=True, mode=0o700)
    home.chmod(0o700)
    (home / "store" / "data.mdb").write_bytes(image)
    (home / "store" / "data.mdb").chmod(0o600)
    try:
        with Store(str(home)) as store:
            if store.check():
                return "damaged"
            with store.read() as txn:
                record = sessions.get(txn, SESSION)
                state = journal.current(txn, SESSION) if record is not None else {}
    except StoreDamaged:
        return "damaged"
    finally:
        shutil.rmtree(home)
    if record is None or record.revision < acknowledged:
        return "lost"
    found = {name: group.blob for name, group in state.items()}
    return "whole" if found == expected_state(record.revision) else "wrong"


def cut(tmp_path: Path, events: list[disk_trace.Event], count: int) -> Counter[str]:
    """Cut the power many times, and see what is left each time."""
    seed = random.randrange(1 << 32)
    random_ = random.Random(seed)
    outcomes: Counter[str] = Counter()
    for _ in range(count):
        outcomes[outcome(tmp_path / "home", *disk_trace.after_cut(events, random_))] += 1
    print(f"seed {seed}: {dict(outcomes)}")
    return outcomes


@pytest.mark.timeout(600)
@pytest.mark.parametrize("count", [100, pytest.param(1000, marks=pytest.mark.slow)])
def test_power_cut_loses_nothing_acknowledged(tmp_path: Path, count: int) -> None:
    """Whatever a cut leaves opens, verifies, and has every acknowledged form, and a state that the session had."""
    assert cut(tmp_path, recorded(tmp_path, "synced"), count) == {"whole": count}


@pytest.mark.timeout(600)
@pytest.mark.parametrize(("syncing", "expected"), [("unsynced", "damaged"), ("half", "lost")])
def test_power_cut_is_noticed_without_syncing(tmp_path: Path, syncing: str, expected: str) -> None:
    """The same test fails for a store that leaves syncing, or half of it, to chance."""
    outcomes = cut(tmp_path, recorded(tmp_path, syncing), 50)

    assert outcomes[expected] > 0
    assert outcomes["wrong"] == 0
