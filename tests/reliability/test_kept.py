"""What was acknowledged is there after a kill: changes in place; values of every kind, exact or named as not kept."""

from pathlib import Path

import pytest

from tests.helpers.wire import Wire
from tests.reliability.conftest import end_evaluator

# forms, the last of which changes in place what `xs` is bound to; it is (1 2 3) before and (1 2 3 4) then
IN_PLACE = {
    "directly": ["(xs.append 4)"],
    "through an alias": ["(setv ys xs)", "(ys.append 4)"],
    "through a closure": ["(set add (let ((held xs)) (lambda (n) (held.append n))))", "(funcall add 4)"],
    "through a function": ["(defun add (n) (xs.append n))", "(add 4)"],
    "through a function that calls one": ["(defun add (n) (xs.append n))", "(defun twice () (add 4))", "(twice)"],
    "through a method": [
        "(defclass Holder [] (defn add [self n] (.append self.held n)))",
        "(setv holder (Holder)) (setv holder.held xs)",
        "(holder.add 4)",
    ],
    "through a container": ["(setv box [xs])", "(.append (get box 0) 4)"],
    "through a bound method": ["(setv add xs.append)", "(add 4)"],
    "through the last value": ["xs", "(let ((l *)) (l.append 4))"],
    "through a macro": ["(defmacro add (n) `(xs.append ,n))", "(add 4)"],
    "through eval": ["(eval '(xs.append 4))"],
    "through the namespace": ['(.append (get (globals) "xs") 4)'],
    "by a process before the next form": ["(spawn (lambda () (xs.append 4)))", "(timer:sleep 1)"],
    "by a process that was told to": [
        "(set p (spawn (lambda () (receive ('go (xs.append 4))))))",
        "(! p 'go)",
        "(timer:sleep 1)",
    ],
    "by a thread before the next form": [
        "(import threading)",
        "(setv t (threading.Thread :target xs.append :args [4]))",
        "(t.start)",
        "(t.join)",
    ],
    "by a finalizer": [
        "(defclass Last [] (defn __del__ [self] (.append xs 4)))",
        "(setv last (Last))",
        "(setv last None)",
    ],
    "by a handler of a signal": [
        "(import signal os)",
        "(signal.signal signal.SIGUSR1 (lambda (number frame) (xs.append 4)))",
        "(os.kill (os.getpid) signal.SIGUSR1)",
    ],
    "by a function put into a module": [
        "(import string)",
        "(setv string.capwords (fn [text] (.append xs 4)))",
        '(string.capwords "a")',
    ],
    "through a name of the namespace": ["(setv names (globals))", '(.append (get names "xs") 4)'],
    "while it is sorted by": ["(sorted [1] :key (fn [n] (.append xs 4)))"],
    "by being shown": [
        '(defclass Shown [] (defn __repr__ [self] (when (= (len xs) 3) (.append xs 4)) "shown"))',
        "(Shown)",
        "(+ 1 1)",
    ],
    "in a form that then fails": ["(progn (xs.append 4) (error 'no))"],
    "in a form that is left by throw": ["(progn (xs.append 4) (throw 'no))"],
    "in a form that does not match": ["(set 5 (progn (xs.append 4) 6))"],
}

SHARED_COUNTER = "(set (list f g) (let ((c (bytearray))) (list (lambda () (c.append 1)) (lambda () (len c)))))"

