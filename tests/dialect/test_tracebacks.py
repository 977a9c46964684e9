"""Where an exception was raised, as `(e)` tells it."""

from pathlib import Path

import pytest

from tests.dialect.conftest import Shell

SESSION = """(defun f (x)
  (list
    (g x)))
(defun g (x)
  (if (> x 0)
    (math.sqrt (- 0 x))
    (error 'small)))
(import math)
(defun deep (n) (if (== n 0) (car n) (+ 1 (deep (- n 1)))))"""

FAILURES = """
(f 1)
** exception error: ValueError: math domain error
  in g/1 (line 6)
  in f/1 (line 3)
  in the form (line 1)

(f 0)
** exception error: small
  in g/1 (line 7)
  in f/1 (line 3)
  in the form (line 1)

(lists:map (lambda (x) (f x)) '(1))
** exception error: ValueError: math domain error
  in g/1 (line 6)
  in f/1 (line 3)
  in lambda/1 (line 1)
  in lists:map/2
  in the form (line 1)

(deep 30)
** exception error: bad argument
  in (erlang : hd 0)
  in deep/1 (line 9), 31 times
  in the form (line 1)

(lists:nth 5 '(1))
** exception error: no function clause matching
  in (lists : nth 4 ())
  in lists:nth/2
  in the form (line 1)
"""


@pytest.mark.parametrize("failure", FAILURES.strip().split("\n\n"))
def test_calls_are_told_with_their_lines(shell: Shell, failure: str) -> None:
    """The innermost call comes first; none is one of the interpreter's own."""
    form, _, calls = failure.partition("\n")
    shell(SESSION)
    shell(form)

    assert shell("(e)") == f"{calls.rstrip()}\nok"


MODULE = """(defmodule m (export (f 1)))

(defun f (x)
  (+ 1
    (g x)))
(defun g (x) (hd x))
"""


def test_file_of_a_compiled_function_is_told(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module's function has its module, file and line."""
    monkeypatch.chdir(tmp_path)
    tmp_path.joinpath("m.lfe").write_text(MODULE)
    shell('(c "m")')
    shell("(m:f 5)")

    assert shell("(e)").splitlines()[2:4] == ["  in m:g/1 (m.lfe, line 6)", "  in m:f/1 (m.lfe, line 5)"]


def test_python_frames_are_told_as_pythons(shell: Shell) -> None:
    """A failure inside a Python library names its functions and files."""
    shell("(import json)")
    shell('(json.loads "{")')

    calls = [line.split(" (")[0].removeprefix("  in ") for line in shell("(e)").splitlines()[1:]]

    assert calls == ["raw_decode", "decode", "loads", "the form", "ok"]
