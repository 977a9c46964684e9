"""The history of a session: whole forms, bounded, private, shared by terminals."""

import stat
from pathlib import Path

import pytest

from xrepl.client.history import History, path_of


@pytest.fixture
def path(tmp_path: Path) -> str:
    """Give the path of a history that does not exist."""
    return path_of(str(tmp_path), "0123")


def test_forms_are_there_for_the_next_terminal(path: str) -> None:
    """Forms of several lines come back whole."""
    History(path).add("(defun f (x)\n  x)")
    History(path).add('(f "é")')

    assert History(path).forms == ["(defun f (x)\n  x)", '(f "é")']


def test_terminals_see_each_others_forms(path: str) -> None:
    """What one terminal adds, the other has."""
    one, other = History(path), History(path)
    one.add("1")
    other.add("2")
    one.add("3")

    assert (one.forms, other.forms) == (["1", "2", "3"], ["1", "2", "3"])


def test_only_the_user_can_read_it(path: str) -> None:
    """The file has mode 0600, its directory 0700."""
    History(path).add("1")

    assert stat.S_IMODE(Path(path).stat().st_mode) == 0o600
    assert stat.S_IMODE(Path(path).parent.stat().st_mode) == 0o700


def test_same_form_again_is_one(path: str) -> None:
    """A form that is the last one again is not added, nor is an empty one."""
    history = History(path)
    for form in ("1", "1", "2", "1", "  "):
        history.add(form)

    assert history.forms == ["1", "2", "1"]


def test_history_is_bounded(path: str) -> None:
    """Only so many forms are kept, in the file as well."""
    history = History(path, 8)
    for number in range(50):
        history.add(str(number))

    assert history.forms == [str(number) for number in range(42, 50)]
    assert len(Path(path).read_text().splitlines()) <= 10
    assert History(path, 0).forms == []


def test_damaged_lines_are_passed_over(path: str) -> None:
    """A line that is no form costs that line alone."""
    History(path).add("1")
    with Path(path).open("a") as file:
        file.write('"cut off\n\xff{}\n3\n')
    History(path).add("2")

    assert History(path).forms == ["1", "2"]


def test_history_that_cannot_be_written_stays_in_memory(tmp_path: Path) -> None:
    """A file in the directory's place is no reason to fail."""
    (tmp_path / "history").write_text("")
    history = History(path_of(str(tmp_path), "0123"))
    history.add("1")

    assert history.forms == ["1"]


def test_link_in_its_place_is_not_followed(path: str, tmp_path: Path) -> None:
    """A link planted under the name of a history leads nowhere."""
    target = tmp_path / "target"
    Path(path).parent.mkdir(mode=0o700)
    Path(path).symlink_to(target)
    History(path).add("1")

    assert not target.exists()


def test_cleared_history_is_cleared_for_all(path: str) -> None:
    """Another terminal's forms are gone, too."""
    one, other = History(path), History(path)
    one.add("1")
    assert other.forms == ["1"]
    one.clear()

    assert (one.forms, other.forms) == ([], [])
