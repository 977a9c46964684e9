"""A terminal at a session: forms that run, leaving and coming back, two terminals, what the session tells."""

import json
import os
import re
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.client.conftest import PROMPT
from tests.conftest import XREPL
from tests.helpers.display import ENTER, INTERRUPT, LEAVE, UP, Display

Open = Callable[..., Display]
F2 = "\x1bOQ"
SUSPEND = "\x1a"


def test_output_is_shown_while_the_form_runs(display: Open) -> None:
    """What is printed is there before the value; a form of more than a second shows its time below."""
    screen = display()
    screen.type('(progn (io:format "begun") (timer:sleep 2500) (io:format " ended~n") 42)' + ENTER)
    screen.expect(r"^begun$")
    screen.expect(r"^ running 1\.\d s · \^C interrupts · \^D detaches")
    text = screen.expect(r"^begun ended\n42\nlfe>")

    assert "running" not in text
    screen.expect(r"last 2\.\d s\Z")


def test_interrupt_ends_the_form(display: Open) -> None:
    """^C interrupts; the session goes on."""
    screen = display()
    screen.type(f"(timer:sleep 60000){ENTER}")
    screen.expect("running")
    screen.type(INTERRUPT)
    screen.expect(r"^\*\* interrupted\nlfe>")
    screen.enter("(+ 1 1)", r"^2\nlfe>")


def test_suspended_terminal_is_left_as_it_was(env: dict[str, str], tmp_path: Path) -> None:
    """^Z while a form runs gives the terminal back to the shell with its echo; the form's value comes after `fg`."""
    with Display(["bash", "--norc", "--noprofile"], {**env, "PS1": "$ "}, tmp_path) as screen:
        screen.enter(XREPL, PROMPT)
        screen.type(f"(timer:sleep 1500){ENTER}")
        screen.expect("running")
        screen.type(SUSPEND)
        screen.expect(r"Stopped.*\n\$")
        screen.enter("stty -a | grep -o ' -*echo '", r"^ echo$")
        screen.enter("fg", r"^ok\nlfe>")


def test_form_that_does_not_react_is_killed_if_wanted(display: Open) -> None:
    """A second ^C after the grace time offers to kill; what was acknowledged is there afterwards."""
    screen = display()
    screen.enter("(set kept 7)", r"^7\nlfe>")
    screen.enter("(import signal)", r"^lfe> \(import signal\)\nlfe>$")
    # the signal of ^C is kept from this form, as code in C may do
    screen.type(f"(progn (signal.signal signal.SIGINT signal.SIG_IGN) (timer:sleep 60000)){ENTER}")
    screen.expect("running")
    screen.type(INTERRUPT)
    screen.expect(r"interrupting.*offers to kill · ")
    screen.type(INTERRUPT)
    screen.expect(r"Kill it and restore the session\? \[y/N\]")
    screen.type(f"y{ENTER}")
    screen.expect(r"the evaluator ended \(killed by signal 9")
    screen.enter("kept", r"^7\nlfe>")


def test_leaving_keeps_the_session(display: Open) -> None:
    """^D at the prompt leaves with status 0; the next terminal says what was restored."""
    screen = display()
    screen.enter("(set x 5)", r"^5\nlfe>")
    screen.type(LEAVE)
    assert screen.exit_status() == 0
    assert screen.text.endswith("\nlfe>\ndetached from session default")

    display().enter("x", r"^5\nlfe>")


def test_restored_bindings_are_announced(display: Open, xrepl) -> None:  # type: ignore[no-untyped-def]
    """After the server was away, one line says what came back and what did not."""
    xrepl("-e", "(set x 5)", "-e", "(import socket)", "-e", "(set s (socket.socket))")
    xrepl("server", "stop")
    screen = display()

    assert re.search(r"^restored \d bindings?, 1 not kept: s \(.*\)$", screen.text, re.MULTILINE)
    screen.expect(r"not kept: s\Z")


