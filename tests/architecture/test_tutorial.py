"""What the tutorial shows is what happens, from its first line to its last, in one home."""

import re
import shlex
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import COMMAND_TIMEOUT_S, ROOT
from tests.helpers.document import examples, is_shown
from tests.helpers.terminal import LEAVE, Terminal

TUTORIAL = ROOT / "docs" / "tutorial.md"
OPENS_A_TERMINAL = re.compile(r"xrepl( -s \w+)?")


class Reader:
    """Somebody who types the tutorial; one terminal at a time."""

    def __init__(self, open_terminal: Callable[..., Terminal], env: dict[str, str], folder: Path) -> None:
        self._open, self._folder = open_terminal, folder
        (folder / "bin").mkdir()
        (folder / "bin" / "xrepl").symlink_to(ROOT / "bin" / "xrepl")
        self._env = {**env, "PATH": f"{folder / 'bin'}:{env['PATH']}"}
        self._terminal: Terminal | None = None

    def command(self, line: str) -> str:
        """Give a line to the shell; one that opens a terminal shows nothing yet."""
        if self._terminal is not None:
            self._terminal.type(LEAVE)
            self._terminal.exit_status()
            self._terminal = None
        if OPENS_A_TERMINAL.fullmatch(line):
            self._terminal = self._open(*shlex.split(line)[1:])
            return ""
        done = subprocess.run(
            ["sh", "-c", line],
            env=self._env,
            cwd=self._folder,
            capture_output=True,
            text=True,
            timeout=COMMAND_TIMEOUT_S,
            check=True,
        )
        return done.stdout + done.stderr

    def form(self, line: str) -> str:
        """Type a form."""
        assert self._terminal is not None, "the tutorial opens a terminal first"
        return self._terminal.ask(line)


@pytest.mark.timeout(120)
def test_tutorial_shows_what_happens(terminal: Callable[..., Terminal], env: dict[str, str], tmp_path: Path) -> None:
    """Typed in order, each form and command shows what stands below it."""
    reader = Reader(terminal, env, tmp_path)
    steps = [(language, *step) for language, block in examples(TUTORIAL.read_text()) for step in block]
    for language, typed, shown in steps:
        seen = reader.form(typed) if language == "lfe" else reader.command(typed)
        assert is_shown(shown, seen), f"{typed}\nis to show\n{shown}\nbut shows\n{seen}"
