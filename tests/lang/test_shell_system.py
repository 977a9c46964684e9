"""Shell functions that print and that tell of processes, modules, documentation and the last error."""

from pathlib import Path

import pytest

from tests.lang.conftest import Shell
from xrepl.dialect.host import host

RULE = "\x1b[31m" + "-" * 60 + "\x1b[0m\n"

SHOWN = [
    ('(p \'(a "b" 1.5))', "(a (98) 1.5)\nok"),
    ('(pp \'(a "b" 1.5))', '(a "b" 1.5)\nok'),
    ('(ep \'(a "b" #(c)))', "[a,[98],{c}]\nok"),
    ('(epp \'(a "b" #(c)))', '[a,"b",{c}]\nok'),
    ("(ep '(a (b (c))) 2)", "[a|...]\nok"),
    ("(clear)", "\x1b[H\x1b[Jok"),
    ("(flush)", "ok"),
    ('(progn (! (self) #(msg "two" 3)) (flush))', 'Shell got {msg,"two",3}\nok'),
    ("(is_pid (pid 0 1 0))", "true"),
    ("(== (pid 0 1 0) (pid 0 1 0))", "true"),
    ("(i 0 999999 0)", "undefined"),
    ("(l 'lists)", "(#(module lists))"),
    ("(l 'no_such_module)", "(#(error nofile))"),
    ("(m 'no_such_module)", "** exception error: undefined function\n  in (no_such_module : module_info)"),
    ("(is_integer (memory 'total))", "true"),
    ("(h 'no_such_module)", "#(error non_existing)"),
    ("(doc no_such_thing)", "#(error non_existing)"),
    ("(doc lists nope)", "#(error function_missing)"),
    ("(doc)", "** exception error: #(undefined_func #(doc 0))"),
]


@pytest.mark.parametrize(("form", "shown"), SHOWN)
def test_shell_function_shows_what_lfes_does(shell: Shell, form: str, shown: str) -> None:
    """A shell function shows what the LFE shell's shows."""
    assert shell(form) == shown


def test_regs_lists_names(shell: Shell) -> None:
    """A registered process is in the list with its pid."""
    shell("(register 'somebody (self))")
    line = next(line for line in shell("(regs)").splitlines() if line.startswith("somebody"))

    assert line.split()[2:] == ["erlang:apply/2", "0", "0"]


def test_i_has_a_line_for_every_process(shell: Shell) -> None:
    """All processes are listed, two lines each, between a head and a total of two lines."""
    shell("(spawn (lambda () (timer:sleep 'infinity)))")

    assert len(shell("(i)").splitlines()) == 2 + 2 * 2 + 2 + 1


def test_m_shows_the_functions_of_a_module(shell: Shell) -> None:
    """A module's functions stand in two columns."""
    assert "  seconds/1" in shell("(m 'timer)")


def test_help_names_every_shell_function(shell: Shell) -> None:
    """What the shell has is in the help text, in the form `(usage) -- what it does`."""
    text = shell("(help)")
    names = "c cd clear doc e ec ep epp exit flush h help i l ls m memory nregs p pid pp pwd q quit regs run set slurp"

    missing = [name for name in [*names.split(), "unslurp", "reset-environment"] if f"\n  ({name}" not in text]

    assert [missing, shell("(h)")] == [[], text]


DOCUMENTED = [
    ("(doc ff)", "function ff/2", "(ff x y)\n\nAdds."),
    ("(doc ff/2)", "function ff/2", "(ff x y)\n\nAdds."),
    ("(h 'lists 'map 2)", "function map/2", "(lists:map f xs)\n\nApply a function to every element."),
    ("(doc lists:map/2)", "function map/2", "(lists:map f xs)\n\nApply a function to every element."),
    ("(doc math.hypot)", "math.hypot", None),
    ("(doc hh)", "hh", "hh(a, b)\n\nHy's."),
    ("(doc let)", "form let", None),
    ("(doc undocumented)", "function undocumented/0", "(undocumented)\n\nNo documentation for undocumented/0"),
]


