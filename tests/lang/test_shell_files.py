"""Shell functions and forms on files: listing, changing directory, running and slurping files."""

from pathlib import Path

import pytest

from tests.lang.conftest import Shell


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty directory."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_ls_writes_names_in_columns(shell: Shell, here: Path) -> None:
    """Names stand in columns that are five wider than the longest."""
    (here / "one.txt").touch()
    (here / "sub").mkdir()

    assert shell("(ls)") == "one.txt     sub         \nok"


def test_ls_begins_a_line_when_80_columns_are_full(shell: Shell, here: Path) -> None:
    """No listing is wider than 80."""
    for number in range(6):
        (here / f"file-number-{number}").touch()

    assert [len(line) for line in shell("(ls)").splitlines()[:2]] == [72, 36]


def test_ls_says_what_is_wrong(shell: Shell, here: Path) -> None:
    """A directory that is not there is named by the system's words."""
    assert [shell('(ls "nope")'), shell("(ls 5)")] == ["no such file or directory\nok", "bad argument\nok"]


def test_cd_shows_where_one_is(shell: Shell, here: Path) -> None:
    """cd writes the directory that one is in afterwards, also when it could not go there."""
    (here / "sub").mkdir()

    assert [shell('(cd "sub")'), shell('(cd "nope")'), shell("(pwd)")] == [f"{here}/sub\nok"] * 3


def test_ec_says_that_there_is_no_compiler(shell: Shell, here: Path) -> None:
    """An Erlang file cannot be compiled, and the shell says so."""
    (here / "z.erl").write_text("-module(z).")

    assert [shell('(ec "z")').endswith("\nerror"), shell('(ec "y")')] == [
        True,
        "y.erl: no such file or directory\nerror",
    ]


def test_run_gives_the_last_value(shell: Shell, here: Path) -> None:
    """A file's forms have their effect in the session, the last value is shown."""
    (here / "r.lfe").write_text("#! /usr/bin/env lfe\n(set a 1)\n(defun twice (x) (* 2 x))\n(twice a)\n")

    assert [shell('(run "r.lfe")'), shell("(twice 21)")] == ["2", "42"]


def test_run_keeps_nothing_of_a_file_that_fails(shell: Shell, here: Path) -> None:
    """When a form of a file fails, those before it have had no effect."""
    (here / "bad.lfe").write_text("(set kept 1)\n(error 'no)\n")

    assert [shell('(run "bad.lfe")'), shell("kept")] == [
        "** exception error: no",
        "** exception error: symbol kept is unbound",
    ]


def test_run_takes_a_file_in_hys_syntax(shell: Shell, here: Path) -> None:
    """A file whose name ends in .hy is read as Hy."""
    (here / "r.hy").write_text("(defn triple [x] (* 3 x))\n(set n 14)\n")
    shell('(run "r.hy")')

    assert shell("(triple n)") == "42"


def test_run_names_the_line_of_a_form_without_end(shell: Shell, here: Path) -> None:
    """A file that ends in the middle of a form is not run."""
    (here / "open.lfe").write_text("(set b 1)\n(foo\n")

    assert shell('(run "open.lfe")') == "open.lfe:2: missing token\nerror"


def test_run_without_a_file_fails(shell: Shell, here: Path) -> None:
    """A file that is not there is a failed case, as in the LFE shell."""
    assert shell('(run "none.lfe")') == "** exception error: no case clause matching #(error enoent)"


MODULE = """
(defmodule s (export (f 1)) (import (from lists (reverse 1)) (rename lists ((sum 1) total))))
(defmacro pair (x) `(tuple ,x ,x))
(defun f (x) (pair (reverse x)))
(defun g () (total '(1 2)))
"""


def test_slurp_defines_what_a_module_has(shell: Shell, here: Path) -> None:
    """Functions, exported or not, macros and imports of a module become the session's."""
    (here / "s.lfe").write_text(MODULE)

    assert [shell('(slurp "s")'), shell('(f "abc")'), shell("(g)"), shell("(pair 1)"), shell("(reverse '(1 2))")] == [
        "#(ok s)",
        '#("cba" "cba")',
        "3",
        "#(1 1)",
        "(2 1)",
    ]


def test_slurp_finds_what_a_file_includes(shell: Shell, here: Path) -> None:
    """A file that is included may stand beside the one that includes it; no core form becomes a macro."""
    (here / "deep").mkdir()
    (here / "deep" / "more.lfe").write_text("(defun more () 'more)")
    module = '(defmodule m (export (f 0)))\n(include-file "more.lfe")\n(defmacro if args `\'other)\n(defun f () (more))'
    (here / "deep" / "m.lfe").write_text(module)

    assert [shell('(slurp "deep/m.lfe")'), shell("(f)"), shell("(if 'true 1 2)")] == ["#(ok m)", "more", "1"]


def test_unslurp_goes_back(shell: Shell, here: Path) -> None:
    """What was defined since the slurp is gone, what was there before is as it was."""
    (here / "s.lfe").write_text(MODULE)
    shell("(defun g () 'mine)")
    shell('(slurp "s")')
    shell("(set later 1)")

    assert [shell("(unslurp)"), shell("(g)"), shell("later"), shell("(unslurp)")] == [
        "ok",
        "mine",
        "** exception error: symbol later is unbound",
        "ok",
    ]


def test_slurp_undoes_the_one_before(shell: Shell, here: Path) -> None:
    """Only one file is slurped at a time."""
    (here / "a.lfe").write_text("(defmodule a (export all))\n(defun fa () 'a)\n")
    (here / "b.lfe").write_text("(defmodule b (export all))\n(defun fb () 'b)\n")
    shell('(slurp "a.lfe")')
    shell('(slurp "b.lfe")')

    assert [shell("(fb)"), shell("(fa)")] == ["b", "** exception error: function fa/0 undefined"]


def test_slurp_needs_a_module(shell: Shell, here: Path) -> None:
    """A file without defmodule, or none at all, defines nothing."""
    (here / "no.lfe").write_text("(defun f () 1)\n")

    assert [shell('(slurp "no")'), shell('(slurp "none")')] == [
        "** exception error: no case clause matching #(ok () ())",
        "none.lfe:none: no such file or directory\nerror",
    ]


def test_reset_environment_forgets_everything(shell: Shell) -> None:
    """Variables, functions and macros are gone."""
    shell("(set x 1)")
    shell("(defun f () x)")

    assert [shell("(reset-environment)"), shell("x"), shell("(f)"), shell("(+ 1 1)")] == [
        "ok",
        "** exception error: symbol x is unbound",
        "** exception error: function f/0 undefined",
        "2",
    ]
