"""Core forms, as typed at the shell."""

import pytest

from tests.dialect.conftest import Shell

SHOWN = [
    ("(+ 1 2)", "3"),
    ("(* 1 2 3)", "6"),
    ("(/ 6 3)", "2.0"),
    ("(- 7)", "-7"),
    ("(== 1 1.0)", "true"),
    ("(=:= 1 1.0)", "false"),
    ('\'(1 a "s" 2.5 #(t u))', '(1 a "s" 2.5 #(t u))'),
    ("`(1 ,(+ 1 1) ,@(list 3 4))", "(1 2 3 4)"),
    ("(list 97 98)", '"ab"'),
    ("(cons 1 2)", "(1 . 2)"),
    ("(map 'b 1 'a \"x\")", '#M(a "x" b 1)'),
    ("(tuple 1 'b)", "#(1 b)"),
    ("(let ((a 1) ((tuple b c) (tuple 2 3))) (list a b c))", "(1 2 3)"),
    ("(let* ((a 1) (b (+ a 1))) (tuple a b))", "#(1 2)"),
    ("(if (> 1 2) 'yes 'no)", "no"),
    ("(if 'false 1)", "false"),
    ("(case (tuple 'ok 5) ((tuple 'ok x) (when (> x 3)) (* x 2)) (_ 'other))", "10"),
    ("(case '(1 2 3) ((cons h t) (tuple h t)))", "#(1 (2 3))"),
    ("(cond ((== 1 2) 'a) ((?= (tuple x) (tuple 5)) x) (else 'c))", "5"),
    ("(progn 1 2 3)", "3"),
    ("(prog1 1 2 3)", "1"),
    ("(andalso 'true 'false)", "false"),
    ("(orelse 'false 'true)", "true"),
    ("(funcall (lambda (x y) (+ x y)) 1 2)", "3"),
    ("(funcall (match-lambda ((0) 'zero) ((n) (when (< n 0)) 'negative) ((_) 'positive)) -4)", "negative"),
    ("(flet ((f (x) (* 2 x))) (f 4))", "8"),
    ("(fletrec ((ev ((0) 'true) ((n) (od (- n 1)))) (od ((0) 'false) ((n) (ev (- n 1))))) (ev 11))", "false"),
    ("(lc ((<- x '(1 2 3 4)) (> x 2)) (* x x))", "(9 16)"),
    ("(do ((i 0 (+ i 1)) (acc () (cons i acc))) ((> i 3) acc))", "(3 2 1 0)"),
    ("(try (/ 1 0) (catch ((tuple c r _) (list c r))))", "(error badarith)"),
    ("(try 5 (case (x (+ x 1))) (catch (_ 'no)) (after 'ignored))", "6"),
    ("(catch (throw 'ball))", "ball"),
    ("(macrolet ((twice (x) `(progn ,x ,x))) (twice 4))", "4"),
    ("1 2 3", "3"),
]


@pytest.mark.parametrize(("form", "shown"), SHOWN)
def test_form_shows_its_value(shell: Shell, form: str, shown: str) -> None:
    """A form shows what the LFE shell shows."""
    assert shell(form) == shown


FAILURES = [
    ("nowhere", "** exception error: symbol nowhere is unbound"),
    ("(nowhere 1 2)", "** exception error: function nowhere/2 undefined"),
    ("(lists:nowhere 1)", "** exception error: undefined function\n  in (lists : nowhere 1)"),
    ("(/ 1 0)", "** exception error: error in arithmetic expression\n  in (erlang : / 1 0)"),
    ('(+ "a" 1)', '** exception error: error in arithmetic expression\n  in (erlang : + "a" 1)'),
    ("(+ 'true 1)", "** exception error: error in arithmetic expression\n  in (erlang : + true 1)"),
    ("(car 5)", "** exception error: bad argument\n  in (erlang : hd 5)"),
    ("(case 3 (4 'no))", "** exception error: no case clause matching 3"),
    ("(let (((tuple a) 5)) a)", "** exception error: no match of value 5"),
    ("(if 5 1 2)", "** exception error: non-boolean if test"),
    ("(throw 'ball)", "** exception throw: ball"),
    ("((lambda (x) x) 1)", "** exception error: bad application form"),
    ("(funcall (lambda (x) x) 1 2)", "** exception error: interpreted function with arity 1 called with two arguments"),
    ("(case 1 (x (when (andalso 'true 'true)) x))", "** exception error: illegal guard expression"),
    ("(list 1 2)) 3", "1: illegal ')'"),
]


@pytest.mark.parametrize(("form", "shown"), FAILURES)
def test_failure_shows_the_text_of_the_shell(shell: Shell, form: str, shown: str) -> None:
    """A form that fails shows the LFE shell's text."""
    assert shell(form) == shown


def test_set_binds_for_the_next_form(shell: Shell) -> None:
    """A variable that is set is there for later forms."""
    assert [shell("(set x 42)"), shell("(+ x 1)")] == ["42", "43"]


