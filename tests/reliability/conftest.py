"""A server that many tests share, each in sessions of its own; and the end of an evaluator."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.helpers.clock import ServerAt
from tests.helpers.crash import end_all, kill, wait_gone
from tests.helpers.wire import Wire


def environment(home: Path) -> dict[str, str]:
    """Give an environment whose home is this one."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("XREPL_", "XDG_", "PYTHON"))}
    return {**kept, "XREPL_HOME": str(home), "XDG_CONFIG_HOME": str(home / "config"), "LANG": "C.UTF-8"}


@pytest.fixture(scope="module")
def home_of_shared() -> Iterator[Path]:
    """Give the home of a server that serves a whole module of tests."""
    with tempfile.TemporaryDirectory(prefix="xrepl-test-", ignore_cleanup_errors=True) as directory:
        home = Path(directory)
        with ServerAt(environment(home), 0, home / "log"):
            yield home
        assert end_all(home) == {}, "processes left when their server had stopped"


@pytest.fixture(scope="module")
def shared(home_of_shared: Path) -> Iterator[Wire]:
    """Give a raw connection to that server."""
    with Wire(home_of_shared) as connection:
        yield connection


def evaluator(wire: Wire, name: str) -> int:
    """Give the pid of a session's evaluator."""
    return int(wire.ask("xrepl/server-status")["evaluators"][name])


def end_evaluator(wire: Wire, name: str) -> None:
    """Kill a session's evaluator and wait until it is gone."""
    pid = evaluator(wire, name)
    kill(pid)
    assert wait_gone([pid], 5.0) == []
