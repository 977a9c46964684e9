"""A damaged store is refused, or refuses what is damaged; it never crashes and never gives other values (row 15)."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.store.making import Kept, make_id
from xrepl.store import journal, sessions
from xrepl.store.records import Record
from xrepl.store.store import Store

ROOT = Path(__file__).parent.parent.parent


def fill(home: Path) -> None:
    """Make a store with a bit of everything."""
    with Store(str(home)) as store:
        for number in range(6):
            kept = Kept(store, make_id())
            record = Record(kept.id, f"name {number}", environment={"A": "1" * 400}, metadata={"n": number})
            store.run(lambda txn, record=record: sessions.create(txn, record))
            for form in range(8):
                kept.commit({"x": b"%d" % form, f"y{form}": b"%d%d" % (number, form) * 2000}, form="(form)" * form)
            kept.undo(2)
        branched = Record(make_id(), "branch")
        store.run(lambda txn: journal.branch(txn, kept.id, branched, 4))
        store.run(lambda txn: sessions.archive(txn, kept.id, 10, "closed"))


@pytest.mark.parametrize("count", [100, pytest.param(1000, marks=pytest.mark.slow)])
@pytest.mark.timeout(600)
def test_no_damage_crashes_or_goes_unnoticed(tmp_path: Path, count: int) -> None:
    """Bits flipped, stretches overwritten, the end cut off: no crash, no wrong value, the file left as it is."""
    (tmp_path / "home").mkdir(mode=0o700)
    fill(tmp_path / "home")
    seed = random.randrange(1 << 32)
    ended = subprocess.run(
        [sys.executable, "-m", "tests.reliability.damage_worker", str(tmp_path / "home"), str(seed), str(count)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    print(f"seed {seed}: {ended.stdout}")

    assert (ended.returncode, ended.stderr) == (0, ""), f"seed {seed}"
    assert set(json.loads(ended.stdout)) <= {"refused", "same", "less"}
