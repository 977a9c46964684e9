"""Erlang's gen_statem: events, postponing, timers, entering a state, ends."""

import pytest

from tests.lang.conftest import Shell
from tests.lang.test_gen_server import outcomes

DOOR = """
(defmodule door (export all))
(defun init
  (((tuple 'stop reason)) (tuple 'stop reason))
  (('odd) 'nonsense)
  ((tester) (tuple 'ok 'locked tester)))
(defun callback_mode () 'state_functions)
(defun locked
  (('cast 'unlock tester) (tuple 'next_state 'open tester '(#(state_timeout 1 lock))))
  (('cast 'knock _) #(keep_state_and_data (postpone)))
  (('cast 'odd _) 'nonsense)
  (('cast 'crash _) (error 'boom))
  (('cast 'named _) #(keep_state_and_data
    (#(#(timeout late) 1 one) #(#(timeout never) 1 two) #(#(timeout never) cancel))))
  (('cast 'idle _) #(keep_state_and_data 1))
  (('timeout content tester) (! tester (tuple 'idle content)) 'keep_state_and_data)
  (((tuple 'timeout name) content tester) (! tester (tuple name content)) 'keep_state_and_data)
  (('info message tester) (! tester (tuple 'info message)) 'keep_state_and_data)
  (((tuple 'call from) 'chain _) (tuple 'keep_state_and_data (list (tuple 'next_event 'internal from))))
  (('internal from _) (tuple 'keep_state_and_data (tuple 'reply from 'chained)))
  (((tuple 'call from) 'end tester) (tuple 'stop_and_reply 'normal (tuple 'reply from 'bye))))
(defun open
  (('cast 'knock tester) (! tester 'come-in) 'keep_state_and_data)
  (('state_timeout 'lock tester) (! tester 'locked) (tuple 'next_state 'locked tester)))
(defun terminate (reason state tester) (! tester (tuple 'ended reason state)))
(defmodule lamp (export all))
(defun init (n) (tuple 'ok 'off n))
(defun callback_mode () '(handle_event_function state_enter))
(defun handle_event
  (('enter _ 'off n) 'keep_state_and_data)
  (('enter _ _ n) (tuple 'keep_state (+ n 1)))
  (('cast 'toggle 'off n) (tuple 'next_state #(on 1) n))
  (('cast 'toggle _ n) (tuple 'next_state 'off n))
  (('cast 'again _ n) 'repeat_state_and_data)
  (('cast 'order _ n) (tuple 'keep_state () '(#(timeout 0 z) #(next_event cast a) #(next_event cast b))))
  (((tuple 'call from) 'get state n) (tuple 'keep_state_and_data (tuple 'reply from (tuple state n))))
  ((_ event _ seen) (tuple 'keep_state (cons event seen))))
"""
NEXT = "(receive (x x) (after 1000 'nothing))"


@pytest.fixture
def machine(shell: Shell) -> Shell:
    """Give a shell with the modules door and lamp, and a door as `d`."""
    shell(DOOR)
    shell("(set (tuple 'ok d) (gen_statem:start 'door (self) ()))")
    return shell


def test_postponed_event_comes_again_in_another_state(machine: Shell) -> None:
    """A state's timer then leads back."""
    forms = f"""
        (gen_statem:cast d 'knock)
        (gen_statem:cast d 'unlock)
        {NEXT}
        {NEXT}
        (sys:get_state d)
    """

    shown = outcomes(machine, forms)

    assert shown[:4] == ["ok", "ok", "come-in", "locked"]
    assert shown[4].startswith("#(locked #Pid<")


def test_timers_have_names_and_can_be_stopped(machine: Shell) -> None:
    """One without a name counts from an event to the next."""
    forms = f"""
        (gen_statem:cast d 'named)
        {NEXT}
        (gen_statem:cast d 'idle)
        {NEXT}
        (! d 'hello)
        {NEXT}
        (receive (x x) (after 0 'nothing))
    """

    assert outcomes(machine, forms) == ["ok", "#(late one)", "ok", "#(idle 1)", "hello", "#(info hello)", "nothing"]


def test_calls_are_answered_by_actions(machine: Shell) -> None:
    """An action may make another event, and the last answer comes with the end."""
    forms = f"""
        (gen_statem:call d 'chain)
        (gen_statem:call d 'end)
        {NEXT}
        (is_process_alive d)
    """

    assert outcomes(machine, forms) == ["chained", "bye", "#(ended normal locked)", "false"]


ENDS = [
    ("crash", "#(ended boom locked)"),
    ("odd", "#(ended #(bad_return_from_state_function nonsense) locked)"),
]


@pytest.mark.parametrize(("event", "told"), ENDS)
def test_failure_ends_a_machine(machine: Shell, event: str, told: str) -> None:
    """What terminate sees is the reason without where it was."""
    machine(f"(gen_statem:cast d '{event})")

    assert machine(NEXT) == told


def test_start_says_why_there_is_no_machine(machine: Shell) -> None:
    """What init gives that is no state is the answer of start."""
    assert machine("(gen_statem:start 'door #(stop reason) ())") == "#(error reason)"
    assert machine("(gen_statem:start 'door 'odd ())") == "#(error #(bad_return_from_init nonsense))"


def test_states_may_be_terms_and_are_entered(machine: Shell) -> None:
    """Entering is seen when the state changes, and when it is repeated."""
    machine("(set (tuple 'ok l) (gen_statem:start 'lamp 0 ()))")
    forms = """
        (progn (gen_statem:cast l 'toggle) (gen_statem:call l 'get))
        (progn (gen_statem:cast l 'again) (gen_statem:call l 'get))
        (progn (gen_statem:cast l 'toggle) (gen_statem:call l 'get))
    """

    assert outcomes(machine, forms) == ["#(#(on 1) 1)", "#(#(on 1) 2)", "#(off 2)"]


def test_events_of_an_answer_come_before_a_timer_of_no_time(machine: Shell) -> None:
    """A time without events is over when there is one."""
    machine("(set (tuple 'ok l) (gen_statem:start 'lamp 0 ()))")
    machine("(gen_statem:cast l 'order)")

    assert machine("(gen_statem:call l 'get)") == "#(off (b a))"


def test_call_of_nobody_names_the_call(machine: Shell) -> None:
    """The exit says which call it was."""
    shown = machine("(gen_statem:call 'nobody 'x)")

    assert shown == "** exception exit: #(noproc #(gen_statem call (nobody x infinity)))"
