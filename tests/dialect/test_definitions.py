"""Definitions: set, defun, defmacro and their long forms; what is no definition; what fails when it is called."""

import pytest

from tests.dialect.conftest import Shell
from tests.dialect.dialogue import Dialogue, check, dialogues

SHOWN = """
> (set)
()
> (set x)
** exception error: bad set form
> (set x 1 2)
** exception error: bad set form
> (set x (when (> x 3)) 2)
** exception error: no match of value 2
> (set (tuple a b) #(1 2))
#(1 2)
> (list b a)
(2 1)
---
> (set x 1)
1
> (progn (set x 2) (/ x 0))
** exception error: error in arithmetic expression
  in (erlang : / 2 0)
> x
1
---
> (set x 1)
1
> (set g (lambda () x))
#Fun<>
> (set x 2)
2
> (funcall g)
1
---
> (defun f () later)
f
> (f)
** exception error: symbol later is unbound
> (set later 3)
3
> (f)
3
---
> (set f (lambda (x) x))
#Fun<>
> (f 5)
** exception error: function f/1 undefined
---
> (defun f ())
f
> (f)
()
> (defun f () "doc")
f
> (f)
"doc"
> (defun f (x) "doc" (+ x 1))
f
> (f 1)
2
> (defun f "doc" ((1) 2) ((x) 3))
f
> (list (f 1) (f 4))
(2 3)
> (defun f ((1) 2) ((1 2) 3))
f
> (f 1)
** exception error: bad match-lambda form
> (defun f (x x) x)
f
> (f 1 2)
2
---
> (defun f (x) (when (> x 0)) 'pos)
f
> (f 1)
** exception error: function when/1 undefined
> (defun f ((x) (when (> x 0)) 'pos))
f
> (f 0)
** exception error: no function clause matching
---
> (defun f () (let))
f
> (f)
** exception error: no function clause matching
> (defun f (x) (if x (let) 'fine))
f
> (f 'false)
fine
---
> (defun f (x . y) x)
** exception error: bad argument
  in (erlang : length x)
> (defun f)
1: error expanding (defun f):
    function_clause
error
> (defun)
** exception error: function defun/0 undefined
> (define-function f () (lambda (x) (* 2 x)))
f
> (f 4)
8
---
> (define-macro m () (lambda (args env) `(list ,@args)))
m
> (m 1 2)
(1 2)
> (define-macro m () 5)
1: bad eval-when-compile macro form
error
> (defmacro m args "doc" `(tuple ,@args))
m
> (m 1 2)
#(1 2)
> (defmacro m "doc" ((list a) a) ((list a b) `(list ,a ,b)))
m
> (m 1 2)
(1 2)
---
> (defmacro m (a . b) `(list ,a))
m
> (m 1 2)
1: error expanding (m 1 2):
    #(bad_form body)
error
> (list (m 1))
** exception error: #(expand_macro (m 1) #(bad_form body))
> (defmacro if (a) a)
1: Warning: defining core form if as macro
()
---
> (defmacro m () (/ 1 0))
m
> (list (m))
** exception error: #(expand_macro (m) badarith)
  in (erlang : / 1 0)
> (defun f (x) (if x (m) 1))
f
> (f 'false)
** exception error: #(expand_macro (m) badarith)
  in (erlang : / 1 0)
---
> (flet)
** exception error: function flet/0 undefined
> (flet* x 1)
1: error expanding (flet x 1):
    #(case_clause x)
error
> (flet ((f)) 1)
1: error expanding (flet ((f)) 1):
    function_clause
error
> (flet ((f 5)) 1)
** exception error: bad let-function form
> (let-function x 1)
** exception error: no case clause matching x
> (macrolet ((x)) 1)
1: error expanding (macrolet ((x)) 1):
    function_clause
error
> (flet ((car (x) 'mine)) (car '(1)))
1
> (fletrec ((ev? ((0) 'true) ((n) (od? (- n 1)))) (od? ((0) 'false) ((n) (ev? (- n 1))))) (ev? 101))
false
> (flet ((f (x) (when (> x 0)) 'pos)) (f 1))
** exception error: function when/1 undefined
> (set || 1)
1
> ||
1
---
> (let ((y 1)) (defun f () y))
** exception error: symbol f is unbound
> (if 'true (set q 1))
** exception error: symbol q is unbound
> (defun f () (set 'q 1))
f
> (f)
** exception error: function set/2 undefined
> (progn (defun g () 'in) (g))
in
> (eval-when-compile (set v 5) (defun h () 6))
()
> (list v (h))
(5 6)
"""


@pytest.mark.parametrize("dialogue", dialogues(SHOWN))
def test_definitions_show_what_the_shell_shows(shell: Shell, dialogue: Dialogue) -> None:
    """Definitions and what comes of them show what the LFE shell shows."""
    check(shell, dialogue)
