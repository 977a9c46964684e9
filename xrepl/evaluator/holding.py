"""What would be lost if this process ended, beside names that cannot be kept: what runs in it, and what waits in it."""

from __future__ import annotations

import threading
from pathlib import Path

from xrepl.dialect import processes

_TASKS = Path("/proc/self/task")


def holds() -> dict[str, int]:
    """Count it by kind: `processes`, `timers` and `calls` of the language, `messages`, Python's `threads`, `children`.

    `messages` are those that the shell has not received.  Threads that wait for calls of `blocking` are not counted.
    """
    found = {
        **processes.holds(),
        "messages": processes.waiting_messages(),
        "threads": sum(map(_is_users, threading.enumerate())),
        "children": _children(),
    }
    return {what: count for what, count in found.items() if count}


def _is_users(thread: threading.Thread) -> bool:
    # a dummy stands for a thread that Python's module did not start
    return thread is not threading.main_thread() and type(thread).__name__ != "_DummyThread"


def _children() -> int:
    """Count the programs that this process has started and that have not ended."""
    try:
        pids = [pid for task in _TASKS.iterdir() for pid in (task / "children").read_text().split()]
    except OSError:
        return 0  # a kernel that does not tell
    return sum(map(_is_running, pids))


def _is_running(pid: str) -> bool:
    try:
        state = Path("/proc", pid, "stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"
