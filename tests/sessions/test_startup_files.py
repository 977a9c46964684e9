"""`rc.lfe` and `rc.hy` run in each new session."""

from pathlib import Path

import pytest

from tests.conftest import Command


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """Give the directory of the user's settings."""
    directory = tmp_path / "config" / "xrepl"
    directory.mkdir(parents=True)
    return directory


def test_forms_of_both_files_are_evaluated_in_new_sessions(xrepl: Command, config: Path) -> None:
    """Each new session has what the files define, throw-away ones too; it is part of what is kept."""
    (config / "rc.lfe").write_text("(defun twice (x) (* 2 x))\n")
    (config / "rc.hy").write_text("(setv greeting [1 2])\n")

    assert xrepl("-e", "(twice 4)", "-e", "greeting").stdout == "8\n(1 2)\n"
    assert xrepl("--fresh", "-e", "(twice 5)").stdout == "10\n"
    (config / "rc.lfe").unlink()
    xrepl("server", "stop")
    assert xrepl("-e", "(twice 4)").stdout == "8\n"
    assert xrepl("-s", "other", "-e", "(twice 4)").returncode == 1


def test_failing_file_is_told_and_the_session_goes_on(xrepl: Command, config: Path) -> None:
    """What fails in a file is one line on standard error."""
    (config / "rc.lfe").write_text("(set a 1)\n(/ 1 0)\n(set b 2)\n")
    done = xrepl("-e", "a")

    assert (done.stdout, done.returncode) == ("1\n", 0)
    assert "error in arithmetic expression" in xrepl("-e", "a").stderr + done.stderr


def test_imported_session_is_as_it_was_exported(xrepl: Command, config: Path, tmp_path: Path) -> None:
    """The files are for sessions that begin with nothing; they overwrite nothing that an import brings."""
    xrepl("-s", "a", "-e", "(set depth 7)")
    xrepl("export", "a", str(tmp_path / "a"))
    (config / "rc.lfe").write_text("(set depth 1)\n(set more 1)\n")
    xrepl("import", str(tmp_path / "a"), "b")

    assert xrepl("-s", "b", "-e", "depth").stdout == "7\n"
    assert xrepl("-s", "b", "-e", "more").returncode == 1
