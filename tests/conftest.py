"""Fixtures that start the real processes, and see to it that none is left."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.helpers.crash import end_all
from tests.helpers.terminal import Terminal
from tests.helpers.wire import Wire

ROOT = Path(__file__).parent.parent
XREPL = str(ROOT / "bin" / "xrepl")
COMMAND_TIMEOUT_S = 50.0

Command = Callable[..., subprocess.CompletedProcess[str]]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the option that runs the longest tests, too."""
    parser.addoption("--slow", action="store_true", help="run the tests that take minutes, too")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the longest tests out unless they are asked for."""
    if not config.getoption("--slow"):
        skip = pytest.mark.skip(reason="takes minutes; run with --slow")
        for item in items:
            if item.get_closest_marker("slow"):
                item.add_marker(skip)


@pytest.fixture(autouse=True)
def directory_stays() -> Iterator[None]:
    """Go back to the working directory of before: functions of the language that are tested in process change it."""
    before = os.getcwd()
    yield
    os.chdir(before)


@pytest.fixture
def home() -> Iterator[Path]:
    """Give an empty home directory; what runs for it is killed at the end, and nothing may be left.

    That it takes no more than 2 s is tested where nothing else makes demands on the machine.
    """
    path = Path(tempfile.mkdtemp(prefix="xrepl-test-"))
    yield path
    left = end_all(path, 15.0)
    shutil.rmtree(path, ignore_errors=True)

    assert left == {}, "processes left after their server was killed"


@pytest.fixture
def env(home: Path, tmp_path: Path) -> dict[str, str]:
    """Give an environment whose home and settings are this test's own."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("XREPL_", "XDG_", "PYTHON"))}
    return {**kept, "XREPL_HOME": str(home), "XDG_CONFIG_HOME": str(tmp_path / "config"), "LANG": "C.UTF-8"}


@pytest.fixture
def xrepl(env: dict[str, str], tmp_path: Path) -> Command:
    """Give a function that runs bin/xrepl to its end."""

    def run(*arguments: str, text: str = "", **changes: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [XREPL, *arguments],
            input=text,
            env={**env, **changes},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=COMMAND_TIMEOUT_S,
            check=False,
        )

    return run


@pytest.fixture
def terminal(env: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., Terminal]]:
    """Give a function that starts bin/xrepl at a terminal and waits for the prompt."""
    opened: list[Terminal] = []

    def open_terminal(*arguments: str) -> Terminal:
        opened.append(Terminal([XREPL, *arguments], env, tmp_path))
        opened[-1].expect("lfe> ")
        return opened[-1]

    yield open_terminal
    for one in opened:
        one.__exit__()


@pytest.fixture
def wire(xrepl: Command, home: Path) -> Iterator[Wire]:
    """Give a raw connection to a running server."""
    started = xrepl("server", "start")
    assert started.returncode == 0, started.stderr
    with Wire(home) as connection:
        yield connection
