"""Kills at random moments under load: nothing acknowledged is lost, nothing runs twice (rows 1, 2 and 5)."""

import os
import random
import threading
from collections import Counter as Counts
from pathlib import Path

import pytest

from tests.helpers.torture import Counter, kill_at_random, wait_a_moment

CLIENTS = 8
LONGEST_PAUSE_S = 0.4


def torture(home: Path, kills: int) -> None:
    """Let clients count while processes are killed; check what is there at the end."""
    seed = int(os.environ.get("XREPL_TEST_SEED", random.SystemRandom().randrange(1 << 32)))
    print(f"XREPL_TEST_SEED={seed}")
    chance, stop = random.Random(seed), threading.Event()
    clients = [Counter(home, f"c{number}", stop) for number in range(CLIENTS)]
    for client in clients:
        client.start()
    killed: Counts[str] = Counts()
    for _ in range(kills):
        wait_a_moment(chance.uniform(0, LONGEST_PAUSE_S), stop)
        killed[kill_at_random(home, chance)] += 1
    stop.set()
    for client in clients:
        client.join(20.0)
    print(f"killed {dict(killed)}, acknowledged {sum(client.acknowledged for client in clients)}")

    assert sum(client.acknowledged for client in clients) > kills
    assert [fault for client in clients for fault in client.faults] == []
    for client in clients:
        lines = client.lines()
        assert [line for line, times in Counts(lines).items() if times > 1] == []
        assert client.acknowledged == 0 or str(client.acknowledged) in lines
        assert lines == sorted(lines, key=int)


@pytest.mark.timeout(120)
def test_50_kills_lose_nothing_acknowledged(home: Path, env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Server, zygote and evaluators are killed under 8 clients: every acknowledged form's effect is there, in order."""
    monkeypatch.setenv("XREPL_HOME", str(home))
    torture(home, 50)


@pytest.mark.slow
@pytest.mark.timeout(1800)
def test_1000_kills_lose_nothing_acknowledged(home: Path, env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for long."""
    monkeypatch.setenv("XREPL_HOME", str(home))
    torture(home, 1000)
