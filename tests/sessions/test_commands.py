"""The shell's session functions print what the specification shows, and give results that code can use."""

import re
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.helpers.wire import Wire
from tests.sessions.conftest import Shell
from xrepl.store import sessions
from xrepl.store.records import Record
from xrepl.store.store import Store

ID = r"[0-9a-f]{32}"
RULE = "-" * 80
HEAD = f"\nSessions:\n{'ID':36} {'Name':20} {'Active':10} {'Last Active':12}\n{RULE}\n"


def row(name: str, active: str = "yes") -> str:
    """Give the pattern of a line of the listing."""
    return ID + re.escape(f"     {name:20} {active:10} just now    \n")


def test_sessions_lists_in_columns_with_the_current_one_marked(shell: Shell) -> None:
    """`(sessions)` has the specification's columns, and a star before the current session's name."""
    shell('(new-session "work")')

    assert re.fullmatch(re.escape(HEAD) + row("* default") + row("work") + "ok", shell("(sessions)"))


def test_new_session_prints_and_gives_the_id_and_does_not_switch(shell: Shell) -> None:
    """`(new-session)` says `Created session ID`, its value is the id, and the client stays."""
    printed, value = shell("(new-session)").split("\n")

    assert re.fullmatch(f"Created session {ID}", printed)
    assert value == f'"{printed[-32:]}"'
    assert "* default" in shell("(sessions)")


def test_name_may_be_a_string_or_an_atom(shell: Shell) -> None:
    """A session made with an atom is reached with a string, and the other way round."""
    shell("(new-session 'work)")

    assert shell('(switch-session "work")') == "Switched to session work\nok"
    assert shell("(switch-session 'default)", "work") == "Switched to session default\nok"


def test_taken_name_is_refused(shell: Shell) -> None:
    """Two sessions never have one name."""
    shell('(new-session "work")')

    assert shell('(new-session "work")') == "Error creating session: 'name-taken'\n#(error name-taken)"


def test_one_of_two_who_take_a_name_at_once_gets_it(wire: Wire, shell: Shell, home) -> None:  # type: ignore[no-untyped-def]
    """The other is told that it is taken; there is one session of that name."""
    with Wire(home) as other:
        asked = [(one, one.send("xrepl/new", {"xrepl/name": "work"})) for one in (wire, other)]
        replies = [one.until_done(number)[-1] for one, number in asked]

    assert sorted("name-taken" in reply["status"] for reply in replies) == [False, True]
    assert shell("(length (xrepl-store:list-sessions))") == "2"


def test_unknown_session_gives_the_specified_errors(shell: Shell) -> None:
    """Each function says what it could not do."""
    assert shell('(switch-session "no")') == "Error switching session: 'session-not-found'\n#(error session-not-found)"
    assert shell('(session-info "no")') == "Error getting session info: 'not-found'\n#(error not-found)"
    assert shell('(close-session "no")') == "Error closing session: 'not-found'\n#(error not-found)"


def test_hex_looking_name_is_a_name(shell: Shell) -> None:
    """A name of hex digits or decimal digits is found as a name."""
    for name in ("face", "cafe", "42", "deadbeef"):
        shell(f'(new-session "{name}")')

        assert shell(f'(switch-session "{name}")') == f"Switched to session {name}\nok"


def test_prefix_of_an_id_reaches_the_session_and_a_name_wins_over_it(shell: Shell) -> None:
    """Four digits of an id are enough, unless a session has them for a name."""
    found = shell("(new-session)")[-33:-1]

    assert shell(f'(session-info "{found[:8]}")').splitlines()[2] == f"  ID:           {found}"

    shell(f'(new-session "{found[:8]}")')

    assert f"Name:         {found[:8]}" in shell(f'(session-info "{found[:8]}")')
    assert "Name:         -" in shell(f'(session-info "{found}")')


def test_exact_id_comes_before_a_name(xrepl: Command) -> None:
    """A session that is named like another one's id does not hide that one."""
    other = xrepl("-e", '(new-session "other")').stdout.split()[2]
    xrepl("server", "stop")
    xrepl("-s", "imitator", "-e", f'(rename-session "imitator" "{other}")')

    assert "Name:         other" in xrepl("-e", f'(session-info "{other}")').stdout
    assert xrepl("info", other).stdout.split("\nname")[1].split()[0] == "other"


def test_prefix_of_several_ids_reaches_none(xrepl: Command, home: Path) -> None:
    """`ambiguous-prefix`, in the language and on the command line; more digits help."""
    with Store(str(home)) as store:
        for digit in "01":
            record = Record(id=f"abcd{digit}".ljust(32, "0"), cwd="/")
            store.run(lambda transaction, record=record: sessions.create(transaction, record))  # type: ignore[misc]

    assert xrepl("-e", '(switch-session "abcd")').stdout.endswith("#(error ambiguous-prefix)\n")
    assert xrepl("-e", '(xrepl-store:get-session "abcd")').stdout == "#(error ambiguous-prefix)\n"
    assert "several ids begin with 'abcd'" in xrepl("info", "abcd").stderr
    assert xrepl("-e", '(switch-session "abcd1")').stdout == "Switched to session abcd1\nok\n"


