"""Writing that fails: no room, a limit, I/O errors; and what outsiders do to the store (rows 12, 13, 14 and 16)."""

import json
import os
import random
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.reliability.store_worker import SESSION
from tests.store.making import Kept, make_id
from xrepl.store import maintenance, sessions
from xrepl.store.records import Record
from xrepl.store.store import Store

ROOT = Path(__file__).parent.parent.parent
WORKER = [sys.executable, "-m", "tests.reliability.store_worker"]
IN_SMALL_DISK = 'mount -t tmpfs -o size=4m tmpfs "$0" && mkdir -m 700 "$0/home" && exec "$@"'

needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="NOT TESTED: failing calls need strace")


def can_mount() -> bool:
    """Say whether a small disk can be made without being root."""
    return subprocess.run(["unshare", "-Urm", "true"], capture_output=True, check=False).returncode == 0


def run(command: list[str]) -> Any:
    """Run the worker; give its answers."""
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    return json.loads(ended.stdout)


@pytest.mark.skipif(not can_mount(), reason="NOT TESTED: a full disk needs user namespaces")
@pytest.mark.parametrize("cycles", [10, pytest.param(100, marks=pytest.mark.slow)])
def test_full_disk_is_told_before_any_acknowledgement(tmp_path: Path, cycles: int) -> None:
    """On a full disk forms are refused, reads go on, and writing works by itself when there is room again."""
    worker = [*WORKER, str(tmp_path / "home"), "full", str(cycles)]
    answers = run(["unshare", "-Urm", "sh", "-c", IN_SMALL_DISK, str(tmp_path), *worker])

    assert answers == {"wrong": [], "findings": []}


@pytest.mark.parametrize("cycles", [3, pytest.param(30, marks=pytest.mark.slow)])
def test_limit_of_the_file_size_is_no_room(tmp_path: Path, cycles: int) -> None:
    """A file-size limit refuses what is too large, takes what fits, and leaves the store usable."""
    answers = run([*WORKER, str(tmp_path), "limited", str(cycles)])

    assert answers == {"outcomes": [["ok", "store-full", "ok", "ok", 4]] * cycles, "findings": []}


@pytest.mark.parametrize("growths", [10, pytest.param(100, marks=pytest.mark.slow)])
def test_map_grows_without_anybody_noticing(tmp_path: Path, growths: int) -> None:
    """A map that is too small grows by the writer, and every form is kept."""
    for number in range(growths):
        home = tmp_path / str(number)
        home.mkdir(mode=0o700)
        with Store(str(home), initial_map_bytes=1 << 20) as store:
            kept = Kept(store, make_id())
            store.run(lambda txn, kept=kept: sessions.create(txn, Record(kept.id)))
            before = store.map_bytes
            large = random.Random(number).randbytes(3 << 20)
            kept.commit({"x": large, "y": b"1"})
            assert kept.state() == {"x": large, "y": b"1"}
            assert (before, store.map_bytes) == (1 << 20, 4 << 20)


FAULTS = ["fdatasync", "pwrite64", "writev,pwritev", "fsync"]


@needs_strace
@pytest.mark.parametrize("calls", FAULTS)
@pytest.mark.parametrize(
    "place", [1, 2, 3, 5, 8, *(pytest.param(n, marks=pytest.mark.slow) for n in (4, 6, 7, *range(9, 51)))]
)
def test_failed_write_or_sync_is_never_followed_by_a_quiet_success(tmp_path: Path, calls: str, place: int) -> None:
    """The n-th write or sync fails: no acknowledgement, nothing more is written until the store was checked."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    with Store(str(home)) as store:
        store.run(lambda txn: sessions.create(txn, Record(SESSION)))
        Kept(store, SESSION).commit({"n": b"0", "x": b"%08d" % 0})
    inject = ["strace", "-f", "-qq", "-o", "/dev/null", "-e", f"inject={calls}:error=EIO:when={place}"]
    answers = run([*inject, *WORKER, str(home), "failing", "25"])
    outcomes = answers.get("outcomes", [])
    good = len(outcomes) - outcomes.count("store-damaged")

    assert outcomes == ["ok"] * good + ["store-damaged"] * (len(outcomes) - good)
    assert answers.get("opening") in (None, "store-error")
    if outcomes:
        assert (answers["latest"], answers["poisoned"]) == (good, good < len(outcomes))
    if answers.get("poisoned"):
        assert (answers["findings"], answers["reopened"], answers["after"]) == ([], good, "ok")
    assert maintenance.check(str(home)) == []


OUTSIDER = """
import os, signal, sys, lmdb
pids = []
for _ in range(int(sys.argv[2])):
    ours, theirs = os.pipe()
    pid = os.fork()
    if not pid:
        held = lmdb.open(sys.argv[1], readonly=True, max_dbs=20, map_size=1 << 30).begin()
        os.write(theirs, b"x")
        signal.pause()
    os.read(ours, 1)
    os.close(ours)
    os.close(theirs)
    pids.append(pid)
for pid in pids:
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
"""


@pytest.mark.parametrize("count", [20, pytest.param(200, marks=pytest.mark.slow)])
def test_slots_of_killed_readers_are_freed(tmp_path: Path, count: int) -> None:
    """Readers from outside that were killed neither use up the slots nor make the file grow for ever."""
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    with Store(str(home)) as store:
        subprocess.run([sys.executable, "-c", OUTSIDER, store.directory, str(count)], check=True)
        while_open = store.clear_readers()
        subprocess.run([sys.executable, "-c", OUTSIDER, store.directory, str(count)], check=True)
    with Store(str(home)) as store:
        assert (while_open, store.clear_readers()) == (count, 0)


def test_killed_owner_leaves_the_store_to_the_next(tmp_path: Path) -> None:
    """After SIGKILL of the process that had it open, in the middle of commits, all that it acknowledged is there."""
    code = (
        "import sys\n"
        "from tests.reliability.store_worker import *\n"
        "store = Store(sys.argv[1])\n"
        "store.run(lambda txn: sessions.create(txn, Record(SESSION)))\n"
        "number = 0\n"
        "while True:\n"
        "    number += 1\n"
        "    commit(store, number, 5000)\n"
        "    print(number, flush=True)\n"
    )
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    with subprocess.Popen(
        [sys.executable, "-c", code, str(home)], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as owner:
        assert owner.stdout
        lines = [owner.stdout.readline() for _ in range(50)]
        os.kill(owner.pid, signal.SIGKILL)
        lines += owner.stdout.readlines()
    acknowledged = int([line for line in lines if line.endswith("\n")][-1])
    with Store(str(home)) as store, store.read() as txn:
        revision = sessions.all(txn)[0].revision
        assert store.check() == []

    assert acknowledged <= revision <= acknowledged + 1
