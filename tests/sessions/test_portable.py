"""Sessions go to files of plain data and source text, and come back from them."""

import base64
import json
from pathlib import Path

import pytest

from tests.conftest import Command
from tests.sessions.conftest import Shell

DEFINE = (
    '(set data \'(1 2.5 "text" #(a (b)) #m(k #"bin" "s" ()))) (set big 1267650600228229401496703205376)'
    " (defun twice (x) (* 2 x)) (defmacro four (x) `(twice (twice ,x)))"
)
LOOK = "(list data big (twice 4) (four 2))"
SEEN = '((1 2.5 "text" #(a (b)) #M(k #"bin" "s" ())) 1267650600228229401496703205376 8 8)'


def test_exported_session_comes_back_under_another_name(shell: Shell, tmp_path: Path) -> None:
    """Bindings, functions, macros, settings, metadata and history are those of the exported session."""
    file = tmp_path / "s"
    shell(f'{DEFINE} (set-config \'prompt "p> ") (set-metadata #m(user alice))', "a")
    shell(f'(export-session "a" "{file}")')

    assert shell(f'(import-session "{file}" "b")').startswith("Imported session b\n")
    assert shell(LOOK, "b").split() == SEEN.split()
    assert shell("(get-config 'prompt)", "b") == '"p> "'
    assert shell("(get-metadata)", "b") == '#M(name "b" user alice)'
    assert "(defun twice (x) (* 2 x))" in shell("(history)", "b")


def test_export_and_import_by_the_command_line(xrepl: Command, tmp_path: Path) -> None:
    """To another home, over a file."""
    file = str(tmp_path / "s")
    xrepl("-s", "a", "-e", DEFINE)
    done = xrepl("export", "a", file, "--json")

    assert (done.returncode, '"exported": "a"' in done.stdout) == (0, True)

    xrepl("close", "a")
    done = xrepl("import", "--trust", file)

    assert (done.stdout, done.returncode) == ("imported a\n", 0)
    assert xrepl("-s", "a", "-e", LOOK).stdout.split() == SEEN.split()


def test_cleared_history_does_not_leave(shell: Shell, tmp_path: Path) -> None:
    """What `(clear-history)` took from view is in no exported file, and the rest is the copy's history."""
    shell("(set secret 1)", "a")
    shell("(clear-history)", "a")
    shell("(set shown 2)", "a")
    shell(f'(export-session "a" "{tmp_path / "s"}") (import-session "{tmp_path / "s"}" "b")')

    assert "secret" not in shell("(history)", "b")
    assert "(set shown 2)" in shell("(history)", "b")


def test_export_as_data_and_back(shell: Shell) -> None:
    """`xrepl-store:export-session` gives a map, of which `import-session` makes a session."""
    shell(DEFINE, "a")
    shell('(set `#(ok ,exported) (xrepl-store:export-session "a"))')
    shell('(xrepl-session-manager:destroy "a")')

    assert shell("(element 1 (xrepl-store:import-session exported))") == "ok"
    assert shell(LOOK, "a").split() == SEEN.split()
    assert shell("(xrepl-store:import-session exported)") == "#(error name-taken)"


def test_own_session_can_be_exported(shell: Shell, tmp_path: Path) -> None:
    """The session that asks is not waited for."""
    file = tmp_path / "s"
    shell("(set x 42)")

    assert shell(f'(export-session "default" "{file}")') == f"Exported session default to {file}\nok"

    shell(f'(import-session "{file}" "copy")')

    assert shell("x", "copy") == "42"


def test_what_is_no_data_is_left_out_and_named(shell: Shell, tmp_path: Path) -> None:
    """A process is left behind, the rest goes."""
    shell("(set p (self)) (set x 1)")

    assert "left out: p: a pid is not plain data" in shell(f'(export-session "default" "{tmp_path / "s"}")')


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda content: content[:-1], "the file is damaged"),
        (lambda content: content[:60] + b"\0" + content[61:], "the file is damaged"),
        (lambda content: content.replace(b"session 1\n", b"session 9\n", 1), "the file is of version 9"),
        (lambda content: b"#!/bin/sh\n", "this is no exported session"),
        (lambda content: b"", "this is no exported session"),
    ],
    ids=["cut", "changed", "later", "other", "empty"],
)
def test_wrong_file_makes_no_session(xrepl: Command, tmp_path: Path, change, said: str) -> None:  # type: ignore[no-untyped-def]
    """A damaged file, one of a later version, and one of another kind are refused with the reason."""
    file = tmp_path / "s"
    xrepl("-s", "a", "-e", "(set x 1)")
    xrepl("export", "a", str(file))
    file.write_bytes(change(file.read_bytes()))
    done = xrepl("import", "--trust", str(file), "b")

    assert (said in done.stderr, done.returncode) == (True, 1)
    assert "b" not in xrepl("completion", "names").stdout.split()