# what binds `x` or defines something, what may change it, and what then is true of it
KEPT = {
    "atom": "(set x 'ok) | (=:= x 'ok)",
    "large integer": "(set x (math:pow 2 10)) (set x (bsl 1 5000)) | (=:= x (bsl 1 5000))",
    "float": "(set x 0.1) | (=:= x 0.1)",
    "string": '(set x "å\\n\\x1F600;") | (=:= x "å\\n\\x1F600;")',
    "binary": "(set x #B(0 1 255)) | (=:= x #B(0 1 255))",
    "bit string": "(set x #B((5 (size 3)))) | (=:= (bit_size x) 3)",
    "tuple": "(set x #(1 #(a) (b))) | (=:= x #(1 #(a) (b)))",
    "improper list": "(set x '(1 2 . 3)) | (=:= x '(1 2 . 3))",
    "map": "(set x #M(a #M(1 2) (b) 1.0)) | (=:= x #M(a #M(1 2) (b) 1.0))",
    "list nested 20,000 deep": "(set x (lists:foldl (lambda (n acc) (list acc)) () (lists:seq 1 20000)))"
    " | (=:= x (lists:foldl (lambda (n acc) (list acc)) () (lists:seq 1 20000)))",
    "long list whose tail another name has": "(set x (lists:seq 1 50000)) (set y (cdr x)) (set z (cons 0 x))"
    " | (=:= (list (length y) (length z)) '(49999 50001))",
    "lambda that captured": "(set x (let ((n 3)) (lambda (a) (* a n)))) | (=:= (funcall x 4) 12)",
    "lambdas that share a counter": f"{SHARED_COUNTER} (funcall f) | (progn (funcall f) (=:= (funcall g) 2))",
    "function": "(defun f (n) (* 2 n)) (defun f (n m) (+ (f n) m)) | (=:= (f 2 3) 7)",
    "macro": "(defmacro twice (e) `(progn ,e ,e)) (setv xs []) | (progn (twice (xs.append 1)) (=:= (len xs) 2))",
    "record": "(defrecord person name (age 7)) (set x (make-person name 'ann)) | (=:= (person-age x) 7)",
    "module": "(defmodule m (export (f 1))) (defun f (n) (* n 2)) | (=:= (m:f 4) 8)",
    "ets table": "(ets:new 't '(named_table)) (ets:insert 't #(a 1)) | (=:= (ets:lookup 't 'a) '(#(a 1)))",
    "Python module": "(import math) | (=:= (math.sqrt 4) 2.0)",
    "class and instance": "(defclass A [] (defn f [self] self.n)) (setv x (A)) (setv x.n [5])"
    " | (andalso (isinstance x A) (=:= (x.f) '(5)))",
    "set": "(setv x (set [1 2])) (x.add 3) | (== (len x) 3)",
    "dictionary that holds itself": '(setv x (dict :a 1)) (.update x (dict :me x)) | (is (get (get x "me") "me") x)',
    "bytearray": "(setv x (bytearray 2)) (x.append 7) | (=:= (len x) 3)",
    "numpy array": "(import numpy) (setv x (numpy.arange 10)) (x.fill 4) | (=:= (int (x.sum)) 40)",
    "random numbers": "(import random) (setv x (random.Random 1)) (x.random) (setv y (x.getstate))"
    " | (== (x.getstate) y)",
    "bound method": "(setv l [1]) (setv x l.append) | (progn (x 2) (=:= (len l) 2))",
    "exception": '(setv x (ValueError "no")) | (=:= (str x) "no")',
    "last value": "(+ 1 41) | (=:= * 42)",
    "process dictionary": "(put 'k #(1 2)) | (=:= (get 'k) #(1 2))",
    "setting of an application": "(application:set_env 'a 'b 5) | (=:= (application:get_env 'a 'b) #(ok 5))",
    "counter": "(set x (counters:new 2 ())) (counters:add x 1 5) | (=:= (counters:get x 1) 5)",
    "name of the shell's process": "(register 'me (self)) | (=:= (whereis 'me) (self))",
    "environment variable": '(os:putenv "SPEED" "9") | (=:= (os:getenv "SPEED") "9")',
    "module path": '(import sys) (sys.path.append "/nowhere") | (=:= (get sys.path -1) "/nowhere")',
    "random numbers of Python": "(import random) (random.seed 5) (setv x (random.getstate)) | (== (random.getstate) x)",
    "enumeration": "(import enum) (defclass E [enum.Enum] (setv A #(1 2)) (defn __init__ [self a b] (setv self.a a)))"
    " (setv x E.A) (setv E.A.more 7) | (andalso (is x E.A) (=:= (+ x.a x.more) 8))",
    "objects that share their attributes": "(defclass B [] (setv all (dict)) (defn __init__ [self] (setv self.__dict__"
    " B.all))) (setv x (B) y (B)) (setv x.n 1) | (progn (setv y.m 2) (=:= (+ y.n x.m) 3))",
    "working directory": '(c:cd "/") | (=:= (element 2 (file:get_cwd)) "/")',
    "pid": "(set x (spawn (lambda () (receive ('go 1))))) (set y x) | (andalso (=:= x y) (not (is_process_alive x)))",
}

