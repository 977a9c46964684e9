"""Command lines are completed with what the program takes, and with the names of sessions."""

import shutil
import subprocess

import pytest

from tests.conftest import XREPL, Command
from xrepl.cli.completion import NAMED, script
from xrepl.cli.options import COMMANDS


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_script_knows_every_command(shell: str) -> None:
    """A command that is added is completed."""
    text = script(shell)

    assert [name for name in COMMANDS if name not in text] == []
    assert "@" not in text.replace("${(@f)", "")
    assert {"info", "close", "export"} <= set(NAMED)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_script_is_one_for_its_shell(shell: str) -> None:
    """The shell, where it is installed, reads it without complaint."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    done = subprocess.run([shell, "-n"], input=script(shell), capture_output=True, text=True, check=False)

    assert (done.stderr, done.returncode) == ("", 0)


def test_names_of_sessions_are_completed(xrepl: Command) -> None:
    """`xrepl -s w<Tab>` in bash gives the sessions whose names begin so."""
    xrepl("new", "work")
    xrepl("new", "two words")
    names = xrepl("completion", "names").stdout.splitlines()

    assert sorted(names) == ["two words", "work"]


def test_asking_for_names_starts_no_server(xrepl: Command) -> None:
    """A press of Tab has no effects."""
    done = xrepl("completion", "names")

    assert (done.stdout, done.returncode) == ("", 0)
    assert xrepl("server", "status").returncode == 1


def test_bash_completes(xrepl: Command, env: dict[str, str]) -> None:
    """The function that bash is given answers with names and commands."""
    xrepl("new", "work")
    program = script("bash") + (
        f"PATH={XREPL.rpartition('/')[0]}:$PATH;"
        'COMP_WORDS=(xrepl -s w); COMP_CWORD=2; _xrepl; echo "${COMPREPLY[@]}";'
        'COMP_WORDS=(xrepl ren); COMP_CWORD=1; _xrepl; echo "${COMPREPLY[@]}"'
    )
    done = subprocess.run(["bash", "-c", program], env=env, capture_output=True, text=True, check=False)

    assert done.stdout.splitlines() == ["work", "rename"]
