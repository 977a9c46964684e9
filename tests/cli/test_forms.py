"""`bin/xrepl` evaluates forms in sessions, each in a process of its own."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.helpers.terminal import INTERRUPT, LEAVE

UNBOUND_X = "** exception error: symbol x is unbound\n"


def lines(done: "subprocess.CompletedProcess[str]") -> list[str]:
    """Give what a command printed, line by line."""
    return done.stdout.splitlines()


def test_form_is_evaluated_and_its_value_printed(xrepl: Command) -> None:
    """`xrepl -e '(+ 1 2)'` prints 3 and succeeds."""
    done = xrepl("-e", "(+ 1 2)")

    assert (done.stdout, done.stderr, done.returncode) == ("3\n", "", 0)


def test_variable_is_there_for_the_next_process(xrepl: Command) -> None:
    """What one process sets, the next finds."""
    xrepl("-e", "(set x 42)")

    assert xrepl("-e", "x").stdout == "42\n"


def test_sessions_do_not_see_each_other(xrepl: Command) -> None:
    """A variable of one session is unbound in another."""
    xrepl("-e", "(set x 42)")
    done = xrepl("-s", "other", "-e", "x")

    assert (done.stdout, done.returncode) == (UNBOUND_X, 1)


def test_failing_form_ends_the_command_with_status_1(xrepl: Command) -> None:
    """Of repeated -e the first that fails is the last."""
    done = xrepl("-e", "(+ 1 1)", "-e", "(/ 1 0)", "-e", "(+ 2 2)")

    assert lines(done)[:2] == ["2", "** exception error: error in arithmetic expression"]
    assert (done.returncode, "4" in lines(done)) == (1, False)


def test_several_forms_of_one_text_are_all_evaluated(xrepl: Command) -> None:
    """Each form of a text shows its value, unlike at the LFE shell."""
    assert xrepl("-e", "1 2 (+ 1 2)").stdout == "1\n2\n3\n"


def test_hy_forms_pass_through(xrepl: Command) -> None:
    """Hy's forms are Hy all the way down, in the same session."""
    done = xrepl("-", text='(import math) (math.sqrt 2)\n(print "x")\n(defn f [x] (* 2 x))\n(f 21)\n')

    assert lines(done) == ["1.4142135623730951", "x", "42"]


def test_functions_and_closures_survive_the_evaluator(xrepl: Command, env: dict[str, str]) -> None:
    """After the evaluator was killed, functions of all arities and closures are there."""
    xrepl("-", text="(defun f (x) (* 2 x)) (defun f (x y) (+ x y)) (set n 5) (set g (lambda (x) (+ x n)))\n")
    kill_evaluators(xrepl)

    assert xrepl("-", text="(f 4) (f 4 5) (funcall g 1)\n").stdout == "8\n9\n6\n"


def kill_evaluators(xrepl: Command) -> None:
    """Kill every evaluator that serves a session, and wait until it is gone."""
    from tests.helpers.crash import kill, wait_gone

    pids = list(json.loads(xrepl("server", "status", "--json").stdout)["evaluators"].values())
    kill(*pids)
    wait_gone(pids, 5.0)


def test_standard_input_goes_on_after_a_failed_form(xrepl: Command) -> None:
    """`xrepl -` evaluates what follows a failure and ends with status 1."""
    done = xrepl("-", text="(/ 1 0)\n(+ 1 2)\n")

    assert (lines(done)[-1], done.returncode) == ("3", 1)


def test_unfinished_form_in_standard_input_is_an_error_with_its_line(xrepl: Command) -> None:
    """A script that ends inside a form fails and names the line."""
    done = xrepl("-", text="(+ 1 2)\n\n(foo\n")

    assert lines(done)[0] == "3"
    assert done.returncode == 1
    assert "3: the form is not finished" in done.stdout + done.stderr


def test_script_file_has_its_name_and_arguments(xrepl: Command, tmp_path: Path) -> None:
    """A .lfe file runs in a throw-away session with script-name and script-args bound."""
    (tmp_path / "s.lfe").write_text(
        '#!/usr/bin/env xrepl\n(io:format "~p ~p~n" (list script-name script-args))\n(set x 1)\n'
    )
    done = xrepl("s.lfe", "a", "b c")

    assert lines(done)[0] == '"s.lfe" ["a","b c"]'
    assert xrepl("-e", "x").stdout == UNBOUND_X


def test_script_file_stops_at_the_first_failure(xrepl: Command, tmp_path: Path) -> None:
    """The exit status says that a script failed; what follows the failure is not run."""
    (tmp_path / "s.lfe").write_text('(print "one")\n(/ 1 0)\n(print "two")\n')
    done = xrepl("s.lfe")

    assert (done.returncode, "one" in done.stdout, "two" in done.stdout) == (1, True, False)


def test_hy_script_is_read_as_hy(xrepl: Command, tmp_path: Path) -> None:
    """A .hy file is Hy's syntax, with the shell functions and `set` at hand."""
    (tmp_path / "s.hy").write_text('(set x [1 2 3])\n(print (sum x) (len "abc"))\n')

    assert "6 3" in xrepl("s.hy").stdout


def test_fresh_session_is_never_listed(xrepl: Command) -> None:
    """--fresh leaves nothing behind."""
    done = xrepl("--fresh", "-e", "(set x 1)")

    assert done.stdout == "1\n"
    assert json.loads(xrepl("ls", "--json").stdout) == []


