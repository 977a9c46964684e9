"""The process groups of this server, written down for the next one, which kills what a killed server left behind.

A second net: normally the zygote sees to it.  A process is known by its pid and its start time, so that a stranger who
got the same pid later is never touched.  The file need not be synced: after a power cut there is nothing to kill.
"""

from __future__ import annotations

import contextlib
import os
import signal
from pathlib import Path

NAME = "processes"


class Residue:
    """The file of one home directory; used by one thread.

    Args:
        home: the directory.
    """

    def __init__(self, home: str) -> None:
        self._path = f"{home}/{NAME}"
        self._living: dict[int, int] = {}
        self._written = 0

    def kill_left_over(self) -> list[int]:
        """Kill the groups that a dead server has written down; give the pids of those that were there."""
        killed = []
        with contextlib.suppress(FileNotFoundError):
            for line in Path(self._path).read_text(errors="replace").splitlines():
                fields = line.split()
                if len(fields) == 2 and all(field.isdecimal() for field in fields):
                    pid, started = map(int, fields)
                    if _is_ours(pid, started):
                        killed.append(pid)
                        with contextlib.suppress(OSError):
                            os.killpg(pid, signal.SIGKILL)
        self.clear()
        return killed

    def add(self, pid: int) -> None:
        """Write a process down."""
        started = start_time(pid)
        if started is None:
            return
        self._living[pid] = started
        if self._written > 2 * len(self._living) + 64:
            self._rewrite()
        else:
            self._append(f"{pid} {started}\n")

    def remove(self, pid: int) -> None:
        """Forget a process; its line goes with the next rewriting."""
        self._living.pop(pid, None)

    def clear(self) -> None:
        """Forget all."""
        self._living.clear()
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self._path)
        self._written = 0

    def _rewrite(self) -> None:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self._path)
        self._written = 0
        self._append("".join(f"{pid} {started}\n" for pid, started in self._living.items()))

    def _append(self, text: str) -> None:
        descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC, 0o600)
        try:
            os.write(descriptor, text.encode())
        finally:
            os.close(descriptor)
        self._written += text.count("\n")


def start_time(pid: int) -> int | None:
    """Give when a process started, in the kernel's ticks since boot; None if there is no such process."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    return int(text.rpartition(")")[2].split()[19])


def _is_ours(pid: int, started: int) -> bool:
    """Say whether a group is still the one written down: its leader is the same, or has ended and left members.

    While a group has members its number is given to no new process.
    """
    now = start_time(pid)
    if now is not None:
        return now == started
    return _has_members(pid)


def _has_members(group: int) -> bool:
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            with contextlib.suppress(OSError, ValueError, IndexError):
                text = (entry / "stat").read_text()
                if int(text.rpartition(")")[2].split()[2]) == group:
                    return _is_of_home(int(entry.name))
    return False


def _is_of_home(pid: int) -> bool:
    """Say whether a process has our home in its environment: then it came from one of our evaluators."""
    with contextlib.suppress(OSError):
        wanted = b"XREPL_HOME=" + os.fsencode(os.environ.get("XREPL_HOME", ""))
        return wanted in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    return False
