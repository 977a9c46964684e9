"""Exceptions: their texts, catching them, what `try` makes of them, calls that cannot be."""

import pytest

from tests.dialect.conftest import Shell
from tests.dialect.dialogue import Dialogue, check, dialogues

SHOWN = """
> (try 1)
** exception error: bad try form
> (try 1 2 (after 1))
** exception error: bad try form
> (try (error 'a) (catch (x x)))
** exception error: illegal exception x
> (try (error 'a) (catch (`#(,a ,b ,_) (list a b))))
(error a)
> (try (error 'a) (catch ((tuple 'throw b _) b)))
** exception error: a
> (try 1 (case (2 3)) (catch (_ 4)))
** exception error: no try clause matching 1
> (try 1 (case (1 (error 'x))) (catch (_ 4)))
** exception error: x
> (try (list 1 2) (case ((list a b) (+ a b))) (catch (_ 'no)))
3
> (try (throw 'a) (catch (_ 'got)) (after (io:format "x")))
xgot
> (try (error 'first) (catch (_ (error 'second))) (after (io:format "cleanup~n")))
cleanup
** exception error: second
> (try (error 'x) (catch ((tuple _ _ _) (when 'false) 1) ((tuple _ e _) (when (is_atom e)) e)))
x
> (try (funcall 5) (catch ((tuple c e _) (tuple c e))))
#(error #(case_clause 5))
> (try (undefined-f 1) (catch ((tuple c e _) (tuple c e))))
#(error #(undefined_function #(undefined-f 1)))
> (try unbound (catch ((tuple c e _) (tuple c e))))
#(error #(unbound_symbol unbound))
> (try (let (((tuple a) 5)) a) (catch ((tuple c e _) (tuple c e))))
#(error #(badmatch 5))
> (try (exit 'normal) (catch ((tuple c e _) (tuple c e))))
#(exit normal)
> (try (lists:nth 5 '(1)) (catch ((tuple _ _ stack) (car stack))))
#(lists nth (4 ()) ())
> (try (erlang:raise 'throw 'r '(a)) (catch ((tuple c v s) (list c v s))))
(throw r (a))
> (list (catch (throw 'a)) (catch (exit 'a)) (catch (progn 1 2)) (element 1 (catch (car 5))))
(a #(EXIT a) 2 EXIT)
---
> (error #(badmatch (a b)))
** exception error: no match of value (a b)
> (error #(case_clause 1 2))
** exception error: #(case_clause 1 2)
> (error 'system_limit)
** exception error: a system limit has been reached
> (error #(undefined_function #(foo 1)))
** exception error: function foo/1 undefined
> (error #(nonbool_test foo))
** exception error: non-boolean foo test
> (error #(argument_limit 30))
** exception error: too many arguments 30
> (throw #(error "some text" (with data)))
** exception throw: #(error "some text" (with data))
> (exit 'a)
** exception exit: a
> (throw 'badarg)
** exception throw: bad argument
> (set #(a b) #(error "a long string as a reason that will not fit on the line" 42))
** exception error: no match of value #(error
                                     "a long string as a reason that will not fit on the line"
                                     42)
---
> (funcall (lambda (x) x))
** exception error: interpreted function with arity 1 called with no arguments
> (funcall (lambda (x y) x) 1 2 3)
** exception error: interpreted function with arity 2 called with 3 arguments
> (catch (funcall (match-lambda ((x y) x)) 'only))
#(EXIT #(#(badarity #(#Fun<> (only))) ()))
> (funcall #'lists:seq/2 1)
** exception error: (function lists seq 2) called with one argument
> (lists:map (lambda (x y) 1) '(1))
** exception error: no function clause matching
  in (lists : map #Fun<> (1))
> (funcall 5)
** exception error: no case clause matching 5
> (apply 5 '(1))
** exception error: bad function 5
> (apply #'car/1 5)
** exception error: bad argument
  in (erlang : apply #Fun<> 5)
> (call 5 'f 1)
** exception error: bad argument
  in (erlang : apply 5 f (1))
> (call 'lists 'nof 1)
** exception error: undefined function
  in (lists : nof 1)
> (a:b:c 1)
** exception error: function a:b:c/1 undefined
> ((lambda (x) x) 5)
** exception error: bad application form
> (lambda (a b c d e f g h i j k l m n o p q r s t u) a)
** exception error: too many arguments 21
---
> (let ((x (when (> y 1)) 2)) x)
** exception error: no match of value 2
> (case 5 (x (when (> x limit)) 'over) (_ 'under))
under
> (case 5 (x (when (andalso (> x 1) 'true)) x))
** exception error: illegal guard expression
> (case 5 (x 'first) ((foo) 'never))
first
> (case 5 ((foo) 'never))
** exception error: illegal pattern (foo)
> (if 1 2 3)
** exception error: non-boolean if test
> (cond (else 'first) ('true 'second))
** exception error: symbol else is unbound
> (+ 1 . 2)
** exception error: bad argument
  in (erlang : length (1 . 2))
> (maybe (?= 'ok 'worse) 'fine (else (('bad) 'got-bad)))
** exception error: #(else_clause worse)
> (maybe (?= (tuple 'ok x) #(ok 1)) (?= (tuple 'ok y) #(no 2)) (list x y))
#(no 2)
> (math:no 1)
** exception error: undefined function
  in (math : no 1)
> (import math)
> (math.sqrt -1)
** exception error: ValueError: math domain error
> (try (math.sqrt -1) (catch ((tuple _ (tuple 'python kind text) _) (list kind text))))
(ValueError "math domain error")
> (lists:map (lambda (x) (math.sqrt x)) '(-1))
** exception error: ValueError: math domain error
"""


@pytest.mark.parametrize("dialogue", dialogues(SHOWN))
def test_failures_show_what_the_shell_shows(shell: Shell, dialogue: Dialogue) -> None:
    """What fails, and what is caught, shows what the LFE shell shows."""
    check(shell, dialogue)
