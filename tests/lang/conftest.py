"""A shell for a test: forms run in its process, as in a session, and what it shows comes back."""

import contextlib
import io
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.lang.lfe_files import LfeFile
from xrepl.dialect import processes
from xrepl.dialect.identifiers import numbering
from xrepl.dialect.interpreter import Interpreter
from xrepl.errors import ReadError

Shell = Callable[[str], str]
_numbers = itertools.count()


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Take the tests that are written in LFE."""
    if file_path.suffix == ".lfe" and file_path.name.startswith("test_"):
        return LfeFile.from_parent(parent, path=file_path)
    return None


@contextlib.contextmanager
def new_interpreter() -> Iterator[Interpreter]:
    """Give the language of a session of its own; its processes are killed at the end."""
    yield Interpreter(f"lang_session_{next(_numbers)}")
    processes.replace_shell()
    for pid in list(numbering.living.values()):
        if pid != processes.shell_pid():
            processes.exit_signal(pid, processes.Atom("kill"))
    processes.idle(0.0)
    processes.restart()


@contextlib.contextmanager
def new_shell() -> Iterator[Shell]:
    """Give what the fixture `shell` gives, for a test that has no fixtures."""
    with new_interpreter() as interpreter:
        yield shell_of(interpreter)


@pytest.fixture
def interpreter() -> Iterator[Interpreter]:
    """Give the language of a session of its own; its processes are killed at the end."""
    with new_interpreter() as made:
        yield made


@pytest.fixture
def shell(interpreter: Interpreter) -> Shell:
    """Give a function that evaluates forms in the shell's process and gives what it shows.

    What it shows is output, then the last value or the failure; after a failure the process is another one.
    """
    return shell_of(interpreter)


def shell_of(interpreter: Interpreter) -> Shell:
    """Give the function that `shell` is, for an interpreter."""

    def evaluate(text: str) -> str:
        shown = ""
        with contextlib.redirect_stdout(io.StringIO()) as out:
            try:
                for form in interpreter.read(text):
                    shown = interpreter.show(processes.run_shell(lambda form=form: interpreter.evaluate(form))) or ""
            except ReadError as problem:
                shown = problem.message
            except Exception as problem:
                shown = interpreter.failure(problem)
                processes.replace_shell()
        return out.getvalue() + shown

    return evaluate
