"""Bindings come back as they were: variables, functions, macros, classes, and what they share."""

from tests.evaluator.conftest import Life


def test_variable_comes_back(life: Life) -> None:
    """A variable that `set` bound has its value after a restart."""
    life("(set x 42)")

    assert life.born_again()("x") == "42"


def test_every_variable_of_a_pattern_comes_back(life: Life) -> None:
    """A `set` with a pattern keeps all that it bound."""
    life("(set (tuple a (cons b c)) #(1 (2 3)))")

    assert life.born_again()("(list a b c)") == "(1 2 (3))"


def test_names_with_odd_characters_come_back(life: Life) -> None:
    """Names that Python has no identifiers for are kept."""
    life("(set a-b 1) (set a_b 2) (set |x y| 3) (defun b? (a) (* 2 a))")

    assert life.born_again()("(list a-b a_b |x y| (b? 4))") == "(1 2 3 8)"


def test_function_comes_back_and_sees_the_variables_of_the_session(life: Life) -> None:
    """A function's globals are the restored session's namespace."""
    life("(set x 1) (defun f (a) (+ a x))")

    again = life.born_again()

    assert again("(set x 10) (f 1)") == "11"


def test_functions_of_several_arities_come_back(life: Life) -> None:
    """Each arity of a name is a binding of its own."""
    life("(defun f () 'zero) (defun f (a) 'one) (defun f (a b) 'two)")

    assert life.born_again()("(list (f) (f 1) (f 1 2))") == "(zero one two)"


def test_function_that_calls_a_later_one_comes_back(life: Life) -> None:
    """A call of a function that was not there yet works after a restart, whether it has come or not."""
    life("(defun f () (g 1)) (defun h () (missing 2)) (defun g (a) (* a 7))")

    again = life.born_again()

    assert again("(f)") == "7"
    assert again("(h)") == "** exception error: function missing/1 undefined"
    assert again("(defun missing (a) a) (h)") == "2"


def test_library_calls_in_restored_functions_work(life: Life) -> None:
    """A function may call the library and Python after a restart."""
    life("(defun f (l) (lists:map #'lists:reverse/1 l)) (defun g () (math:sqrt 16))")

    assert life.born_again()("(list (f '((1 2) (3 4))) (g))") == "(((2 1) (4 3)) 4.0)"


def test_macro_comes_back(life: Life) -> None:
    """A macro expands after a restart, and calls the functions that it called."""
    life("(defun twice (a) (* 2 a)) (defmacro m (a) `(+ 1 ,(twice a)))")

    assert life.born_again()("(m 5)") == "11"


def test_documentation_comes_back(life: Life) -> None:
    """A function keeps its documentation."""
    life('(defun f (a) "Gives it back." a)')

    assert life.born_again().interpreter.namespace["lfe_f__1"].__doc__ == "Gives it back."


def test_hy_definitions_come_back(life: Life) -> None:
    """Functions, classes, macros and imports made with Hy's forms work after a restart."""
    life("(import math) (import collections [deque]) (defn area [r] (* math.pi r r)) (setv d (deque [1 2] 3))")
    life("(defmacro plus-two [a] `(+ ~a 2)) (defn use [] (plus-two 3))", is_hy=True)

    again = life.born_again()

    assert again("(round (area 2))") == "13"
    assert again("(d.append 3) (d.append 4) (list d.maxlen (len d))") == "(3 3)"
    assert again("(print (plus-two 5) (use))", is_hy=True) == ""
    assert again("(plus-two 5)", is_hy=True) == "7"


def test_hy_function_with_all_kinds_of_parameters_comes_back(life: Life) -> None:
    """Defaults, keyword parameters, star parameters and annotations are kept."""
    life("(defn f [a [b 2] #* c [d 4] #** e] #(a b c d e))", is_hy=True)

    again = life.born_again()

    assert again("(f 1)", is_hy=True) == "#(1 2 #() 4 #M())"
    assert again("(f 1 3 5 :d 6 :z 7)", is_hy=True) == '#(1 3 #(5) 6 #M("z" 7))'


def test_redefined_function_is_the_new_one(life: Life) -> None:
    """Redefining replaces what is stored."""
    life("(defun f () 1) (defun f () 2)")

    assert life.born_again()("(f)") == "2"


def test_value_that_is_a_former_function_stays_it(life: Life) -> None:
    """A variable that holds a function keeps that function when the name gets another one."""
    life("(defun f () 1) (set old #'f/0) (defun f () 2)")

    assert life.born_again()("(list (funcall old) (f))") == "(1 2)"


def test_closure_over_a_redefined_function_calls_the_new_one(life: Life) -> None:
    """A lambda that calls a function by name calls what has the name after the restart."""
    life("(defun f () 1) (set c (lambda () (f))) (defun f () 2)")

    again = life.born_again()

    assert again("(funcall c)") == life("(funcall c)")


def test_removed_name_stays_removed(life: Life) -> None:
    """What `del` took away does not come back."""
    life("(setv a 1 b 2) (del a)")

    again = life.born_again()

    assert again.keeper.names() == ["b"]


def test_macro_that_replaces_a_function_is_alone(life: Life) -> None:
    """A macro of a function's name takes the function's place in the store as well."""
    life("(defun f (a) a) (defmacro f (a) `(list ,a ,a))")

    again = life.born_again()

    assert again("(f 1)") == "(1 1)"
    assert again.keeper.names() == ["macro f"]


def test_lambda_keeps_what_it_captured(life: Life) -> None:
    """A lambda's captured values come back with it."""
    life("(set add (let ((n 10)) (lambda (x) (+ x n)))) (set fs (lc ((<- i '(1 2 3))) (lambda () i)))")

    again = life.born_again()

    assert again("(list (funcall add 1) (lc ((<- f fs)) (funcall f)))") == "(11 (1 2 3))"


def test_local_recursive_functions_come_back(life: Life) -> None:
    """Functions that see each other through cells are made anew with their cells."""
    life(
        """(set ev (fletrec ((e? (n) (if (== n 0) 'true (o? (- n 1))))
                             (o? (n) (if (== n 0) 'false (e? (- n 1))))) #'e?/1))"""
    )

    assert life.born_again()("(list (funcall ev 10) (funcall ev 7))") == "(true false)"


def test_names_counted_are_the_users(life: Life) -> None:
    """A restore says how many of the user's names are back."""
    life("(set x 1) (defun f () 1) (defmacro m () 1) (import math)")

    assert life.born_again().restored.bindings == 4


def test_names_that_hy_made_up_are_not_made_up_again(life: Life) -> None:
    """A `let` at the top level does not take the variable of one before the restart."""
    life("(let [x 1] (defn f [] x))", is_hy=True)

    again = life.born_again()
    again("(let [x 2] (defn g [] x))", is_hy=True)

    assert again("#((f) (g))", is_hy=True) == "#(1 2)"


def test_one_of_hys_macros_is_a_binding_of_its_own(life: Life) -> None:
    """Macros of Hy are stored one by one, listed, and can be removed."""
    life("(defmacro one-more [a] `(+ ~a 1)) (defmacro other [a] a)", is_hy=True)
    assert life.changed() == ["macro other"]

    again = life.born_again()

    assert again.keeper.names() == ["macro one-more", "macro other"]
    assert again("(one-more 1)", is_hy=True) == "2"