NOT_KEPT = {
    "generator": ("(setv x (gfor a [1 2] a))", "generator"),
    "socket": ("(import socket) (setv x (socket.socket))", "socket"),
    "lock": ("(import threading) (setv x (threading.Lock))", "thread lock"),
    "thread": ("(import threading) (setv x (threading.Thread))", "thread"),
    "open file": ('(setv x (open "/dev/null"))', "open file /dev/null"),
    "running program": ('(import subprocess) (setv x (subprocess.Popen ["true"]))', "running program"),
    "view of memory": ("(setv x (memoryview (bytes 3)))", "view of memory"),
    "database": ('(import sqlite3) (setv x (sqlite3.connect ":memory:"))', "database connection"),
    "weak reference": ("(import weakref) (defclass A []) (setv a (A)) (setv x (weakref.ref a))", "weak reference"),
    "list with a lock": ("(import threading) (setv x [1 (threading.Lock)])", "list that holds a thread lock"),
}


@pytest.mark.parametrize("kind", KEPT)
def test_value_is_exact_after_a_kill(shared: Wire, kind: str) -> None:
    """A value of this kind is acknowledged as kept, and the same in the next evaluator."""
    if kind == "numpy array":
        pytest.importorskip("numpy", reason="numpy is missing: its arrays are NOT tested")
    binds, holds = KEPT[kind].split(" | ")
    answer = shared.evaluate(binds, kind)
    assert ("xrepl/error" in answer, answer.get("xrepl/not-kept")) == (False, None), answer

    end_evaluator(shared, kind)

    assert shared.evaluate(holds, kind).get("value") == "true"


@pytest.mark.parametrize("kind", NOT_KEPT)
def test_value_that_is_not_kept_is_named(shared: Wire, kind: str) -> None:
    """It is named with its form's answer, in what is told of the session, and by what its name is bound to then."""
    binds, reason = NOT_KEPT[kind]
    assert shared.evaluate(binds, kind)["xrepl/not-kept"] == ["x"]
    assert f"Not kept:     x ({reason})\n" in shared.evaluate(f'(session-info "{kind}")', kind)["out"]

    end_evaluator(shared, kind)

    assert shared.evaluate("x", kind)["value"] == f"#<x was not kept: {reason}>"
    assert f"x was not kept: {reason}" in shared.evaluate("(x.use 1)", kind)["xrepl/error"]
    assert f"Not kept:     x ({reason})\n" in shared.evaluate(f'(session-info "{kind}")', kind)["out"]


@pytest.mark.parametrize(
    ("form", "name"),
    [
        ("(import string) (setv string.mine 1)", "string.mine"),
        ("(import warnings) (warnings.simplefilter 'error)", "warnings.simplefilter"),
    ],
)
def test_what_is_set_in_a_module_of_python_is_named(shared: Wire, form: str, name: str) -> None:
    """Modules are imported again: what a session has set in one is told with the form, and after the restart."""
    for each in form.split(") (", 1)[0] + ")", form:
        answer = shared.evaluate(each, name)
    assert answer["xrepl/not-kept"] == [name]

    end_evaluator(shared, name)
    shared.evaluate("1", name)

    assert f"Not kept:     {name} (" in shared.evaluate(f'(session-info "{name}")', name)["out"]


def test_macro_of_hy_is_there_after_a_kill(shared: Wire) -> None:
    """It is a definition like others."""
    form = {"xrepl/name": "hy", "xrepl/syntax": "hy"}
    shared.ask("eval", form, code="(defmacro twice [e] `(* 2 ~e))")
    end_evaluator(shared, "hy")

    assert shared.ask("eval", form, code="(twice 4)")["value"] == "8"


@pytest.mark.parametrize("how", IN_PLACE)
def test_change_in_place_is_there_after_a_kill(shared: Wire, how: str) -> None:
    """Once the form was acknowledged, the change is kept, however it came about."""
    shared.evaluate("(setv xs [1 2 3])", how)
    for form in IN_PLACE[how]:
        shared.evaluate(form, how)

    end_evaluator(shared, how)

    assert shared.evaluate("(str xs)", how)["value"] == '"[1, 2, 3, 4]"'


def test_change_that_no_form_reached_is_saved_and_logged(wire: Wire, home: Path) -> None:
    """A search for a codec changes what no form mentions: saving finds it, and the log names it as a fault."""
    wire.evaluate("(import codecs) (setv xs [1])")
    wire.evaluate("(codecs.register (fn [name] (.append xs 2) None)) (+ 1 1)")
    wire.evaluate('(.encode (str 1) "unheard-of")')
    saved = wire.ask("xrepl/save", {"xrepl/name": "default"})
    end_evaluator(wire, "default")

    assert saved["status"] == ["done"]
    assert wire.evaluate("(len xs)")["value"] == "2"
    assert "session default: changes that no form reached: xs\n" in (home / "log").read_text()
