"""What is written to the server's log."""

import re
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
