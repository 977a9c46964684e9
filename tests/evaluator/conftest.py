"""A session for a test: forms in, what the shell shows out, and a store from which it can be born again."""

import contextlib
import functools
import io
import itertools
import sys
from collections.abc import Iterator

import pytest

from xrepl.dialect import processes
from xrepl.dialect.hy_forms import read_hy
from xrepl.dialect.interpreter import Interpreter
from xrepl.evaluator.delta import Delta, Restored
from xrepl.evaluator.state import StateKeeper

_numbers = itertools.count()


class Life:
    """A session that tells its state after each form, as an evaluator does."""

    def __init__(self, store: dict[str, bytes] | None = None) -> None:
        self.interpreter = Interpreter(f"test_life_{next(_numbers)}")
        self.keeper = StateKeeper(self.interpreter)
        self.store = dict(store or {})
        self.restored: Restored = self.keeper.restore(self.store)
        self.last = Delta()

    def __call__(self, text: str, *, is_hy: bool = False) -> str:
        """Evaluate forms; give what the shell shows for the last: its value or its failure."""
        shown = ""
        for form in read_hy(text) if is_hy else self.interpreter.read(text):
            try:
                with contextlib.redirect_stdout(io.StringIO()):
                    value = processes.run_shell(functools.partial(self.interpreter.evaluate, form))
                    shown = self.interpreter.show(value) or ""
            except Exception as problem:
                shown = self.interpreter.failure(problem)
            self.take(self.keeper.delta())
        return shown

    def take(self, delta: Delta) -> Delta:
        """Write a delta to the store, as the server does."""
        assert not delta.set.keys() & set(delta.gone)
        for id_ in delta.gone:
            del self.store[id_]
        self.store.update({id_: blob for id_, (_, blob) in delta.set.items()})
        self.last = delta
        return delta

    def born_again(self) -> "Life":
        """Give a new session with the stored state: what a kill and a restart come to."""
        sys.modules.pop(self.interpreter.module.__name__, None)
        return Life(self.store)

    def changed(self) -> list[str]:
        """Give the user's names in the last delta, sorted."""
        return sorted(name for names, _ in self.last.set.values() for name in names)

    def groups(self) -> list[list[str]]:
        """Give the user's names by group, sorted."""
        return sorted(sorted(group.names) for group in self.keeper._groups.by_id.values())


@pytest.fixture(autouse=True)
def shell_ends() -> Iterator[None]:
    """Begin without a shell's process, and end it afterwards with what it owns: tables are the process's."""
    processes.restart()
    yield
    processes.replace_shell()
    processes.restart()


@pytest.fixture
def life() -> Life:
    """Give a session without any state."""
    return Life()