def test_unknown_session_and_unwritable_file(shell: Shell, xrepl: Command) -> None:
    """Errors by their words, in the language and on the command line."""
    assert shell('(export-session "no" "/tmp/x")') == "Error exporting session: 'not-found'\n#(error not-found)"
    assert shell('(export-session "default" "/no/x")') == "Error exporting session: enoent\n#(error enoent)"
    assert shell('(import-session "/no/x")') == "Error importing session: enoent\n#(error enoent)"
    assert shell("(import-session 5)") == "Error importing session: badarg\n#(error badarg)"
    assert shell('(export-session "default" 5)') == "Error exporting session: badarg\n#(error badarg)"
    assert xrepl("export", "no").returncode == 1


def test_export_as_json_without_a_file(xrepl: Command, tmp_path: Path) -> None:
    """The content is in the answer, in base64."""
    xrepl("-s", "a", "-e", "(set x 42)")
    told = json.loads(xrepl("export", "a", "--json").stdout)
    (tmp_path / "s").write_bytes(base64.b64decode(told["content"]))
    xrepl("import", str(tmp_path / "s"), "b")

    assert xrepl("-s", "b", "-e", "x").stdout == "42\n"


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ('"history"', "(3)"),
        ('"history"', '(#m("form" "x" "ms" "y"))'),
        ('"bindings"', '("x")'),
        ('"definitions"', "(#(1 2))"),
        ('"session"', "#m()"),
        ('"session"', '#m("config" 3 "timeout" 5)'),
        ('"session"', '#m("metadata" () "timeout" 5)'),
        ('"session"', '#m("timeout" "x")'),
    ],
)
def test_part_of_a_wrong_shape_makes_no_session(shell: Shell, key: str, value: str) -> None:
    """The session that asks gets an error and goes on."""
    shell('(set x 1) (set `#(ok ,exported) (xrepl-store:export-session "default"))')

    assert shell(f"(element 1 (xrepl-store:import-session (maps:put {key} '{value} exported)))") == "error"
    assert shell("(list x (length (xrepl-store:list-sessions)))") == "(1 1)"


@pytest.mark.parametrize("exported", ["3", "#m()", '#m("session" 1)', '#m("session" #m() "bindings" (1))'])
def test_data_that_is_no_exported_session(shell: Shell, exported: str) -> None:
    """Wrong data makes no session and harms nothing."""
    assert shell(f"(element 1 (xrepl-store:import-session '{exported}))") == "error"
    assert shell("(length (xrepl-store:list-sessions))") == "1"


def test_import_that_ends_its_process_leaves_no_session(shell: Shell) -> None:
    """Neither listed nor archived; the session that asks is told."""
    exported = (
        '#M("session" #M("timeout" 5000) "bindings" () "history" () "left-out" #M()'
        ' "definitions" (("(os:cmd \\"kill -9 $PPID\\")" "lfe")))'
    )

    assert shell(f"(xrepl-store:import-session {exported})") == "#(error evaluator-died)"
    assert shell("(length (xrepl-store:list-sessions))") == "1"
    assert shell("(archived-sessions)") == "No archived sessions.\nok"


def test_import_shows_what_it_would_evaluate(xrepl: Command, tmp_path: Path) -> None:
    """Without a terminal to ask at, and without `--trust`, nothing is evaluated and no session made."""
    file = str(tmp_path / "s")
    xrepl("-s", "a", "-e", "(defun f () 1) (set x 1)")
    xrepl("export", "a", file)
    xrepl("close", "a")
    done = xrepl("import", file)

    assert done.returncode == 1
    assert "  (defun f () 1)\n" in done.stderr
    assert "run it again with --trust" in done.stderr
    assert "a" not in xrepl("completion", "names").stdout.split()


def test_import_of_data_asks_nothing(xrepl: Command, tmp_path: Path) -> None:
    """Where there is no form to evaluate there is no question."""
    file = str(tmp_path / "s")
    xrepl("-s", "a", "-e", "(set x 1)")
    xrepl("export", "a", file)

    assert xrepl("import", file, "b").returncode == 0


def test_exported_directory_has_a_script_that_makes_the_session_again(xrepl: Command, tmp_path: Path) -> None:
    """What was undone or failed is a comment in it; the data beside it are imported as a file is."""
    forms = "(defun f (n) (* 2 n))\n(set x (f 4))\n(set x 9)\n(undo)\n(/ 1 0)\n(setv xs [1])\n(xs.append\n  x)\n"
    xrepl("-s", "a", "-", text=forms)
    done = xrepl("export", "a", f"{tmp_path}/out/")
    ran = xrepl("-s", "ran", str(tmp_path / "out" / "session.lfe"))
    imported = xrepl("import", "--trust", f"{tmp_path}/out", "copy")

    assert (done.returncode, ran.returncode, imported.returncode) == (0, 0, 0), ran.stderr
    assert ";; undone:\n;;   (set x 9)\n" in (tmp_path / "out" / "session.lfe").read_text()
    for name in ("ran", "copy"):
        assert xrepl("-s", name, "-e", "(list x (len xs) (f 1))").stdout == "(8 2 2)\n"
