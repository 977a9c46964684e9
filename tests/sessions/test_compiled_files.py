"""A compiled file serves every session of a home, through deaths and restarts of whatever ran when it was compiled."""

from pathlib import Path

from tests.conftest import Command
from tests.sessions.conftest import Shell

FILE = """
(defmodule shapes (export (area 1)))
(defrecord box (w 2) h)
(defun area (h) (let ((b (make-box h h))) (* (box-w b) (box-h b))))
(defun unused () 1)
"""
SHOWN = "{file}:5: Warning: function unused/0 is unused\n(#(module shapes))"


def test_file_compiled_in_one_session_is_known_to_the_next(
    shell: Shell, xrepl: Command, home: Path, tmp_path: Path
) -> None:
    """It is not compiled and kept again, not after a restart either; what it defines survives a death."""
    file = tmp_path / "shapes.lfe"
    file.write_text(FILE)
    shown = SHOWN.format(file=file)

    assert shell(f'(c "{file}")', "a") == shown
    (kept,) = (home / "compiled").iterdir()
    first = kept.stat().st_ino
    assert shell(f'(c "{file}")', "b") == shown
    shell("(import os) (os._exit 1)", "b")
    assert shell("(shapes:area 4)", "b") == "8"
    xrepl("server", "stop")
    assert xrepl("-s", "c", "-e", f'(c "{file}")', "-e", "(shapes:area 5)").stdout == f"{shown}\n10\n"
    assert [(path, path.stat().st_ino) for path in (home / "compiled").iterdir()] == [(kept, first)]