def test_running_form_is_left_and_met_again(display: Open) -> None:
    """^D while a form runs leaves it running; who comes back sees what it printed, and its value."""
    screen = display()
    screen.type('(progn (timer:sleep 1500) (io:format "printed~n") (timer:sleep 1500) (* 6 7))' + ENTER)
    screen.expect("running")
    screen.type(LEAVE)
    screen.expect("detached; the form goes on")
    assert screen.exit_status() == 0
    again = display()
    again.expect(r"busy .* s: \(progn")
    again.expect(r"^printed\n")

    again.expect(r"^42\nlfe>")
    assert "busy" not in again.text


def test_value_of_a_form_that_ended_alone_is_shown(display: Open, xrepl) -> None:  # type: ignore[no-untyped-def]
    """A form that ended while nobody was there is shown with its value to the next one."""
    screen = display()
    screen.type('(progn (timer:sleep 1200) (io:format "printed~n") (* 6 7))' + ENTER)
    screen.expect("running")
    screen.type(LEAVE)
    screen.exit_status()
    xrepl("-s", "default", "-e", "1")  # waits its turn
    again = display()

    again.expect(r"^printed\n\| \(progn .*\n42\nlfe>")


def test_two_terminals_see_each_other(display: Open, xrepl) -> None:  # type: ignore[no-untyped-def]
    """What one terminal does is shown above the other's prompt, and is in the history of both."""
    one, other = display(), display()
    other.type("(half a form")
    one.enter('(progn (io:format "hello~n") (set shared 1))', r"^1\nlfe>")
    other.expect(r"^\| \(progn .*\nhello\n1\nlfe> \(half a form$")
    other.type(INTERRUPT)
    other.enter("shared", r"^1\nlfe>")
    one.expect(r"^\| shared\n1\nlfe>")
    one.type(f"{UP}{UP}")
    one.expect(r"\nlfe> \(progn")

    assert re.search(r"^default .* /dev/pts/\d+ /dev/pts/\d+ ", xrepl("ls").stdout, re.MULTILINE)


def test_other_terminal_can_interrupt(display: Open) -> None:
    """^C at an empty prompt interrupts the form that another terminal runs."""
    one, other = display(), display()
    one.type(f"(timer:sleep 60000){ENTER}")
    other.expect("busy")
    other.type(INTERRUPT)

    one.expect(r"^\*\* interrupted\nlfe>")
    other.expect(r"^\*\* interrupted\nlfe>")


def test_form_that_waits_for_another_terminal_says_so(display: Open) -> None:
    """A form behind another terminal's says that it waits; ^C takes it back, and the other's goes on."""
    one, other = display(), display()
    one.type(f"(timer:sleep 4000){ENTER}")
    other.expect("busy")
    other.type(f"(set taken 1){ENTER}")
    other.expect(r"^ waiting \d\.\d s for another's form · \^C gives up")
    other.type(INTERRUPT)
    other.expect(r"^interrupted before it began\nlfe>")
    one.expect(r"^ok\nlfe>")

    one.enter("taken", "symbol taken is unbound")


def test_switching_changes_prompt_and_history_at_once(display: Open) -> None:
    """After `(switch-session ...)` prompt, history and bottom line are the other session's."""
    screen = display()
    screen.enter("(set here 1)", r"^1\nlfe>")
    screen.enter('(new-session "work")', r'^"[0-9a-f]{32}"\nlfe>')
    screen.enter('(switch-session "work")', r"^ work\Z")
    screen.type(UP)
    screen.enter("(+ 2 3)", r"^5\nlfe>")

    assert "here" not in screen.text.splitlines()[-2]
    screen.enter("here", "symbol here is unbound")


def test_closed_session_moves_its_terminals(display: Open, xrepl) -> None:  # type: ignore[no-untyped-def]
    """A terminal whose session is closed elsewhere is in the default one, and is told."""
    screen = display("-s", "work")
    screen.type("(half")
    xrepl("close", "work")

    screen.expect(r"session work was closed; you are in session default now")
    screen.expect(r"\nlfe> \(half$")
    screen.expect(r"default\Z")


def test_background_output_is_shown_above_the_prompt(display: Open) -> None:
    """What a background process prints does not disturb what is being typed."""
    screen = display()
    screen.type('(spawn (lambda () (timer:sleep 800) (io:format "from behind~n")))' + ENTER)
    screen.expect(r"#Pid<.*>\nlfe>")
    screen.type("(+ 1 ")

    screen.expect(r"^from behind\nlfe> \(\+ 1$")
    screen.enter("2)", r"^3\nlfe>")