def test_jsonl_answers_each_line_with_one(xrepl: Command) -> None:
    """One object in, one out, also for failures and for what is no JSON."""
    requests = [
        '{"code": "(set x 5)"}',
        '{"code": "(io:format \\"hi~n\\") (* x 2)"}',
        '{"code": "(/ 1 0)"}',
        "nonsense",
    ]
    answers = [json.loads(line) for line in lines(xrepl("--fresh", "--jsonl", text="\n".join(requests)))]

    assert [answer["value"] for answer in answers] == ["5", "10", None, None]
    assert [answer["out"] for answer in answers] == ["", "hi\n", "", ""]
    assert answers[2]["error"].startswith("** exception error: error in arithmetic expression")
    assert "no JSON" in answers[3]["error"]


def test_sessions_are_listed_made_and_closed_from_the_shell(xrepl: Command) -> None:
    """new, ls, info and close do what they say."""
    made = xrepl("new", "work")
    names = {row["name"] for row in json.loads(xrepl("ls", "--json").stdout)}
    about = json.loads(xrepl("info", "work", "--json").stdout)
    closed = xrepl("close", "work")

    assert (made.stdout, names, about["name"], closed.returncode) == ("work\n", {"work"}, "work", 0)
    assert json.loads(xrepl("ls", "--json").stdout) == []


@pytest.mark.parametrize("command", ["info", "close", "save"])
def test_unknown_session_is_refused(xrepl: Command, command: str) -> None:
    """A command on a session that does not exist fails with a line that names it."""
    done = xrepl(command, "nowhere")

    assert (done.returncode, "nowhere" in done.stderr, done.stderr.count("\n")) == (1, True, 1)


def test_form_at_the_terminal_may_have_several_lines(terminal) -> None:  # type: ignore[no-untyped-def]
    """An unfinished form asks for more."""
    shell = terminal()
    shell.line("(+ 1")
    shell.expect(r"\.\.\.> ")
    shell.line("2)")

    assert shell.expect(r"\n3\n")


def test_terminal_can_leave_and_the_session_lives_on(terminal, xrepl: Command) -> None:  # type: ignore[no-untyped-def]
    """^D ends the client with status 0 and nothing else."""
    shell = terminal()
    shell.ask("(set x 7)")
    shell.type(LEAVE)

    assert (shell.exit_status(), xrepl("-e", "x").stdout) == (0, "7\n")


def test_endless_loop_is_interrupted_and_bindings_stay(terminal) -> None:  # type: ignore[no-untyped-def]
    """^C ends a loop within a second, the session keeps what it had."""
    shell = terminal()
    shell.ask("(set x 42)")
    shell.ask("(defun spin () (spin))")
    shell.line('(progn (io:format "begun~n") (spin))')
    shell.expect(r"\nbegun\n")
    shell.type(INTERRUPT)
    shell.expect("interrupted", timeout_s=5.0)
    shell.expect("lfe> ")

    assert shell.ask("x") == "42"


@pytest.mark.parametrize(
    ("form", "status"), [("(halt 3)", 3), ("(halt)", 0), ("(init:stop 4)", 4), ('(halt "slogan")', 1), ("(exit)", 0)]
)
def test_halt_ends_a_script_with_its_status(xrepl: Command, tmp_path: Path, form: str, status: int) -> None:
    """What follows is not evaluated; a status other than 0 shows nothing."""
    script = tmp_path / "s.lfe"
    script.write_text(f'(io:format "before~n")\n{form}\n(io:format "after~n")')

    runs = [xrepl(str(script)), xrepl("--fresh", "-", text=script.read_text() + "\n")]

    assert [done.returncode for done in runs] == [status, status]
    assert [lines(done)[0] for done in runs] == ["before", "before"]
    assert not any("after" in done.stdout or "exception" in done.stdout + done.stderr for done in runs)


READER = """(io:format "~p~n" (list (list (io:get_line "name> ") (io:fread "two> " "~d ~s") (io:get_chars "" 2))))
(io:format "~p~n" (list (io:read "term> ")))
(lfe_io:format "~p~n" (list (lfe_io:read)))
(io:format "~p~n" (list (io:get_line "")))
"""


def test_script_reads_lines(xrepl: Command, tmp_path: Path) -> None:
    """A prompt comes for each line; what is left of a line waits; the end of the input is eof."""
    script = tmp_path / "s.lfe"
    script.write_text(READER)

    done = xrepl(str(script), text="bob\n1\nabc\nxy{a,\n[1]}.\n(a b\n c)\n")

    assert [line for line in lines(done) if line != "ok"] == [
        'name> two> two> ["bob\\n",{ok,[1,"abc"]},"xy"]',
        "term> {ok,{a,[1]}}",
        "#(ok (a b c))",
        "eof",
    ]


def test_forms_of_the_input_have_no_input(xrepl: Command) -> None:
    """Where forms are read no program reads."""
    assert lines(xrepl("--fresh", "-", text='(io:get_line "x> ")\n(+ 1 2)\n')) == ["eof", "3"]


def test_form_reads_what_is_typed_at_the_terminal(terminal) -> None:  # type: ignore[no-untyped-def]
    """^C while it waits interrupts it, and the next line is a form again."""
    shell = terminal()
    shell.line('(list 1 (io:get_line "who> "))')
    shell.expect("\nwho> ")
    shell.line("bob")
    assert shell.expect(r'\(1 "bob\\n"\)')
    shell.expect("lfe> ")
    shell.line('(io:get_line "who> ")')
    shell.expect("\nwho> ")
    shell.type(INTERRUPT)
    shell.expect("interrupted", timeout_s=5.0)
    shell.expect("lfe> ")

    assert shell.ask("(+ 1 2)") == "3"
