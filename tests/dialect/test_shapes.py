"""Forms of an unusual shape: guards that are none, clauses that are none, names that are taken.

Such a form fails as in the LFE shell, when its evaluation gets so far and not before.
"""

import pytest

from tests.dialect.conftest import Shell
from tests.dialect.dialogue import Dialogue, check, dialogues

SHOWN = """
> (case 5 (x (when (let ((y x)) 'true)) 1) (_ 2))
2
> (case 5 (x (when (foo x)) 1) (_ 2))
** exception error: illegal guard expression
> (case 5 (x (when (foo y)) 1) (_ 2))
2
> (case 5 (x (when (== x 4) (foo x)) 1) (_ 2))
2
> (case 5 (x (when (foo x) (== x 4)) 1) (_ 2))
** exception error: illegal guard expression
> (case 5 (x (when (progn)) 1) (_ 2))
1
> (case 5 (x (when (progn 'true (== x 5))) 1) (_ 2))
1
> (case 5 (x (when (progn 'false (== x 5))) 1) (_ 2))
2
> (case 5 (x (when (if (== x 4) (foo x))) 1) (_ 2))
2
> (case 5 (x (when (if (== x 5) (foo x))) 1) (_ 2))
** exception error: illegal guard expression
> (case 5 (x (when (if (foo x) 'true)) 1) (_ 2))
** exception error: illegal guard expression
> (case 5 (x (when (if (== x 5) 'true 'false)) 1) (_ 2))
1
> (case 5 (x (when (call 'lists 'member y '(5))) 1) (_ 2))
** exception error: illegal guard expression
> (let ((x (when (foo nowhere)) 5)) x)
** exception error: no match of value 5
---
> (case nowhere 5)
** exception error: symbol nowhere is unbound
> (case 1 (1 2) 5)
2
> (case 2 (1 2) 5)
** exception error: no function clause matching
> (cond ((?= x) x))
** exception error: bad cond form
> (cond ((?= x (foo) 5) x))
** exception error: bad cond form
> (cond ((?=) x))
** exception error: bad cond form
> (map 'a (foo) 'b)
** exception error: function foo/0 undefined
> (map 'a 1 'b)
** exception error: bad map form
> (mset #M() 'a (foo) 'b)
** exception error: function foo/0 undefined
> (let*)
1: error expanding (let*):
    function_clause
error
> (list (eval-when-compile 1))
** exception error: function eval-when-compile/1 undefined
---
> (flet ((f (#(a x)) x)) 1)
** exception error: bad argument
  in (erlang : length #(a x))
> (flet ((f ((tuple 'a x)) x)) 1)
1
> (flet ((f ((tuple 'a x)) x)) (f 1 2 3))
** exception error: bad match-lambda form
> (flet ((f ((5) 6))) (f 5))
6
> (macrolet (((x) 1)) 1)
1: error expanding (macrolet (((x) 1)) 1):
    function_clause
error
> (macrolet ((m 5)) (m 1))
1: error expanding (macrolet ((m 5)) (m 1)):
    function_clause
error
---
> (defun car (x) 'mine)
car
> (list (car '(1)) (funcall #'car/1 '(1)))
(1 1)
> (defun cadr (x) 'mine)
cadr
> (list (cadr '(1 2)) (funcall #'cadr/1 '(1 2)))
(2 mine)
> (defun tref (x y) 'mine)
tref
> (tref #(1) 1)
1
> (flet ((caddr (x) 'mine)) (caddr '(1 2 3)))
3
> (defun length (x) 'mine)
length
> (length '(1))
mine
---
> (defun many (a b c d e f g h i j k l m n o p q r s t u) u)
many
> (many 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21)
** exception error: too many arguments 21
---
> (case "str" ((115 116 114) 'yes))
yes
> (set (list 1 (115 116 114)) '(1 "stx"))
** exception error: no match of value (1 "stx")
> (set (lists:seq 1 2) '(1 2))
** exception error: illegal pattern (call 'lists 'seq 1 2)
> (set (foo (cadr x)) 5)
** exception error: illegal pattern (foo (car (cdr x)))
> (let (((defun a b) 5)) 1)
** exception error: illegal pattern (define-function a () (match-lambda b))
---
> (apply 5 'map '(1))
** exception error: bad argument
  in (erlang : apply 5 map (1))
> (apply 'lists 5 '(1))
** exception error: bad argument
  in (erlang : apply lists 5 (1))
> (call "lists" 'map 1)
** exception error: bad argument
  in (erlang : apply "lists" map (1))
---
> a.b.c
** exception error: symbol a.b.c is unbound
> (a.b 1 2)
** exception error: function a.b/2 undefined
> (set a.b 1)
1
> (+ a.b 1)
2
> (let ((c.d 5)) c.d)
5
> 1.e5
** exception error: symbol 1.e5 is unbound
> +.5
** exception error: symbol +.5 is unbound
> (defun f.g (x) x)
f.g
> (f.g 2)
2
---
> (progn (lfe_io:format "z" ()) (try 1 (catch (e 1))))
z** exception error: illegal exception e
> (if 'true 5 (try 1 (catch (e 1))))
5
> (try (lfe_io:format "x" ()) (catch ((tuple a b) 1)))
** exception error: illegal exception (tuple a b)
> (try (lfe_io:format "x" ()) (catch (_ 6) (5)))
** exception error: illegal exception 5
> (try (lfe_io:format "x" ()) (catch 5))
** exception error: no case clause matching 5
---
> (defrecord point x y)
set-point-y
> (make-point _ _ 0)
** exception error: missing value to field 0 in record
> (make-point x 1 _ 2 y)
** exception error: missing value to field y in record
> (defun 'a (x) x)
'a
> (defmacro if (f x) y)
1: Warning: defining core form if as macro
()
> (defmacro 5 (n . body) body)
1: error expanding (defmacro 5 (n . body) body):
    function_clause
error
> (max 1)
** exception error: function max/1 undefined
> (round 1 2 3)
** exception error: function round/3 undefined
---
> (? 1 2 3)
1: error expanding (? 1 2 3):
    #(case_clause (1 2 3))
error
> (macroexpand-1 '(? 10 'late))
(receive (omega omega) (after 10 'late))
---
> (case 1 (1 2) #M(a 1))
2
> (case #M(b 5) #M(b 5))
** exception error: no function clause matching
> (defun f #M(a 1) 1)
** exception error: no function clause matching
> (macroexpand-all '(foo #M(a (cadr x))) $ENV)
(foo #M(a (cadr x)))
> (lc ((<- x (tuple (lists:seq 1 30) (lists:seq 1 30)))) x)
** exception error: bad generator #((1 2 3 4 5 6 7 8 ...) (1 2 3 4 5 6 7 ...))
> (set (foo (lists:seq 1 20) "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa") 5)
** exception error: illegal pattern (foo
                 (call 'lists 'seq 1 20)
                 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")
"""


@pytest.mark.parametrize("dialogue", dialogues(SHOWN))
def test_unusual_form_shows_what_the_shell_shows(shell: Shell, dialogue: Dialogue) -> None:
    """A form of an unusual shape has the value or the failure that it has in the LFE shell."""
    check(shell, dialogue)
