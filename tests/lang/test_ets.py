"""Erlang's ets: what its calls show, who may use a table, and that tables of any kind agree with a model."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from xrepl.lang.erlang import _ets_tables

from tests.lang.conftest import Shell
from xrepl.dialect.data import Atom
from xrepl.dialect.identifiers import numbering
from xrepl.dialect.state_hooks import PROVIDERS

SHOWN = [
    ("(ets:lookup 't 'b)", "(#(b 2))"),
    ("(ets:lookup 't 'z)", "()"),
    ("(ets:member 't 'a)", "true"),
    ("(ets:lookup_element 't 'a 2)", "1"),
    ("(ets:lookup_element 't 'z 2)", "** exception error: bad argument\n  in (ets : lookup_element t z 2)"),
    ("(ets:insert_new 't #(a 9))", "false"),
    ("(ets:insert 't 'x)", "** exception error: bad argument\n  in (ets : insert t x)"),
    ("(ets:insert 't #())", "** exception error: bad argument\n  in (ets : insert t #())"),
    ("(ets:tab2list 'none)", "** exception error: bad argument\n  in (ets : match_object none _)"),
    ("(ets:new 't '(named_table))", "** exception error: bad argument\n  in (ets : new t (named_table))"),
    ("(ets:first 't)", "a"),
    ("(ets:next 't 'a)", "b"),
    ("(ets:next 't 'b)", "$end_of_table"),
    ("(ets:next 't 'aa)", "b"),
    ("(ets:prev 't 'b)", "a"),
    ("(ets:last 't)", "b"),
    ("(ets:take 't 'a)", "(#(a 1))"),
    ("(ets:match 't #($1 2))", "((b))"),
    ("(ets:match 't #($2 $1))", "((1 a) (2 b))"),
    ("(ets:match 't '_)", "(() ())"),
    ("(ets:match_object 't #(_ 1))", "(#(a 1))"),
    ("(ets:select 't '(#(#($1 $2) (#(> $2 1)) ($1))))", "(b)"),
    ("(ets:select 't '(#(#($1 $2) () (#(#($2 $1))))))", "(#(1 a) #(2 b))"),
    ("(ets:select 't '(#(#($1 $2) () ($$))))", "((a 1) (b 2))"),
    ("(ets:select 't '(#(#($1 $2) () (#(const #(x))))))", "(#(x) #(x))"),
    ("(ets:select 't '(#(#($1 $2) (#(andalso #(is_atom $1) #(< $2 2))) ($_))))", "(#(a 1))"),
    ("(ets:select 't '(#(#($1 $2) () (#(+ $1 1)))))", "(EXIT EXIT)"),
    (
        "(ets:select 't '(#(#($1 $2) () ($3))))",
        "** exception error: bad argument\n  in (ets : select t (#(#($1 $2) () ($3))))",
    ),
    ("(ets:select_count 't '(#(#(_ $1) (#(> $1 0)) (true))))", "2"),
    ("(ets:select_delete 't '(#(#(_ $1) (#(> $1 1)) (true))))", "1"),
    ("(ets:select_replace 't '(#(#($1 $2) () (#(#($1 #(* $2 10)))))))", "2"),
    ("(ets:update_counter 't 'a 5)", "6"),
    ("(ets:update_counter 't 'a '(#(2 1) #(2 1)))", "(2 3)"),
    ("(ets:update_counter 't 'a #(2 5 3 0))", "0"),
    ("(ets:update_counter 't 'z 1 #(z 10))", "11"),
    ("(ets:update_counter 't 'z 1)", "** exception error: bad argument\n  in (ets : update_counter t z 1)"),
    ("(ets:update_element 't 'a #(2 x))", "true"),
    ("(ets:update_element 't 'z #(2 x))", "false"),
    ("(ets:foldl (lambda (o n) (+ n (element 2 o))) 0 't)", "3"),
    ("(ets:foldr (lambda (o l) (cons (element 1 o) l)) () 't)", "(a b)"),
    ("(ets:info 't 'size)", "2"),
    ("(ets:info 't 'type)", "ordered_set"),
    ("(ets:info 'none)", "undefined"),
    ("(ets:rename 't 'u)", "u"),
    ("(ets:delete 't)", "true"),
    ("(ets:test_ms #(a 1) '(#(#($1 $2) () ($2))))", "#(ok 1)"),
]


@pytest.fixture
def table(shell: Shell) -> Shell:
    """Give a shell that has the ordered set t with a and b."""
    shell("(ets:new 't '(named_table ordered_set))")
    shell("(ets:insert 't '(#(b 2) #(a 1)))")
    return shell


@pytest.mark.parametrize(("form", "shown"), SHOWN)
def test_call_shows_what_erlang_gives(table: Shell, form: str, shown: str) -> None:
    """A call of ets gives what Erlang's gives."""
    assert table(form) == shown


