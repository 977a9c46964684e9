"""Sessions from Python: `xrepl.connect()` and what it gives."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import xrepl as package
from tests.conftest import Command
from xrepl import Client
from xrepl.errors import NameTaken, UnknownSession


@pytest.fixture
def client(xrepl: Command, home: Path) -> Iterator[Client]:
    """Give a client of a running server."""
    xrepl("server", "start")
    with package.connect(str(home)) as connected:
        yield connected


def test_value_output_and_error_of_a_text(client: Client) -> None:
    """A result has the values of all forms, what was printed, and the failure that ended it."""
    good = client.eval("(set x 20) (+ x 1)")
    bad = client.eval('(io:format "hi~n") (/ 1 0) (set x 0)')

    assert (good.value, good.values, good.error, good.is_good) == ("21", ["20", "21"], None, True)
    assert (bad.value, bad.values, bad.output, bad.is_good) == (None, ["ok"], "hi\n", False)
    assert str(bad.error).startswith("** exception error: error in arithmetic expression")
    assert client.eval("x").value == "20"


def test_sessions_are_apart_and_listed(client: Client) -> None:
    """Each session has its own bindings; the listing has their names."""
    work, play = client.session("work"), client.new("play")
    work.eval("(set x 1)")

    assert "unbound" in str(play.eval("x").error)
    assert work.eval("x").value == client.eval("x", session=work.id[:8]).value == "1"
    assert {one.name for one in client.sessions()} == {"work", "play"}


def test_hy_syntax(client: Client) -> None:
    """Hy's syntax in the same session."""
    client.eval("(set x 20)")

    assert client.eval("(setv y [x 1])", syntax="hy").is_good
    assert client.eval("(get y 0)", syntax="hy").value == "20"


def test_session_is_renamed_closed_reopened(client: Client) -> None:
    """What the command line can do."""
    session = client.new("a")
    session.eval("(set x 1)")
    session.rename("b")
    session.save()

    assert session.info()["name"] == "b"

    session.close()

    assert [(one.name, one.status) for one in client.archived()] == [("b", "closed")]
    assert client.reopen("b").eval("x").value == "1"


def test_export_and_import(client: Client) -> None:
    """A session goes over bytes."""
    session = client.session("a")
    session.eval("(set x '(1 2)) (defun f (y) (+ y 1))")

    assert client.import_session(session.export(), "b").eval("(f (lists:sum x))").value == "4"


def test_refusals_are_errors_of_their_kind(client: Client) -> None:
    """What xrepl refuses is raised; a user's own failure is data."""
    client.new("a")

    with pytest.raises(NameTaken):
        client.new("a")
    with pytest.raises(UnknownSession):
        client.reopen("no")


def test_switch_in_a_text_is_told(client: Client) -> None:
    """The result says where the client is."""
    other = client.new("other")
    result = client.eval('(switch-session "other")')

    assert result.session == other.id


def test_unknown_name_of_the_package() -> None:
    """Only the public names are there."""
    assert package.connect is not None
    with pytest.raises(AttributeError):
        package.nothing  # noqa: B018
