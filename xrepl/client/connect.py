"""Find the server of a home directory, or start it.

The only file of the client that creates a process.  Two clients that find no server at once agree by a file lock: one
starts it, the other waits and connects.  What only a start needs is imported when it comes to that.
"""

import _socket
import posix
import sys

from xrepl.client.connection import Connection
from xrepl.config import LOG_NAME, SOCKET_NAME
from xrepl.errors import ServerGone, UnsafePath

LOCK_NAME = "start.lock"
START_TIMEOUT_S = 30
# what fits in a socket's address, without the zero at its end
_MAX_ADDRESS_BYTES = 107

_children: list[int] = []


def connect(home: str, *, is_starting: bool = True) -> Connection:
    """Connect to the server of a home directory; start it if it is not running.

    Args:
        home: a directory as `config.home_directory` gives it.
        is_starting: False to fail when no server is running.

    Raises:
        ServerGone: no server is running, or it does not start (then with its reason).
    """
    try:
        return _connect(home)
    except (FileNotFoundError, ConnectionRefusedError):
        if not is_starting:
            raise ServerGone(f"no server is running for {home}") from None
        return _start(home)
    except PermissionError as reason:
        raise ServerGone(f"the server's socket {home}/{SOCKET_NAME} refuses you: {reason.strerror}") from reason


def _connect(home: str) -> Connection:
    sock = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    path = f"{home}/{SOCKET_NAME}".encode("utf-8", "surrogateescape")
    directory = -1
    try:
        if len(path) > _MAX_ADDRESS_BYTES:
            directory = posix.open(home, posix.O_PATH | posix.O_DIRECTORY | posix.O_CLOEXEC)
            path = b"/proc/self/fd/%d/%s" % (directory, SOCKET_NAME.encode())
        sock.connect(path)
    except OSError:
        sock.close()
        raise
    finally:
        if directory >= 0:
            posix.close(directory)
    return Connection(sock)


def _start(home: str) -> Connection:
    import fcntl
    import os

    _reap()
    path = f"{home}/{LOCK_NAME}"
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o600)
    except OSError as reason:
        raise UnsafePath(f"cannot open {path}: {reason.strerror}", "remove what is there") from reason
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            return _connect(home)  # somebody was faster
        except (FileNotFoundError, ConnectionRefusedError):
            _spawn(home)
            return _connect(home)
    finally:
        os.close(lock)


def _spawn(home: str) -> None:
    """Start a server in the background and wait until it says that it listens."""
    import os

    ready, theirs = os.pipe()
    os.set_inheritable(theirs, True)
    log = f"{home}/{LOG_NAME}"
    append = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW
    # -P: a file in the directory of the caller must not be imported in the place of ours
    arguments = [sys.executable, "-P", "-m", "xrepl.server", "--ready-fd", str(theirs)]
    try:
        pid = os.posix_spawn(
            sys.executable,
            arguments,
            {**os.environ, "XREPL_HOME": home},
            file_actions=[
                (os.POSIX_SPAWN_OPEN, 0, "/dev/null", os.O_RDONLY, 0),
                (os.POSIX_SPAWN_OPEN, 1, log, append, 0o600),
                (os.POSIX_SPAWN_DUP2, 1, 2),
            ],
            setsid=True,
            setsigmask=(),
        )
    except OSError as reason:
        os.close(ready)
        raise ServerGone(f"cannot start the server: {reason.strerror}", f"see {log}") from reason
    finally:
        os.close(theirs)
    _children.append(pid)
    answer = _read_answer(ready)
    if answer == "ok":
        return
    _reap()
    if answer.startswith("error: "):
        raise ServerGone(answer.removeprefix("error: "))
    raise ServerGone(answer or "the server ended while it was starting", f"see {log}")


def _read_answer(ready: int) -> str:
    """Read the line that a starting server writes; empty if it ended without one."""
    import os
    import select

    poll = select.poll()
    poll.register(ready, select.POLLIN)
    text = b""
    try:
        while not text.endswith(b"\n"):
            if not poll.poll(START_TIMEOUT_S * 1000):
                return f"the server does not answer within {START_TIMEOUT_S} s of its start"
            data = os.read(ready, 4096)
            if not data:
                break
            text += data
    finally:
        os.close(ready)
    return text.decode("utf-8", "replace").strip()


def _reap() -> None:
    """Collect servers that this process started and that have ended since."""
    import os

    for pid in list(_children):
        try:
            ended, _ = os.waitpid(pid, os.WNOHANG)
        except ChildProcessError:
            ended = pid
        if ended and pid in _children:
            _children.remove(pid)
