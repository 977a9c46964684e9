"""The specification's integration scenarios, typed at a terminal and as scripts."""

import re

import pytest

from tests.conftest import Command
from tests.helpers.crash import kill, processes_of, wait_gone
from tests.helpers.terminal import LEAVE

SCENARIO_1 = """\
(sessions)
(new-session "work")
(new-session "experiments")
(sessions)
(switch-session "work")
(set project "xrepl")
(switch-session "experiments")
project
(switch-session "work")
project
"""
UNBOUND = "** exception error: symbol project is unbound"


def test_scenario_1_basic_multi_session_as_a_script(xrepl: Command) -> None:
    """Three sessions, switching between them, none sees another's variable."""
    done = xrepl("-", text=SCENARIO_1)
    names = [name for name in ("default", "work", "experiments") if name in done.stdout]

    assert names == ["default", "work", "experiments"]
    assert done.stdout.rstrip().endswith('"xrepl"')
    assert UNBOUND in done.stdout


def test_scenario_1_typed_at_the_terminal(terminal) -> None:  # type: ignore[no-untyped-def]
    """The same, line by line."""
    shell = terminal()
    shown = [shell.ask(line) for line in SCENARIO_1.splitlines()]

    assert "default" in shown[0]
    assert all(name in shown[3] for name in ("default", "work", "experiments"))
    assert (shown[5], shown[7], shown[9]) == ('"xrepl"', UNBOUND, '"xrepl"')


def everything(home, role="") -> list[int]:  # type: ignore[no-untyped-def]
    """Give the pids of all processes of a home."""
    return list(processes_of(home))


@pytest.mark.parametrize("is_killed", [False, True], ids=["left", "killed"])
def test_scenario_2_session_persistence(terminal, xrepl: Command, home, is_killed: bool) -> None:  # type: ignore[no-untyped-def]
    """A session is there with its data after a restart, also when every process was killed with SIGKILL."""
    shell = terminal()
    shell.ask('(new-session "persistent")')
    shell.ask('(switch-session "persistent")')
    assert shell.ask("(set data '(1 2 3 4 5))") == "(1 2 3 4 5)"
    shell.type(LEAVE)
    shell.exit_status()
    if is_killed:
        pids = everything(home)
        kill(*pids)
        assert wait_gone(pids, 5.0) == []
    else:
        assert xrepl("server", "stop").returncode == 0
    again = terminal()

    assert "persistent" in again.ask("(sessions)")
    again.ask('(switch-session "persistent")')
    assert again.ask("data") == "(1 2 3 4 5)"


def test_scenario_2_as_scripts(xrepl: Command) -> None:
    """The same with `bin/xrepl -`."""
    xrepl("-", text='(new-session "persistent")\n(switch-session "persistent")\n(set data \'(1 2 3 4 5))\n')
    xrepl("server", "stop")
    done = xrepl("-", text='(switch-session "persistent")\ndata\n')

    assert done.stdout.splitlines()[-1] == "(1 2 3 4 5)"


def test_scenario_4_session_management(xrepl: Command) -> None:
    """Sessions are made, listed, closed; the current one tells about itself."""
    forms = ['(new-session "test1")', '(new-session "test2")', "(sessions)", '(close-session "test1")', "(sessions)"]
    text = "\n".join([*forms, "(current-session)", ""])
    done = xrepl("-", text=text)
    _, first, second = done.stdout.split("Sessions:")

    assert ("test1" in first, "test2" in first) == (True, True)
    assert (re.search(r"\btest1\b", second.partition("Closed")[2]), "test2" in second) == (None, True)
    assert re.search(r"Current session: [0-9a-f]{32}", second)
    assert re.search(r"Name: +default", second)


def test_form_after_a_switch_on_the_same_line_runs_there(xrepl: Command) -> None:
    """A switch takes effect at the end of its top-level form."""
    xrepl("-s", "work", "-e", "(set x 1)")
    done = xrepl("-e", '(set x 2) (switch-session "work") x')

    assert done.stdout.splitlines()[-1] == "1"