def test_session_info_shows_the_block_of_the_specification(shell: Shell) -> None:
    """The details have their labels in one column, and times as Erlang's."""
    shell('(xrepl-session-manager:create #m(name "work" metadata #m(user alice)))')
    block = shell('(session-info "work")')
    date = r"\{\{\d{4},\d+,\d+\},\{\d+,\d+,\d+\}\}"

    assert re.fullmatch(
        rf"\nSession Details:\n  ID:           {ID}\n  Name:         work\n  Active:       yes\n"
        rf"  Created:      {date}\n  Last Active:  {date}\n  Timeout:      3600000 ms\n"
        r"  Metadata:     #\{name => \"work\",user => alice\}\nok",
        block,
    )


def test_current_session_shows_its_details_and_gives_its_id(shell: Shell) -> None:
    """`(current-session)` begins with the id, which is also its value."""
    lines = shell("(current-session)").splitlines()

    assert re.fullmatch(f"Current session: {ID}", lines[0])
    assert lines[2] == "Session Details:"
    assert lines[-1] == f'"{lines[0][-32:]}"'


def test_wide_name_is_cut_with_an_ellipsis(shell: Shell) -> None:
    """A name over its column does not push the others aside."""
    shell(f'(new-session "{"n" * 40}")')

    assert f"{'n' * 19}… yes" in shell("(sessions)")


def test_values_that_look_like_commands_are_values(shell: Shell) -> None:
    """No tuple that a form gives is taken for a command."""
    assert shell('(tuple \'switch "work")') == '#(switch "work")'
    assert shell('(tuple \'formatted "x")') == '#(formatted "x")'


def test_closing_the_current_session_moves_the_client_to_default(xrepl: Command) -> None:
    """What follows on the same line runs in `default`; the closed session is in no listing."""
    xrepl("-e", "(set here 'default)")
    done = xrepl("-s", "work", "-e", '(set here \'work) (close-session "work") here (sessions)')
    lines = done.stdout.splitlines()

    assert lines[:4] == ["work", "Closed session work", "ok", "default"]
    assert "work" not in "\n".join(lines[4:])


@pytest.mark.parametrize(
    "form",
    [
        '(switch-session "default")',
        '(progn (switch-session "work") (switch-session "default"))',
        '(xrepl-session-manager:detach "default")',
        "(xrepl-session-manager:clear-current)",
    ],
)
def test_text_goes_on_after_a_switch_to_where_one_is(xrepl: Command, form: str) -> None:
    """A script that switches to the session it is in is run to its end."""
    xrepl("new", "work")
    done = xrepl("-", text=f"{form} (+ 1 1)\n(+ 2 2)\n")

    assert done.stdout.splitlines()[-2:] == ["2", "4"]


@pytest.mark.parametrize("name", ["5", "2.5", "(self)", "#(a)", '"a\\tb"', "(lists:duplicate 201 97)"])
def test_what_can_be_no_name_is_refused_and_nothing_changes(shell: Shell, name: str) -> None:
    """Wherever a name is given: numbers, processes, tuples, control characters, over 200 characters."""
    shell('(new-session "a")')
    names = "(lists:sort (lists:map (lambda (one) (mref one 'metadata)) (xrepl-store:list-sessions-detailed)))"

    assert shell(f"(new-session {name})") == "Error creating session: 'invalid-name'\n#(error invalid-name)"
    assert shell(f'(rename-session "a" {name})') == "Error renaming session: 'invalid-name'\n#(error invalid-name)"
    assert shell(f"(xrepl-session-manager:create (map 'name {name}))") == "#(error invalid-name)"
    assert shell(names) == '(#M(name "a") #M(name "default"))'


def test_throw_away_session_can_have_no_name(xrepl: Command) -> None:
    """Neither by renaming it nor by its metadata."""
    rename = xrepl("--fresh", "-e", '(rename-session (xrepl-session-manager:get-current) "a")')
    metadata = xrepl("--fresh", "-e", '(set-metadata #m(name "a"))')

    assert rename.stdout == "Error renaming session: 'not-stored'\n#(error not-stored)\n"
    assert metadata.stdout == "Error setting metadata: 'not-stored'\n#(error not-stored)\n"
    assert xrepl("--fresh", "-e", "(set-metadata #m(a 1))", "-e", "(get-metadata)").stdout == "ok\n#M(a 1)\n"


