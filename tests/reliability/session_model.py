"""What a session should be: Python objects in a dictionary, and the dictionary after each revision.

Two names of one list are one list here, too; copies of a whole state keep that.
"""

from __future__ import annotations

import copy
import itertools
from dataclasses import dataclass, field
from typing import Any

State = dict[str, Any]
VARIABLES = ("x", "y", "c", "d")

# Python, run in a session and here: tells all that is bound, and what is one object with what
LOOK = """
def look(bound):
    first = {}

    def tell(name, value):
        if isinstance(value, list):
            return [first.setdefault(id(value), name), *value]
        if not callable(value):
            return value
        tag, held = value(False)
        return {first.setdefault(id(value), name): tag, "held": tell(name + " held", held)}

    told = {name: tell(name, bound[name]) for name in ("x", "y", "c", "d") if name in bound}
    return {**told, "f": bound["lfe_f__0"]()} if "lfe_f__0" in bound else told
"""
_here: dict[str, Any] = {}
exec(LOOK, _here)


def look(state: State) -> Any:
    """Tell a state as data that can be compared."""
    return _here["look"](state)


@dataclass
class Closure:
    """A function that has captured an object and can change it."""

    tag: int
    held: Any

    def __call__(self, argument: Any) -> tuple[int, Any]:
        """Give what it has captured."""
        return self.tag, self.held


@dataclass
class Constant:
    """A function that gives a number."""

    value: int

    def __call__(self) -> int:
        """Give it."""
        return self.value


@dataclass
class Model:
    """One session.

    Attributes:
        name: its name.
        bound: what is bound now.
        states: what was bound after each revision, from 0 on.
        past: the states that undo leads to, the last first; `future` those of redo.
        is_endless: whether it never expires.
    """

    name: str
    bound: State = field(default_factory=dict)
    states: list[State] = field(default_factory=lambda: [{}])
    past: list[State] = field(default_factory=list)
    future: list[State] = field(default_factory=list)
    is_endless: bool = False

    @property
    def revision(self) -> int:
        """Give the number of the last acknowledged revision."""
        return len(self.states) - 1

    def acknowledged(self) -> None:
        """A form has been acknowledged; what it changed can be undone, and ends what could be redone."""
        before = self.states[-1]
        if look(before) != look(self.bound):
            self.past.append(before)
            self.future.clear()
        self.states.append(copy.deepcopy(self.bound))

    def lost(self) -> None:
        """What a form did that was not acknowledged is as if it had not been."""
        self.bound = copy.deepcopy(self.states[-1])

    def walk(self, steps: int, back: list[State], forth: list[State]) -> bool:
        """Go so many states to one side, as a revision; say whether there were so many."""
        if steps > len(back):
            return False
        state = self.states[-1]
        for _ in range(steps):
            forth.append(state)
            state = back.pop()
        self.bound = copy.deepcopy(state)
        self.states.append(copy.deepcopy(state))
        return True

    def checkout(self, number: int) -> None:
        """Go to the state after a revision, as a change like others."""
        self.bound = copy.deepcopy(self.states[number])
        self.acknowledged()

    def branch(self, name: str, number: int) -> Model:
        """Give a session that begins with the state after a revision, and with the same settings."""
        state = self.states[number]
        return Model(name, copy.deepcopy(state), [copy.deepcopy(state)], is_endless=self.is_endless)


tags = itertools.count(1)


def do(model: Model, what: str, name: str, other: str, number: int) -> str:
    """Do something to a model and give the form that does it to the session.

    Args:
        model: of the session.
        what: which kind of form.
        name: of a variable.
        other: of another one, or the same.
        number: to set or append.
    """
    bound = model.bound
    if what == "set":
        bound[name] = number
        return f"(set {name} {number})"
    if what == "list":
        bound[name] = [number]
        return f"(setv {name} [{number}])"
    if what == "alias":
        if other in bound:
            bound[name] = bound[other]
        return f"(setv {name} {other})"
    if what == "capture":
        tag = next(tags)
        if other in bound:
            bound[name] = Closure(tag, bound[other])
        body = f"(if (is_atom n) (list {tag} held) (progn (held.append n) 'ok))"
        return f"(set {name} (let ((held {other})) (lambda (n) {body})))"
    if what == "define":
        bound["lfe_f__0"] = Constant(number)
        return f"(defun f () {number})"
    if what == "call":
        append(bound.get(name).held if isinstance(bound.get(name), Closure) else None, number)
        return f"(funcall {name} {number})"
    if what == "fail to set":
        return f"(progn (set {name} {number}) (error 'no))"
    append(bound.get(name), number)
    if what == "append and fail":
        return f"(progn ({name}.append {number}) (error 'no))"
    return f"(.append {name} {number})"


def append(target: Any, number: int) -> None:
    """Append to a list; what is none is left as it is."""
    if isinstance(target, list):
        target.append(number)
