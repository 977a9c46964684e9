"""A server whose clock is not now: it thinks that it is so many seconds earlier or later."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
_PROGRAM = """
import os, sys, time
from xrepl.server.server import Server
os.umask(0o077)
server = Server(os.environ["XREPL_HOME"], lambda: time.time() + float(sys.argv[1]))
os.write(1, b"ok\\n")
server.run()
"""


class ServerAt:
    """A server in the foreground of this test; a context manager that stops it.

    Args:
        env: with XREPL_HOME.
        offset_s: what its clock shows more than the real one.
        log: a file that takes its log; None for the test's standard error.
        before: a line of Python that it runs first.
    """

    def __init__(self, env: dict[str, str], offset_s: float, log: Path | None = None, before: str = "") -> None:
        self._log = log
        self._arguments = [sys.executable, "-c", f"{before}\n{_PROGRAM}", str(offset_s)]
        self._env = env

    def __enter__(self) -> "ServerAt":
        log = self._log.open("ab") if self._log else None
        self._process = subprocess.Popen(self._arguments, env=self._env, cwd=ROOT, stdout=subprocess.PIPE, stderr=log)
        if log is not None:
            log.close()
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ok\n"
        return self

    @property
    def pid(self) -> int:
        """Give its pid."""
        return self._process.pid

    def __exit__(self, *problem: object) -> None:
        self._process.terminate()
        self._process.wait(20)
        assert self._process.stdout is not None
        self._process.stdout.close()
