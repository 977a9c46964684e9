"""Match specifications written as functions."""

import pytest

from tests.dialect.conftest import Shell

SHOWN = [
    ("(ets-ms ([(tuple k v)] (tuple v k)))", "(#(#($1 $2) () (#(#($2 $1)))))"),
    (
        "(ets-ms ([(tuple k v)] (when (> v 15) (is_atom k)) (list k v)))",
        "(#(#($1 $2) (#(> $2 15) #(is_atom $1)) (($1 $2))))",
    ),
    ("(ets-ms ([(= (tuple k v) o)] o))", "(#(#($1 $2) () ($_)))"),
    ("(ets-ms ([(tuple a _ a 'b 1)] (object) (bindings)))", "(#(#($1 _ $1 b 1) () ($_ $*)))"),
    ("(ets-ms ([(tuple a)] 1) ([b] b))", "(#(#($1) () (1)) #($1 () ($1)))"),
    ("(let ((n 5)) (ets-ms ([(tuple a)] (when (== a n)) 'yes)))", "(#(#($1) (#(== $1 5)) (yes)))"),
    ("(ets-ms ([(tuple a)] #(x) '$y))", "(#(#($1) () (#(#(x)) #(const $y))))"),
    ("(ets-ms ([(tuple (cons h t))] (erlang:abs h)))", "(#(#(($1 . $2)) () (#(abs $1))))"),
    ("(trace-ms ([(list a b)] (when (> a b)) (return_trace)))", "(#(($1 $2) (#(> $1 $2)) (#(return_trace))))"),
    ("(ets-ms)", "()"),
    (
        "(trace-ms ([()] (set_seq_token 'label 0) (get_seq_token)))",
        "(#(() () (#(set_seq_token label 0) #(get_seq_token))))",
    ),
    ("(trace-ms (['(a b)] (return_trace)))", "(#((a b) () (#(return_trace))))"),
    ("(ets-ms ([_] (binary (27 (size 16)))))", "(#(_ () (#B(0 27))))"),
    (
        "(trace-ms ([x] (when (return_trace)) 1))",
        "1: error expanding (trace-ms ((x) (when (return_trace)) 1)):\n    #(illegal_ms_func #(return_trace 0))\nerror",
    ),
    (
        "(ets-ms ([(tuple a)] (foo a)))",
        "1: error expanding (ets-ms (((tuple a)) (foo a))):\n    #(illegal_ms_func #(foo 1))\nerror",
    ),
    ("(ets-ms ([a b] a))", "1: error expanding (ets-ms ((a b) a)):\n    #(match_spec_head (a b))\nerror"),
    ("(ets-ms ([5] 1))", "1: error expanding (ets-ms ((5) 1)):\n    #(match_spec_head 5)\nerror"),
]


@pytest.mark.parametrize(("form", "shown"), SHOWN)
def test_specification_is_what_its_function_says(shell: Shell, form: str, shown: str) -> None:
    """Variables become numbers, calls tuples; what has no meaning is said when the form is expanded."""
    assert shell(form) == shown


RECORDS = [
    ("(ets-ms ([(match-point x a)] (when (> a 1)) a))", "(#(#(point $1 _) (#(> $1 1)) ($1)))"),
    ("(ets-ms ([p] (when (is-point p)) (point-y p)))", "(#($1 (#(is_record $1 point)) (#(element 3 $1))))"),
    ("(ets-ms ([(tuple a)] (make-point x a)))", "(#(#($1) () (#(#(point $1 undefined)))))"),
    ("(ets-ms ([p] (update-point p y 1)))", "(#($1 () (#(setelement 3 $1 1))))"),
]


@pytest.mark.parametrize(("form", "shown"), RECORDS)
def test_specification_uses_records(shell: Shell, form: str, shown: str) -> None:
    """A record's macros stand in patterns, guards and bodies."""
    shell("(defrecord point x y)")

    assert shell(form) == shown


def test_specification_is_expanded_for_who_asks(shell: Shell) -> None:
    """`macroexpand` shows the form that makes a specification."""
    shown = shell("(macroexpand-1 '(ets-ms ([(tuple x y)] (when (> x 1)) y)) $ENV)")

    assert shown == "(cons (tuple (tuple '$1 '$2) (cons (tuple '> '$1 1) ()) (cons '$2 ())) ())"
