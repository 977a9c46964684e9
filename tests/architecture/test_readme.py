"""What the README shows is what happens."""

import re
import subprocess
from pathlib import Path

from tests.conftest import COMMAND_TIMEOUT_S, ROOT, Command
from tests.helpers.terminal import Terminal

README = ROOT / "README.md"
_ID = re.compile(r"[0-9a-f]{32}")


def session_of(text: str) -> list[tuple[str, str]]:
    """Give the forms of the README's session, each with what it shows."""
    block = re.search(r"```lfe\n(.*?)```", text, re.DOTALL)
    assert block is not None
    steps = block[1].split("lfe> ")[1:]
    return [(step.partition("\n")[0], step.partition("\n")[2].strip()) for step in steps]


def same(text: str) -> str:
    """Give text without what differs each time."""
    return " ".join(_ID.sub("ID", text).split())


def test_session_of_the_readme_shows_what_it_says(terminal) -> None:  # type: ignore[no-untyped-def]
    """Typed at a terminal, each form shows what stands below it."""
    shell: Terminal = terminal()
    for form, shown in session_of(README.read_text()):
        assert same(shell.ask(form)) == same(shown)


def test_commands_of_the_readme_work(env: dict[str, str], tmp_path: Path, xrepl: Command) -> None:
    """The lines under "From scripts" succeed, with `xrepl` on PATH."""
    block = re.search(r"## From scripts\n\n```sh\n(.*?)```", README.read_text(), re.DOTALL)
    assert block is not None
    (tmp_path / "script.lfe").write_text("(list script-name script-args)\n")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "xrepl").symlink_to(ROOT / "bin" / "xrepl")
    path = f"{tmp_path / 'bin'}:{env['PATH']}"
    done = subprocess.run(
        ["sh", "-e", "-c", block[1]],
        env={**env, "PATH": path},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=COMMAND_TIMEOUT_S,
        check=False,
    )

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == "3"
    assert '"value": "42"' in done.stdout
