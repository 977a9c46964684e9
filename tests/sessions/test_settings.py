"""Settings: what each may be, and that it takes effect at once."""

from pathlib import Path

import pytest

from tests.conftest import Command
from tests.helpers.crash import kill, servers_of, wait_gone
from tests.helpers.wire import Wire
from tests.sessions.conftest import Shell

INTEGER, BOOLEAN, STRING = "must be positive integer", "must be boolean", "prompt must be string"


def end_server(home: Path) -> None:
    """Kill the server of a home and wait until it is gone."""
    pids = servers_of(home)
    kill(*pids)

    assert wait_gone(pids, 5.0) == []


@pytest.mark.parametrize(
    ("key", "value", "message"),
    [
        ("prompt", "3", STRING),
        ("prompt", "'lfe", STRING),
        ("show-session-in-prompt", "1", BOOLEAN),
        ("history-enabled", '"yes"', BOOLEAN),
        ("auto-save", "'on", BOOLEAN),
        ("passivate", "0", BOOLEAN),
        ("max-history", "0", INTEGER),
        ("max-history", "2.5", INTEGER),
        ("max-history", "'infinity", INTEGER),
        ("timeout", "0", INTEGER),
        ("timeout", "-1", INTEGER),
        ("timeout", "'never", INTEGER),
        ("save-interval", "0", INTEGER),
        ("max-revisions", "0", INTEGER),
        ("memory-limit", '"1G"', INTEGER),
        ("colour", "1", "unknown config key"),
        ("prompt", "(self)", STRING),
        ("auto-save", "(lambda () 'true)", BOOLEAN),
        ("timeout", "(make_ref)", INTEGER),
    ],
)
def test_wrong_value_gives_the_specified_message_and_changes_nothing(
    shell: Shell, key: str, value: str, message: str
) -> None:
    """Each setting refuses what it cannot be."""
    before = shell("(get-config)")

    assert shell(f'(xrepl-config:set "default" \'{key} {value})') == f'#(error "{message}")'
    assert shell(f"(set-config '{key} {value})") == f'Error setting config: "{message}"\n#(error "{message}")'
    assert shell("(get-config)") == before


def test_defaults_are_the_specified_ones(shell: Shell) -> None:
    """`(xrepl-config:default)` has the specification's keys and values, and ours."""
    got = shell(
        "(lists:map (lambda (k) (maps:get k (xrepl-config:default))) '(prompt show-session-in-prompt"
        " history-enabled max-history timeout save-interval auto-save))"
    )

    assert got == '("lfe> " false true 1000 3600000 60000 true)'
    assert shell("(maps:size (xrepl-store:default-session-config))") == "4"


def test_get_set_merge_validate(shell: Shell) -> None:
    """The module's functions as the specification has them."""
    assert shell('(xrepl-config:set "default" \'max-history 5)') == "ok"
    assert shell('(xrepl-config:get "default" \'max-history)') == "5"
    assert shell('(xrepl-config:get "default" \'nothing)') == "undefined"
    assert shell('(xrepl-config:get "no" \'prompt)') == "#(error not-found)"
    assert shell('(xrepl-config:set "no" \'prompt "x")') == "#(error not-found)"
    assert shell("(xrepl-config:merge #m(a 1 b 2) #m(b 3))") == "#M(a 1 b 3)"
    assert shell('(xrepl-config:validate #m(prompt "x" timeout 5))') == "ok"
    assert shell("(xrepl-config:validate #m(timeout 0))") == f'#(error (#(timeout "{INTEGER}")))'
    assert shell('(xrepl-store:set-config "default" #m(prompt "x" timeout 0))') == f'#(error (#(timeout "{INTEGER}")))'
    assert shell('(xrepl-config:get "default" \'prompt)') == '"lfe> "'


def test_prompt_changes_at_once_and_persists(wire: Wire, xrepl: Command) -> None:
    """The answer to the form that sets it carries the new prompt; so does the next server."""
    assert wire.evaluate('(set-config \'prompt "ha> ")')["xrepl/prompt"] == "ha> "
    assert wire.evaluate("(set-config 'show-session-in-prompt 'true)")["xrepl/prompt"] == "default> "

    xrepl("server", "stop")

    assert xrepl("-e", "(get-config 'prompt)").stdout == '"ha> "\n'


