"""The help text and what the program takes agree."""

import re

from xrepl.cli.main import HELP
from xrepl.cli.options import COMMANDS, SERVER_COMMANDS


def test_help_names_every_command() -> None:
    """`xrepl --help` tells about each command, and about none that does not exist."""
    section = HELP.partition("commands:\n")[2].partition("\n\n")[0]
    told = set(re.findall(r"^  ([a-z]+)", section, re.MULTILINE))

    assert told == set(COMMANDS)


def test_help_names_every_server_command() -> None:
    """Each word after `xrepl server` is in the help text."""
    told = set(re.findall(r"[a-z]+", " ".join(re.findall(r"^  server (\S+)", HELP, re.MULTILINE))))

    assert told == set(SERVER_COMMANDS)
