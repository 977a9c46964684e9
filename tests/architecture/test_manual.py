"""The manual page and the unit for a service manager fit the program."""

import configparser
import re
import shutil
import subprocess

import pytest

from tests.conftest import ROOT
from xrepl.cli.main import HELP
from xrepl.cli.manpage import page
from xrepl.cli.options import parse

DOCS = ROOT / "docs"


def test_manual_page_is_made_from_the_help_text() -> None:
    """docs/xrepl.1 is what `python -m xrepl.cli.manpage` prints."""
    assert (DOCS / "xrepl.1").read_text() == page()


def test_manual_page_has_every_word_of_the_help_text() -> None:
    """Nothing that `--help` says is lost on the way."""
    words = set(re.findall(r"[\w-]+", page().replace("\\-", "-")))

    assert set() == set(re.findall(r"[\w-]+", HELP)) - words - {"usage", "commands", "Exit"}


@pytest.mark.skipif(shutil.which("groff") is None, reason="needs groff")
def test_manual_page_is_sound() -> None:
    """groff formats it without a complaint."""
    done = subprocess.run(
        ["groff", "-man", "-Tascii", "-ww", "-z", DOCS / "xrepl.1"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stderr) == (0, "")


def test_unit_runs_a_command_that_exists() -> None:
    """docs/xrepl.service starts `xrepl server run`."""
    unit = configparser.ConfigParser()
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string((DOCS / "xrepl.service").read_text())
    command = unit["Service"]["ExecStart"].split()

    assert command[:2] == ["/usr/bin/env", "xrepl"]
    assert parse(command[2:]).arguments == ["run"]
