"""Scripts drive sessions with the same forms as at the prompt, in both syntaxes."""

from pathlib import Path

import pytest

from tests.conftest import Command

HY = """\
(import math)
(defn area [r] (* math.pi r r))
(defmacro twice [x] `(+ ~x ~x))
(new-session "work")
(switch-session "work")
(set radius 2)
(print (round (area radius)) (twice radius))
(sessions)
(switch-session "default")
"""
LFE = """\
(defrecord point x y)
(defun area (r) (* 3 (* r r)))
(defmacro twice (x) `(+ ,x ,x))
(new-session "work")
(switch-session "work")
(set radius 2)
(io:format "~p ~p ~p~n" (list (area radius) (twice radius) (point-x (make-point x 7))))
(io:format "~p ~p~n" (list script-name script-args))
(switch-session "default")
"""


def run(xrepl: Command, path: Path, text: str, *arguments: str) -> list[str]:
    """Run a script in a session that is named, and give what it shows line by line."""
    path.write_text(text)
    xrepl("-e", "'ok")
    done = xrepl(str(path), *arguments)

    assert (done.returncode, done.stderr) == (0, ""), done.stdout
    return done.stdout.splitlines()


def test_hy_script_takes_its_definitions_along(xrepl: Command, tmp_path: Path) -> None:
    """Functions, macros and imports of the script are callable in the session that it switches to."""
    assert "13 4" in run(xrepl, tmp_path / "s.hy", HY)
    assert xrepl("-s", "work", "-e", "radius").stdout == "2\n"


def test_lfe_script_takes_its_definitions_along(xrepl: Command, tmp_path: Path) -> None:
    """So are an .lfe script's functions, macros, records, its name and its arguments."""
    lines = run(xrepl, tmp_path / "s.lfe", LFE, "one", 'a "quoted" one', "two\nlines")

    assert "12 4 7" in lines
    assert "two\\nlines" in "".join(lines)


WRONG = [
    ("(defun f (x)\n  (let ((y)) x))\n(f 1)\n", "2:3\n      (let ((y)) x))\n      ^"),
    ("'ok\n(list 1\n  2 ])\n", "3:5\n      2 ])\n        ^"),
    ("'ok\n  (list 1\n", "2:3\n      (list 1\n      ^"),
]


@pytest.mark.parametrize(("text", "place"), WRONG)
def test_what_is_wrong_in_a_script_is_pointed_at(xrepl: Command, tmp_path: Path, text: str, place: str) -> None:
    """Below the error, which is the LFE shell's, stand file, line, column, and the line with a caret."""
    path = tmp_path / "s.lfe"
    path.write_text(text)

    done = xrepl(str(path))

    assert (done.returncode, done.stderr) == (1, f"  at {path}:{place}\n")


def test_form_of_several_lines_is_pointed_into(xrepl: Command) -> None:
    """So it is for a form that has several lines, but not for what arrives on standard input."""
    text = "(list 1\n  (let ((y)) 1))"

    assert xrepl("-e", text).stderr == "  at line 2, column 3\n      (let ((y)) 1))\n      ^\n"
    assert xrepl("-", input=f"{text}\n").stderr == ""


@pytest.mark.parametrize(("name", "text"), [("s.hy", HY), ("s.lfe", LFE)])
def test_definitions_do_not_stay_behind(xrepl: Command, tmp_path: Path, name: str, text: str) -> None:
    """The other session keeps what the script set in it, and nothing of the script's own."""
    run(xrepl, tmp_path / name, text)
    done = xrepl("-s", "work", "-e", "(area 1)")

    assert "function area/1 undefined" in done.stdout
    assert "area" not in xrepl("info", "work").stdout


def test_session_s_own_function_comes_first(xrepl: Command, tmp_path: Path) -> None:
    """What the session has under a name is not replaced by what a script brings."""
    xrepl("-s", "work", "-e", "(defun f () 'own)")
    lines = run(xrepl, tmp_path / "s.lfe", '(defun f () \'brought)\n(defun g () (f))\n(switch-session "work")\n(g)\n')

    assert lines[-1] == "own"


def test_failing_form_ends_the_script_wherever_it_is(xrepl: Command, tmp_path: Path) -> None:
    """The exit status says so, and the rest is not run, in no session."""
    path = tmp_path / "s.lfe"
    path.write_text('(new-session "w")\n(progn (switch-session "w") (error \'x))\n(set y 1)\n')
    done = xrepl(str(path))

    assert done.returncode == 1
    assert "unbound" in xrepl("-s", "w", "-e", "y").stdout


def test_script_runs_in_a_throw_away_session(xrepl: Command, tmp_path: Path) -> None:
    """Nothing of it is listed, but the sessions that it makes."""
    run(xrepl, tmp_path / "s.hy", '(setv x 1)\n(new-session "made")\n')

    assert sorted(xrepl("completion", "names").stdout.split()) == ["default", "made"]


MODULE = """\
(defmodule greet (export (hi 1)))
(defun hi (x) (tuple (there) x))
(defun there () 'hi)
(new-session "work")
(switch-session "work")
(io:format "~p ~p~n" (list (greet:hi 1) (call 'greet 'hi 2)))
"""


def test_module_of_a_script_goes_along_and_does_not_stay_behind(xrepl: Command, tmp_path: Path) -> None:
    """A module that the script defined is callable after a switch, and no more when the script has ended."""
    assert "{hi,1} {hi,2}" in run(xrepl, tmp_path / "s.lfe", MODULE)
    assert "undefined function" in xrepl("-s", "work", "-e", "(greet:hi 1)").stdout
