"""What bindings share they share after a restart, and changes in place are never lost."""

import pytest

from tests.evaluator.conftest import Life

COUNTER = """
    (defn make [] (setv n 0) (defn increment [] (nonlocal n) (+= n 1) n) (defn read [] n) [increment read])
    (setv pair (make)) (setv increment (get pair 0) read (get pair 1)) (del pair)
"""
CLASS = """
    (defclass Point []
      (setv made 0)
      (defn __init__ [self x] (setv self.x x) (setv Point.made (+ Point.made 1)))
      (defn double [self] (* 2 self.x))
      (defn [property] half [self] (/ self.x 2))
      (defn [staticmethod] origin [] (Point 0))
      (defn [classmethod] name [cls] cls.__name__))
    (setv p (Point 21))
"""


def test_two_names_of_one_list_stay_one(life: Life) -> None:
    """An alias is the same object after a restart."""
    life("(setv a [1 2]) (setv b a)")

    again = life.born_again()

    assert again("(is a b)") == "true"
    assert again("(b.append 3) (len a)") == "3"


def test_list_in_two_structures_stays_one(life: Life) -> None:
    """A shared part is shared after a restart."""
    life('(setv part [1]) (setv x {"p" part} y [part])', is_hy=True)

    assert life.born_again()('(is (get x "p") (get y 0) part)', is_hy=True) == "true"


def test_names_that_no_longer_share_part(life: Life) -> None:
    """Bindings that were one group are stored apart once they share nothing."""
    life("(setv a [1]) (setv b a)")
    assert life.groups() == [["a", "b"]]

    life("(setv b [2])")

    assert life.groups() == [["a"], ["b"]]


def test_names_that_begin_to_share_come_together(life: Life) -> None:
    """Two lists of which one is put into the other become one group, also when no name is bound."""
    life("(setv a [1] b [2])")
    assert life.groups() == [["a"], ["b"]]

    life("(a.append b)")

    assert life.groups() == [["a", "b"]]
    assert life.born_again()("(is (get a 1) b)") == "true"


def test_sharing_that_leaves_the_bytes_alike_is_seen(life: Life) -> None:
    """An element that is replaced by an equal one of another binding's joins the two."""
    life("(setv a [[1]] b [[1]])")

    life("(setv (get b 0) (get a 0))")

    assert life.born_again()("(.append (get a 0) 2) (len (get b 0))") == "2"


def test_value_that_holds_itself_comes_back(life: Life) -> None:
    """A cycle is a cycle after a restart."""
    life("(setv a [1]) (a.append a)")

    assert life.born_again()("(is (get a 1) a)") == "true"


def test_closures_share_their_counter(life: Life) -> None:
    """Two functions over one variable still see each other's changes."""
    life(COUNTER + "(increment) (increment)")

    again = life.born_again()

    assert again("(increment) (increment) (read)") == "4"


def test_class_and_instances_come_back(life: Life) -> None:
    """An instance has its class, its attributes and its methods."""
    life(CLASS)

    again = life.born_again()

    assert again("(isinstance p Point)") == "true"
    assert again('(list (p.double) p.half (Point.name) (getattr (Point.origin) "x"))') == '(42 10.5 "Point" 0)'
    assert again("(setv q (Point 1)) (list Point.made (isinstance q (type p)))") == "(3 true)"


def test_attribute_of_a_class_that_a_method_changes_is_kept(life: Life) -> None:
    """A class is state: what its methods change in it is stored."""
    life(CLASS + "(Point 1) (Point 2)")

    assert life.born_again()("Point.made") == "3"


def test_subclass_keeps_its_base(life: Life) -> None:
    """`super` and `isinstance` work in restored classes."""
    life('(defclass A [] (defn f [self] "a"))', is_hy=True)
    life('(defclass B [A] (defn f [self] (+ "b" (.f (super))))) (setv b (B))', is_hy=True)

    again = life.born_again()

    assert again("(b.f)", is_hy=True) == '"ba"'
    assert again("(issubclass B A)", is_hy=True) == "true"


def test_instance_of_a_redefined_class_keeps_the_old_one(life: Life) -> None:
    """Old instances have the old class, new ones the new class."""
    life("(defclass A [] (defn f [self] 1)) (setv a (A)) (defclass A [] (defn f [self] 2)) (setv b (A))")

    again = life.born_again()

    assert again("(list (a.f) (b.f) (isinstance a A) (isinstance b A))") == "(1 2 false true)"


