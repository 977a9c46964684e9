"""Every kind of value is back after a restart, exact, or named as not kept with the reason."""

import gc

import pytest

from tests.evaluator.conftest import Life
from xrepl.dialect import processes

# what binds `x`, and what then is true of it
KEPT = {
    "atom": ("(set x 'ok)", "(=:= x 'ok)"),
    "boolean": ("(set x 'true)", "(=:= x 'true)"),
    "integer": ("(set x 123456789012345678901234567890)", "(=:= x 123456789012345678901234567890)"),
    "float": ("(set x 1.5e300)", "(=:= x 1.5e300)"),
    "string": ('(set x "å\\nb")', '(=:= x "å\\nb")'),
    "empty list": ("(set x ())", "(=:= x ())"),
    "list": ("(set x '(1 (2 b) \"c\"))", "(=:= x '(1 (2 b) \"c\"))"),
    "improper list": ("(set x '(1 2 . 3))", "(=:= x '(1 2 . 3))"),
    "tuple": ("(set x #(1 #(a) \"b\"))", "(=:= x #(1 #(a) \"b\"))"),
    "map": ("(set x #M(a 1 1 b 1.0 c \"d\" (e)))", "(=:= x #M(a 1 1 b 1.0 c \"d\" (e)))"),
    "map with a map as key": ("(set x (map #M(a 1) 'b))", "(=:= (maps:get #M(a 1) x) 'b)"),
    "binary": ('(set x #"bytes")', '(=:= x #"bytes")'),
    "pid": ("(set x (self))", "(is_pid x)"),
    "reference": ("(set x (make_ref))", "(isinstance x (type (make_ref)))"),
    "lambda": ("(set x (lambda (a) (* a 2)))", "(=:= (funcall x 4) 8)"),
    "lambda that captured": ("(set x (let ((n 3)) (lambda (a) (* a n))))", "(=:= (funcall x 4) 12)"),
    "library function": ("(set x #'lists:reverse/1)", "(=:= (funcall x '(1 2)) '(2 1))"),
    "function that is not there": ("(set x #'missing/1)", "(is_function x)"),
    "Python list": ("(setv x [1 2])", "(isinstance x list)"),
    "class": ("(defclass x [] (setv a 1))", "(=:= x.a 1)"),
    "instance": ("(defclass A [] (setv a 1)) (setv x (A))", "(=:= x.a 1)"),
    "module": ("(import math) (setv x math)", "(=:= (x.sqrt 4) 2.0)"),
    "builtin function": ("(setv x len)", "(=:= (x [1]) 1)"),
    "builtin type": ("(setv x dict)", "(is x dict)"),
    "deque": ("(import collections) (setv x (collections.deque [1 2] 5))", "(=:= x.maxlen 5)"),
    "date": ("(import datetime) (setv x (datetime.date 2024 2 29))", "(=:= x.day 29)"),
    "decimal": ('(import decimal) (setv x (decimal.Decimal "1.10"))', '(=:= (str x) "1.10")'),
    "fraction": ("(import fractions) (setv x (fractions.Fraction 1 3))", "(=:= x.denominator 3)"),
    "path": ('(import pathlib) (setv x (pathlib.Path "a/b"))', '(=:= x.name "b")'),
    "regular expression": ('(import re) (setv x (re.compile "a+"))', '(=:= x.pattern "a+")'),
    "random numbers": (
        "(import random) (setv x (random.Random 1)) (setv y (.random (random.Random 1)))",
        "(=:= (x.random) y)",
    ),
    "array": ('(import array) (setv x (array.array "i" [1 2]))', "(=:= (x.pop) 2)"),
    "buffer": ("(import io) (setv x (io.BytesIO)) (x.write (bytes 3))", "(=:= (x.tell) 3)"),
    "bound method": ("(setv l [1]) (setv x l.append)", "(progn (x 2) (=:= (len l) 2))"),
    "partial": ("(import functools) (setv x (functools.partial pow 2))", "(=:= (x 3) 8)"),
    "exception": ('(setv x (ValueError "no"))', '(=:= (str x) "no")'),
    "iterator": ("(setv x (iter [1 2 3])) (next x)", "(=:= (next x) 2)"),
    "standard output": ("(import sys) (setv x sys.stdout)", "(is_function x.write)"),
}  # fmt: skip

