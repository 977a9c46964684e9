"""Command lines are completed with what the program takes, and with the names of sessions."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import XREPL, Command
from tests.helpers.terminal import Terminal
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


def test_archived_names_are_those_that_can_be_reopened(xrepl: Command) -> None:
    """Each once, though several sessions had it."""
    for name in ("old", "old", "new"):
        xrepl("new", name)
        xrepl("close", name)

    assert xrepl("completion", "archived").stdout == "new\nold\n"


HOSTILE = ["w$(touch pwned)", "w`touch pwned`", "wa b", "wq'uote", "w;touch pwned"]


@pytest.mark.parametrize(
    ("shell", "command"),
    [
        ("bash", "COMP_WORDS=(xrepl -s w); COMP_CWORD=2; _xrepl; eval \"printf '%s\\n' ${COMPREPLY[*]}\""),
        ("fish", 'complete -C "xrepl -s w"'),
    ],
)
def test_names_are_completed_and_never_run(
    xrepl: Command, env: dict[str, str], shell: str, command: str, tmp_path: Path
) -> None:
    """A session's name may hold what a shell would take for a command: it is quoted, not run."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    for name in HOSTILE:
        xrepl("new", name)
    path = f"{XREPL.rpartition('/')[0]}:{os.environ['PATH']}"
    done = subprocess.run(
        [shell, "-c", f"{script(shell)}\n{command}"],
        env={**env, "PATH": path, "HOME": str(tmp_path)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )

    assert sorted(done.stdout.splitlines()) == sorted(HOSTILE)
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize("shell", ["bash", "zsh"])
def test_tab_completes_at_a_terminal(xrepl: Command, env: dict[str, str], shell: str, tmp_path: Path) -> None:
    """`xrepl -s wo<Tab>` becomes `xrepl -s work `, in the shell as a user has it."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    xrepl("-s", "work", "-e", "(set x 42)")
    (tmp_path / "script").write_text(script(shell))
    path = f"{XREPL.rpartition('/')[0]}:{os.environ['PATH']}"
    start = {"bash": ["bash", "--norc", "-i"], "zsh": ["zsh", "-f", "-i"]}[shell]
    with Terminal(start, {**env, "PATH": path, "PS1": "ready> ", "HOME": str(tmp_path)}, tmp_path) as typed:
        typed.expect("ready> ")
        load = "autoload -U compinit; compinit -u; " if shell == "zsh" else ""
        typed.line(f"{load}source {tmp_path / 'script'}; echo loaded")
        typed.expect("\nloaded")
        typed.expect("ready> ")
        typed.type("xrepl -s wo\t-e x\n")

        assert typed.expect(r"\n42\n")


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