def test_evaluator_that_dies_is_told(display: Open) -> None:
    """Death between forms is told above the prompt, with what came back."""
    screen = display()
    screen.enter("(set x 1)", r"^1\nlfe>")
    screen.enter("(import os)", r"\(import os\)\nlfe>")
    screen.enter("(spawn (lambda () (timer:sleep 300) (os._exit 3)))", "#Pid")

    screen.expect(r"the evaluator ended \(exit 3\); restored 2 bindings")


def test_server_that_ends_is_told_and_started_again(display: Open, xrepl) -> None:  # type: ignore[no-untyped-def]
    """The terminal outlives its server: the next form starts another, in the same session."""
    screen = display()
    screen.enter("(set x 1)", r"^1\nlfe>")
    xrepl("server", "stop")
    screen.expect("the server has ended; the next form starts it again")
    screen.enter("(+ x 1)", r"^2\nlfe>")
    assert "restored 1 binding" in screen.text


def test_waiting_terminal_comes_back_with_its_server(display: Open, xrepl) -> None:  # type: ignore[no-untyped-def]
    """When somebody has started the server again, a terminal that only waits is at its session again, and says so."""
    screen = display()
    screen.enter("(set x 1)", r"^1\nlfe>")
    screen.type("(half")
    xrepl("server", "stop")
    screen.expect("no server")
    xrepl("-e", "(set y 2)")
    screen.expect(r"^the server is there again\nrestored 1 binding\n(.*\n)*lfe> \(half$")
    xrepl("-e", "(set z 3)")

    screen.expect(r"^\| \(set z 3\)\n3\nlfe> \(half$")


def test_killed_server_comes_back_with_the_state(display: Open, xrepl) -> None:  # type: ignore[no-untyped-def]
    """SIGKILL of the server while a form runs loses the form, says so, and nothing else is lost."""
    screen = display()
    screen.enter("(set x 41)", r"^41\nlfe>")
    pid = json.loads(xrepl("server", "status", "--json").stdout)["server"]
    screen.type(f"(timer:sleep 60000){ENTER}")
    screen.expect("running")
    os.kill(pid, signal.SIGKILL)
    screen.expect(r"^\*\* the server ended while this form was running")
    screen.enter("(+ x 1)", r"^restored 1 binding\n42\nlfe>")


def test_closed_window_leaves_the_session(display: Open, xrepl) -> None:  # type: ignore[no-untyped-def]
    """When the terminal's window is closed, its form goes on, and its value is there for the next terminal."""
    screen = display()
    screen.type(f"(progn (timer:sleep 2000) (set x 5)){ENTER}")
    screen.expect("running")
    screen.close()

    assert xrepl("-e", "x").stdout == "5\n"


def test_values_drive_no_terminal(display: Open) -> None:
    """Control sequences in values, errors and names are written out; printed output keeps its colours only."""
    screen = display()
    screen.enter(r'(io:format "\e[31mred\e[0m \e]0;t~s \e[2Jhere~n" (list "itle\e\\"))', r"here\nok\nlfe>")
    screen.enter(r'(error "\e[2J")', "exception error")
    screen.enter(r'(list_to_atom "\e]0;x\a")', r"\nlfe>$")

    assert b"\x1b[31mred\x1b[0m" in screen.raw
    assert rb"\x1b;]0;title\x1b;\ \x1b;[2Jhere" in screen.raw
    assert b"\x1b]0;" not in screen.raw


def test_raw_output_if_asked_for(display: Open) -> None:
    """With --raw printed output may drive the terminal."""
    screen = display("--raw")
    screen.enter(r'(io:format "\e]0;title\e\\")', r"^ok\nlfe>")

    assert b"\x1b]0;title\x1b\\" in screen.raw


def test_huge_value_is_cut_and_can_be_read(display: Open) -> None:
    """A huge value is cut with a note; F2 shows what was left out in the pager."""
    screen = display(PAGER="cut -c 1-50")
    screen.enter('(string:copies "x" 200000)', r"characters left out; F2 shows them\]\nlfe>")
    screen.type(F2)
    screen.expect(r"\]\n\"x{49}\nlfe>")
    screen.enter("(+ 1 1)", r"^2\nlfe>")