def test_set_takes_a_pattern(shell: Shell) -> None:
    """A pattern binds its variables and shows the whole value."""
    assert [shell("(set (tuple a (list b)) (tuple 1 '(2)))"), shell("(+ a b)")] == ["#(1 (2))", "3"]


def test_form_that_fails_binds_nothing(shell: Shell) -> None:
    """A form is all or nothing."""
    shell("(progn (set c 3) (/ 1 0))")

    assert shell("c") == "** exception error: symbol c is unbound"


def test_function_has_clauses_and_arities(shell: Shell) -> None:
    """Functions of one name and several arities stand beside each other."""
    shell("(defun len ((()) 0) (((cons _ t)) (+ 1 (len t))))")
    shell("(defun len (a b) (+ (len a) (len b)))")

    assert shell("(len '(1 2) '(3))") == "3"


def test_function_calls_one_that_is_defined_later(shell: Shell) -> None:
    """A call of a function that is not there yet finds it when it is."""
    shell("(defun first (x) (second x))")
    before = shell("(first 1)")
    shell("(defun second (x) (* 10 x))")

    assert [before, shell("(first 1)")] == ["** exception error: function second/1 undefined", "10"]


def test_tail_calls_take_no_stack(shell: Shell) -> None:
    """A function that calls itself in the last place loops."""
    shell("(defun count ((0 acc) acc) ((n acc) (count (- n 1) (+ acc 1))))")

    assert shell("(count 200000 0)") == "200000"


def test_closure_keeps_the_values_of_its_creation(shell: Shell) -> None:
    """A lambda made in a loop has that round's values."""
    shell("(defun make (n acc) (if (== n 0) acc (make (- n 1) (cons (lambda () n) acc))))")

    assert shell("(lc ((<- f (make 3 ()))) (funcall f))") == "(1 2 3)"


def test_arguments_are_evaluated_from_left_to_right(shell: Shell) -> None:
    """An argument that needs statements does not overtake those before it."""
    shell('(defun say (x) (io:format "~w" (list x)) x)')

    assert shell("(list (say 1) (case (say 2) (2 (say 3))) (say 4))") == "1234(1 3 4)"


def test_macro_is_expanded_in_later_forms(shell: Shell) -> None:
    """A macro of the session takes its arguments as forms."""
    assert [shell("(defmacro unless (c body) `(if ,c 'false ,body))"), shell("(unless (> 1 2) 'ok)")] == [
        "unless",
        "ok",
    ]


def test_macro_that_fails_names_its_form(shell: Shell) -> None:
    """The shell says which form it could not expand."""
    shell("(defmacro double (x) `(* 2 ,x))")

    assert shell("(double 1 2)") == "1: error expanding (double 1 2):\n    function_clause\nerror"


def test_shell_variables_move_on(shell: Shell) -> None:
    """The last values are *, ** and ***."""
    shell("1")
    shell("2")

    assert shell("(list * **)") == "(2 1)"


def test_python_is_at_hand(shell: Shell) -> None:
    """Python's modules and functions are called by their names."""
    assert [shell("(import math)"), shell("(math.sqrt 2)"), shell('(print "x")')] == ["", "1.4142135623730951", "x\n"]


def test_hy_function_is_called_from_lfe(shell: Shell) -> None:
    """A function that is defined in Hy's syntax is one of the session."""
    shell("(defn f [x] (* 2 x))")

    assert shell("(f 21)") == "42"


def test_lfe_function_is_called_from_hy(shell: Shell) -> None:
    """A function of the session is called by its name in a Hy form."""
    shell("(defun triple (x) (* 3 x))")

    assert shell("(lfor  i [1 2] (triple i))") == "(3 6)"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("(lambda (y) (tuple (let ((x 5)) x) x))", "#(5 a)"),
        ("(lambda (y) (tuple (case y ((list x) x) (x x)) x))", "#(b a)"),
        ("(lambda (y) (tuple (case (list y) ((list _) 'one)) v))", "#(one a)"),
        ("(match-lambda ((y) (when (is_list y)) x) ((y) (tuple y x)))", "#(b a)"),
        ("(fletrec ((g ((0 n) (tuple n x)) ((i n) (g (- i 1) x)))) (lambda (y) (g 3 y)))", "#(a a)"),
    ],
)
def test_inner_function_spoils_what_it_has_from_outside(shell: Shell, text: str, shown: str) -> None:
    """A function inside another may use names again and sees the outer values after that, however those were bound."""
    shell(f"(defun f (x v) {text}) (defun g (((list x v)) {text}) (('none) 1))")

    assert (shell("(funcall (f 'a 'a) 'b)"), shell("(funcall (g '(a a)) 'b)")) == (shown, shown)


@pytest.mark.parametrize("name", ["l-x", "lfe-x", "lfem-x"])
def test_variable_is_taken_for_a_local_one(shell: Shell, name: str) -> None:
    """A session's variable is none of the names that we give to local variables, functions and macros."""
    shell(f"(set {name} 5)")

    assert shell(f"(funcall (lambda (x) (tuple x {name})) 1)") == "#(1 5)"
