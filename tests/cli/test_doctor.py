"""`xrepl doctor` looks at what is needed and says what to do."""

import json
from pathlib import Path

from tests.conftest import Command


def test_sound_installation_is_found_good(xrepl: Command) -> None:
    """Versions, home, server, store and limits are told; nothing is bad."""
    xrepl("-e", "(set x 1)")
    done = xrepl("doctor")

    assert done.returncode == 0
    assert all(word in done.stdout for word in ("hy 1.", "lmdb", "closed to others", "the store is whole"))


def test_home_open_to_others_is_bad_and_told_how_to_mend(xrepl: Command, home: Path) -> None:
    """Each finding has a next step."""
    home.chmod(0o755)
    done = xrepl("doctor", "--json")
    home.chmod(0o700)
    bad = [finding for finding in json.loads(done.stdout) if finding["state"] == "bad"]

    assert (done.returncode, bad[0]["step"]) == (1, f"chmod 700 {home}")


def test_store_is_looked_at_without_a_server(xrepl: Command) -> None:
    """The doctor starts nothing."""
    xrepl("-e", "(set x 1)")
    xrepl("server", "stop")
    done = xrepl("doctor")

    assert ("no server is running" in done.stdout, "the store is whole" in done.stdout) == (True, True)
