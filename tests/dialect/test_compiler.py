"""Every form is compiled by Hy's compiler: nothing else makes code for a session."""

import builtins
import types
from pathlib import Path
from typing import Any

import pytest

from tests.dialect.conftest import Shell
from xrepl.dialect import hy_bridge

FORMS = [
    "(+ 1 2)",
    "(set x 5)",
    "(defun f (x) (if (> x 0) (f (- x 1)) 'done))",
    "(f 3)",
    "(lists:map (lambda (y) (* y y)) '(1 2))",
    "(defmacro m (x) `(list ,x))",
    "(m 1)",
    "(macrolet ((k (x) x)) (k 1))",
    "(eval '(+ 1 2))",
    "(try (error 'a) (catch (_ 1)))",
    "(defun g () 1)",
    "(setv y 3)",
    '(c "m1")',
]


@pytest.fixture
def spied(monkeypatch: pytest.MonkeyPatch) -> tuple[list[Any], list[Any]]:
    """Give what Hy's compiler made from now on, and what Python compiled."""
    made: list[Any] = []
    compiled: list[Any] = []
    compile_hy, compile_python = hy_bridge.hy_compile, builtins.compile

    def spy_hy(*arguments: Any, **options: Any) -> Any:
        body, value = compile_hy(*arguments, **options)
        made.extend([body, value])
        return body, value

    def spy_python(source: Any, *arguments: Any, **options: Any) -> Any:
        if not isinstance(source, str):  # dataclasses and the like compile texts of their own
            compiled.append(source)
        return compile_python(source, *arguments, **options)

    monkeypatch.setattr(hy_bridge, "hy_compile", spy_hy)
    monkeypatch.setattr(builtins, "compile", spy_python)
    return made, compiled


@pytest.mark.parametrize("form", FORMS)
def test_code_of_a_form_comes_from_hy(
    shell: Shell, spied: tuple[list[Any], list[Any]], form: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What Python compiles for a form is what Hy's compiler has made for it, and nothing else."""
    monkeypatch.chdir(tmp_path)
    tmp_path.joinpath("m1.lfe").write_text("(defmodule m1 (export (f 0)))\n(defun f () 1)")
    made, compiled = spied
    shell(form)

    assert made
    assert [tree for tree in compiled if not any(tree is known for known in made)] == []


def test_functions_of_a_session_have_such_code(shell: Shell, interpreter: Any) -> None:
    """A function that was typed is one of Python's, in the session's namespace."""
    shell("(defun f (x) (+ x 1))")
    found = [value for value in interpreter.namespace.values() if isinstance(value, types.FunctionType)]

    assert [function.__globals__ is interpreter.namespace for function in found] == [True]
