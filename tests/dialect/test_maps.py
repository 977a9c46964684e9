"""Maps: making, asking, changing, and patterns."""

import pytest

from tests.dialect.conftest import Shell

SHOWN = [
    ("(map 'b 1 'a 2)", "#M(a 2 b 1)"),
    ("(map 'a 1 'a 2)", "#M(a 2)"),
    ("(map)", "#M()"),
    ("(map 1 'a 1.0 'b 'true 'c \"x\" 'd)", '#M(1 a 1.0 b true c "x" d)'),
    ("(let ((m (map 1 'a 1.0 'b 'true 'c))) (list (mref m 1) (mref m 1.0) (mref m 'true)))", "(a b c)"),
    ("(mref (map #(1 2.0) 'x) #(1 2.0))", "x"),
    ("(mref (map \"ab\" 'x) '(97 98))", "x"),
    ("(map-get #M(a 1) 'a)", "1"),
    ("(map-size #M(a 1 b 2))", "2"),
    ("(map-set #M(a 1) 'b 2 'a 3)", "#M(a 3 b 2)"),
    ("(mset #M())", "#M()"),
    ("(mupd #M(a 1) 'a 2)", "#M(a 2)"),
    ("(mrem #M(a 1 b 2) 'a 'c)", "#M(b 2)"),
    ("(let ((m #M(a 1))) (mset m 'b 2) m)", "#M(a 1)"),
    ("(case #M(a 1 b 2) ((map 'b x) x))", "2"),
    ("(case #M(a 1) ((map 'b x) x) (_ 'none))", "none"),
    ("(case #M(1.0 x) ((map 1 y) y) (_ 'none))", "none"),
    ("(case #M(a #M(b 2)) ((map 'a (map 'b x)) x))", "2"),
    ("(case #M(a 5) (m (when (== (mref m 'a) 5)) 'five) (_ 'other))", "five"),
    ("(== #M(a 1) #M(a 1.0))", "true"),
    ("(=:= #M(a 1) #M(a 1.0))", "false"),
    ("(== #M(1 a) #M(1.0 a))", "false"),
    ("(map 1.0e-7 'a 92272 'b #(1.5) 'c #(2) 'd)", "#M(92272 b 1.0e-7 a #(2) d #(1.5) c)"),
]


@pytest.mark.parametrize(("form", "shown"), SHOWN)
def test_map_form_shows_its_value(shell: Shell, form: str, shown: str) -> None:
    """A form on maps shows what the LFE shell shows."""
    assert shell(form) == shown


FAILURES = [
    ("(map 'a)", "** exception error: bad map form"),
    ("(map-set #M() 'a)", "** exception error: bad map-set form"),
    ("(map-set)", "** exception error: function map-set/0 undefined"),
    ("(map-get #M(a 1) 'z)", "** exception error: #(badkey z)\n  in (erlang : map_get z #M(a 1))"),
    ("(map-get 5 'a)", "** exception error: #(badmap 5)\n  in (erlang : map_get a 5)"),
    ("(map-set 5 'a 1)", "** exception error: #(badmap 5)\n  in (maps : put a 1 5)"),
    ("(mupd #M(a 1) 'a 2 'b 3)", "** exception error: #(badkey b)\n  in (maps : update b 3 #M(a 2))"),
    ("(map-remove 5 'a)", "** exception error: #(badmap 5)\n  in (maps : remove a 5)"),
    ("(map-size 5)", "** exception error: #(badmap 5)\n  in (erlang : map_size 5)"),
    ("(case #M(a 1) ((map k x) x))", "** exception error: illegal map key k"),
    ("(case #M(a 1) ((map 'k) 'x))", "** exception error: illegal pattern ('k)"),
]


@pytest.mark.parametrize(("form", "shown"), FAILURES)
def test_bad_map_shows_the_text_of_the_shell(shell: Shell, form: str, shown: str) -> None:
    """A value that is no map or lacks the key shows the LFE shell's text."""
    assert shell(form) == shown