@pytest.mark.parametrize(("form", "title", "text"), DOCUMENTED)
def test_doc_shows_what_a_name_is_for(shell: Shell, form: str, title: str, text: str | None) -> None:
    """LFE's, Hy's and Python's things show their docstring, functions with their signature."""
    shell('(defun ff (x y) "Adds." (+ x y))')
    shell("(defun undocumented () 1)")
    shell('(defn hh [a b] "Hy\'s." a)')
    shell("(import math)")
    shown = shell(form)

    assert shown.startswith(f"{RULE}\x1b[1;34m{title}\x1b[0m\n\n{text or ''}")
    assert shown.endswith("ok")


def test_e_shows_where_the_last_error_was(shell: Shell) -> None:
    """The last error is shown with the calls that led to it."""
    shell("(defun deep (x) (car x))")
    shell("(deep 5)")

    assert shell("(e)").splitlines()[2:] == ["  in deep/1 (line 1)", "  in the form (line 1)", "ok"]


@pytest.mark.parametrize("form", ["(exit)", "(q)", "(quit)", "(halt)", "(init:stop)", "(c:q)"])
def test_leaving_asks_the_server(shell: Shell, form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """exit, q and quit ask that the client ends."""
    asked: list[str] = []
    monkeypatch.setattr(host, "ask", lambda op, arguments: asked.append(op))

    assert [shell(form), asked] == ["ok", ["leave"]]


def test_users_function_takes_the_place_of_a_shell_macro(shell: Shell) -> None:
    """A function of the session that has the name of a shell function or macro is what its name means."""
    shell("(defun c (x) (tuple 'mine x))")
    shell("(defun pwd () 'mine)")

    assert [shell("(c 1)"), shell("(pwd)")] == ["#(mine 1)", "mine"]


def test_hy_form_calls_a_shell_function(shell: Shell) -> None:
    """Code in Hy's syntax calls the shell's functions by their names."""
    assert shell("(lfor  _ [1] (flush))") == "(ok)"


def test_blocking_call_lets_other_processes_run(shell: Shell) -> None:
    """A Python function that waits in a thread holds up only its process."""
    shell("(import threading)")
    shell("(set gate (threading.Event))")
    shell("(set me (self))")
    shell("(spawn (lambda () (! me (blocking gate.wait 5))))")
    shell("(spawn (lambda () (! me 'meanwhile) (gate.set)))")

    assert [shell("(receive (x x))"), shell("(receive (x x))")] == ["meanwhile", "true"]


def test_m_writes_names_as_erlang_does(shell: Shell) -> None:
    """Names of Erlang's modules have underscores, those of LFE's hyphens."""
    assert ["send_after/2" in shell("(m 'timer)"), "remove-if/2" in shell("(m 'cl)")] == [True, True]


MODULE = """
(defmodule documented "What it is.
  Second line." (export (f 1) (g 0)) (export-macro twice))
(defmacro twice "Two of it." ((list x) `(list ,x ,x)))
(defun f "Double x." ((x) (* 2 x)))
(defun g () 1)
"""

IN_MODULE = [
    ("(h 'documented)", "documented", "What it is.\n  Second line."),
    ("(doc documented)", "documented", "What it is.\n  Second line."),
    ("(h 'documented 'f 1)", "function f/1", "Double x."),
    ("(doc documented g)", "function g/0", "No documentation for g/0"),
    ("(h 'documented 'twice)", "macro twice/1", "Two of it."),
]


@pytest.mark.parametrize(("form", "title", "text"), IN_MODULE)
def test_compiled_module_shows_its_documentation(
    shell: Shell, form: str, title: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module that was compiled from a file shows what it says of itself, exactly as the LFE shell does."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "documented.lfe").write_text(MODULE)
    shell('(c "documented")')

    assert shell(form) == f"{RULE}\x1b[1;34m{title}\x1b[0m\n\n{text}\nok"


def test_m_shows_the_macros_of_a_module(shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Exported macros are listed below the functions, for compiled modules and the library's."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "documented.lfe").write_text(MODULE)
    shell('(c "documented")')

    assert shell("(m 'documented)").endswith("Exported macros:\n  twice\nok")
    assert "  cond->" in shell("(m 'clj)").partition("Exported macros:")[2]
    assert shell("(element 1 (code:is_loaded 'documented))") == "file"
