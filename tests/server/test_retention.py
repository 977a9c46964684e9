"""The archive keeps everything, or as much as the user has set."""

from pathlib import Path

import pytest

from tests.conftest import Command
from tests.helpers.clock import ServerAt
from tests.helpers.wire import Wire
from xrepl.errors import ConfigError
from xrepl.server.retention import DAY_S, Retention, read

CLEAN_UP = "(xrepl-store:cleanup-expired-sessions)"


def written(directory: Path, text: str) -> dict[str, str]:
    """Write a settings file and give the environment that leads to it."""
    (directory / "xrepl").mkdir(parents=True)
    (directory / "xrepl" / "config.toml").write_text(text)
    return {"XDG_CONFIG_HOME": str(directory)}


def archived(xrepl: Command) -> list[str]:
    """Give the names of the archived sessions, the one archived last first."""
    return [line.split()[0] for line in xrepl("archive").stdout.splitlines()[1:]]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Retention()),
        ('[terminal]\nkeys = "vi"\n', Retention()),
        ("[archive]\ndays = 90\n", Retention(days=90)),
        ("[archive]\ndays = 1\nsessions = 0\n", Retention(days=1, sessions=0)),
    ],
)
def test_settings_are_read(tmp_path: Path, text: str, expected: Retention) -> None:
    """Age in days and number of sessions; without them everything is kept."""
    assert read(written(tmp_path, text)) == expected


@pytest.mark.parametrize(
    "text", ["[archive]\ndays = -1\n", '[archive]\nsessions = "many"\n', "[archive]\nhours = 1\n", "archive = 1\n", "["]
)
def test_wrong_settings_are_refused(tmp_path: Path, text: str) -> None:
    """A value that cannot be meant deletes nothing."""
    with pytest.raises(ConfigError):
        read(written(tmp_path, text))


def test_no_file_keeps_everything(tmp_path: Path) -> None:
    """Nothing has to be set."""
    assert read({"XDG_CONFIG_HOME": str(tmp_path)}).is_for_ever


def test_archive_keeps_as_many_as_is_set(xrepl: Command, env: dict[str, str]) -> None:
    """Those archived first are deleted at a cleanup; a file with a fault deletes nothing, and the log tells."""
    for name in ("a", "b", "c"):
        xrepl("new", name)
        xrepl("close", name)
    file = Path(env["XDG_CONFIG_HOME"]) / "xrepl" / "config.toml"
    file.parent.mkdir(parents=True)
    file.write_text("[archive]\nsessions = -1\n")
    xrepl("-e", CLEAN_UP)
    assert archived(xrepl) == ["c", "b", "a"]

    file.write_text("[archive]\nsessions = 2\n")
    assert xrepl("-e", CLEAN_UP).stdout == "0\n"
    assert archived(xrepl) == ["c", "b"]
    assert "sessions in [archive]" in (Path(env["XREPL_HOME"]) / "log").read_text()


def test_archive_keeps_as_long_as_is_set(xrepl: Command, env: dict[str, str], home: Path, tmp_path: Path) -> None:
    """What was archived longer ago than that is deleted at a cleanup, the rest stays."""
    env.update(written(tmp_path / "set", "[archive]\ndays = 10\n"))
    for name, age_s in (("old", 11 * DAY_S), ("new", 9 * DAY_S)):
        with ServerAt(env, -age_s), Wire(home) as wire:
            wire.ask("xrepl/new", {"xrepl/name": name})
            wire.ask("xrepl/close", {"xrepl/name": name})
    xrepl("-e", CLEAN_UP)

    assert archived(xrepl) == ["new"]