def test_bag_keeps_different_objects_of_a_key(shell: Shell) -> None:
    """A bag keeps objects of one key once each, in the order of time."""
    shell("(ets:new 'b '(named_table bag))")
    shell("(progn (ets:insert 'b #(k 1)) (ets:insert 'b #(k 2)) (ets:insert 'b #(k 1)))")

    assert [shell("(ets:lookup 'b 'k)"), shell("(ets:lookup_element 'b 'k 2)")] == ["(#(k 1) #(k 2))", "(1 2)"]


def test_duplicate_bag_keeps_equal_objects(shell: Shell) -> None:
    """A duplicate bag keeps every object; removing one removes its copies."""
    shell("(ets:new 'd '(named_table duplicate_bag))")
    shell("(ets:insert 'd '(#(k 1) #(k 1) #(k 2)))")
    before = shell("(ets:tab2list 'd)")
    shell("(ets:delete_object 'd #(k 1))")

    assert [before, shell("(ets:tab2list 'd)")] == ["(#(k 1) #(k 1) #(k 2))", "(#(k 2))"]


def test_ordered_set_takes_a_whole_float_for_its_integer(shell: Shell) -> None:
    """1 and 1.0 are one key of an ordered set, and two of a set."""
    shell("(progn (ets:new 'o '(named_table ordered_set)) (ets:new 's '(named_table)))")
    shell("(lists:foreach (lambda (t) (ets:insert t #(1 a)) (ets:insert t #(1.0 b))) '(o s))")

    assert [shell("(ets:tab2list 'o)"), shell("(ets:info 's 'size)")] == ["(#(1.0 b))", "2"]


def test_key_is_at_another_position(shell: Shell) -> None:
    """The option keypos says which element is the key."""
    shell("(ets:new 'k '(named_table #(keypos 2)))")
    shell("(ets:insert 'k #(a 1))")

    assert shell("(ets:lookup 'k 1)") == "(#(a 1))"


def test_table_ends_with_its_owner(shell: Shell) -> None:
    """When the process that made a table ends, the table is gone."""
    shell("(spawn_monitor (lambda () (ets:new 'mine '(named_table)) (receive ('stop 'ok))))")
    while shell("(ets:info 'mine 'size)") == "undefined":
        shell("(erlang:yield)")
    shell("(! (ets:info 'mine 'owner) 'stop)")
    shell("(receive ((tuple 'DOWN _ _ _ _) 'ended))")

    assert shell("(ets:info 'mine)") == "undefined"


def test_failed_form_ends_the_shells_tables(table: Shell) -> None:
    """The shell's process is replaced after a failure, and its tables are gone with it."""
    table("(car 5)")

    assert table("(ets:info 't)") == "undefined"


def test_heir_gets_the_table_of_an_owner_that_ends(shell: Shell) -> None:
    """A table with an heir is handed over, with a message."""
    shell("(set me (self))")
    shell("(spawn (lambda () (ets:new 'left `(named_table #(heir ,me gift)))))")
    message = shell("(receive ((tuple 'ETS-TRANSFER 'left _ data) data))")

    assert [message, shell("(ets:insert 'left #(a))")] == ["gift", "true"]


PROTECTIONS = [("public", "true", "()"), ("protected", "badarg", "()"), ("private", "badarg", "badarg")]


@pytest.mark.parametrize(("protection", "writing", "reading"), PROTECTIONS)
def test_protection_says_what_other_processes_may(shell: Shell, protection: str, writing: str, reading: str) -> None:
    """A public table can be changed by all, a protected one read, a private one neither."""
    shell("(set me (self))")
    shell(f"(ets:new 'p '(named_table {protection}))")
    other = "(spawn (lambda () (! me (try {} (catch ((tuple _ r _) r))))))"
    shell(other.format("(ets:lookup 'p 'k)"))
    shell(other.format("(ets:insert 'p #(k 1))"))

    assert shell("(list (receive (a a)) (receive (b b)))") == f"({reading} {writing})"


def test_search_goes_on_where_it_stopped(table: Shell) -> None:
    """A search with a limit gives some answers and what goes on with the others."""
    table("(set (tuple first more) (ets:match 't #($1 _) 1))")

    assert [table("first"), table("(ets:match more)")] == ["((a))", "#(((b)) $end_of_table)"]