def test_closing_another_session_moves_who_is_in_it(wire: Wire, shell: Shell, home) -> None:  # type: ignore[no-untyped-def]
    """A terminal at a session that somebody closes is told, and is in `default`."""
    with Wire(home) as other:
        other.ask("xrepl/attach", {"xrepl/name": "work", "create": 1})
        shell('(close-session "work")')
        moved = other.receive()

    assert moved["xrepl/notice"] == ["session work was closed; you are in session default now"]
    assert (moved["xrepl/moved"], moved["xrepl/name"]) == (1, "default")


def test_closed_default_session_begins_anew(xrepl: Command) -> None:
    """Closing `default` archives it; the next use makes a fresh one."""
    xrepl("-e", "(set x 1)")
    xrepl("-e", '(close-session "default")')

    assert "symbol x is unbound" in xrepl("-e", "x").stdout


def test_archive_reopen_and_purge(shell: Shell) -> None:
    """A closed session is in the archive until it is reopened or purged."""
    shell("(set x 1)", "work")
    shell('(close-session "work")')

    assert "work                 closed" in shell("(archived-sessions)")
    assert re.match(f'reopened work, closed just now\n"{ID}"', shell("(reopen-session 'work)"))
    assert shell("x", "work") == "1"

    shell('(close-session "work")')

    assert shell("(purge-sessions)") == "Purged 1 archived session(s).\nok"
    assert shell("(archived-sessions)") == "No archived sessions.\nok"
    assert shell("(purge-sessions)") == "No archived sessions to purge.\nok"
    assert shell("(reopen-session 'work)") == "Error reopening session: 'not-found'\n#(error not-found)"


def test_name_of_an_archived_session_taken_meanwhile(shell: Shell) -> None:
    """A session cannot be reopened by a name that another has by now; by its id it comes back without it."""
    found = shell('(new-session "work")')[-33:-1]
    shell("(set x 1)", "work")
    shell('(close-session "work")')
    shell('(new-session "work")')

    assert shell("(reopen-session 'work)") == "Error reopening session: 'name-taken'\n#(error name-taken)"

    shown = shell(f'(reopen-session "{found}")')

    assert shown.startswith(f"reopened {found}, closed just now, without its name work, which another session has\n")
    assert shell("x", found) == "1"


def test_rename_keeps_id_and_refuses_a_taken_or_bad_name(shell: Shell) -> None:
    """A session goes by its new name alone."""
    shell('(new-session "a")')
    shell('(new-session "b")')

    assert shell('(rename-session "a" "b")') == "Error renaming session: 'name-taken'\n#(error name-taken)"
    assert shell(f'(rename-session "a" "{"x" * 201}")').endswith("#(error invalid-name)")
    assert shell('(rename-session "a" "x\\ny")').endswith("#(error invalid-name)")
    assert shell('(rename-session "a" \'c)') == "Renamed session a to c\nok"
    assert shell('(switch-session "a")').endswith("#(error session-not-found)")


def test_history_shows_this_session_s_forms(shell: Shell) -> None:
    """Each session has a history of its own, which can be cleared."""
    shell("(set x 1)")
    shell("(set y 1)", "work")

    assert shell("(history)") == "   1  (set x 1)\nok"
    assert shell("(hist)", "work") == "   1  (set y 1)\nok"

    shell("(clear-history)")

    assert shell("(history)") == "No history available.\nok"


def test_upstream_s_short_names(shell: Shell) -> None:
    """The names of the first xrepl do the same."""
    assert shell('(sesh-new "w")').startswith("Created session ")
    assert "w    " in shell("(sesh-ls)")
    assert shell("(sesh-cur)").startswith("Current session: ")
    assert "Name:         w" in shell('(sesh-info "w")')
    assert shell('(sesh-close "w")') == "Closed session w\nok"
    assert shell('(sesh-reopen "w")').startswith("reopened w")
    assert shell('(sesh-switch "w")') == "Switched to session w\nok"
    assert shell("(sesh-purge)", "w") == "No archived sessions to purge.\nok"


def test_commands_work_while_a_process_of_the_own_session_is_busy(shell: Shell) -> None:
    """A process that computes in the background holds up no command."""
    shell("(defun spin () (spin)) (set p (spawn #'spin/0))")

    assert "default" in shell("(sessions)")
    assert shell('(new-session "w")').startswith("Created session")
    assert shell("(exit p 'kill)") == "true"


def test_commands_work_while_another_session_is_busy(wire: Wire, shell: Shell, home) -> None:  # type: ignore[no-untyped-def]
    """An endless form in one session holds up no command in another."""
    with Wire(home) as other:
        number = other.send("eval", {"xrepl/name": "busy"}, code="(defun spin () (spin)) (spin)")
        other.receive()  # the defun's answer: the other form is under way

        assert re.search("busy +yes", shell("(sessions)"))
        assert shell('(new-session "next")').startswith("Created")

        other.send("interrupt", {"interrupt-id": number, "xrepl/name": "busy"})
        other.until_done(number)
