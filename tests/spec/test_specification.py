"""The specification's test code, its acceptance criteria and its scenarios, each in a fresh home."""

import re
from pathlib import Path

import pytest

from tests.conftest import Command

HERE = Path(__file__).parent
ASSERT = (HERE / "assert.lfe").read_text()
UNBOUND = "symbol {} is unbound"


def functions() -> list[object]:
    """Give each test function of the .lfe files with its file."""
    found = []
    for file in sorted(HERE.glob("*-tests.lfe")):
        for name in re.findall(r"^\(defun ([\w?-]+-test) \(\)", file.read_text(), re.MULTILINE):
            found.append(pytest.param(file, name, id=f"{file.stem}:{name}"))
    return found


@pytest.mark.parametrize(("file", "name"), functions())
def test_specified_test_code_passes(xrepl: Command, tmp_path: Path, file: Path, name: str) -> None:
    """Each test function runs to its end as a script."""
    script = tmp_path / "test.lfe"
    script.write_text(f"{ASSERT}\n{file.read_text()}\n({name})\n")
    done = xrepl(str(script))

    assert (done.returncode, done.stderr) == (0, ""), done.stdout


# --- acceptance criteria


def test_can_create_multiple_sessions_with_new_session(xrepl: Command) -> None:
    """Can create multiple sessions with `(new-session)`."""
    done = xrepl("-e", "(== (new-session) (new-session))")

    assert done.stdout.count("Created session") == 2
    assert done.stdout.endswith("false\n")


def test_can_list_sessions_with_sessions(xrepl: Command) -> None:
    """Can list sessions with `(sessions)`."""
    assert "default" in xrepl("-e", "(sessions)").stdout


def test_can_switch_between_sessions_and_they_are_isolated(xrepl: Command) -> None:
    """Can switch between sessions with `(switch-session)`; variables don't leak."""
    text = '(new-session "session1")\n(new-session "session2")\n(switch-session "session1")\n(set x 42)\n'
    done = xrepl("-", text=text + '(switch-session "session2")\nx\n(switch-session "session1")\nx\n')

    assert UNBOUND.format("x") in done.stdout
    assert done.stdout.endswith("\n42\n")


def test_session_state_persists(xrepl: Command) -> None:
    """Bindings survive restarts."""
    xrepl("-e", "(set x 42)")
    xrepl("server", "stop")

    assert xrepl("-e", "x").stdout == "42\n"


def test_sessions_time_out_and_are_cleaned_up_automatically(xrepl: Command, tmp_path: Path) -> None:
    """A session past its timeout is gone after a cleanup; by the clock in tests/sessions/test_expiry.py."""
    text = (
        '(xrepl-store:create-session #m(name "t" timeout 1)) (timer:sleep 1100) (xrepl-store:cleanup-expired-sessions)'
    )
    done = xrepl("-", text=text)

    assert done.stdout.endswith("\n1\n")


def test_can_close_sessions_with_close_session(xrepl: Command) -> None:
    """Can close sessions with `(close-session)`."""
    done = xrepl("-", text='(new-session "a")\n(close-session "a")\n(sessions)\n')

    assert re.search(r"\ba\b", done.stdout.partition("Sessions:")[2]) is None


def test_can_view_session_info(xrepl: Command) -> None:
    """Can view session info with `(session-info)`."""
    done = xrepl("-e", '(session-info "default")')

    assert re.search(r"^  Name:         default$", done.stdout, re.MULTILINE)


def test_can_name_sessions_and_switch_by_name(xrepl: Command) -> None:
    """Can name sessions and switch by name."""
    assert xrepl("-e", '(new-session "a") (switch-session "a")').stdout.endswith("Switched to session a\nok\n")


def test_session_metadata_can_be_set_and_retrieved(xrepl: Command) -> None:
    """Session metadata can be set and retrieved."""
    done = xrepl("-e", '(progn (set-metadata #m(user "alice")) (get-metadata))')

    assert done.stdout == '#M(name "default" user "alice")\n'


def test_current_session_is_tracked_per_process(xrepl: Command) -> None:
    """A spawned process has a current session of its own."""
    code = "(let ((s (self))) (spawn (lambda () (! s (xrepl-session-manager:get-current)))) (receive (x x)))"

    assert xrepl("-e", code).stdout == "no-session\n"


# --- scenarios


def test_scenario_1_basic_multi_session(xrepl: Command) -> None:
    """Three sessions; a variable of one is unbound in another."""
    done = xrepl(
        "-",
        text='(sessions)\n(new-session "work")\n(new-session "experiments")\n(sessions)\n(switch-session "work")\n'
        '(set project "xrepl")\n(switch-session "experiments")\nproject\n(switch-session "work")\nproject\n',
    )
    listing = done.stdout.split("Sessions:")[2]

    assert all(name in listing for name in ("default", "work", "experiments"))
    assert UNBOUND.format("project") in done.stdout
    assert done.stdout.endswith('"xrepl"\n')


def test_scenario_2_session_persistence(xrepl: Command) -> None:
    """A list is there after a restart of everything."""
    xrepl("-", text='(new-session "persistent")\n(switch-session "persistent")\n(set data \'(1 2 3 4 5))\n')
    xrepl("server", "stop")
    done = xrepl("-", text='(sessions)\n(switch-session "persistent")\ndata\n')

    assert "persistent" in done.stdout.partition("Switched")[0]
    assert done.stdout.endswith("(1 2 3 4 5)\n")


def test_scenario_3_session_timeout(xrepl: Command) -> None:
    """The listing tells when a session was last active."""
    done = xrepl("-", text='(new-session "temporary")\n(sessions)\n')

    assert re.search(r"temporary +yes +just now", done.stdout)


def test_scenario_4_session_management(xrepl: Command) -> None:
    """A closed session is not listed; the current one shows its details."""
    done = xrepl(
        "-",
        text='(new-session "test1")\n(new-session "test2")\n(sessions)\n'
        '(close-session "test1")\n(sessions)\n(current-session)\n',
    )
    first, second = done.stdout.split("Sessions:")[1:]

    assert ("test1" in first, "test2" in first) == (True, True)
    assert ("test1" in second, "test2" in second) == (False, True)
    assert "Session Details:" in second
