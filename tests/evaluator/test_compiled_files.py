"""Files that were compiled before: the same modules without a compilation, and another when anything is another."""

import contextlib
import io
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.evaluator.conftest import Life
from xrepl.dialect.hy_bridge import Compiler
from xrepl.evaluator import blobs, compiled_files
from xrepl.evaluator.compiled_files import FOLDER, CompiledFiles

FILE = r"""(defmodule m
  "What it is for."
  (export (f 1) (area 1) (odd 1) (fail 1) (who 0) (maker 1))
  (export-macro twice)
  (author "somebody"))

(defrecord box (w 1) h)
(defmacro twice (x) `(list ,x ,x))
(eval-when-compile
  (defun doubled (n) (* 2 n)))
(defmacro four () (doubled 2))

(defun f (x)
  "Give x twice."
  (twice x))
(defun area (b) (* (box-w b) (box-h b)))
(defun even ((0) 'true) ((n) (odd (- n 1))))
(defun odd ((0) 'false) ((n) (even (- n 1))))
(defun fail (x)
  (+ 1
     (car x)))
(defun who () `#(,(MODULE) #(quoted "text" () #"bytes" #M(a 1.0 b 12345678901234567890123) #B((3 (size 3)))) ,(four)))
(defun maker (h) (make-box h h))
(defun unused () (random:uniform 3))
"""
ASKED = [
    "(m:f 'a)",
    "(m:area (m:maker 3))",
    "(m:odd 100001)",
    "(m:who)",
    "(m:twice 'b)",
    "(m:fail 'x)",
    "(m:module_info)",
    "(m:unused)",
    "(lists:map #'m:f/1 '(1 2))",
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Give a home directory."""
    path = tmp_path / "home"
    path.mkdir(mode=0o700)
    return path


@pytest.fixture
def begun(home: Path) -> Callable[..., Life]:
    """Give what begins a session of that home."""

    def begin(store: dict[str, bytes] | None = None) -> Life:
        life = Life(store)
        life.interpreter.compiled_files = CompiledFiles(str(home))
        return life

    return begin


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Give the files of what Hy's compiler is given from now on."""
    found: list[str] = []
    compile_ = Compiler.compile

    def spy(self: Compiler, model: Any, constants: Any, filename: str) -> Any:
        found.append(filename)
        return compile_(self, model, constants, filename)

    monkeypatch.setattr(Compiler, "compile", spy)
    return found


@pytest.fixture
def is_known(begun: Callable[..., Life], compiled: list[str]) -> Callable[..., bool]:
    """Give what says whether a new session, after some forms, compiles a file without Hy's compiler."""

    def ask(file: Path, *forms: str) -> bool:
        life = begun()
        for form in forms:
            life(form)
        before = compiled.count(str(file))
        assert life(f'(c "{file}")').startswith("(#(module")
        return compiled.count(str(file)) == before

    return ask


def written(path: Path, text: str) -> Path:
    """Write a file and give its path."""
    path.write_text(text)
    return path


def shown(life: Life, text: str) -> list[str]:
    """Give what a form prints and its value."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        value = ""
        for form in life.interpreter.read(text):
            value = life.interpreter.show(life.interpreter.evaluate(form)) or ""
    return [out.getvalue(), value]


def test_known_file_gives_what_the_compiled_one_gives(
    begun: Callable[..., Life], compiled: list[str], tmp_path: Path
) -> None:
    """Functions, records, macros, constants, failures, facts are the same; Hy's compiler is not asked for the file."""
    file = written(tmp_path / "m.lfe", FILE)
    first, second = begun(), begun()
    answers = [shown(first, f'(c "{file}")'), *map(first, ASKED)]
    assert str(file) in compiled
    compiled.clear()

    again = [shown(second, f'(c "{file}")'), *map(second, ASKED)]

    assert answers == again
    assert "function unused/0 is unused" in answers[0][0]
    assert str(file) not in compiled


def test_known_file_has_its_documentation(begun: Callable[..., Life], tmp_path: Path) -> None:
    """What `(h 'm 'f 1)` shows is the docstring that the file has."""
    file = written(tmp_path / "m.lfe", FILE)
    begun()(f'(c "{file}")')
    life = begun()
    life(f'(c "{file}")')

    assert "Give x twice." in shown(life, "(h 'm 'f 1)")[0]


def test_known_file_has_its_lines_in_tracebacks(begun: Callable[..., Life], tmp_path: Path) -> None:
    """A failure is where it is in the file."""
    file = written(tmp_path / "m.lfe", FILE)
    begun()(f'(c "{file}")')
    life = begun()
    life(f'(c "{file}")')

    with pytest.raises(Exception, match="badarg") as problem:
        life.interpreter.evaluate(next(life.interpreter.read("(m:fail 'x)")))

    places = [(each.path, each.lineno + 1) for each in problem.traceback]
    assert (file, FILE.split("(car x)")[0].count("\n") + 1) in places


@pytest.mark.parametrize("versions", [None, b"none"], ids=["same versions", "other versions"])
def test_known_file_comes_back(
    begun: Callable[..., Life], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, versions: bytes | None
) -> None:
    """A module that was not compiled in its session is restored like one that was, without file and cache."""
    file = written(tmp_path / "m.lfe", FILE)
    begun()(f'(c "{file}")')
    life = begun()
    life(f'(c "{file}")')
    answers = list(map(life, ASKED[:5]))
    file.unlink()
    if versions is not None:
        monkeypatch.setattr(blobs, "VERSIONS", versions)

    again = life.born_again()

    assert (again.restored.damaged, list(map(again, ASKED[:5]))) == ({}, answers)


def test_other_text_is_compiled(is_known: Callable[..., bool], tmp_path: Path) -> None:
    """A file that was edited is compiled again; what it was before is forgotten."""
    file = written(tmp_path / "m.lfe", FILE)
    found = [is_known(file), is_known(file)]
    written(file, FILE.replace("'a", "'b") + "\n(defun more () 1)")
    found += [is_known(file), is_known(file)]

    assert found == [False, True, False, True]
    assert len(list((tmp_path / "home" / FOLDER).iterdir())) == 1


def test_other_included_file_is_compiled(is_known: Callable[..., bool], tmp_path: Path) -> None:
    """A file whose included file was edited, or is gone, is compiled again."""
    included = written(tmp_path / "i.lfe", "(defmacro one () 1)")
    file = written(tmp_path / "m.lfe", '(defmodule m (export all))\n(include-file "i.lfe")\n(defun f () (one))')
    found = [is_known(file), is_known(file)]
    written(included, "(defmacro one () 2)")

    assert [*found, is_known(file), is_known(file)] == [False, True, False, True]


def test_other_macro_of_a_module_is_compiled(begun: Callable[..., Life], tmp_path: Path) -> None:
    """A file that uses another module's macro is compiled again when that module has another one."""
    macros = tmp_path / "n.lfe"
    file = written(tmp_path / "m.lfe", "(defmodule m (export all))\n(defun f (x) (n:wrap x))")

    def value(*forms: str) -> str:
        life = begun()
        for form in (*forms, f'(c "{file}")'):
            life(form)
        return life("(m:f 1)")

    header = "(defmodule n (export-macro wrap))\n(defmacro wrap (x) "
    found = []
    for body in ("`(tuple 'one ,x))", "`(tuple 'one ,x))", "`(tuple 'two ,x))"):
        written(macros, header + body)
        found.append(value(f'(c "{macros}")'))

    assert found == ["#(one 1)", "#(one 1)", "#(two 1)"]
    assert value("(defmodule n (export all)) (defun wrap (x) (tuple 'function x))") == "#(function 1)"
    assert value() == "** exception error: undefined function\n  in (n : wrap 1)"


def test_same_macro_of_a_module_is_known(is_known: Callable[..., bool], tmp_path: Path) -> None:
    """A file that uses another module's macro is not compiled again while that macro is the same."""
    macros = written(tmp_path / "n.lfe", "(defmodule n (export-macro wrap))\n(defmacro wrap (x) `(tuple 'one ,x))")
    file = written(tmp_path / "m.lfe", "(defmodule m (export all))\n(defun f (x) (n:wrap x))")

    assert [is_known(file, f'(c "{macros}")') for _ in range(2)] == [False, True]


@pytest.mark.parametrize(
    "text",
    [
        "(defmacro now () (erlang:system_time))\n(defun f () (now))",
        '(defmacro now () `\',(file:read_file "text"))\n(defun f () (now))',
        '(eval-when-compile (set n (os:getenv "HOME")))\n(defmacro home () n)\n(defun f () (home))',
        "(eval-when-compile (defun helper () (self)))\n(defmacro me () (helper) 1)\n(defun f () (me))",
        "(defmacro it () (call 'os 'getpid))\n(defun f () (it))",
        "(defmacro it () (while True (return (os:getpid))))\n(defun f () (it))",
        "(defmacro it () (import os) (os.getpid))\n(defun f () (it))",
        '(defmacro it () (io:format "compiling~n") 1)\n(defun f () (it))',
        "(defun f () (macrolet ((now () (erlang:unique_integer))) (now)))",
    ],
)
def test_file_that_asks_the_world_is_compiled_each_time(
    is_known: Callable[..., bool], tmp_path: Path, text: str
) -> None:
    """What macros learn of the time, of files or processes may be another next time."""
    file = written(tmp_path / "m.lfe", "(defmodule m (export all))\n" + text)

    assert [is_known(file), is_known(file)] == [False, False]


def test_macros_of_hy_are_the_sessions(begun: Callable[..., Life], tmp_path: Path) -> None:
    """Hy's forms in a file are compiled with the macros of the session that compiles it."""
    file = written(tmp_path / "m.lfe", "(defmodule m (export all))\n(defun f (x) (while True (return (foo x))))")
    found = []
    for forms in ("(defn foo [x] [x])", "(defmacro foo [x] `(+ 1 ~x))", "(defn foo [x] [x])"):
        life = begun()
        life(forms, is_hy=True)
        life(f'(c "{file}")')
        found.append(life("(m:f 1)"))

    assert found == ["[1]", "2", "[1]"] or found == ["(1)", "2", "(1)"]


def test_code_of_a_changed_language_is_not_used(
    is_known: Callable[..., bool], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """What another version of the language made is compiled again."""
    file = written(tmp_path / "m.lfe", FILE)
    found = [is_known(file), is_known(file)]
    monkeypatch.setattr(compiled_files, "_VERSION", b"other")

    assert [*found, is_known(file)] == [False, True, False]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[:100] + bytes([data[100] ^ 1]) + data[101:],
        lambda data: data[:60],
        lambda data: b"something else",
    ],
)
def test_damaged_file_is_replaced(
    is_known: Callable[..., bool], home: Path, tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    """A file in the folder that is not as it was written is ignored; the next one is right again."""
    file = written(tmp_path / "m.lfe", FILE)
    is_known(file)
    (kept,) = (home / FOLDER).iterdir()
    kept.write_bytes(damage(kept.read_bytes()))

    assert [is_known(file), is_known(file)] == [False, True]


def test_other_content_with_a_right_digest_is_ignored(
    is_known: Callable[..., bool], home: Path, tmp_path: Path
) -> None:
    """What was written as such a file and is none costs a compilation."""
    file = written(tmp_path / "m.lfe", FILE)
    is_known(file)
    (kept,) = (home / FOLDER).iterdir()
    content = b"i\0\0\0\0"
    kept.write_bytes(compiled_files._head(str(file), FILE, content) + content)

    assert is_known(file) is False


def test_folder_is_the_users_alone(is_known: Callable[..., bool], home: Path, tmp_path: Path) -> None:
    """Nobody else reads what was compiled, and what others could have written is not read."""
    file = written(tmp_path / "m.lfe", FILE)
    is_known(file)
    (kept,) = (home / FOLDER).iterdir()

    assert [oct(each.stat().st_mode & 0o777) for each in (home / FOLDER, kept)] == ["0o700", "0o600"]
    kept.chmod(0o644)
    assert [is_known(file), is_known(file)] == [False, True]
    (home / FOLDER).chmod(0o755)
    assert [is_known(file), is_known(file)] == [False, False]


def test_link_is_not_followed(is_known: Callable[..., bool], home: Path, tmp_path: Path) -> None:
    """A link in the place of such a file is replaced, and what it leads to is left alone."""
    file = written(tmp_path / "m.lfe", FILE)
    is_known(file)
    (kept,) = (home / FOLDER).iterdir()
    elsewhere = kept.rename(tmp_path / "elsewhere")
    kept.symlink_to(elsewhere)
    before = elsewhere.read_bytes()

    assert [is_known(file), is_known(file), kept.is_symlink()] == [False, True, False]
    assert elsewhere.read_bytes() == before


def test_file_is_compiled_when_nothing_can_be_kept(is_known: Callable[..., bool], home: Path, tmp_path: Path) -> None:
    """A home that cannot be written to is no error."""
    file = written(tmp_path / "m.lfe", FILE)
    (home / FOLDER).write_text("in the way")

    assert [is_known(file), is_known(file)] == [False, False]


def test_oldest_files_go(
    is_known: Callable[..., bool], home: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """There are never more than so many files."""
    monkeypatch.setattr(compiled_files, "MAX_FILES", 3)
    files = [written(tmp_path / f"m{n}.lfe", f"(defmodule m{n} (export all))\n(defun f () {n})") for n in range(5)]
    for age, file in enumerate(files):
        is_known(file)
        for kept in (home / FOLDER).iterdir():
            os.utime(kept, ns=(0, kept.stat().st_mtime_ns - age))

    assert len(list((home / FOLDER).iterdir())) == 3
    assert [is_known(file) for file in reversed(files)] == [True, True, True, False, False]


def test_problems_are_told_each_time(begun: Callable[..., Life], home: Path, tmp_path: Path) -> None:
    """A file with something wrong in it is not kept."""
    file = written(tmp_path / "m.lfe", "(defmodule m (export (f 0)))\n(defun f () (g))")
    found = [shown(begun(), f'(c "{file}")') for _ in range(2)]

    assert found[0] == found[1] == [f"{file}:2: function g/0 undefined\n", "error"]
    assert not (home / FOLDER).exists()


def test_session_without_a_home_compiles(life: Life, tmp_path: Path) -> None:
    """Where nobody said where to keep files, none are kept."""
    file = written(tmp_path / "m.lfe", FILE)

    assert [life(f'(c "{file}")'), life.interpreter.compiled_files] == ["(#(module m))", None]
