"""A language for a test: forms as text in, what the shell shows out."""

import contextlib
import io
import itertools
from collections.abc import Callable

import pytest

from xrepl.dialect.interpreter import Interpreter
from xrepl.errors import ReadError

Shell = Callable[[str], str]
_numbers = itertools.count()


@pytest.fixture
def interpreter() -> Interpreter:
    """Give the language of a session of its own."""
    return Interpreter(f"test_session_{next(_numbers)}")


@pytest.fixture
def shell(interpreter: Interpreter) -> Shell:
    """Give a function that evaluates forms and gives what the shell shows: output, then the value or the failure."""

    def evaluate(text: str) -> str:
        shown = ""
        with contextlib.redirect_stdout(io.StringIO()) as out:
            try:
                for form in interpreter.read(text):
                    shown = interpreter.show(interpreter.evaluate(form)) or ""
            except ReadError as problem:
                shown = problem.message
            except Exception as problem:
                shown = interpreter.failure(problem)
        return out.getvalue() + shown

    return evaluate
