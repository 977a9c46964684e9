"""Erlang's timer: units, measuring, and what happens after a time, once or again and again."""

import pytest

from tests.lang.conftest import Shell

SHOWN = [
    ("(timer:seconds 5)", "5000"),
    ("(timer:minutes 2)", "120000"),
    ("(timer:hours 1)", "3600000"),
    ("(timer:hms 1 2 3)", "3723000"),
    ("(timer:seconds 'a)", "** exception error: error in arithmetic expression\n  in (erlang : * a 1000)"),
    ("(timer:now_diff #(1 2 3) #(1 1 1))", "1000002"),
    ("(timer:sleep 0)", "ok"),
    ("(timer:sleep 'x)", "** exception error: bad receive timeout value"),
    ("(timer:sleep -1)", "** exception error: bad receive timeout value"),
    ("(element 2 (timer:tc (lambda () 'done)))", "done"),
    ("(element 2 (timer:tc (lambda (x) x) '(1)))", "1"),
    ("(element 2 (timer:tc 'lists 'sum '((1 2 3))))", "6"),
    ("(< 0 (element 1 (timer:tc (lambda () 1) 'nanosecond)))", "true"),
    ("(timer:tc 5)", "** exception error: bad function 5"),
    ("(timer:send_after -1 'x)", "#(error badarg)"),
    ("(timer:send_after 1 5 'x)", "#(error badarg)"),
    ("(timer:apply_after 1 'm 'f 'no-list)", "#(error badarg)"),
    ("(timer:send_interval 0 'x)", "#(error badarg)"),
    ("(timer:cancel 'x)", "#(error badarg)"),
    ("(timer:cancel #(once 5))", "#(error badarg)"),
    ("(progn (timer:send_after 1 'tick) (receive ('tick 'got)))", "got"),
    ("(progn (timer:send_after 0 (self) 'tick) (receive ('tick 'got)))", "got"),
    ("(progn (register 'me (self)) (timer:send_after 0 'me 'tick) (receive ('tick 'got)))", "got"),
    ("(progn (timer:apply_after 1 'erlang 'send (list (self) 'x)) (receive ('x 'got)))", "got"),
    ("(let ((me (self))) (timer:apply_after 0 (lambda () (! me 'x))) (receive ('x 'got)))", "got"),
    ("(progn (timer:exit_after 1 'enough) (timer:sleep 'infinity))", "** exception exit: enough"),
    ("(progn (timer:kill_after 1) (timer:sleep 'infinity))", "** exception exit: killed"),
    ("(element 1 (element 2 (timer:send_after 1000 'x)))", "send_local"),
    ("(element 1 (element 2 (timer:send_interval 1000 'x)))", "interval"),
]


@pytest.mark.parametrize(("form", "shown"), SHOWN)
def test_call_shows_what_erlang_gives(shell: Shell, form: str, shown: str) -> None:
    """A call of timer gives what Erlang's gives."""
    assert shell(form) == shown


def test_cancelled_timer_sends_nothing(shell: Shell) -> None:
    """After cancelling no message comes, and cancelling again is no error."""
    shell("(set (tuple 'ok once) (timer:send_after 1 'tick))")

    assert [shell("(timer:cancel once)"), shell("(timer:cancel once)")] == ["#(ok cancel)"] * 2
    assert shell("(receive ('tick 'came) (after 2 'nothing))") == "nothing"


def test_interval_sends_until_it_is_cancelled(shell: Shell) -> None:
    """Messages come again and again, and none after the end."""
    shell("(set (tuple 'ok t) (timer:send_interval 1 'tick))")
    three = "(progn (receive ('tick 1)) (receive ('tick 2)) (receive ('tick 3)))"

    assert [shell(three), shell("(timer:cancel t)")] == ["3", "#(ok cancel)"]
    shell("(flush)")
    assert shell("(receive ('tick 'came) (after 3 'nothing))") == "nothing"


def test_interval_ends_with_its_process(shell: Shell) -> None:
    """An interval for a process that has ended is over."""
    shell("(set p (spawn (lambda () (timer:send_interval 1 'tick) (receive ('tick 'ok)))))")
    shell("(timer:sleep 4)")

    assert shell("(is_process_alive p)") == "false"


def test_applied_interval_ends_with_who_asked_for_it(shell: Shell) -> None:
    """A function is called in a process of its own each time."""
    shell("(timer:apply_interval 1 'erlang 'send (list (self) 'x))")

    assert shell("(progn (receive ('x 1)) (receive ('x 2)))") == "2"
