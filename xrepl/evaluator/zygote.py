"""The zygote: a process with one thread that has loaded Hy and the language, and forks an evaluator per request.

`python -m xrepl.evaluator.zygote CONTROL PARENT` with the number of a SEQPACKET socket to the server, and the server's
pid.  What takes time to load is imported when the process is tied to the server's life.  It is asked with `fork`
and the evaluator's four descriptors, and answers with the pid and a pidfd; it tells how each evaluator ended.  When
the server is gone it kills the process group of every evaluator and ends.  It evaluates nothing for anybody.
"""

from __future__ import annotations

import contextlib
import gc
import os
import random
import resource
import select
import signal
import socket
import sys
import traceback
from typing import TYPE_CHECKING

from xrepl.evaluator import native

if TYPE_CHECKING:
    from xrepl.dialect.interpreter import Interpreter

_THREAD_STACK_BYTES = 8 << 20
_DESCRIPTORS = 4  # the socket, standard output, standard error, the page of its progress
_COLLECTED_AT = (10_000, 20, 50)
_FULL = 0.9
_FAILED = 70
_OUT_OF_MEMORY = 71  # `supervisor/policy.py` tells it in words


def warm_up() -> Interpreter:
    """Load and use the language once, so that an evaluator finds everything in memory; freeze what is there.

    Returns:
        the interpreter that every evaluator begins with its own copy of.
    """
    from xrepl.dialect.interpreter import Interpreter
    from xrepl.evaluator import children, preload
    from xrepl.evaluator.evaluator import MODULE_NAME

    children.install()
    preload.library()
    used = Interpreter("warm_up")
    for form in used.read("(progn (defun warm (x) (case x (1 (+ x 1)) (_ (list x)))) (warm 1))"):
        used.show(used.evaluate(form))
    del sys.modules["warm_up"], used
    interpreter = Interpreter(MODULE_NAME)
    gc.collect()
    gc.disable()
    # what is here now is never looked at again, so that its pages stay shared with the children
    gc.freeze()
    return interpreter


class Zygote:
    """Forks on request until the server is gone.

    Args:
        control: the socket to the server.
        interpreter: what each evaluator begins with.
    """

    def __init__(self, control: socket.socket, interpreter: Interpreter) -> None:
        self._control = control
        self._interpreter = interpreter
        self._children: set[int] = set()
        self._wake_reader, self._wake_writer = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(self._wake_writer, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        # ^C at the terminal of a server in the foreground is the server's
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGTERM, signal.SIG_IGN)

    def run(self) -> None:
        """Answer the server; never returns."""
        poll = select.poll()
        poll.register(self._control, select.POLLIN)
        poll.register(self._wake_reader, select.POLLIN)
        while True:
            ready = {descriptor for descriptor, _ in poll.poll()}
            if self._wake_reader in ready:
                self._reap()
            if self._control.fileno() in ready:
                try:
                    message, descriptors, _, _ = socket.recv_fds(self._control, 64, _DESCRIPTORS)
                except OSError:
                    message, descriptors = b"", []
                if not message:
                    self._end()
                self._fork(descriptors)

    def _fork(self, descriptors: list[int]) -> None:
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            self._become_evaluator(parent, descriptors)
        with contextlib.suppress(OSError):
            os.setpgid(pid, pid)
        self._children.add(pid)
        for descriptor in descriptors:
            os.close(descriptor)
        handle = os.pidfd_open(pid)
        with contextlib.suppress(OSError):
            socket.send_fds(self._control, [b"forked %d" % pid], [handle])
        os.close(handle)

    def _become_evaluator(self, parent: int, descriptors: list[int]) -> None:
        """What the child does; never returns."""
        from xrepl.evaluator.evaluator import serve

        try:
            os.setpgid(0, 0)
            native.die_with_parent(parent)
            signal.set_wakeup_fd(-1)
            for number in (signal.SIGCHLD, signal.SIGTERM):
                signal.signal(number, signal.SIG_DFL)
            self._control.close()
            os.close(self._wake_reader)
            os.close(self._wake_writer)
            gc.enable()
            # lists of the language are many small objects: looking at them seldom halves the time to build one
            gc.set_threshold(*_COLLECTED_AT)
            random.seed()
            serve(self._interpreter, *descriptors)
        except MemoryError:
            os._exit(_OUT_OF_MEMORY)
        except BaseException:
            os._exit(_tell_failure())
        finally:
            os._exit(_FAILED)

    def _reap(self) -> None:
        """Collect children that have ended and tell the server how."""
        with contextlib.suppress(BlockingIOError):
            while os.read(self._wake_reader, 4096):
                pass
        while self._children:
            ended = os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if ended is None:
                return
            # while it is not collected its number cannot be anybody else's: what it left in its group ends with it
            with contextlib.suppress(OSError):
                os.killpg(ended.si_pid, signal.SIGKILL)
            pid, status = os.waitpid(ended.si_pid, 0)
            self._children.discard(pid)
            with contextlib.suppress(OSError):
                self._control.send(b"ended %d %d" % (pid, status))

    def _end(self) -> None:
        """Kill what was forked, with all that it started, and end."""
        for pid in self._children:
            with contextlib.suppress(OSError):
                os.killpg(pid, signal.SIGKILL)
        os._exit(0)


def _tell_failure() -> int:
    """Print what has ended an evaluator; give its exit status."""
    try:
        is_full = _has_had_no_memory()
        traceback.print_exc()
    except (MemoryError, SystemError):  # the second is what Python says when it has no memory for the first
        return _OUT_OF_MEMORY
    return _OUT_OF_MEMORY if is_full else _FAILED


def _has_had_no_memory() -> bool:
    """Say whether this process has used nearly all its address space: then any error may come from that."""
    limit, _ = resource.getrlimit(resource.RLIMIT_AS)
    status = os.open("/proc/self/status", os.O_RDONLY | os.O_CLOEXEC)
    peak_kb = int(os.read(status, 4096).partition(b"VmPeak:")[2].split()[0])
    os.close(status)
    return limit != resource.RLIM_INFINITY and peak_kb * 1024 > limit * _FULL


def main() -> None:
    """Load the language, say so, and serve."""
    # while it loads nobody looks whether the server is there; later it must outlive the server to clean up
    native.die_with_parent(int(sys.argv[2]))
    control = socket.socket(fileno=int(sys.argv[1]))
    sys.setrecursionlimit(1_000_000)
    native.set_thread_stack(_THREAD_STACK_BYTES)
    zygote = Zygote(control, warm_up())
    native.outlive_parent()
    control.send(b"ready")
    zygote.run()


if __name__ == "__main__":
    main()
