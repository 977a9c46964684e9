"""Erlang's gen_event: handlers are added, told, asked, exchanged and ended."""

import pytest

from tests.lang.conftest import Shell
from tests.lang.test_gen_server import outcomes

HANDLER = """
(defmodule h (export all))
(defun init
  (('no) #(error nope))
  (('crash) (error 'boom))
  (((tuple new told)) (tuple 'ok (tuple new told)))
  ((n) (tuple 'ok n)))
(defun handle_event
  (('leave n) 'remove_handler)
  (('crash n) (error 'boom))
  (('odd n) 'nonsense)
  (('swap n) (tuple 'swap_handler 'out n 'h 'in))
  ((event n) (tuple 'ok (tuple n event))))
(defun handle_call
  (('get n) (tuple 'ok n n))
  (('leave n) #(remove_handler gone))
  (('odd n) 'nonsense))
(defun handle_info (message n) (tuple 'ok (tuple n 'info message)))
(defun terminate (why n) (tuple 'was why))
"""


@pytest.fixture
def manager(shell: Shell) -> Shell:
    """Give a shell with a manager `m` and two handlers of one module."""
    shell(HANDLER)
    shell("(set (tuple 'ok m) (gen_event:start))")
    shell("(list (gen_event:add_handler m 'h 1) (gen_event:add_handler m #(h two) 2))")
    return shell


def test_all_handlers_see_an_event(manager: Shell) -> None:
    """A message is one too, for those that want it; one handler answers a call."""
    forms = """
        (gen_event:which_handlers m)
        (gen_event:sync_notify m 'hi)
        (progn (! m 'hello) (gen_event:call m 'h 'get))
        (gen_event:call m #(h two) 'get)
        (gen_event:call m 'other 'get)
        (sys:get_state m)
    """

    assert outcomes(manager, forms) == [
        "(#(h two) h)",
        "ok",
        "#(#(1 hi) info hello)",
        "#(#(2 hi) info hello)",
        "#(error bad_module)",
        "(#(h two #(#(2 hi) info hello)) #(h false #(#(1 hi) info hello)))",
    ]


def test_handler_that_does_not_begin_is_not_added(manager: Shell) -> None:
    """Its init's answer is the answer."""
    forms = """
        (gen_event:add_handler m #(h no) 'no)
        (gen_event:add_handler m #(h no) 'crash)
        (length (gen_event:which_handlers m))
    """

    assert outcomes(manager, forms) == ["#(error nope)", "#(EXIT #(boom ()))", "2"]


def test_handlers_end_one_by_one(manager: Shell) -> None:
    """Deleted, by their own answer, or by what is no answer; the manager goes on."""
    forms = """
        (gen_event:delete_handler m 'h 'reason)
        (gen_event:delete_handler m 'h 'reason)
        (gen_event:call m #(h two) 'leave)
        (gen_event:add_handler m 'h 3)
        (gen_event:call m 'h 'odd)
        (gen_event:add_handler m 'h 4)
        (gen_event:sync_notify m 'leave)
        (gen_event:which_handlers m)
    """

    assert outcomes(manager, forms) == [
        "#(was reason)",
        "#(error module_not_found)",
        "gone",
        "ok",
        "#(error nonsense)",
        "ok",
        "ok",
        "()",
    ]


def test_handler_takes_the_place_of_another(manager: Shell) -> None:
    """The new one hears what the old one's terminate gave, or that there was none."""
    forms = """
        (gen_event:swap_handler m #(h out) #(#(h b) in))
        (gen_event:call m #(h b) 'get)
        (gen_event:swap_handler m #(none out) #(#(h c) in))
        (gen_event:call m #(h c) 'get)
        (gen_event:sync_notify m 'swap)
        (gen_event:which_handlers m)
    """

    assert outcomes(manager, forms) == ["ok", "#(in #(was out))", "ok", "#(in error)", "ok", "(h h h)"]


def test_supervised_handler_tells_of_its_end(manager: Shell) -> None:
    """And it ends with the process that added it."""
    forms = """
        (gen_event:add_sup_handler m #(h mine) 1)
        (gen_event:delete_handler m #(h mine) 'x)
        (receive (x x) (after 1000 'nothing))
        (spawn_monitor (lambda () (gen_event:add_sup_handler m #(h its) 1)))
        (receive (x (element 1 x)) (after 1000 'nothing))
        (lists:member #(h its) (gen_event:which_handlers m))
    """

    shown = outcomes(manager, forms)

    assert shown[:3] == ["ok", "#(was x)", "#(gen_event_EXIT #(h mine) normal)"]
    assert shown[4:] == ["DOWN", "false"]


def test_manager_has_a_name(manager: Shell) -> None:
    """An event for nobody is an error, as sending is."""
    forms = """
        (element 1 (gen_event:start_link #(local events)))
        (gen_event:add_handler 'events 'h 1)
        (gen_event:notify 'events 'x)
        (gen_event:call 'events 'h 'get)
        (gen_event:stop 'events)
        (gen_event:notify 'events 'x)
    """

    assert outcomes(manager, forms) == [
        "ok",
        "ok",
        "ok",
        "#(1 x)",
        "ok",
        "** exception error: bad argument\n  in (erlang : send events #(notify x))",
    ]
