"""Modules: at the prompt, in files, what is wrong in one, and what others see of them."""

from pathlib import Path

import pytest

from tests.dialect.conftest import Shell
from tests.dialect.dialogue import Dialogue, check, dialogues

SHOWN = """
> (defmodule m "What it is for." (export (f 1) (g 0)) (import (from lists (reverse 1)) (rename lists ((sum 1) total))))
m
> (defun f (x) (h x))
f
> (defun h (x) (tuple (reverse x) (total x)))
h
> (m:f '(1 2))
#((2 1) 3)
> (f '(1 2))
#((2 1) 3)
> (m:h '(1))
** exception error: undefined function
  in (m : h (1))
> (m:g)
** exception error: undefined function
  in (m : g)
> (m:module_info 'exports)
(#(LFE-EXPAND-EXPORTED-MACRO 3)
 #(__info__ 1)
 #(f 1)
 #(g 0)
 #(module_info 0)
 #(module_info 1))
> #'m:f/1
(function m f 1)
> (lists:map #'m:f/1 '((1)))
(#((1) 1))
> (defmodule n (export all))
n
> (defun f (x) (list (MODULE) (h x)))
f
> (defun h (x) 'mine)
h
> (list (n:f 1) (n:h 1))
((n mine) mine)
> (m:f '(1 2))
#((2 1) 3)
> (call 'm 'f '(5))
#((5) 5)
> (apply 'n 'h '(1))
mine
---
> (progn (defmodule m (export (f 0))) (defun f () 1) (error 'no))
** exception error: no
> (m:f)
** exception error: undefined function
  in (m : f)
---
> (MODULE)
-no-module-
> (defmodule shape (export (area 1)))
shape
> (defstruct (sides 0) name)
shape
> (struct shape name 'box)
#S(shape name box sides 0)
> (is-struct (struct shape) shape)
true
> (struct-field (struct shape sides 4) shape sides)
4
> (struct-update (struct shape) shape sides 3)
#S(shape name nil sides 3)
> (case (struct shape sides 5) ((struct shape sides n) n))
5
> (struct shape corners 4)
** exception error: struct shape undefined
> (struct-field 5 shape name)
** exception error: #(badstruct shape 5)
---
> (include-lib "no/such/lib.lfe")
1: can't find include lib no/such/lib.lfe
error
> (include-file "no-such.lfe")
1: can't find include file no-such.lfe
error
> (include-lib "lfe/include/cl.lfe")
dolist
"""


@pytest.mark.parametrize("dialogue", dialogues(SHOWN))
def test_module_at_the_prompt(shell: Shell, dialogue: Dialogue) -> None:
    """Definitions after a module's header are its own, and what it exports is called by its name."""
    check(shell, dialogue)


FILE = """
(defmodule m1 "Doubling." (export (double 1) (quad 1) (loop 1) (first 1) (new 2)) (export-macro twice))
(eval-when-compile (defun helper (x) (* 1000 x)))
(defmacro thousands (n) (helper n))
(defmacro twice (x) `(list ,x ,(thousands 2) (m1:double ,x)))
(defrecord point x (y 0))
(defun double (x) "Twice x." (* 2 x))
(defun quad (x) (double (double x)))
(defun loop ((0) 'done) ((n) (back n)))
(defun back (n) (loop (- n 1)))
(defun first (((match-point x a)) a))
(defun new (x y) (make-point x x y y))
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the working directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_file_becomes_a_module(shell: Shell, folder: Path) -> None:
    """What a file exports is callable; its macros and records work in it, and exported macros outside."""
    folder.joinpath("m1.lfe").write_text(FILE)

    assert shell('(c "m1")') == "(#(module m1))"
    assert shell("(list (m1:double 4) (m1:quad 4) (m1:loop 100000))") == "(8 16 done)"
    assert shell("(m1:first (m1:new 7 8))") == "7"
    assert shell("(let ((n 5)) (m1:twice n))") == "(5 2000 10)"
    assert shell("(double 4)") == "** exception error: function double/1 undefined"
    assert shell("(m1:loop 'x)").startswith("** exception error: error in arithmetic expression\n  in (erlang : - x 1)")


def test_functions_of_a_file_fail_as_compiled_code(shell: Shell, folder: Path) -> None:
    """A call that no clause matches tells the function; other failures differ from the shell's as in LFE."""
    folder.joinpath("m1.lfe").write_text(FILE + "(extend-module () ((export all)))\n(defun test (x) (if x 1 2))")

    shell('(c "m1")')

    assert shell("(m1:first 5)") == "** exception error: no function clause matching\n  in (m1 : first 5)"
    assert shell("(m1:test 5)") == "** exception error: no case clause matching 5"