def test_dumb_terminal_has_a_plain_prompt(display: Open) -> None:
    """TERM=dumb gets text and nothing else, also over several lines."""
    screen = display(TERM="dumb", prompt=r"^lfe>")
    screen.type("(list 1\n")
    screen.expect(r"^\.\.\.>")
    screen.type("2)\n")
    screen.expect(r"^\(1 2\)\nlfe>")
    screen.type(LEAVE)

    assert screen.exit_status() == 0
    assert b"\x1b[" not in screen.raw.replace(b"\x1b[?2004h", b"").replace(b"\x1b[?2004l", b"")


def test_exit_function_leaves(display: Open) -> None:
    """`(exit)` ends the terminal with status 0."""
    screen = display()
    screen.type(f"(exit){ENTER}")

    assert screen.exit_status() == 0


def test_throw_away_session_keeps_no_history(display: Open, home) -> None:  # type: ignore[no-untyped-def]
    """With --fresh nothing that is typed is written down."""
    screen = display("--fresh")
    screen.enter("(+ 20 1)", r"^21\nlfe>")
    screen.type(UP)
    screen.expect(r"21\nlfe> \(\+ 20 1\)$")

    assert not (home / "history").exists()


@pytest.mark.parametrize("option", [["--no-banner"], []])
def test_banner_can_be_left_out(display: Open, option: list[str]) -> None:
    """The first line says what this is, unless it is not wanted."""
    assert ("(help)" in display(*option).text) == (not option)


def test_cleared_and_deleted_history_is_gone(display: Open, xrepl, home) -> None:  # type: ignore[no-untyped-def]
    """`(clear-history)` forgets what was typed, and deleting a session deletes the file of what was typed in it."""
    screen = display("-s", "work")
    screen.enter("(set hidden 1)", r"^1\nlfe>")
    screen.enter("(clear-history)", r"^ok\nlfe>|^lfe> \(clear-history\)\nlfe>$")
    screen.enter("(+ 1 1)", r"^2\nlfe>")
    [file] = (home / "history").iterdir()
    assert file.read_text() == '"(+ 1 1)"\n'
    screen.type(LEAVE)
    screen.exit_status()
    xrepl("close", "work")
    assert file.exists()
    xrepl("purge")

    assert not file.exists()


def test_throw_away_session_is_told_to_be_gone_with_its_server(display: Open, xrepl) -> None:  # type: ignore[no-untyped-def]
    """With --fresh the end of the server is the end of the session, and is told so."""
    screen = display("--fresh")
    xrepl("server", "stop")
    screen.expect("the server has ended, and the throw-away session with it; the next form begins another")

    screen.enter("(+ 1 1)", r"^2\nlfe>")


def test_server_that_cannot_start_keeps_the_form(display: Open, xrepl, home) -> None:  # type: ignore[no-untyped-def]
    """When no server can be started the terminal says why, and has the form for another try."""
    screen = display()
    xrepl("server", "stop")
    screen.expect("the server has ended")
    (home / "socket").mkdir()
    screen.type(f"(+ 1 1){ENTER}")
    screen.expect(r"^xrepl: .*\n(.*\n)?lfe> \(\+ 1 1\)$")
    (home / "socket").rmdir()
    screen.type(ENTER)

    screen.expect(r"^2\nlfe>")


def test_stopped_server_stays_stopped(display: Open, xrepl) -> None:  # type: ignore[no-untyped-def]
    """A terminal that only waits at its prompt does not start the server again."""
    screen = display()
    xrepl("server", "stop")
    screen.expect("the server has ended")
    screen.type(f"{INTERRUPT}{ENTER}(abc{INTERRUPT}")
    screen.expect(r"\(abc\nlfe>")

    assert "no server is running" in xrepl("server", "status").stdout + xrepl("server", "status").stderr


def test_screen_is_cleared_if_asked_for(display: Open, xrepl) -> None:  # type: ignore[no-untyped-def]
    """`(clear)` clears the screen of a terminal; what is no terminal gets the LFE shell's sequence."""
    screen = display()
    screen.enter("(clear)", r"\Aok\nlfe>")

    assert xrepl("-e", "(clear)").stdout.startswith("\x1b[")
