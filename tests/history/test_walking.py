"""Undo, redo, checkout, differences and branches, in a real session."""

import json

import pytest

from tests.conftest import Command
from tests.helpers.crash import kill, wait_gone
from tests.helpers.wire import Wire


def shown(wire: Wire, *forms: str) -> list[str]:
    """Evaluate forms one by one and give the value or the error of each."""
    answers = [wire.evaluate(form) for form in forms]
    return [str(answer.get("value", answer.get("xrepl/error"))) for answer in answers]


UNBOUND = "** exception error: symbol {} is unbound"


def test_undo_goes_back_before_the_last_change(wire: Wire) -> None:
    """Forms that change nothing do not count."""
    assert shown(wire, "(set x 1)", "(set x 2)", "x", "(+ x x)", "(undo)", "x") == ["1", "2", "2", "4", "ok", "1"]


def test_undo_repeated_goes_further_back(wire: Wire) -> None:
    """Two undos go back two changes, as (undo 2) does."""
    shown(wire, "(set x 1)", "(set x 2)", "(set x 3)")

    assert shown(wire, "(undo)", "(undo)", "x") == ["ok", "ok", "1"]
    assert shown(wire, "(redo 2)", "x", "(undo 2)", "x") == ["ok", "3", "ok", "1"]


def test_redo_goes_forward_until_something_else_changes_state(wire: Wire) -> None:
    """After a new change there is nothing to redo."""
    shown(wire, "(set x 1)", "(set x 2)", "(undo)", "(redo)")
    assert shown(wire, "x", "(undo)", "(set y 5)", "(redo)") == ["2", "ok", "5", "#(error nothing-to-undo)"]
    assert shown(wire, "x", "y") == ["1", "5"]


def test_undo_brings_back_what_was_removed_and_removes_what_was_added(wire: Wire) -> None:
    """Functions, too."""
    shown(wire, "(defun f (n) (* 2 n))", "(defun f (n) (* 3 n))", "(set z 1)")

    assert shown(wire, "(undo)", "z", "(f 5)", "(undo)", "(f 5)") == ["ok", UNBOUND.format("z"), "15", "ok", "10"]


def test_undo_restores_objects_that_were_changed_in_place(wire: Wire) -> None:
    """Two names of one object stay one object."""
    shown(wire, "(setv xs [1])", "(setv ys xs)", "(.append xs 2)")

    assert shown(wire, "(undo)", "(.append ys 7)", "(len xs)") == ["ok", "None", "2"]


def test_state_after_an_undo_survives_a_kill(wire: Wire) -> None:
    """Where the history was walked to is what is restored."""
    shown(wire, "(set x 1)", "(set x 2)", "(undo)")
    pid = wire.ask("xrepl/server-status")["evaluators"]["default"]
    kill(pid)
    wait_gone([pid], 5.0)

    assert shown(wire, "x", "(redo)", "x") == ["1", "ok", "2"]


def test_form_after_an_undo_in_the_same_text_sees_the_older_state(xrepl: Command) -> None:
    """A step takes effect at the end of its form."""
    assert xrepl("-e", "(set x 1) (set x 2) (undo) x").stdout.splitlines()[-1] == "1"


def test_checkout_goes_to_any_revision_as_a_new_one(wire: Wire) -> None:
    """History is never rewritten: the later states are still there."""
    shown(wire, "(set x 1)", "(set x 2)", "(set x 3)")

    assert shown(wire, "(checkout 1)", "x", "(checkout 3)", "x") == ["ok", "1", "ok", "3"]


@pytest.mark.parametrize("form", ["(undo)", "(redo)", "(checkout 77)", "(revision 77)", "(diff 1 77)"])
def test_step_that_does_not_exist_is_refused_and_changes_nothing(wire: Wire, form: str) -> None:
    """The error is a value, the state stays."""
    answers = shown(wire, form, "(set x 1)")

    assert (answers[0].startswith("#(error "), answers[1]) == (True, "1")


def test_diff_names_what_was_added_changed_and_removed(wire: Wire) -> None:
    """From one revision to another, in both directions."""
    shown(wire, "(set x 1)", "(set y 1)", "(set x 2)")
    forward, back = wire.evaluate("(diff 1 3)")["out"], wire.evaluate("(diff 3 1)")["out"]

    assert forward.split() == ["added:", "y", "changed:", "x"]
    assert back.split() == ["changed:", "x", "removed:", "y"]


