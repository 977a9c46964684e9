"""What the tests of processes share: running code as the shell's process, and taking any message."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from xrepl.dialect import processes
from xrepl.dialect.data import Atom
from xrepl.dialect.identifiers import Pid, numbering

NORMAL, EXIT, DOWN, KILL, KILLED = map(Atom, ("normal", "EXIT", "DOWN", "kill", "killed"))
TRAP_EXIT, PROCESS = Atom("trap_exit"), Atom("process")


@pytest.fixture(autouse=True)
def fresh_processes() -> Iterator[None]:
    """Begin and end without any process."""
    processes.restart()
    yield
    processes.replace_shell()
    for pid in list(numbering.living.values()):
        if pid != processes.shell_pid():
            processes.exit_signal(pid, KILL)
    processes.idle(0.0)
    processes.restart()


def take(timeout_ms: int | None = 1000) -> Any:
    """Receive the first message, or `TIMEOUT`."""
    found = processes.receive(lambda message: (message,), timeout_ms)
    return found if found is processes.TIMEOUT else found[0]


def forever() -> None:
    """Wait for a message that nobody sends."""
    processes.receive(lambda message: None)


def in_shell(code: Callable[[], Any]) -> Any:
    """Run code as a form of the shell."""
    return processes.run_shell(code)


def spawn_forever() -> Pid:
    """Start a process that only an exit signal ends."""
    return processes.spawn(forever)
