"""No page has an example that nothing runs; what no other test of a page runs is run here."""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from tests.conftest import ROOT, Command

FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# what has blocks, and the test that runs them
RUN_BY = {
    "README.md": "tests/architecture/test_readme.py",
    "docs/commands.md": "tests/architecture/test_page_examples.py",
    "docs/language.md": "tests/dialect/test_documented_examples.py",
    "docs/python.md": "tests/dialect/test_documented_examples.py",
    "docs/terminal.md": "tests/architecture/test_terminal_page.py",
    "docs/tutorial.md": "tests/architecture/test_tutorial.py",
}
DIAGRAMS = {"docs/architecture.md"}


def blocks(name: str) -> list[tuple[str, str]]:
    """Give the blocks of a page: language and text."""
    return FENCE.findall((ROOT / name).read_text())


def test_every_page_with_examples_has_a_test_that_runs_them() -> None:
    """A page that gets its first block is missed here."""
    pages = {path.relative_to(ROOT).as_posix() for path in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]}

    assert {page for page in pages if blocks(page)} == set(RUN_BY) | DIAGRAMS
    assert [test for page, test in RUN_BY.items() if Path(page).name not in (ROOT / test).read_text()] == []


def test_python_of_the_commands_page_runs(xrepl: Command, env: dict[str, str], tmp_path: Path) -> None:
    """Run as a program, from its first line to its last, it raises nothing; values are as the comments say."""
    (program,) = [text for language, text in blocks("docs/commands.md") if language == "python"]
    told = re.findall(r'^ +(client\.eval\(.*\)\.value)  # ("\d+"),', program, re.MULTILINE)
    checks = "".join(f"    assert {code} == {value}\n" for code, value in told)
    xrepl("-e", "1")
    done = subprocess.run(
        [sys.executable, "-P", "-c", program + checks],
        env={**env, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=50,
        check=False,
    )

    assert (done.returncode, done.stderr, len(told)) == (0, "", 1)
    assert xrepl("ls").stdout.count("done") == 1


def test_settings_of_the_terminal_page_are_taken(xrepl: Command, tmp_path: Path) -> None:
    """The file as shown is valid, and the client complains of none of it."""
    (text,) = [text for language, text in blocks("docs/terminal.md") if language == "toml"]
    (tmp_path / "config" / "xrepl").mkdir(parents=True)
    (tmp_path / "config" / "xrepl" / "config.toml").write_text(text)
    done = xrepl("-e", "(+ 1 2)")

    assert set(tomllib.loads(text)["terminal"]) == {"style", "keys", "banner", "raw"}
    assert (done.stdout, done.stderr) == ("3\n", "")


@pytest.mark.parametrize("name", re.findall(r"^(\./bin/\w+)", (ROOT / "README.md").read_text(), re.MULTILINE))
def test_commands_that_the_readme_begins_with_are_there(name: str) -> None:
    """The two commands that a newcomer types."""
    assert (ROOT / name).is_file()


def test_lines_for_the_shells_are_what_the_programs_take(xrepl: Command) -> None:
    """The words with which the pages set up completion print something for each shell."""
    pages = (ROOT / "README.md").read_text() + (ROOT / "docs" / "commands.md").read_text()
    shells = set(re.findall(r"xrepl completion (bash|zsh|fish)", pages))

    assert shells == {"bash", "fish"}
    assert [shell for shell in (*shells, "zsh") if not xrepl("completion", shell).stdout] == []
