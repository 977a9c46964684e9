"""The programs in docs/examples do what they say."""

from tests.conftest import ROOT, Command

EXAMPLES = ROOT / "docs" / "examples"


def run(xrepl: Command, name: str, *arguments: str, session: tuple[str, ...] = ()) -> list[str]:
    """Run an example and give what it shows, line by line."""
    done = xrepl(*session, str(EXAMPLES / name), *arguments)

    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    return done.stdout.splitlines()


def test_hy_script_drives_several_sessions(xrepl: Command) -> None:
    """Each session has its own readings, and the script's function works in all."""
    lines = run(xrepl, "sessions.hy")

    expected = ["morning: 3 numbers, mean 13", "evening: 2 numbers, mean 20", "morning still has [12, 14, 13]"]
    assert expected == [line for line in lines if line.startswith(("morning", "evening"))]
    assert xrepl("-s", "evening", "-e", "readings").stdout == "(21 19)\n"


def test_lfe_program_sieves_primes_with_processes(xrepl: Command) -> None:
    """One process for each prime finds the next."""
    lines = run(xrepl, "primes.lfe", "40")

    assert "primes up to 40: 2 3 5 7 11 13 17 19 23 29 31 37" in [line.strip() for line in lines]


def test_data_session_keeps_rows_and_functions(xrepl: Command) -> None:
    """A CSV file is read and summed up; another command goes on with it."""
    lines = run(xrepl, "data.lfe", str(EXAMPLES / "readings.csv"), session=("-s", "data"))

    expected = ["Bern  2 readings, mean 13.5", "Lima  1 readings, mean 19.0", "Oslo  2 readings, mean 5.0"]
    assert expected == [line for line in lines if "readings, mean" in line]
    assert xrepl("-s", "data", "-e", '(mean "Oslo" rows)').stdout == "5.0\n"


def test_sessions_chat_through_their_inboxes(xrepl: Command) -> None:
    """What one says is in the other's state; to nobody, nothing is delivered."""
    lines = run(xrepl, "chat.lfe")

    said = [line for line in lines if line.startswith(("ann: ", "bob: "))]
    assert said == ["ann: is the sieve done?", "ann: and who is in Lima?", "bob: done; nobody"]
    assert "#(not-delivered not-found)" in lines
    assert xrepl("-s", "ann", "-e", "inbox").stdout == '(#("bob" "done; nobody"))\n'
