"""What is written to the server's log."""

import re
import subprocess
import sys
from datetime import datetime
from pathlib import Path

from tests.conftest import Command
from xrepl import log

LINE = re.compile(r"(\d{4}-\d\d-\d\dT\S+) xrepl: (.*)")


def test_each_line_has_its_time_with_the_zone(capsys) -> None:  # type: ignore[no-untyped-def]
    """A time in ISO's form, from which the moment follows."""
    before = datetime.now().astimezone()
    log.write("something happened")
    found = LINE.fullmatch(capsys.readouterr().err.rstrip())

    assert found is not None
    at = datetime.fromisoformat(found[1])
    assert (found[2], abs((at - before).total_seconds()) < 60) == ("something happened", True)


def test_logger_s_messages_of_all_levels_go_there_and_not_to_the_terminal(xrepl: Command, home: Path) -> None:
    """`logger:info`, `warning`, `error`, `debug`; those below a level that the program sets do not."""
    forms = [f'(logger:{level} "{level} ~p" \'(1))' for level in ("info", "warning", "error", "debug")]
    done = xrepl("-", text="\n".join([*forms, "(logger:set_primary_config 'level 'error)", '(logger:info "low")']))
    lines = [found[2] for found in map(LINE.fullmatch, (home / "log").read_text().splitlines()) if found]

    assert (done.stdout, done.stderr) == ("ok\n" * 6, "")
    assert lines == [f"session default: {level}: {level} 1" for level in ("info", "warning", "error", "debug")]


PROGRAM = """
import os, sys
from xrepl import log
os.dup2(os.open(sys.argv[1], os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
log.write("first")
log.shorten(sys.argv[1], int(sys.argv[2]))
log.write("second")
"""


def test_long_log_begins_anew(tmp_path: Path) -> None:
    """What was in it is beside it; a short one goes on, and so does what is no log of this process."""
    lines = {}
    for name, most in (("long", 10), ("short", 1000)):
        file = tmp_path / name
        subprocess.run([sys.executable, "-c", PROGRAM, str(file), str(most)], check=True)
        lines[name] = [line.rpartition(": ")[2] for line in file.read_text().splitlines()]
    other = tmp_path / "other"
    other.write_text("x" * 100)
    log.shorten(str(other), 10)

    assert lines == {"long": ["second"], "short": ["first", "second"]}
    assert (tmp_path / "long.old").read_text().endswith(": first\n")
    assert other.read_text() == "x" * 100
