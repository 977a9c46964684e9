"""The specification's integration testing scenarios, typed at a terminal as they stand there."""

import re
from collections.abc import Callable

import pytest

from tests.conftest import Command
from tests.helpers.terminal import LEAVE, Terminal

Open = Callable[..., Terminal]
ID = "[0-9a-f]{32}"
UNBOUND = "** exception error: symbol {} is unbound"


def names(listing: str) -> list[str]:
    """Give the names in a listing, in any order, without the mark of the current session."""
    rows = listing.partition("-" * 80)[2].splitlines()
    return sorted(row[37:58].removeprefix("* ").strip() for row in rows if re.match(ID, row))


def made(shown: str) -> bool:
    """Say whether what is shown is what `(new-session ...)` shows, the id twice."""
    return re.fullmatch(f'Created session ({ID})\n"\\1"', shown) is not None


def test_scenario_1_basic_multi_session(terminal: Open) -> None:
    """Scenario 1: three sessions; a variable of one is unbound in another, and there when one comes back."""
    shell = terminal()
    first = shell.ask("(sessions)")
    are_made = [made(shell.ask(f'(new-session "{name}")')) for name in ("work", "experiments")]
    second = shell.ask("(sessions)")

    assert (names(first), first.endswith("\nok")) == (["default"], True)
    assert (are_made, names(second)) == ([True, True], ["default", "experiments", "work"])
    assert shell.ask('(switch-session "work")') == "Switched to session work\nok"
    assert shell.ask('(set project "xrepl")') == '"xrepl"'
    assert shell.ask('(switch-session "experiments")') == "Switched to session experiments\nok"
    assert shell.ask("project") == UNBOUND.format("project")
    assert shell.ask('(switch-session "work")') == "Switched to session work\nok"
    assert shell.ask("project") == '"xrepl"'


@pytest.mark.parametrize("is_restarted", [False, True])
def test_scenario_2_session_persistence(terminal: Open, xrepl: Command, is_restarted: bool) -> None:
    """Scenario 2: after ^D and a new start the session is listed, and has its list; also after the server's end."""
    shell = terminal()
    shell.ask('(new-session "persistent")')
    shell.ask('(switch-session "persistent")')
    shell.ask("(set data '(1 2 3 4 5))")
    shell.type(LEAVE)
    assert shell.exit_status() == 0
    if is_restarted:
        xrepl("server", "stop")

    shell = terminal()
    assert names(shell.ask("(sessions)")) == ["default", "persistent"]
    assert shell.ask('(switch-session "persistent")').startswith("Switched to session persistent")
    assert shell.ask("data") == "(1 2 3 4 5)"


def test_scenario_3_session_timeout(terminal: Open) -> None:
    """Scenario 3: the listing tells when a session was last active; with a short timeout it is cleaned up."""
    shell = terminal()
    shell.ask('(new-session "temporary")')
    assert re.search(r"temporary +yes +just now", shell.ask("(sessions)"))

    assert shell.ask('(set-config "temporary" \'timeout 1)') == "ok"
    shell.ask("(timer:sleep 1100)")
    assert shell.ask("(xrepl-store:cleanup-expired-sessions)") == "1"
    assert names(shell.ask("(sessions)")) == ["default"]


def test_scenario_4_session_management(terminal: Open) -> None:
    """Scenario 4: a closed session is not listed; the current one shows its details."""
    shell = terminal()
    shell.ask('(new-session "test1")')
    shell.ask('(new-session "test2")')
    both = names(shell.ask("(sessions)"))

    assert both == ["default", "test1", "test2"]
    assert shell.ask('(close-session "test1")') == "Closed session test1\nok"
    assert names(shell.ask("(sessions)")) == ["default", "test2"]
    current = shell.ask("(current-session)")
    assert re.match(
        f"Current session: {ID}\n\nSession Details:\n  ID:           {ID}\n  Name:         default\n", current
    )
