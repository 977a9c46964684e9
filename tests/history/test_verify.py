"""`xrepl verify NAME` evaluates a journal again and tells where what is bound parts."""

import json
from pathlib import Path

from tests.conftest import Command


def test_replay_of_a_session_agrees(xrepl: Command) -> None:
    """Definitions, failures, undo and redo bind what they bound."""
    forms = "(defun f (x) (* 2 x))\n(set y (f 4))\n(/ 1 0)\n(set y 9)\n(undo)\n(set z (+ y 1))\n(undo)\n(redo)\nz\n"
    xrepl("-", text=forms)
    done = xrepl("verify", "default")

    assert (done.stdout, done.returncode) == ("6 forms evaluated again, and all is bound as it was\n", 0)


def test_form_at_which_bindings_part_is_named(xrepl: Command, tmp_path: Path) -> None:
    """It is the form that bound something else, not the one that shows it; both values are told."""
    (tmp_path / "n").write_text("1")
    xrepl("-e", "(set a 1)", "-e", f'(setv n (.read (open "{tmp_path}/n")))', "-e", "n")
    (tmp_path / "n").write_text("2")
    done = xrepl("verify", "default", "--json")
    found = json.loads(done.stdout)

    assert (done.returncode, found["parts-at"], found["names"]) == (1, 2, ["n"])
    assert (found["was"], found["is"]) == ('"1"', '"2"')


def test_change_in_place_that_parts_is_named(xrepl: Command, tmp_path: Path) -> None:
    """What a form appends is compared, though the form shows the same."""
    (tmp_path / "n").write_text("1")
    xrepl("-e", "(setv xs [])", "-e", f'(progn (xs.append (.read (open "{tmp_path}/n"))) 1)', "-e", "(set b 1)")
    (tmp_path / "n").write_text("2")
    found = json.loads(xrepl("verify", "default", "--json").stdout)

    assert (found["parts-at"], found["names"], found["was"], found["is"]) == (2, ["xs"], '("1")', '("2")')


def test_name_that_is_bound_no_more_is_named(xrepl: Command, tmp_path: Path) -> None:
    """A form that fails now binds nothing."""
    (tmp_path / "n").write_text("1")
    xrepl(
        "-e", f'(set n (open "{tmp_path}/n"))', "-e", "(set a 1)", "-e", f'(set m (len (.read (open "{tmp_path}/n"))))'
    )
    (tmp_path / "n").unlink()
    found = json.loads(xrepl("verify", "default", "--json").stdout)

    assert (found["parts-at"], found["missing"]) == (1, ["n"])


def test_same_values_in_other_bytes_do_not_part(xrepl: Command) -> None:
    """The order of a set and what a process is called are other ones in another process."""
    text = '(setv s (set ["a" "b" "c" "d" "e"]))\n(defclass A [])\n(setv a (A) l [s])\n(set f (lambda (x) (+ x 1)))\n'
    xrepl("-", text=text)
    xrepl("server", "stop")
    done = xrepl("verify", "default")

    assert done.returncode == 0, done.stdout


def test_form_that_only_shows_something_else_does_not_part(xrepl: Command) -> None:
    """It is told by its number."""
    xrepl("-e", "(set a 1)", "-e", "(length (erlang:processes))", "-e", "(revisions)")
    done = xrepl("verify", "default")

    assert done.returncode == 0
    assert done.stdout.startswith("3 forms evaluated again, and all is bound as it was\n")
    assert "revisions that show something else now: 3\n" in done.stdout


def test_replay_touches_nothing_of_the_session(xrepl: Command) -> None:
    """Neither its bindings nor its journal."""
    xrepl("-e", "(set a 1)")
    xrepl("verify", "default")

    assert xrepl("-e", "a").stdout == "1\n"
    assert json.loads(xrepl("info", "default", "--json").stdout)["revision"] == 2


def test_forms_whose_text_was_not_kept_are_gone_over(xrepl: Command) -> None:
    """What they bound is bound for the forms after them, which are evaluated again."""
    off = "(xrepl-config:set (current-session) 'history-enabled '{})"
    xrepl("-e", "(set a 1)", "-e", off.format("false"), "-e", "(set hidden 2)", "-e", off.format("true"))
    xrepl("-e", "(set b (+ a hidden))", "-e", "(set a 5)", "-e", "(set c (+ a b))")
    done = xrepl("verify", "default")

    assert (done.stdout.partition(" ")[2], done.returncode) == (
        "forms evaluated again, and all is bound as it was\n",
        0,
    )
