"""Erlang's mnesia: tables of records, transactions, access without them."""

from collections.abc import Iterator

import pytest
from xrepl.lang.erlang import _mnesia_access

from tests.lang.conftest import Shell
from xrepl.dialect.state_hooks import PROVIDERS

WRITE = "(mnesia:transaction (lambda () (mnesia:write #({}))))"


@pytest.fixture
def tables(shell: Shell) -> Iterator[Shell]:
    """Give a shell with the tables person, which has fred and bert, and the bag b."""
    shell("(mnesia:start)")
    shell("(mnesia:create_table 'person '(#(attributes (name place job))))")
    shell("(mnesia:create_table 'b '(#(type bag) #(attributes (k v))))")
    for record in ("person fred london waiter", "person bert london driver", "b k 1", "b k 2"):
        shell(WRITE.format(record))
    yield shell
    for name in list(_mnesia_access.system.tables):
        _mnesia_access.drop(name)
    _mnesia_access.system.is_running = False


def inside(form: str) -> str:
    """Give a form that evaluates another one in a transaction."""
    return f"(mnesia:transaction (lambda () {form}))"


SHOWN = [
    ("(mnesia:create_table 'person ())", "#(aborted #(already_exists person))"),
    ("(mnesia:create_table 'x '(#(nonsense 1))) ", "#(aborted #(badarg x nonsense))"),
    ("(mnesia:create_table 'x '(#(attributes (a))))", "#(aborted #(bad_type x #(attributes (a))))"),
    ("(mnesia:delete_table 'nope)", "#(aborted #(no_exists nope))"),
    ("(mnesia:table_info 'person 'attributes)", "(name place job)"),
    ("(mnesia:table_info 'person 'size)", "2"),
    ("(mnesia:system_info 'tables)", "(b person schema)"),
    (inside("(mnesia:read 'person 'fred)"), "#(atomic (#(person fred london waiter)))"),
    (inside("(mnesia:read #(person nobody))"), "#(atomic ())"),
    (inside("(mnesia:read 'b 'k)"), "#(atomic (#(b k 1) #(b k 2)))"),
    (inside("(mnesia:write #(person too short))"), "#(aborted #(bad_type #(person too short)))"),
    (inside("(mnesia:write #(nope 1 2))"), "#(aborted #(no_exists nope))"),
    (inside("(mnesia:abort 'why)"), "#(aborted why)"),
    (inside("(throw 'ball)"), "#(aborted #(throw ball))"),
    (inside("(exit 'over)"), "#(aborted over)"),
    (inside("(mnesia:is_transaction)"), "#(atomic true)"),
    (inside("(mnesia:match_object #(person _ _ driver))"), "#(atomic (#(person bert london driver)))"),
    (
        inside("(mnesia:select 'person (ets-ms ([(tuple 'person n p _)] (when (=:= p 'london)) n)))"),
        "#(atomic (fred bert))",
    ),
    (inside("(mnesia:all_keys 'b)"), "#(atomic (k))"),
    (inside("(mnesia:index_read 'person 'waiter 'job)"), "#(atomic (#(person fred london waiter)))"),
    (inside("(mnesia:foldl (lambda (r n) (+ n (element 3 r))) 0 'b)"), "#(atomic 3)"),
    (inside("(mnesia:delete #(person fred))"), "#(atomic ok)"),
    ("(mnesia:write #(person a b c))", "** exception exit: #(aborted no_transaction)"),
    ("(mnesia:read 'person 'fred)", "** exception exit: #(aborted no_transaction)"),
    ("(mnesia:dirty_read 'person 'bert)", "(#(person bert london driver))"),
    ("(mnesia:dirty_read 'nope 'x)", "** exception exit: #(aborted #(no_exists (nope x)))"),
    ("(mnesia:async_dirty (lambda () (mnesia:read 'person 'bert)))", "(#(person bert london driver))"),
    ("(mnesia:activity 'transaction (lambda () (mnesia:abort 'no)))", "** exception exit: #(aborted no)"),
    ("(mnesia:dirty_update_counter 'b 'n 5)", "5"),
    ("(mnesia:dirty_first 'b)", "k"),
    ("(mnesia:stop)", "stopped"),
]


@pytest.mark.parametrize(("form", "shown"), SHOWN)
def test_call_shows_what_erlang_gives(tables: Shell, form: str, shown: str) -> None:
    """A call of mnesia gives what Erlang's gives."""
    assert tables(form) == shown


def test_aborted_transaction_has_no_effect(tables: Shell) -> None:
    """All writes and removals of a transaction that aborts are taken back."""
    tables(inside("(mnesia:write #(person new a b)) (mnesia:delete #(person fred)) (mnesia:write #(b k 3)) (car 5)"))

    assert [tables("(mnesia:dirty_all_keys 'person)"), tables("(mnesia:dirty_read 'b 'k)")] == [
        "(bert fred)",
        "(#(b k 1) #(b k 2))",
    ]


def test_inner_transaction_aborts_alone(tables: Shell) -> None:
    """What an inner transaction did is taken back, what the outer one did is not."""
    inner = inside("(mnesia:write #(b inner 1)) (mnesia:abort 'no)")

    assert tables(inside(f"(mnesia:write #(b outer 1)) {inner}")) == "#(atomic #(aborted no))"
    assert tables("(list (mnesia:dirty_read 'b 'outer) (mnesia:dirty_read 'b 'inner))") == "((#(b outer 1)) ())"


def test_outer_transaction_takes_the_inner_one_back(tables: Shell) -> None:
    """An inner transaction that succeeded is undone with the outer one."""
    tables(inside(f"{inside('(mnesia:write #(b inner 1))')} (mnesia:abort 'no)"))

    assert tables("(mnesia:dirty_read 'b 'inner)") == "()"


def test_transactions_of_two_processes_do_not_mix(tables: Shell) -> None:
    """A process that begins a transaction waits until the other one's is over."""
    read = "((list (tuple _ _ n)) (mnesia:read 'b 'n))"
    write = "(mnesia:delete #(b n)) (mnesia:write (tuple 'b 'n (+ n 1)))"
    add = f"(let ({read}) (timer:sleep 1) {write})"
    tables("(mnesia:dirty_write #(b n 0))")
    tables("(set me (self))")
    tables(f"(lists:foreach (lambda (_) (spawn (lambda () (! me {inside(add)})))) '(1 2 3))")
    tables("(list (receive (a a)) (receive (b b)) (receive (c c)))")

    assert tables("(mnesia:dirty_read 'b 'n)") == "(#(b n 3))"


def test_tables_outlive_a_failed_form(tables: Shell) -> None:
    """A table is nobody's: a failure that replaces the shell's process leaves it."""
    tables("(car 5)")

    assert tables("(mnesia:dirty_read 'person 'bert)") == "(#(person bert london driver))"


def test_tables_are_part_of_the_sessions_state(tables: Shell) -> None:
    """After a restart the tables are there again, and the system runs."""
    kept = PROVIDERS["mnesia"].save()
    tables("(mnesia:stop)")
    PROVIDERS["mnesia"].load(kept, [])

    assert tables(inside("(mnesia:read 'person 'bert)")) == "#(atomic (#(person bert london driver)))"
    assert tables(inside("(mnesia:write #(b k 3)) (mnesia:read 'b 'k)")) == "#(atomic (#(b k 1) #(b k 2) #(b k 3)))"