# the same with Hy's syntax
KEPT_IN_HY = {
    "dictionary": ('(setv x {"a" 1 2 [3]})', '(= x {"a" 1 2 [3]})'),
    "set": ("(setv x #{1 2})", "(= x #{1 2})"),
    "frozen set": ("(setv x (frozenset [1 2]))", "(= x (frozenset [1 2]))"),
    "complex": ("(setv x 1+2j)", "(= x 1+2j)"),
    "None": ("(setv x None)", "(is x None)"),
    "ellipsis": ("(setv x ...)", "(is x ...)"),
    "slice": ("(setv x (slice 1 2))", "(= x (slice 1 2))"),
    "range": ("(setv x (range 3))", "(= x (range 3))"),
    "bytearray": ("(setv x (bytearray 2))", "(do (x.append 1) (= (len x) 3))"),
    "default dictionary": (
        "(import collections [defaultdict]) (setv x (defaultdict (fn [] 7)))",
        '(= (get x "a") 7)',
    ),
    "ordered dictionary": (
        "(import collections [OrderedDict]) (setv x (OrderedDict)) (setv (get x 1) 2)",
        "(= (x.popitem) #(1 2))",
    ),
    "named tuple class": (
        '(import collections [namedtuple]) (setv P (namedtuple "P" ["a" "b"])) (setv x (P 1 2))',
        "(and (isinstance x P) (= x.b 2))",
    ),
    "data class": (
        "(import dataclasses [dataclass]) (defclass [dataclass] D [] #^ int a) (setv x (D 3))",
        "(and (= x (D 3)) (!= x (D 4)) (= x.a 3))",
    ),
    "data class with a default factory": (
        "(import dataclasses [dataclass field replace])"
        "(defclass [dataclass] D [] #^ int a (setv #^ list b (field :default-factory list))) (setv x (D 3))",
        "(and (= x.b []) (= (. (replace x :a 4) a) 4) (= (. (D 5) b) []))",
    ),
    "enumeration": (
        "(import enum [Enum]) (defclass C [Enum] (setv RED 1 BLUE 2) (defn up [self] (+ self.value 1))) (setv x C.RED)",
        "(and (is x C.RED) (is (C 2) C.BLUE) (= (x.up) 2) (= (len C) 2))",
    ),
    "abstract class": (
        "(import abc) (defclass A [abc.ABC] (defn [abc.abstractmethod] f [self]))"
        "(defclass B [A] (defn f [self] 1)) (setv x (B))",
        "(and (= (x.f) 1) (isinstance x A) (= A.__abstractmethods__ (frozenset [\"f\"])))",
    ),
    "class with slots": (
        '(defclass S [] (setv __slots__ #("a")) (defn __init__ [self] (setv self.a 1))) (setv x (S))',
        "(and (= x.a 1) (not (hasattr x \"__dict__\")))",
    ),
    "cached function": (
        "(import functools [cache]) (setv calls []) (defn [cache] x [n] (calls.append n) (* 2 n)) (x 4)",
        "(= (x 4) 8)",
    ),
    "cached property": (
        "(import functools [cached-property])"
        "(defclass A [] (defn [cached-property] p [self] (object))) (setv x (A)) x.p",
        "(is x.p x.p)",
    ),
    "decorated function": (
        "(import functools [wraps])"
        "(defn twice [f] (defn [(wraps f)] g [#* a] (* 2 (f #* a))) g) (defn [twice] x [n] n)",
        '(and (= (x 4) 8) (= x.__name__ "x"))',
    ),
    "metaclass": (
        "(defclass M [type] (defn hello [cls] cls.__name__)) (defclass x [:metaclass M])",
        '(= (x.hello) "x")',
    ),
    "generic class": (
        '(import typing [Generic TypeVar]) (setv T (TypeVar "T")) (defclass G [(get Generic T)]) (setv x (G))',
        "(isinstance x G)",
    ),
    "quoted Hy form": ("(setv x '(+ 1 2))", "(= (hy.eval x) 3)"),
    "context manager": (
        "(import contextlib [contextmanager])"
        "(defn [contextmanager] x [] (yield 5))",
        "(with [v (x)] (= v 5))",
    ),
}  # fmt: skip

