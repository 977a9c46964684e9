"""What was acknowledged is there after a kill: changes in place, and every kind of value, exact or named as not kept."""

import os
import signal
from pathlib import Path

import pytest

from tests.helpers.wire import Wire
from tests.reliability.conftest import Kill

# forms, the last of which changes in place what `xs` is bound to; it is (1 2 3) before and (1 2 3 4) then
IN_PLACE = {
    "directly": ["(xs.append 4)"],
    "through an alias": ["(setv ys xs)", "(ys.append 4)"],
    "through a closure": ["(set add (let ((held xs)) (lambda (n) (held.append n))))", "(funcall add 4)"],
    "through a function": ["(defun add (n) (xs.append n))", "(add 4)"],
    "through a function that calls one": ["(defun add (n) (xs.append n))", "(defun twice () (add 4))", "(twice)"],
    "through a method": [
        "(defclass Holder [] (defn __init__ [self held] (setv self.held held)) (defn add [self n] (.append self.held n)))",
        "(setv holder (Holder xs))",
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
    "in a form that then fails": ["(progn (xs.append 4) (error 'no))"],
    "in a form that is left by throw": ["(progn (xs.append 4) (throw 'no))"],
    "in a form that does not match": ["(set 5 (progn (xs.append 4) 6))"],
}


@pytest.mark.parametrize("how", IN_PLACE)
def test_change_in_place_is_there_after_a_kill(wire: Wire, kill_evaluator: Kill, how: str) -> None:
    """Once the form was acknowledged, the change is kept, however it came about."""
    wire.evaluate("(setv xs [1 2 3])")
    for form in IN_PLACE[how]:
        wire.evaluate(form)

    assert wire.evaluate("(str xs)")["value"] == '"[1, 2, 3, 4]"'

    kill_evaluator()

    assert wire.evaluate("(str xs)")["value"] == '"[1, 2, 3, 4]"'


def test_change_that_no_form_reached_is_saved_and_logged(wire: Wire, kill_evaluator: Kill, home: Path) -> None:
    """A handler of a signal changes what no form mentions: saving finds it, and the log names it as a fault."""
    wire.evaluate("(import signal) (setv xs [1])")
    wire.evaluate("(signal.signal signal.SIGUSR1 (lambda (number frame) (xs.append 2))) (+ 1 1)")
    os.kill(wire.ask("xrepl/server-status")["evaluators"]["default"], signal.SIGUSR1)
    saved = wire.ask("xrepl/save", {"xrepl/name": "default"})
    kill_evaluator()

    assert saved["status"] == ["done"]
    assert wire.evaluate("(len xs)")["value"] == "2"
    assert "session default: changes that no form reached: xs\n" in (home / "log").read_text()
