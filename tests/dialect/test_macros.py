"""Macros: what functions see of them, their environment, and what expands when a program asks."""

import pytest

from tests.dialect.conftest import Shell
from tests.dialect.dialogue import Dialogue, check, dialogues

SHOWN = """
> (defun late (x) (twice x))
late
> (late 4)
** exception error: function twice/1 undefined
> (defmacro twice (x) `(* 2 ,x))
twice
> (late 4)
8
> (defmacro twice (x) `(list ,x ,x))
twice
> (late 4)
(4 4)
> (defun twice (x) (tuple x))
twice
> (late 4)
#(4)
> (defmacro twice (x) `(quote ,x))
twice
> (late 4)
x
---
> (defmacro one () 1)
one
> (defmacro two () (+ 1 (one)))
two
> (defun f () (two))
f
> (f)
2
> (defmacro one () 10)
one
> (f)
11
---
> (defun f () (make-zz a 1))
f
> (f)
** exception error: symbol a is unbound
> (defrecord zz a)
set-zz-a
> (f)
#(zz 1)
> (defrecord zz a (b 2))
set-zz-b
> (f)
#(zz 1 2)
---
> (progn (defmacro m () 1) (defun f () (m)) (defmacro m () 2) (f))
2
> (progn (defmacro m () 3) (/ 1 0))
** exception error: error in arithmetic expression
  in (erlang : / 1 0)
> (f)
2
---
> (defmacro m (x) `(list ,x))
m
> (macro-function 'm $ENV)
(match-lambda (((list x) $ENV) `(list ,x)))
> (macro-function 'm)
()
> (macroexpand-1 '(m (m 1)) $ENV)
(list (m 1))
> (macroexpand-1 '(m 1))
(m 1)
> (macroexpand-all '(list (m (m 1)) (let* ((a 1) (b (m a))) b)) $ENV)
(list (list (list 1)) (let ((a 1)) (let ((b (list a))) (progn b))))
> (macroexpand-all '(let x y) $ENV)
(let x y)
> (macroexpand-all '`(a "bc") $ENV)
(list 'a (list 98 99))
> (macro-function 5)
()
> (macroexpand-all '(macrolet ((k (x) `(foo ,x))) (k 1) (m 2)) $ENV)
(progn (foo 1) (list 2))
> (defmacro expanded (x) (macroexpand-all x $ENV))
expanded
> (list (macrolet ((k (x) `(+ ,x 1))) (expanded (k 5))))
(6)
---
> (defmacro thrower (x) (throw 'oops))
thrower
> (thrower 1)
1: macro expansion error: oops

error
> (list (thrower 1))
** exception throw: oops
> (try (thrower 1) (catch (_ 'caught)))
** exception throw: oops
---
> (defmacro my-or (() 'false) ((list a) a) ((cons a rest) `(let ((v ,a)) (if v v (my-or ,@rest)))))
my-or
> (my-or 'false 'true)
true
> (defmacro pat (a) `(tuple 'p ,a))
pat
> (lc ((<- (pat x) (list #(p 1) #(q 2) #(p 3)))) (tuple x))
(#(1) #(3))
> (defmacro positive (x) `(> ,x 0))
positive
> (case 5 (x (when (positive x)) 'pos) (_ 'neg))
pos
> (defmacro nested (x) ``(a ,,x))
nested
> (nested 5)
(a 5)
> (defmacro cons (a) a)
cons
> (cons 5)
5
> `(1 ,(+ 1 1) . c)
(1 2 . c)
---
> (eval '(+ 1 2))
3
> (defun f (x) (* x 10))
f
> (set y 5)
5
> (eval '(f y))
** exception error: symbol y is unbound
> (eval '(f 1))
** exception error: function f/1 undefined
> (eval '(f y) $ENV)
50
> (let ((z 3)) (eval 'z $ENV))
** exception error: symbol z is unbound
> (eval '(set q 1))
** exception error: symbol q is unbound
> (funcall (eval '(lambda (x) (* x 2))) 21)
42
> (defun length (x) 'mine)
length
> (eval '(length '(1 2)))
2
"""


@pytest.mark.parametrize("dialogue", dialogues(SHOWN))
def test_macros_show_what_the_shell_shows(shell: Shell, dialogue: Dialogue) -> None:
    """Macros that come late or change, expansion and evaluation of data show what the LFE shell shows."""
    check(shell, dialogue)


EXPANSIONS = [
    ("(caddr l)", "(car (cdr (cdr l)))"),
    ("(list* 1 2 3)", "(cons 1 (cons 2 3))"),
    ("(lists:map f l)", "(: lists map f l)"),
    ("(: lists map f)", "(call 'lists 'map f)"),
    ("(flet ((f (x) x)) (f 1))", "(let-function ((f (lambda (x) x))) (f 1))"),
    ("(fletrec ((f ((0) 1))) (f 0))", "(letrec-function ((f (match-lambda ((0) 1)))) (f 0))"),
    ("(macrolet ((m (x) x)) (m 1))", "(let-macro ((m (match-lambda (((list x) $ENV) x)))) (m 1))"),
    ("(flet* ((f (x) x)) (f 1))", "(flet ((f (x) x)) (progn (f 1)))"),
    ('(defun f (x) "d" x)', '(define-function f ((doc "d")) (lambda (x) x))'),
    ("(defmacro f x x)", "(define-macro f () (match-lambda ((x $ENV) x)))"),
    ("(? 10 'x)", "(receive (omega omega) (after 10 'x))"),
    ("`(a ,b ,@c)", "(cons 'a (cons b c))"),
    ("(deftype t (any))", "(define-type (t) (any))"),
    ("(not-a-macro 1)", "(not-a-macro 1)"),
    ("5", "5"),
]


@pytest.mark.parametrize(("form", "expansion"), EXPANSIONS)
def test_own_macro_expands_as_in_lfe(shell: Shell, form: str, expansion: str) -> None:
    """LFE's own macros expand to what they expand to in LFE."""
    assert shell(f"(macroexpand-1 '{form})") == expansion
