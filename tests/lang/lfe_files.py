"""Tests in LFE: files `test_*.lfe` of forms, each followed by what the shell shows for it in lines `;=> ...`.

A line `;;; what holds` begins a test; its forms run in one session, in an empty directory.  Functions, processes and
references are shown without their numbers.
"""

from __future__ import annotations

import contextlib
import os
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

Step = tuple[str, str]
_NUMBERED = re.compile(r"#(Fun|Pid|Ref)<[^>]*>")


def tests_in(text: str) -> Iterator[tuple[str, list[Step]]]:
    """Give the tests of a file: their titles, and forms with what they show."""
    for part in re.split(r"(?m)^;;; ", text)[1:]:
        title, _, body = part.partition("\n")
        steps: list[Step] = []
        form: list[str] = []
        shown: list[str] = []
        for line in [*body.split("\n"), "("]:
            if line.startswith(";=>"):
                shown.append(line[4:])
            elif line and not line.startswith(";"):
                if shown:
                    steps.append(("\n".join(form), "\n".join(shown)))
                    form, shown = [], []
                form.append(line)
        yield title.strip(), steps


class LfeFile(pytest.File):
    """A file of tests in LFE."""

    def collect(self) -> Iterator[pytest.Item]:
        """Give an item for each test."""
        for title, steps in tests_in(self.path.read_text()):
            yield LfeTest.from_parent(self, name=title, steps=steps)


class LfeTest(pytest.Item):
    """One test: its forms are evaluated in turn and must show what is written."""

    def __init__(self, *, steps: list[Step], **keywords: object) -> None:
        super().__init__(**keywords)  # type: ignore[arg-type]
        self.steps = steps

    def runtest(self) -> None:
        """Evaluate the forms."""
        with _empty_directory(), self.shell() as evaluate:
            for form, shown in self.steps:
                actual = _NUMBERED.sub(r"#\1<>", evaluate(form))
                assert actual == shown, f"{form}\nshows    {actual}\nand not  {shown}"

    @staticmethod
    def shell() -> contextlib.AbstractContextManager[Callable[[str], str]]:
        """Give a function that evaluates forms in a session of its own."""
        from tests.lang.conftest import new_shell

        return new_shell()

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: object = None) -> str:
        """Give what is told about a failure: for a wrong answer no trace."""
        if isinstance(excinfo.value, AssertionError):
            return str(excinfo.value)
        return str(super().repr_failure(excinfo))

    def reportinfo(self) -> tuple[Path, int, str]:
        """Give where the test is and what it is called."""
        return self.path, 0, self.name


@contextlib.contextmanager
def _empty_directory() -> Iterator[None]:
    before = os.getcwd()
    with tempfile.TemporaryDirectory() as directory:
        os.chdir(directory)
        try:
            yield
        finally:
            os.chdir(before)
