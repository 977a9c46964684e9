"""The terminal inside tmux, a terminal that is not emulated by us."""

import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import XREPL

TIMEOUT_S = 20

pytestmark = pytest.mark.skipif(shutil.which("tmux") is None, reason="tmux is not installed: nothing here was tested")


class Tmux:
    """One tmux server with one window that runs bin/xrepl."""

    def __init__(self, env: dict[str, str], folder: Path) -> None:
        self._env = {**env, "TMUX_TMPDIR": str(folder), "TERM": "xterm-256color"}
        self._pipe = folder / "written"
        os.mkfifo(self._pipe)
        self._written = os.open(self._pipe, os.O_RDWR | os.O_NONBLOCK)
        self.run("-f", os.devnull, "new-session", "-d", "-x", "80", "-y", "20", XREPL)
        self._watch(0)

    def run(self, *arguments: str) -> str:
        """Run a command of tmux and give what it prints."""
        done = subprocess.run(
            ["tmux", *arguments], env=self._env, capture_output=True, text=True, timeout=TIMEOUT_S, check=True
        )
        return done.stdout

    def open_window(self, number: int, *arguments: str) -> None:
        """Run another bin/xrepl in a window of its own, which is the current one then."""
        self.run("new-window", "-t", f":{number}", XREPL, *arguments)
        self._watch(number)

    def _watch(self, window: int) -> None:
        self.run("pipe-pane", "-t", f":{window}", f"cat > {self._pipe}")

    def close(self) -> None:
        """Close the pipe that tells of what the program writes."""
        os.close(self._written)

    def screen(self, window: int = 0) -> str:
        """Give what a window shows."""
        return self.run("capture-pane", "-p", "-t", f":{window}").rstrip()

    def expect(self, text: str, window: int = 0) -> str:
        """Wait until a window shows a text; looks again whenever a program has written."""
        deadline = time.monotonic() + TIMEOUT_S
        while text not in (shown := self.screen(window)):
            if not select.select([self._written], [], [], max(0, deadline - time.monotonic()))[0]:
                raise AssertionError(f"{text!r} did not come; there is\n{shown}")
            os.read(self._written, 1 << 16)
        return shown


@pytest.fixture
def tmux(env: dict[str, str], tmp_path: Path) -> Iterator[Tmux]:
    """Give a tmux whose window runs bin/xrepl."""
    one = Tmux(env, tmp_path)
    yield one
    one.run("kill-server")
    one.close()


def test_editing_and_running_in_tmux(tmux: Tmux) -> None:
    """Forms over lines, completion, a running form's line and ^C, as tmux shows them."""
    tmux.expect("lfe>")
    tmux.run("send-keys", "(defun twice (x)", "Enter", "(* 2 x))", "Enter")
    tmux.expect("twice\nlfe>")
    tmux.run("send-keys", "(twic", "Tab")
    tmux.expect("(twice")
    tmux.run("send-keys", " 21)", "Enter")
    tmux.expect("42")
    tmux.run("send-keys", "(timer:sleep 60000)", "Enter")
    tmux.expect("running")
    tmux.run("send-keys", "C-c")
    text = tmux.expect("** interrupted")

    assert "lfe> (defun twice (x)\n...>   (* 2 x))\ntwice\nlfe> (twice 21)\n42\n" in text


def test_resizing_the_window(tmux: Tmux) -> None:
    """A form being typed is there after the window has changed its size."""
    tmux.expect("lfe>")
    tmux.run("send-keys", "(+ 1000 2000 3000 4000 5000")
    tmux.expect("5000")
    tmux.run("resize-window", "-x", "30", "-y", "10")
    tmux.run("send-keys", ")", "Enter")

    tmux.expect("15000")


def test_history_after_leaving_and_a_restart(tmux: Tmux, xrepl) -> None:  # type: ignore[no-untyped-def]
    """^D leaves; after a restart of the server the forms are there with Up, and the values in the session."""
    tmux.expect("lfe>")
    tmux.open_window(1)
    tmux.expect("lfe>", 1)
    tmux.run("send-keys", "(set x (list 1", "Enter", "2))", "Enter")
    tmux.expect("(1 2)\nlfe>", 1)
    tmux.run("send-keys", "C-d")
    xrepl("server", "stop")
    tmux.open_window(2)
    tmux.expect("restored 1 binding", 2)
    tmux.run("send-keys", "Up")
    tmux.expect("lfe> (set x (list 1\n...>              2))", 2)


def test_two_windows_and_coming_back_to_a_running_form(tmux: Tmux) -> None:
    """Each window sees the other's forms; a form goes on when its window is closed, and another shows its value."""
    tmux.expect("lfe>")
    tmux.open_window(1)
    tmux.expect("lfe>", 1)
    tmux.run("send-keys", "(set shared 41)", "Enter")
    tmux.expect("| (set shared 41)\n41\nlfe>", 0)
    tmux.run("send-keys", "(progn (timer:sleep 2500) (+ shared 1))", "Enter")
    tmux.expect("running", 1)
    tmux.run("kill-window", "-t", ":1")
    tmux.expect("busy", 0)
    tmux.open_window(2)
    tmux.expect("busy", 2)

    tmux.expect("42\nlfe>", 2)
