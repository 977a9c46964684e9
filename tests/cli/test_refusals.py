"""Bad input: one clear line, the right exit status, nothing lost."""

import json
import os
import re
from pathlib import Path

import pytest

from tests.conftest import Command
from xrepl.store.schema import SESSIONS
from xrepl.store.store import Store
from xrepl.store.transaction import Transaction


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        (["--foo"], "--foo"),
        (["nofile.lfe.txt"], "nofile.lfe.txt"),
        (["-e"], "-e"),
        (["rename", "a", ""], "name"),
        (["--fresh", "-s", "x"], "--fresh"),
        (["rename", "x"], "rename"),
        (["server", "dance"], "server"),
    ],
)
def test_misused_command_line_exits_2(xrepl: Command, arguments: list[str], named: str) -> None:
    """A command line that cannot be understood says what is wrong in one line."""
    done = xrepl(*arguments)

    assert (done.returncode, done.stdout, done.stderr.count("\n"), named in done.stderr) == (2, "", 1, True)


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["info", "nope"], "unknown-session"),
        (["new", "taken"], "name-taken"),
        (["rename", "taken", "a\tb"], "invalid-name"),
        (["reopen", "nope"], "unknown-session"),
        (["import", "/etc/passwd"], "bad-export"),
    ],
)
def test_refusal_as_json(xrepl: Command, arguments: list[str], word: str) -> None:
    """With --json a refusal is an object, with the word that code can go by; the line for people stays."""
    xrepl("new", "taken")
    done = xrepl(*arguments, "--json")
    told = json.loads(done.stdout)

    assert (done.returncode, told["error"], done.stderr.startswith(f"xrepl: {told['message']}")) == (1, word, True)


def test_missing_script_is_named(xrepl: Command) -> None:
    """A script that is not there is an error of one line."""
    done = xrepl("missing.lfe")

    assert (done.returncode, "missing.lfe" in done.stderr, done.stderr.count("\n")) == (1, True, 1)


def test_home_directory_open_to_others_is_refused(xrepl: Command, home: Path) -> None:
    """A home that others may enter is refused with the command that mends it."""
    home.chmod(0o755)
    done = xrepl("-e", "1")
    home.chmod(0o700)

    assert (done.returncode, "chmod 700" in done.stderr, list(home.iterdir())) == (1, True, [])


def test_home_that_is_a_file_is_refused(xrepl: Command, tmp_path: Path) -> None:
    """A home that is no directory is refused."""
    (tmp_path / "file").write_text("")
    done = xrepl("-e", "1", XREPL_HOME=str(tmp_path / "file"))

    assert (done.returncode, "is no directory" in done.stderr) == (1, True)


def test_store_that_cannot_be_opened_is_told(xrepl: Command, home: Path) -> None:
    """A damaged store is refused with its path, and left as it is."""
    store = home / "store"
    store.mkdir(0o700)
    damaged = store / "data.mdb"
    damaged.write_bytes(b"no store" * 2000)
    os.chmod(damaged, 0o600)
    done = xrepl("-e", "1")

    assert (done.returncode, str(store) in done.stderr, damaged.read_bytes()) == (1, True, b"no store" * 2000)


def test_damaged_default_session_says_what_to_do_and_that_heals_it(xrepl: Command, home: Path) -> None:
    """Not an error of Python's; the command that the message names gives a fresh default session."""
    xrepl("-e", "(set x 1)")
    xrepl("server", "stop")
    with Store(str(home)) as store:
        store.run(_shorten)
    done = xrepl("-e", "x")

    assert (done.returncode, done.stdout, "Error(" in done.stderr) == (1, "", False)
    step = re.search(r"`xrepl (close [0-9a-f]{32})` puts it aside", done.stderr)
    assert step is not None
    assert "has 13 of its 15 fields" in xrepl("store", "check").stdout
    assert xrepl(*step[1].split()).returncode == 0
    assert xrepl("-e", "(+ 1 1)").stdout == "2\n"
    assert " damaged " in xrepl("archive").stdout


def _shorten(transaction: Transaction) -> None:
    for key in list(transaction.keys(SESSIONS)):
        transaction.put(SESSIONS, key, transaction.get(SESSIONS, key)[:-2])


def test_version_and_help_need_no_server(xrepl: Command, home: Path) -> None:
    """--version and --help start nothing."""
    assert xrepl("--version").stdout.startswith("xrepl ")
    assert "usage: xrepl" in xrepl("--help").stdout
    assert list(home.iterdir()) == []
