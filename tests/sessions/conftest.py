"""A session to type in, through a raw connection."""

from collections.abc import Callable

import pytest

from tests.helpers.wire import Reply, Wire

Shell = Callable[..., str]


def shown(reply: Reply) -> str:
    """Give what a shell shows for the last form: what was printed, then the value or the error."""
    return str(reply["out"]) + str(reply.get("xrepl/error") or reply.get("value", ""))


@pytest.fixture
def shell(wire: Wire) -> Shell:
    """Give a function that evaluates in a session and gives what is shown."""
    return lambda code, name="default": shown(wire.evaluate(code, name))