def test_revisions_are_listed_and_searched(wire: Wire) -> None:
    """Newest first, with form and value; a search looks in the forms."""
    shown(wire, "(defun twice (n) (* 2 n))", "(twice 4)", '(io:format "seen~n")')
    listed, found = wire.evaluate("(revisions)")["out"], wire.evaluate('(revisions #M(search "defun"))')["out"]
    whole = wire.evaluate("(revision 3)")["out"]

    assert listed.index("(twice 4)") < listed.index("(defun twice")
    assert ("(defun twice" in found, "(twice 4)" in found) == (True, False)
    assert all(part in whole for part in ('(io:format "seen~n")', "seen", "ok", "By:"))


def test_branch_goes_on_independently(wire: Wire) -> None:
    """A branch has the state of its moment; neither sees what the other does later."""
    shown(wire, "(set x 1)", '(branch-session "try")', "(set x 2)")
    wire.evaluate("(set y 5)", "try")

    assert wire.evaluate("(list x y)", "try")["value"] == "(1 5)"
    assert shown(wire, "x", "y") == ["2", UNBOUND.format("y")]


def test_branch_from_an_older_revision_in_the_shell(xrepl: Command) -> None:
    """`xrepl branch NAME NEW --at N` takes the state after revision N."""
    xrepl("-e", "(set x 1)", "-e", "(set x 2)")
    made = xrepl("branch", "default", "old", "--at", "1")

    assert (made.returncode, xrepl("-s", "old", "-e", "x").stdout) == (0, "1\n")


def test_branch_says_what_could_not_go_along(wire: Wire) -> None:
    """What is not kept is named with its reason."""
    shown(wire, "(import socket)", "(set s (socket.socket))")

    assert "not kept: s (" in wire.evaluate('(branch-session "try")')["out"]


def test_branch_refuses_a_taken_name(wire: Wire) -> None:
    """Names are unique."""
    shown(wire, "(set x 1)", '(branch-session "try")')

    assert shown(wire, '(branch-session "try")') == ["#(error name-taken)"]


def test_no_restore_begins_with_nothing_and_can_be_undone(xrepl: Command) -> None:
    """--no-restore is a clean start; what was is in the history."""
    xrepl("-e", "(set x 42)")

    assert xrepl("--no-restore", "-e", "x").stdout == UNBOUND.format("x") + "\n"
    assert xrepl("-e", "(undo)", "-e", "x").stdout.splitlines()[-1] == "42"


def test_state_that_kills_its_evaluator_is_stepped_back_from(wire: Wire) -> None:
    """A value that ends the process that restores it costs the last change; it is told, and the newer state is kept."""
    poison = "(defclass Poison [] (defn __reduce__ [self] #(os._exit #(3))))"
    shown(wire, "(set x 1)", "(import os)", poison, "(setv p (Poison))")
    pid = wire.ask("xrepl/server-status")["evaluators"]["default"]
    wire.ask("xrepl/attach", {"xrepl/name": "default"})
    kill(pid)
    wait_gone([pid], 5.0)
    answers = shown(wire, "x", "p")

    assert answers == ["1", UNBOUND.format("p")]


def test_store_is_checked_and_copied_while_the_server_runs(xrepl: Command, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """`store check` and `store backup` go through the server; `store compact` asks for its end first."""
    xrepl("-e", "(set x 42)")
    checked, copied = xrepl("store", "check"), xrepl("store", "backup", str(tmp_path / "copy"))
    refused = xrepl("store", "compact")

    assert (checked.stdout, copied.returncode, (tmp_path / "copy").stat().st_size > 0) == (
        "the store is whole\n",
        0,
        True,
    )
    assert (refused.returncode, "server stop" in refused.stderr) == (1, True)


def test_store_is_checked_compacted_and_used_without_a_server(xrepl: Command) -> None:
    """The same on the files, then everything is still there."""
    xrepl("-e", "(set x 42)")
    xrepl("server", "stop")
    sizes = json.loads(xrepl("store", "compact", "--json").stdout)

    assert 0 < sizes["after"] <= sizes["before"]
    assert xrepl("store", "check").stdout == "the store is whole\n"
    assert xrepl("-e", "x").stdout == "42\n"