NOT_KEPT = {
    "socket": ("(import socket) (setv x (socket.socket))", "socket"),
    "generator": ("(setv x (gfor a [1 2] a))", "generator"),
    "thread lock": ("(import threading) (setv x (threading.Lock))", "thread lock"),
    "thread": ("(import threading) (setv x (threading.Thread))", "thread"),
    "open file": ('(setv x (open "/dev/null"))', "open file /dev/null"),
    "list with a lock": ("(import threading) (setv x [1 (threading.Lock)])", "list that holds a thread lock"),
    "queue": ("(import queue) (setv x (queue.Queue))", "Queue that holds a thread lock"),
    "weak reference": ("(import weakref) (defclass A []) (setv a (A)) (setv x (weakref.ref a))", "weak reference"),
    "database": ('(import sqlite3) (setv x (sqlite3.connect ":memory:"))', "database connection"),
    "memory": ('(setv x (memoryview (bytes 3)))', "view of memory"),
    "frame": ("(import sys) (setv x (sys._getframe))", "stack frame"),
    "function that dispatches by type": (
        "(import functools) (defn [functools.singledispatch] x [a] 1)",
        "function that holds a weak reference",
    ),
    "instance with a socket": (
        "(import socket) (defclass A []) (setv x (A)) (setv x.s (socket.socket))",
        "A that holds a socket",
    ),
    "instance that refuses": (
        '(defclass A [] (defn __reduce__ [self] (raise (ValueError "mine")))) (setv x (A))',
        "ValueError: mine",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("binds", "holds"), KEPT.values(), ids=KEPT)
def test_value_is_kept(life: Life, binds: str, holds: str) -> None:
    """A value of this kind is back after a restart, and after another one."""
    life(binds)
    assert life.last.not_kept == {}

    assert life.born_again().born_again()(holds) == "true"


@pytest.mark.parametrize(("binds", "holds"), KEPT_IN_HY.values(), ids=KEPT_IN_HY)
def test_value_of_hy_is_kept(life: Life, binds: str, holds: str) -> None:
    """A value of this kind is back after a restart, and after another one."""
    shown = life(binds, is_hy=True)
    assert (life.last.not_kept, "exception" in shown) == ({}, False), shown

    assert life.born_again().born_again()(holds, is_hy=True) == "true"


@pytest.mark.parametrize(("binds", "reason"), NOT_KEPT.values(), ids=NOT_KEPT)
def test_value_is_named_as_not_kept(life: Life, binds: str, reason: str) -> None:
    """A value of this kind is named at once, and by the restore."""
    life(binds)
    assert life.last.not_kept == {"x": reason}

    again = life.born_again()

    assert again.restored.not_kept == {"x": reason}
    assert again.born_again().restored.not_kept == {"x": reason}


@pytest.mark.parametrize(("binds", "reason"), NOT_KEPT.values(), ids=NOT_KEPT)
def test_value_that_is_not_kept_costs_no_other(life: Life, binds: str, reason: str) -> None:
    """What shares something with such a value is kept all the same."""
    life("(setv part [1])" + binds + "(setv y #(part)) (setv z [x part])")

    again = life.born_again()

    assert sorted(again.restored.not_kept) == ["x", "z"]
    assert again("(is (get y 0) part)") == "true"


def test_pid_inside_data_is_the_pid_of_nobody(life: Life) -> None:
    """A stored pid is data: equal to itself in every binding, and after a restart that of a dead process."""
    pid = processes.run_shell(lambda: processes.spawn(lambda: processes.sleep(1_000_000)))
    life.interpreter.namespace.update(p=pid, l=("worker", pid))
    life.take(life.keeper.delta())
    processes.restart()

    again = life.born_again()

    assert again.restored.not_kept == {}
    assert again("(list (=:= p (element 2 l)) (is_pid p) (is_process_alive p))") == "(true true false)"


def test_nothing_that_was_told_is_kept_alive(life: Life) -> None:
    """The keeper holds no value that the session has let go of."""
    life("(import weakref) (defclass A []) (setv a (A)) (setv alive []) (weakref.finalize a alive.append 1)")
    life("(len alive)")

    life("(del a)")
    gc.collect()

    assert life("(len alive)") == "1"
