"""What the session commands print, compared to the character with the specification's own printing (tasks 4, 5, 9)."""

import re
import time
from pathlib import Path

import pytest

from tests.conftest import Command
from xrepl.store import sessions
from xrepl.store.records import Record
from xrepl.store.store import Store

PRINTING = (Path(__file__).parent / "specified-printing.lfe").read_text()
NAMED = '(xrepl-session-manager:create #m(name "a" metadata #m(user "alice" tags ("x" y #(1 2.5)))))'
ID = "[0-9a-f]{32}"


def printed(xrepl: Command, directory: Path, *forms: str) -> tuple[str, str]:
    """Run forms after the specification's functions; give what these print, and what ours do."""
    script = directory / "printing.lfe"
    script.write_text(PRINTING + "\n".join(forms))
    done = xrepl(str(script))
    assert done.returncode == 0, done.stdout + done.stderr
    specified, _, ours = done.stdout.partition("<mark>")
    return "\n" + specified.rpartition("\n\n")[2], ours.removesuffix("ok\n")


def test_task_4_2_sessions_prints_the_specified_listing(xrepl: Command, tmp_path: Path) -> None:
    """Task 4.2: title, columns, rule and a line for each session; our star is before the current session's name."""
    make = '(xrepl-store:create-session #m()) (xrepl-store:create-session #m(name "a b"))'
    specified, ours = printed(xrepl, tmp_path, NAMED, make, "(both #'print-sessions/0 #'xrepl-commands:sessions/0)")

    assert ours == specified
    assert len(ours.splitlines()) == 7


def test_task_4_7_session_info_prints_the_specified_details(xrepl: Command, tmp_path: Path) -> None:
    """Task 4.7: labels in a column, times as Erlang's date and time, metadata as `~p` prints it."""
    show = (
        '(let (((tuple \'ok info) (xrepl-session-manager:get-info "a"))) (both (lambda () (print-session-details info))'
    )
    specified, ours = printed(xrepl, tmp_path, NAMED, f'{show} (lambda () (xrepl-commands:session-info "a"))))')

    assert ours == specified
    assert 'Metadata:     #{name => "a",tags => ["x",y,{1,2.5}],user => "alice"}' in ours


def test_task_4_2_times_are_relative(xrepl: Command, home: Path, tmp_path: Path) -> None:
    """Task 4.2, format-timestamp: minutes, hours and days ago, as they are spelled there."""
    ages = {"a": 30, "b": 90, "c": 3500, "d": 3700, "e": 86_000, "f": 87_000, "g": 864_100}
    with Store(str(home)) as store:
        for number, (name, age_s) in enumerate(ages.items()):
            at = int(time.time()) - age_s
            record = Record(f"{number:032x}", name, at, at, timeout_ms=None, cwd="/")
            store.run(lambda txn, record=record: sessions.create(txn, record))  # type: ignore[misc]
    specified, ours = printed(xrepl, tmp_path, "(both #'print-sessions/0 #'xrepl-commands:sessions/0)")
    told = [line[69:].strip() for line in reversed(ours.splitlines()[4:])]

    assert ours == specified
    assert told == ["just now", "1 min ago", "58 min ago", "1 hrs ago", "23 hrs ago", "1 days ago", "10 days ago"]


@pytest.mark.parametrize(
    ("forms", "pattern"),
    [
        ("(new-session)", f'Created session ({ID})\n"\\1"\n'),
        ('(new-session "my-session")', f'Created session ({ID})\n"\\1"\n'),
        ('(new-session "default")', "Error creating session: 'name-taken'\n#\\(error name-taken\\)\n"),
        ('(switch-session "w")', "Switched to session w\nok\n"),
        ('(switch-session "no")', "Error switching session: 'session-not-found'\n#\\(error session-not-found\\)\n"),
        ('(close-session "w")', "Closed session w\nok\n"),
        ('(close-session "no")', "Error closing session: 'not-found'\n#\\(error not-found\\)\n"),
        ('(session-info "no")', "Error getting session info: 'not-found'\n#\\(error not-found\\)\n"),
        ("(current-session)", f'Current session: ({ID})\n\nSession Details:\n  ID:           \\1\n(?s:.*)\n"\\1"\n'),
        (
            "(let ((s (self))) (spawn (lambda () (! s (xrepl-commands:current-session)))) (receive (x x)))",
            "No current session\nno-session\n",
        ),
    ],
)
def test_task_4_3_to_4_7_messages(xrepl: Command, forms: str, pattern: str) -> None:
    """Tasks 4.3 to 4.7: what each command says, and its value."""
    xrepl("new", "w")

    assert re.fullmatch(pattern, xrepl("-e", forms).stdout)


def test_task_4_2_sessions_says_when_there_are_none(xrepl: Command) -> None:
    """Task 4.2: `No sessions.`, as from a throw-away session, which is in no listing."""
    assert xrepl("--fresh", "-e", "(sessions)").stdout == "No sessions.\nok\n"


def test_task_5_2_help_has_the_specified_part(xrepl: Command) -> None:
    """Task 5.2: the part of `(help)` on sessions, line by line."""
    specified = """\

Session Management:
  (sessions)              -- list all sessions
  (new-session)           -- create a new session
  (new-session name)      -- create a new session with name
  (switch-session id)     -- switch to a different session
  (close-session id)      -- close a session
  (current-session)       -- show current session
  (session-info id)       -- show detailed session info

"""
    assert specified in xrepl("--fresh", "-e", "(help)").stdout


def test_task_5_1_commands_are_at_hand_in_every_session(xrepl: Command) -> None:
    """Task 5.1: the seven functions, by name and arity, in LFE's syntax and in Hy's."""
    done = xrepl(
        "-",
        text='(sessions)\n(new-session)\n(new-session "a")\n(switch-session "a")\n(current-session)\n'
        '(session-info "a")\n(close-session "a")\n',
    )
    hy = xrepl("--hy", "-", text='(new-session "b")\n(switch-session "b")\n(set x 42)\n(+ x 1)\n(close-session "b")\n')

    assert (done.returncode, done.stderr) == (0, "")
    assert (hy.returncode, hy.stderr, "\n43\n" in hy.stdout) == (0, "", True)