def test_table_comes_back_from_a_file(table: Shell, tmp_path: Path) -> None:
    """What tab2file wrote is a table again by file2tab."""
    table(f'(ets:tab2file \'t "{tmp_path}/t.tab")')
    table("(ets:delete 't)")

    assert [table(f'(ets:file2tab "{tmp_path}/t.tab")'), table("(ets:tab2list 't)")] == ["#(ok t)", "(#(a 1) #(b 2))"]


keys = st.one_of(st.integers(0, 5), st.sampled_from([Atom("a"), Atom("b"), "s", (1, 2), 2.5, b"x", True]))
steps = st.lists(st.tuples(st.sampled_from(["insert", "delete", "next"]), keys, st.integers(0, 3)), max_size=40)


@pytest.mark.parametrize("kind", list(_ets_tables.KINDS), ids=str)
@settings(max_examples=50, deadline=None)
@given(steps=steps)
def test_table_agrees_with_a_list_of_objects(kind: Atom, steps: list[tuple[str, object, int]]) -> None:
    """However one inserts, deletes and goes on, a table holds what a plain list would."""
    table = _ets_tables.KINDS[kind](numbering.make_ref(), Atom("model"), 0, Atom("public"))
    model: list[tuple[object, int]] = []
    for action, key, value in steps:
        same = [pair for pair in model if type(pair[0]) is type(key) and pair[0] == key]
        others = [pair for pair in model if type(pair[0]) is not type(key) or pair[0] != key]
        if action == "next":
            table.step(key, 1)
        elif action == "delete":
            table.delete(key)
            model = others
        else:
            table.insert((key, value))
            if not table.is_bag:
                model = others
            if kind.name != "bag" or (key, value) not in same:
                model.append((key, value))

    assert sorted(map(repr, model)) == sorted(map(repr, table.objects()))
    if kind.name == "ordered_set":
        assert [key for key, _ in table.objects()] == list(table.terms)


@settings(max_examples=30, deadline=None)
@given(keys=st.sets(st.integers(0, 50)), removed=st.sets(st.integers(0, 50)))
def test_walk_through_a_set_reaches_every_key_once(keys: set[int], removed: set[int]) -> None:
    """`first` and `next` reach all keys, also when the walked ones are removed on the way."""
    table = _ets_tables.SetTable(numbering.make_ref(), Atom("walk"), 0, Atom("public"))
    table.insert_all([(key,) for key in keys])
    reached = []
    found = table.end(1)
    while found:
        reached.append(found[0])
        following = table.step(found[0], 1)
        if found[0] in removed:
            table.delete(found[0])
        found = following

    assert sorted(keys) == sorted(reached)
    assert sorted(keys - removed) == sorted(key for (key,) in table.objects())


def test_shells_tables_are_part_of_the_sessions_state(table: Shell) -> None:
    """What the shell's tables held is there again after a restart, with names and references as they were."""
    table("(set r (ets:new 'plain '(bag)))")
    table("(ets:insert r '(#(k 1) #(k 2)))")
    table("(spawn (lambda () (ets:new 'lost '(named_table)) (timer:sleep 'infinity)))")
    before = [table("(ets:tab2list 't)"), table("(ets:tab2list r)")]
    provider = PROVIDERS["ets"]
    kept = provider.save()
    table("(progn (ets:delete 't) (ets:delete r))")
    provider.load(kept, [])

    assert len(kept) == 2
    assert [table("(ets:tab2list 't)"), table("(ets:tab2list r)")] == before
    assert table("(ets:insert 't #(c 3))") == "true"


def test_revision_of_the_tables_changes_with_them(table: Shell) -> None:
    """Who keeps tables sees cheaply whether one has changed."""
    seen = [PROVIDERS["ets"].revision()]
    for form in ("(ets:lookup 't 'a)", "(ets:insert 't #(a 2))", "(ets:update_counter 't 'a 1)", "(ets:delete 't 'a)"):
        table(form)
        seen.append(PROVIDERS["ets"].revision())

    assert [a == b for a, b in pairwise(seen)] == [True, False, False, False]


def test_walk_through_a_bag_reaches_every_key_once(shell: Shell) -> None:
    """`first` and `next` go from key to key, however many objects a key has."""
    shell("(ets:new 'b '(named_table bag))")
    shell("(progn (ets:insert 'b #(k 1)) (ets:insert 'b #(k 2)) (ets:insert 'b #(l 1)))")

    assert [shell("(ets:first 'b)"), shell("(ets:next 'b 'k)"), shell("(ets:next 'b 'l)")] == [
        "k",
        "l",
        "$end_of_table",
    ]
