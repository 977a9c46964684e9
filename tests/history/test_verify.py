"""`xrepl verify NAME` evaluates a journal again and tells where it parts."""

import json

from tests.conftest import Command


def test_replay_of_a_session_agrees(xrepl: Command) -> None:
    """Definitions, failures, undo and redo give what they gave."""
    forms = "(defun f (x) (* 2 x))\n(set y (f 4))\n(/ 1 0)\n(set y 9)\n(undo)\n(set z (+ y 1))\n(undo)\n(redo)\nz\n"
    xrepl("-", text=forms)
    done = xrepl("verify", "default")

    assert (done.stdout, done.returncode) == ("6 forms show what they showed\n", 0)


def test_form_that_depends_on_the_world_is_named(xrepl: Command, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """The first form that shows something else is told, with both."""
    (tmp_path / "n").write_text("1")
    xrepl("-e", "(set a 1)", "-e", f'(setv n (.read (open "{tmp_path}/n")))', "-e", "n")
    (tmp_path / "n").write_text("2")
    done = xrepl("verify", "default", "--json")
    found = json.loads(done.stdout)

    assert (done.returncode, found["parts-at"], found["form"]) == (1, 3, "n")
    assert (found["was"], found["is"]) == ('"1"', '"2"')


def test_replay_touches_nothing_of_the_session(xrepl: Command) -> None:
    """Neither its bindings nor its journal."""
    xrepl("-e", "(set a 1)")
    xrepl("verify", "default")

    assert xrepl("-e", "a").stdout == "1\n"
    assert json.loads(xrepl("info", "default", "--json").stdout)["revision"] == 2