WRONG = [
    ("(defun f () y)", "m.lfe:2: symbol y is unbound"),
    ("(defun f () (g 1))", "m.lfe:2: function g/1 undefined"),
    ("(defun g () 1)", "m.lfe:1: function f/0 undefined"),
    ("(defun f () 1)\n(defun f () 2)", "m.lfe:3: function f/0 already defined"),
    ("(defun f () (let))", "m.lfe:2: bad let form"),
    ("(foo bar)\n(defun f () 1)", "m.lfe:2: unknown form"),
    ("(defmacro m (x) (/ x 0))\n(defun f () (m 1))", "m.lfe:3: error expanding (m 1):\n    badarith"),
    ("(defun f () (m 1))\n(defmacro m (x) x)", "m.lfe:2: function m/1 undefined"),
    ("(defun f () (record nope a 1))", "m.lfe:2: record nope undefined"),
    ("(defrecord r a)\n(defun f () (make-r b 1))", "m.lfe:3: field b undefined in record r"),
    ("(defun f (() 1) ((x) 2))", "m.lfe:2: function head arity mismatch"),
    ("(defun f)", "m.lfe:2: error expanding (defun f):\n    function_clause"),
    ("(defun f x)", "m.lfe:2: bad definition of function f\nm.lfe:1: function f/0 undefined"),
    (
        "(defun f () (list z z (g 1)))",
        "m.lfe:2: symbol z is unbound\nm.lfe:2: symbol z is unbound\nm.lfe:2: function g/1 undefined",
    ),
    ("(defun f () (do ((i 0 (+ i 1))) ((> i 3) z)))", "m.lfe:2: symbol z is unbound"),
    ("(defun f () (try 1 (catch (x 2))))", "m.lfe:2: illegal exception x"),
    ("(defrecord r a)\n(defrecord r b)\n(defun f () 1)", "m.lfe:3: record r already defined"),
    ("(eval-when-compile (foo))\n(defun f () y)", "m.lfe:2: bad eval-when-compile expression form"),
    ('(include-file "no.lfe")\n(defun f () (make-foo))', "m.lfe:2: can't find include file no.lfe"),
    ("(defun f () 1", "m.lfe:2: missing token"),
    (
        "(defun f () (case 1 (('a 1) 2) ((b 'c) 3)))",
        "m.lfe:2: illegal pattern ((quote a) 1)\nm.lfe:2: illegal pattern (b (quote c))",
    ),
    ("(defun f () (case 1 (x (when (> (g x) 1)) x)))\n(defun g (x) x)", "m.lfe:2: illegal guard expression"),
    ("(defun f () (case 1 (x (when (if (> x 1) 'true 'false)) x)))", "m.lfe:2: illegal guard expression"),
]


@pytest.mark.parametrize(("text", "problems"), WRONG)
def test_what_is_wrong_in_a_file_is_told_with_its_line(shell: Shell, folder: Path, text: str, problems: str) -> None:
    """Nothing of a file with errors is bound."""
    folder.joinpath("m.lfe").write_text("(defmodule m (export (f 0)))\n" + text)

    assert shell('(c "m")') == problems + "\nerror"
    assert shell("(m:f)") == "** exception error: undefined function\n  in (m : f)"


