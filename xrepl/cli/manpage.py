"""The manual page, made from the text of `--help`: `python -m xrepl.cli.manpage >docs/xrepl.1`.

Pure: gives text.  A test fails when the page is stale.
"""

import re

from xrepl import __version__
from xrepl.cli.main import HELP

_NAME = r"xrepl \- a Lisp REPL with many concurrent, named, isolated, persistent sessions"
_ROW = re.compile(r"  (\S.*?)(?: {2,}(\S.*))?")
_END = """\
.SH FILES
.TP
.I $XREPL_HOME
The store, the socket, the history and the log of one user's server.
.TP
.I $XDG_CONFIG_HOME/xrepl/config.toml
Settings of the terminal.
"""


def page() -> str:
    """Give the text of the page, for troff."""
    usage, purpose, ways, options, commands, rest = HELP.strip("\n").split("\n\n")
    status, home = rest.split("\n")
    parts = [
        f'.TH XREPL 1 "" "xrepl {__version__}" "User Commands"',
        f".SH NAME\n{_NAME}",
        ".SH SYNOPSIS\n.nf",
        *(_escaped(line.removeprefix("usage:").strip()) for line in usage.split("\n")),
        f".fi\n.SH DESCRIPTION\n{_escaped(purpose)}",
        *map(_row, ways.split("\n")),
        ".SH OPTIONS",
        *map(_row, options.split("\n")),
        ".SH COMMANDS",
        *map(_row, commands.split("\n")[1:]),
        f".SH EXIT STATUS\n{_escaped(status.removeprefix('Exit status: '))}",
        f".SH ENVIRONMENT\n{_escaped(home)}",
    ]
    return "\n".join(parts) + "\n" + _END


def _row(line: str) -> str:
    """Give a line of the help text, what is typed and what it does, as a paragraph."""
    found = _ROW.fullmatch(line)
    assert found is not None, f"not a row of the help text: {line!r}"
    return f".TP\n.B {_escaped(found[1])}\n{_escaped(found[2] or 'Tell, and do nothing.')}"


def _escaped(text: str) -> str:
    text = text.replace("\\", r"\e").replace("-", r"\-")
    return rf"\&{text}" if text.startswith((".", "'")) else text


if __name__ == "__main__":
    print(page(), end="")
