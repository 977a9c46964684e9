"""Sessions that nobody uses expire, and nobody's work is lost by it."""

import contextlib
import os
import signal
from pathlib import Path

from tests.conftest import Command
from tests.helpers.clock import ServerAt
from tests.helpers.crash import kill
from tests.helpers.wire import Wire
from tests.sessions.conftest import Shell, shown

HOUR_S = 3600.0
CLEAN_UP = "(xrepl-store:cleanup-expired-sessions)"


def evaluate(home: Path, code: str, name: str = "default") -> str:
    """Evaluate in a session with a connection of its own, and give what is shown."""
    with Wire(home) as wire:
        return shown(wire.evaluate(code, name))


def leave_in_the_evening(env: dict[str, str], home: Path) -> None:
    """Make a session with a binding eight hours ago, and let it expire seven hours ago."""
    with ServerAt(env, -8 * HOUR_S - 600):
        evaluate(home, "(set x 42)", "work")
    with ServerAt(env, -7 * HOUR_S - 60):
        assert evaluate(home, CLEAN_UP) == "1"


def test_a_morning_after_by_the_command_line(env: dict[str, str], home: Path, xrepl: Command) -> None:
    """A session that expired in the night is reopened with its bindings by `-s NAME`, which says so."""
    leave_in_the_evening(env, home)
    done = xrepl("-s", "work", "-e", "x")

    assert (done.stdout, done.stderr) == ("42\n", "reopened work, expired 7 h ago\n")


def test_a_morning_after_by_a_switch(env: dict[str, str], home: Path, xrepl: Command) -> None:
    """The same by `(switch-session "work")`."""
    leave_in_the_evening(env, home)
    done = xrepl("-e", '(switch-session "work") x')

    assert done.stdout == "Switched to session work\nreopened work, expired 7 h ago\nok\n42\n"


def test_reopened_session_does_not_expire_at_once(env: dict[str, str], home: Path, xrepl: Command) -> None:
    """Reopening is use."""
    leave_in_the_evening(env, home)
    xrepl("-s", "work", "-e", "x")

    assert xrepl("-e", CLEAN_UP).stdout == "0\n"


def test_expired_session_is_in_no_listing(env: dict[str, str], home: Path, xrepl: Command) -> None:
    """Its id is `not-found`, its name is free, and the archive has it."""
    leave_in_the_evening(env, home)

    assert xrepl("-e", '(xrepl-store:get-session "work")').stdout == "#(error not-found)\n"
    assert "work" not in xrepl("-e", "(sessions)").stdout
    assert "expired" in xrepl("-e", "(archived-sessions)").stdout
    assert xrepl("-e", '(element 1 (xrepl-session-manager:create #m(name "work")))').stdout == "ok\n"


def test_default_and_sessions_without_timeout_never_expire(env: dict[str, str], home: Path) -> None:
    """A year later they are there."""
    with ServerAt(env, -8766 * HOUR_S):
        evaluate(home, "(set x 1)")
        evaluate(home, "(set-config 'timeout 'infinity)", "kept")
    with ServerAt(env, 0):
        assert evaluate(home, CLEAN_UP) == "0"
        assert evaluate(home, "x") == "1"


def test_attached_session_does_not_expire(env: dict[str, str], home: Path) -> None:
    """A terminal that stands at a session all night keeps it."""
    with ServerAt(env, 0), Wire(home) as terminal:
        terminal.ask("xrepl/attach", {"xrepl/name": "work", "create": 1})
        terminal.evaluate("(set-config 'timeout 1)", "work")

        assert evaluate(home, CLEAN_UP) == "0"

        terminal.ask("xrepl/detach")


def test_session_with_a_running_process_does_not_expire(shell: Shell) -> None:
    """Something runs in it."""
    shell("(set-config 'timeout 1)", "busy")
    shell("(set p (spawn (lambda () (timer:sleep 60000))))", "busy")

    assert shell("(xrepl-store:create-session #m(timeout 1))").startswith("#(ok")
    assert "busy" in shell("(sessions)")
    assert shell(CLEAN_UP) == "1"
    assert "busy" in shell("(sessions)")


def test_cleanup_gives_the_count_of_many(env: dict[str, str], home: Path) -> None:
    """More than one batch expires in one call."""
    with ServerAt(env, -2 * HOUR_S):
        made = "(lists:foreach (lambda (_) (xrepl-store:create-session #m())) (lists:seq 1 30))"
        evaluate(home, made)
    with ServerAt(env, 0):
        assert evaluate(home, CLEAN_UP) == "30"
        assert evaluate(home, "(length (xrepl-store:list-sessions))") == "1"


def test_expired_session_is_saved_before_its_process_ends(env: dict[str, str], home: Path) -> None:
    """What waited in memory, with auto-save off, is there when it is reopened."""
    with ServerAt(env, 0):
        evaluate(home, "(set-config 'auto-save 'false) (set-config 'timeout 1) (set x 42)", "work")
        # seconds are the store's unit: the session's end is behind us when its last second is over
        while evaluate(home, CLEAN_UP) == "0":
            pass

        assert evaluate(home, "x", "work") == "42"


def test_killed_evaluator_keeps_no_session_from_expiring(env: dict[str, str], home: Path) -> None:
    """That another evaluator is being given the state is no use of a session that nobody is in."""
    with ServerAt(env, 0), Wire(home) as other:
        other.evaluate("(+ 1 1)")
        other.evaluate("(set x 42)", "work")
        other.evaluate("(set-config 'timeout 1)", "work")
        status = other.ask("xrepl/server-status")
        for spare in status["spares"]:
            os.kill(spare, signal.SIGSTOP)  # the session's next evaluator: it stays in the midst of its restore
        kill(status["evaluators"]["work"])
        while next(row["status"] for row in other.ask("xrepl/list")["sessions"] if row["name"] == "work") == "idle":
            pass

        assert shown(other.evaluate(CLEAN_UP)) == "1"

        for spare in status["spares"]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(spare, signal.SIGCONT)
        assert shown(other.evaluate("x", "work")) == "42"


def test_message_in_the_mailbox_keeps_no_session_from_expiring(xrepl: Command) -> None:
    """Nothing runs in it."""
    xrepl("-s", "work", "-e", "(! (self) 'hello)", "-e", "(set-config 'timeout 1)")
    done = xrepl("-e", "(timer:sleep 1100)", "-e", CLEAN_UP)

    assert done.stdout == "ok\n1\n"


def test_name_that_begins_the_sessions_id_is_a_name(env: dict[str, str], home: Path) -> None:
    """A session that is closed, while another one has its name, is not reopened by it."""
    with ServerAt(env, 0), Wire(home) as wire:
        name = wire.evaluate("(set x 1)", "work")["session"][0]
        wire.ask("xrepl/rename", {"xrepl/name": "work", "xrepl/new-name": name})
        wire.ask("xrepl/close", {"xrepl/name": name})
        wire.evaluate("(set x 2)", "other")
        wire.ask("xrepl/rename", {"xrepl/name": "other", "xrepl/new-name": name})

        assert "name-taken" in wire.ask("xrepl/reopen", {"xrepl/name": name})["status"]
