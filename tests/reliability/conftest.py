"""Functions that kill what runs a session, and look at what it is afterwards."""

from collections.abc import Callable

import pytest

from tests.helpers.crash import kill, wait_gone
from tests.helpers.wire import Wire

Kill = Callable[..., None]


@pytest.fixture
def kill_evaluator(wire: Wire) -> Kill:
    """Give a function that kills a session's evaluator and waits until it is gone."""

    def end(name: str = "default") -> None:
        pid = int(wire.ask("xrepl/server-status")["evaluators"][name])
        kill(pid)
        assert wait_gone([pid], 5.0) == []

    return end
