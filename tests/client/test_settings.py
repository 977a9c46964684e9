"""The user's settings of the terminal."""

from pathlib import Path

import pytest

from xrepl.client.settings import Settings, read_settings


def settings_of(text: str, folder: Path) -> Settings:
    """Give the settings of a file with this text."""
    (folder / "xrepl").mkdir()
    (folder / "xrepl" / "config.toml").write_text(text)
    return read_settings({"XDG_CONFIG_HOME": str(folder)})


def test_no_file_is_no_problem(tmp_path: Path) -> None:
    """Without a file the settings are the defaults."""
    assert read_settings({"HOME": str(tmp_path)}) == Settings()


def test_settings_are_read(tmp_path: Path) -> None:
    """Each setting is what the file says; other tables are not looked at."""
    text = '[terminal]\nstyle = "monokai"\nkeys = "vi"\nbanner = false\nraw = true\n[other]\nx = 1\n'

    assert settings_of(text, tmp_path) == Settings("monokai", "vi", False, True)


@pytest.mark.parametrize(
    "text", ["[terminal", '[terminal]\nkeys = "ed"', "[terminal]\nkeys = 1", "[terminal]\nx = 1", "terminal = 1"]
)
def test_file_with_faults_is_told_and_not_used(text: str, tmp_path: Path) -> None:
    """A file that cannot be used is named, and the defaults hold."""
    settings = settings_of(text, tmp_path)

    assert "config.toml is not used" in settings.problem
    assert (settings.style, settings.keys) == ("default", "emacs")