def test_session_without_a_name_has_the_set_prompt(wire: Wire) -> None:
    """`show-session-in-prompt` shows a name, not an id of 32 digits."""
    reply = wire.evaluate("(switch-session (new-session)) (set-config 'show-session-in-prompt 'true)")

    assert reply["xrepl/prompt"] == "lfe> "


def test_one_setting_is_checked_as_all_are(shell: Shell) -> None:
    """`validate-config-key/2` gives the message alone."""
    assert shell('(xrepl-config:validate-config-key \'prompt "x")') == "ok"
    assert shell("(xrepl-config:validate-config-key 'prompt 1)") == f'#(error "{STRING}")'
    assert shell("(xrepl-config:validate-config-key 'colour 1)") == '#(error "unknown config key")'


def test_timeout_is_the_session_s(shell: Shell) -> None:
    """Setting and data are one."""
    shell("(set-config 'timeout 5000)")

    assert shell('(maps:get \'timeout (element 2 (xrepl-store:get-session "default")))') == "5000"
    assert "Timeout:      5000 ms" in shell("(session-info 'default)")

    shell("(set-config 'timeout 'infinity)")

    assert "Timeout:      infinity" in shell("(session-info 'default)")
    assert shell("(get-config 'timeout)") == "infinity"


def test_history_is_not_kept_when_it_is_off(shell: Shell) -> None:
    """What is typed with `history-enabled` off is in no history; the bindings are kept."""
    shell("(set-config 'history-enabled 'false)")
    shell("(set secret 42)")
    shell("(set-config 'history-enabled 'true)")

    assert "secret" not in shell("(history)")
    assert shell("secret") == "42"


def test_max_history_limits_what_is_shown(shell: Shell) -> None:
    """The last forms are shown."""
    for number in range(5):
        shell(f"(+ 0 {number})")
    shell("(set-config 'max-history 3)")

    assert shell("(history)").splitlines()[-2] == "   3  (set-config 'max-history 3)"


def test_without_auto_save_forms_are_written_at_a_clean_stop(shell: Shell, xrepl: Command) -> None:
    """Nothing is lost silently."""
    shell("(set-config 'auto-save 'false)")
    shell("(set x 42)")
    xrepl("server", "stop")

    assert xrepl("-e", "x").stdout == "42\n"


def test_without_auto_save_only_a_save_survives_a_kill(shell: Shell, xrepl: Command, home) -> None:  # type: ignore[no-untyped-def]
    """`(save-session)` writes what waits; what comes after it waits for the interval."""
    shell("(set-config 'auto-save 'false)")
    shell("(set x 1)")
    assert shell("(save-session)") == "Saved\nok"
    shell("(set x 2)")
    end_server(home)

    assert xrepl("-e", "x").stdout == "1\n"


def test_without_auto_save_a_dead_evaluator_loses_nothing(shell: Shell) -> None:
    """The server still has the forms, and writes them before it reads the state."""
    shell("(set-config 'auto-save 'false)")
    shell("(set x 42) (import os)")
    shell("(os._exit 1)")

    assert shell("x") == "42"


def test_save_interval_writes_what_waits(shell: Shell, xrepl: Command, home) -> None:  # type: ignore[no-untyped-def]
    """With a short interval the forms are on disk soon, without a save."""
    shell("(set-config 'save-interval 1) (set-config 'auto-save 'false)")
    shell("(set x 42)")
    # later requests come after the interval's timer
    for _ in range(20):
        shell("(+ 1 1)", "other")
    end_server(home)

    assert xrepl("-e", "x").stdout == "42\n"


def test_memory_limit_is_obeyed(shell: Shell) -> None:
    """A form that needs more than the session may have fails or ends the process; the session goes on."""
    shell("(set x 1) (set-config 'memory-limit 600000000)")
    shown = shell("(bytearray 900000000)")

    assert "a system limit has been reached" in shown or "memory limit" in shown
    assert shell("x") == "1"
