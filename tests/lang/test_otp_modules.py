"""The small modules around processes: rpc, application, persistent_term, counters, atomics, pg, net_adm, random."""

import pytest

from tests.lang.conftest import Shell
from xrepl.dialect.state_hooks import PROVIDERS

SHOWN = [
    ("(rpc:call (node) 'lists 'sum '((1 2)))", "3"),
    ("(rpc:call 'other@host 'lists 'sum '((1 2)))", "#(badrpc nodedown)"),
    ("(rpc:call (node) 'erlang 'exit '(boo))", "#(badrpc #(EXIT boo))"),
    ("(rpc:call (node) 'erlang 'throw '(boo))", "boo"),
    ("(rpc:call (node) 'timer 'sleep '(infinity) 1)", "#(badrpc timeout)"),
    ("(rpc:yield (rpc:async_call (node) 'lists 'sum '((1 2))))", "3"),
    ("(rpc:pmap #(lists sum) () '((1 2) (3)))", "(3 3)"),
    ("(rpc:multicall 'lists 'sum '((1 2)))", "#((3) ())"),
    ("(erpc:call (node) (lambda () 5))", "5"),
    ("(application:start 'nope)", '#(error #("no such file or directory" "nope.app"))'),
    ("(application:stop 'nope)", "#(error #(not_started nope))"),
    ("(application:ensure_all_started 'lists)", "#(ok (lists))"),
    ("(progn (application:set_env 'a 'k 5) (application:get_env 'a 'k))", "#(ok 5)"),
    ("(application:get_env 'a 'nothing)", "undefined"),
    ("(application:get_env 'a 'nothing 7)", "7"),
    ("(persistent_term:get 'nothing)", "** exception error: bad argument\n  in (persistent_term : get nothing)"),
    ("(progn (persistent_term:put 'k 1) (persistent_term:get 'k))", "1"),
    ("(let ((c (counters:new 2 ()))) (counters:add c 1 5) (counters:sub c 1 2) (counters:get c 1))", "3"),
    ("(let ((a (atomics:new 1 ()))) (atomics:add_get a 1 5))", "5"),
    ("(let ((a (atomics:new 1 ()))) (list (atomics:exchange a 1 3) (atomics:get a 1)))", "(0 3)"),
    (
        "(let ((a (atomics:new 1 ()))) (list (atomics:compare_exchange a 1 0 8) (atomics:compare_exchange a 1 0 9)))",
        "(ok 8)",
    ),
    (
        "(let ((a (atomics:new 1 ()))) (atomics:put a 1 9223372036854775807) (atomics:add_get a 1 1))",
        "-9223372036854775808",
    ),
    ("(atomics:new 0 ())", "** exception error: bad argument\n  in (atomics : new 0 ())"),
    ("(progn (pg:join 'g (self)) (== (pg:get_members 'g) (list (self))))", "true"),
    ("(pg:leave 'g (self))", "not_joined"),
    ("(net_adm:ping 'a@b)", "pang"),
    ("(init:get_argument 'x)", "error"),
    ("(progn (random:seed 1 2 3) (random:uniform 100))", "6"),
    ("(random:uniform)", "0.4435846174457203"),
    ("(random:uniform_s #(1 2 3))", "#(0.03381877363047378 #(171 344 510))"),
]


@pytest.mark.parametrize(("form", "shown"), SHOWN)
def test_call_shows_what_erlang_gives(shell: Shell, form: str, shown: str) -> None:
    """A call gives what Erlang's gives on a node that is alone."""
    assert shell(form) == shown


def test_process_that_ends_leaves_its_groups(shell: Shell) -> None:
    """A group has only processes that live."""
    shell("(progn (pg:join 'h (spawn (lambda () 'over))) (erlang:yield))")

    assert shell("(pg:get_members 'h)") == "()"


def test_persistent_terms_are_part_of_the_sessions_state(shell: Shell) -> None:
    """What is kept by key is there again after a restart."""
    shell("(persistent_term:put 1 'one)")
    shell("(persistent_term:put 1.0 'float)")
    kept = PROVIDERS["persistent_term"].save()
    shell("(progn (persistent_term:erase 1) (persistent_term:erase 1.0))")
    PROVIDERS["persistent_term"].load(kept, [])

    assert shell("(list (persistent_term:get 1) (persistent_term:get 1.0))") == "(one float)"