def test_odd_files(shell: Shell, folder: Path) -> None:
    """A file without a module, one with two, one that is not there."""
    folder.joinpath("none.lfe").write_text("(defun f () 1)")
    folder.joinpath("two.lfe").write_text(
        "(defmodule a (export (f 0)))\n(defun f () 1)\n(defmodule b (export all))\n(defun g () 2)"
    )

    assert shell('(c "none")') == "()"
    assert shell('(c "two.lfe")') == "(#(module a) #(module b))"
    assert shell("(tuple (a:f) (b:g))") == "#(1 2)"
    assert shell('(c "missing")') == "missing.lfe:none: no such file or directory\nerror"
    assert shell('(lfe_comp:file "two")') == "#(ok (#(ok a) #(ok b)))"


def test_guards_of_a_file_may_be_andalso_and_orelse(shell: Shell, folder: Path) -> None:
    """What the shell refuses in a guard is compiled in a file, and a module's function may be named with `:`."""
    folder.joinpath("m.lfe").write_text("""(defmodule m (export (f 1)))
        (defun f
          ([x] (when (andalso (is_tuple x) (orelse (=:= (: erlang size x) 2) (=:= x #())))) 'yes)
          ([_] 'no))""")

    assert shell('(c "m")') == "(#(module m))"
    assert shell("(list (m:f #(1 2)) (m:f #()) (m:f #(1)) (m:f 'a))") == "(yes yes no no)"


def test_macros_of_a_file_call_functions_that_are_defined_after_them(shell: Shell, folder: Path) -> None:
    """What eval-when-compile defines is there when the macro is called, also in a macro that is exported."""
    folder.joinpath("m.lfe").write_text("""(defmodule m (export (f 0)) (export-macro twice))
        (defmacro twice (x) (pair x x))
        (eval-when-compile (defun pair (x y) (list 'tuple x y)))
        (defun f () (twice 1))""")

    assert shell('(c "m")') == "(#(module m))"
    assert shell("(m:f)") == "#(1 1)"


def test_calls_of_deprecated_functions_are_warned_of(shell: Shell, folder: Path) -> None:
    """Names are shown as Erlang's compiler shows them, in the order of the lines."""
    folder.joinpath("m.lfe").write_text(
        "(defmodule m (export (f 0)))\n(defun f () (random:uniform 3))\n(defun not-used () (queue:lait (queue:new)))"
    )

    assert shell('(c "m")') == (
        "m.lfe:2: Warning: random:uniform/1 is deprecated; use the 'rand' module instead\n"
        "m.lfe:3: Warning: function 'not-used'/0 is unused\n"
        "m.lfe:3: Warning: queue:lait/1 is deprecated; use queue:liat/1 instead\n"
        "(#(module m))"
    )


def test_file_in_latin_1_is_read(shell: Shell, folder: Path) -> None:
    """An old file that is not UTF-8 is taken for Latin-1."""
    folder.joinpath("m.lfe").write_bytes(b'(defmodule m (export all))\n(defun f () "h\xe9")')

    assert shell('(c "m")') == "(#(module m))"
    assert shell("(m:f)") == '"hé"'


def test_compiler_gives_what_is_wrong_if_asked_to(shell: Shell, folder: Path) -> None:
    """With the option return nothing is written: warnings and errors are in the answer."""
    folder.joinpath("good.lfe").write_text("(defmodule good (export (f 0)))\n(defun f () 1)\n(defun g () 1)")
    folder.joinpath("bad.lfe").write_text("(defmodule bad (export (f 0)))\n(defun f () x)")

    assert shell('(lfe_comp:file "good" \'(return))') == (
        '#(ok (#(ok good (#("good.lfe" (#(3 lfe_comp "function g/0 is unused")))))) ())'
    )
    assert shell('(lfe_comp:file "bad" \'(return))') == (
        '#(error () (#("bad.lfe" (#(2 lfe_comp "symbol x is unbound")))) ())'
    )
    assert shell('(lfe_comp:file "bad" ())') == "error"
