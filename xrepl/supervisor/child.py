"""Processes that the server starts: the zygote as a program, evaluators through it.

Starts, watches, kills; decides nothing.  Everything here is done by the supervisor's thread.
"""

from __future__ import annotations

import contextlib
import os
import resource
import select
import signal
import socket
import sys
from dataclasses import dataclass, field

from xrepl.errors import EvaluatorDied
from xrepl.protocol.progress import make_page, noted

STACK_BYTES = 1 << 30
READY_TIMEOUT_S = 120.0  # for another Python, it may have to compile the library on a slow machine
FORK_TIMEOUT_S = 10.0
_ANSWER_BYTES = 256


@dataclass(eq=False)
class Child:
    """An evaluator's process, as the server holds it.

    Attributes:
        pid: also the number of its process group.
        handle: its pidfd, readable when it has ended.
        sock: the server's end of its socket.
        out, err: the server's ends of the pipes that are its standard output and error.
        page: where it notes how far it is (`progress.py`).
        status: as `waitpid` gives it, when it has ended and the zygote has told.
        is_orphaned: whether its zygote has ended, so that it ends, too, and nobody will tell how.
    """

    pid: int
    handle: int
    sock: socket.socket
    out: int
    err: int
    page: int
    status: int | None = None
    session: str = ""
    is_stopping: bool = False
    is_orphaned: bool = False
    is_gone: bool = field(default=False, init=False)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """Send a signal to the process's group, unless it is gone.  May be called from any thread."""
        if self.is_gone:
            return
        with contextlib.suppress(OSError):
            if number == signal.SIGKILL:
                signal.pidfd_send_signal(self.handle, number)  # the zygote kills the rest of the group
            elif not select.select([self.handle], [], [], 0)[0]:
                os.killpg(self.pid, number)

    def noted(self) -> tuple[int, int]:
        """Give the number of the evaluation and the end of the form that it began last; zeros for none."""
        return noted(self.page)

    def close(self) -> None:
        """Close what the server holds of it; the pidfd is the supervisor's."""
        self.sock.close()
        for descriptor in (self.out, self.err, self.page):
            with contextlib.suppress(OSError):
                os.close(descriptor)
        self.out = self.err = self.page = -1


class Zygote:
    """The running zygote.

    Raises:
        EvaluatorDied: it does not start.
    """

    def __init__(self) -> None:
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            self.pid = _spawn(theirs.fileno())
        finally:
            theirs.close()
        self.handle = os.pidfd_open(self.pid)
        self.is_ready = False

    def wait_ready(self) -> None:
        """Wait until it has loaded the language.

        Raises:
            EvaluatorDied: it ended, or takes too long.
        """
        if not self.is_ready:
            self._receive(READY_TIMEOUT_S)
            self.is_ready = True

    def fork(self) -> tuple[Child, list[tuple[int, int]]]:
        """Let it fork an evaluator; give it, and the ends of others (pid, status) that were told meanwhile.

        Raises:
            EvaluatorDied: the zygote ended.
        """
        self.wait_ready()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        out, out_writer = os.pipe2(os.O_CLOEXEC)
        err, err_writer = os.pipe2(os.O_CLOEXEC)
        page = make_page()
        ended: list[tuple[int, int]] = []
        try:
            socket.send_fds(self.control, [b"fork"], [theirs.fileno(), out_writer, err_writer, page])
            while True:
                message, descriptors = self._receive(FORK_TIMEOUT_S)
                if message.startswith(b"forked"):
                    break
                ended.append(_ended(message))
        except (OSError, EvaluatorDied) as reason:
            ours.close()
            for descriptor in (out, err, page):
                os.close(descriptor)
            raise EvaluatorDied(f"no evaluator can be started: {reason}") from reason
        finally:
            theirs.close()
            os.close(out_writer)
            os.close(err_writer)
        for descriptor in (out, err):
            os.set_blocking(descriptor, False)
        ours.setblocking(False)
        return Child(int(message.split()[1]), descriptors[0], ours, out, err, page), ended

    def ends(self) -> list[tuple[int, int]]:
        """Give the ends (pid, status) that are told and not taken yet, without waiting."""
        told: list[tuple[int, int]] = []
        while select.select([self.control], [], [], 0)[0]:
            try:
                message = self.control.recv(_ANSWER_BYTES)
            except OSError:
                return told
            if not message:
                return told
            if message.startswith(b"ended"):
                told.append(_ended(message))
            elif message == b"ready":
                self.is_ready = True
        return told

    def close(self) -> None:
        """Let it end with all it forked; collect it."""
        self.control.close()
        with contextlib.suppress(OSError):
            if not select.select([self.handle], [], [], 2.0)[0]:
                os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            os.waitpid(self.pid, 0)
        os.close(self.handle)

    def _receive(self, timeout_s: float) -> tuple[bytes, list[int]]:
        if not select.select([self.control], [], [], timeout_s)[0]:
            raise EvaluatorDied(f"the zygote does not answer within {timeout_s:.0f} s", "see the log")
        message, descriptors, _, _ = socket.recv_fds(self.control, _ANSWER_BYTES, 1, socket.MSG_CMSG_CLOEXEC)
        if not message:
            raise EvaluatorDied("the zygote ended", "see the log")
        return message, list(descriptors)


def _ended(message: bytes) -> tuple[int, int]:
    _, pid, status = message.split()
    return int(pid), int(status)


def _spawn(control: int) -> int:
    """Execute the zygote with a large stack limit, which its main thread gets and its children inherit."""
    soft, hard = resource.getrlimit(resource.RLIMIT_STACK)
    wanted = STACK_BYTES if hard == resource.RLIM_INFINITY else min(STACK_BYTES, hard)
    arguments = [sys.executable, "-P", "-m", "xrepl.evaluator.zygote", str(control), str(os.getpid())]
    resource.setrlimit(resource.RLIMIT_STACK, (wanted, hard))
    os.set_inheritable(control, True)
    try:
        return os.posix_spawn(sys.executable, arguments, _environment(), setsigmask=(), setpgroup=0)
    finally:
        os.set_inheritable(control, False)
        resource.setrlimit(resource.RLIMIT_STACK, (soft, hard))


def _environment() -> dict[str, str]:
    """Give the zygote's environment: bytecode is kept, since compiling the library takes seconds.

    Where a start would have to compile the library and may not, or shall not, leave the result beside it (a system's
    site-packages; an installed copy, which is to be removed without a trace), it is kept in the home directory.
    """
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    installed = f"{package}/lang"
    is_installed = os.path.isdir(installed)
    library = installed if is_installed else f"{os.path.dirname(package)}/hy_src"
    is_compiled = os.path.exists(f"{library}/shell/__pycache__/sessions.{sys.implementation.cache_tag}.pyc")
    home = environment.get("XREPL_HOME")
    if home and not is_compiled and (is_installed or not os.access(package, os.W_OK)):
        environment.setdefault("PYTHONPYCACHEPREFIX", os.path.join(home, "bytecode"))
    return environment
