"""Finding, killing and waiting for the processes of one home directory."""

import contextlib
import os
import select
import signal
import time
from pathlib import Path


def processes_of(home: Path) -> dict[int, str]:
    """Give the processes that have this home in their environment, zombies left out: pid and command line.

    The server, the zygote, the evaluators and what their code started all have it.
    """
    wanted = b"XREPL_HOME=" + os.fsencode(home)
    found = {}
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        with contextlib.suppress(OSError):
            if wanted in (entry / "environ").read_bytes().split(b"\0"):
                found[int(entry.name)] = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    return found


def servers_of(home: Path) -> list[int]:
    """Give the server processes among them."""
    return [pid for pid, command in processes_of(home).items() if "-m xrepl.server" in command]


def kill(*pids: int) -> None:
    """Kill processes with SIGKILL; those that have ended are left out."""
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def wait_gone(pids: list[int], timeout_s: float) -> list[int]:
    """Wait until processes have ended; give those that have not."""
    deadline = time.monotonic() + timeout_s
    left = []
    for pid in pids:
        try:
            handle = os.pidfd_open(pid)
        except ProcessLookupError:
            continue
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            left.append(pid)
        os.close(handle)
    return left


def end_all(home: Path, timeout_s: float = 2.0) -> dict[int, str]:
    """Kill the servers of a home; give what of ours is still there after the time, and kill that too."""
    deadline = time.monotonic() + timeout_s
    before = processes_of(home)
    kill(*servers_of(home))
    wait_gone(list(before), timeout_s)
    left = processes_of(home)
    while left and time.monotonic() < deadline:  # those that were forked after the first look
        wait_gone(list(left), deadline - time.monotonic())
        left = processes_of(home)
    kill(*left)
    return left