@pytest.mark.parametrize(
    ("before", "change", "shown", "value"),
    [
        ("(setv xs [1 2 3])", "(xs.append 4)", "(len xs)", "4"),
        ("(setv xs [1 2 3]) (setv ys xs)", "(ys.append 4)", "(len xs)", "4"),
        ("(setv xs [1 2 3]) (set c (lambda () (xs.append 4)))", "(funcall c)", "(len xs)", "4"),
        ("(setv xs [1 2 3]) (set c (let ((l xs)) (lambda () (l.append 4))))", "(funcall c)", "(len xs)", "4"),
        ("(setv xs [1 2 3]) (defn add [] (xs.append 4))", "(add)", "(len xs)", "4"),
        ("(setv xs [1 2 3]) (defun add () (xs.append 4)) (defun outer () (add))", "(outer)", "(len xs)", "4"),
        ("(setv xs [1 2 3]) (defun add () (xs.append 4))", "(let ((f #'add/0)) (funcall f))", "(len xs)", "4"),
        ("(setv xs [1 2 3])", "(progn (xs.append 4) (error 'no))", "(len xs)", "4"),
        ("(setv xs [1 2 3])", "(progn (set ys xs) (ys.append 4) (/ 1 0))", "(len xs)", "4"),
        ("(setv xs [3 1 2])", "(xs.sort)", "xs", "(1 2 3)"),
        ("(setv b (bytearray 3))", "(setv (get b 0) 7)", "(get b 0)", "7"),
        ("(setv xs [1 2 3])", '(.append (get (globals) "xs") 4)', "(len xs)", "4"),
        ("(import collections) (setv q (collections.deque [1]))", "(q.appendleft 0)", "(get q 0)", "0"),
        ("(import itertools) (setv n (itertools.count 5))", "(next n)", "(next n)", "6"),
        ("(setv t #([1] 2))", "(.append (get t 0) 5)", "(len (get t 0))", "2"),
        ("(defn f [[acc []]] (acc.append 1) (len acc))", "(f)", "(f)", "2"),
        ("(defn f [] None) (setv f.calls 0)", "(setv f.calls 5)", "f.calls", "5"),
        ("(setv xs [1 2 3]) (setv add xs.append)", "(add 4)", "(len xs)", "4"),
        ("(setv xs [1 2]) (import functools) (setv f (functools.partial list.append xs))", "(f 4)", "(len xs)", "3"),
        ("(setv xs [1 2 3]) (setv gen (gfor x [1] (xs.append x)))", "(next gen)", "(len xs)", "4"),
    ],
)  # fmt: skip
def test_change_in_place_is_not_lost(life: Life, before: str, change: str, shown: str, value: str) -> None:
    """What a form changed in place is there after a restart, however it got at the object."""
    life(before)

    life(change)

    assert life.born_again()(shown) == value


@pytest.mark.parametrize(
    ("before", "change", "shown", "value"),
    [
        ('(setv d {"a" {"b" [1]}})', '(.append (get d "a" "b") 2)', '(len (get d "a" "b"))', "2"),
        ('(setv d {"a" 1})', '(setv (get d "b") 2)', "(len d)", "2"),
        ("(setv s #{1 2})", "(s.add 3)", "(len s)", "3"),
        ("(setv xs [1 2 3])", '(eval "xs.append(4)")', "(len xs)", "4"),
        ("(setv xs [1 2 3])", '(exec "xs.append(4)")', "(len xs)", "4"),
    ],
)  # fmt: skip
def test_change_in_place_in_hy_is_not_lost(life: Life, before: str, change: str, shown: str, value: str) -> None:
    """The same with Hy's syntax."""
    life(before, is_hy=True)

    life(change, is_hy=True)

    assert life.born_again()(shown, is_hy=True) == value


def test_change_through_a_macro_is_not_lost(life: Life) -> None:
    """A macro that changes something while a form is expanded is seen."""
    life("(setv seen []) (defn note [x] (seen.append x)) (defmacro m (a) (note a) `(+ ,a 1))")

    life("(m 5)")

    assert life.born_again()("(len seen)") == "1"


def test_change_through_a_hy_macro_is_not_lost(life: Life) -> None:
    """The same for one of Hy's macros."""
    life("(setv seen []) (defmacro m [a] (seen.append 1) `(+ ~a 1))", is_hy=True)

    life("(m 5)", is_hy=True)

    assert life.born_again()("(len seen)", is_hy=True) == "1"


def test_change_through_an_operator_is_not_lost(life: Life) -> None:
    """A method that no code names, because an operator calls it, is followed."""
    life("(setv log []) (defclass A [] (defn __add__ [self other] (log.append other) self)) (setv a (A))")

    life("(+= a 1)")

    assert life.born_again()("(len log)") == "1"


def test_hooks_of_classes_do_not_run_again(life: Life) -> None:
    """What a metaclass or `__init_subclass__` did when a class was made is not done once more by a restore."""
    life("(setv made [])", is_hy=True)
    life("(defclass Base [] (defn __init_subclass__ [cls #** k] (made.append cls.__name__)))", is_hy=True)
    life("(defclass A [Base])", is_hy=True)
    life('(defclass Meta [type] (defn __new__ [m #* a] (made.append "meta") (.__new__ type m #* a)))', is_hy=True)
    life("(defclass B [Base :metaclass Meta])", is_hy=True)
    assert life("made", is_hy=True) == '("A" "meta" "B")'

    again = life.born_again()

    assert again("made", is_hy=True) == '("A" "meta" "B")'
    assert again("(defclass C [A]) (get made -1)", is_hy=True) == '"C"'
