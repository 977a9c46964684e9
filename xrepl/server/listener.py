"""The server's socket: bound in the home directory, closed to others, clients checked as they come.

Reads no message.
"""

from __future__ import annotations

import contextlib
import os
import socket
import stat
from collections.abc import Callable

from xrepl import log
from xrepl.config import SOCKET_NAME
from xrepl.errors import PeerRefused, UnsafePath
from xrepl.server.loop import READ, Loop
from xrepl.server.peer import check_peer

BACKLOG = 1024
MAX_CONNECTIONS = 4000
_RETRY_S = 0.1


class Listener:
    """Accepts clients.

    Args:
        loop: the server's loop.
        home: the home directory; the caller holds the lock that says no other server is there.
        on_client: called with each accepted and checked socket.

    Raises:
        UnsafePath: something that is no socket is in its place.
    """

    def __init__(self, loop: Loop, home: str, on_client: Callable[[socket.socket], None]) -> None:
        self._loop = loop
        self._on_client = on_client
        self.count = 0
        self._path = f"{home}/{SOCKET_NAME}"
        self._remove()
        self._sock = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        directory = os.open(home, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
        former = os.umask(0o177)
        try:
            # by way of the directory's descriptor: an address takes 107 bytes, a path may be longer
            self._sock.bind(f"/proc/self/fd/{directory}/{SOCKET_NAME}")
        finally:
            os.umask(former)
            os.close(directory)
        self._sock.setblocking(False)
        self._sock.listen(BACKLOG)
        loop.watch(self._sock.fileno(), READ, self._on_ready)

    def close(self) -> None:
        """Accept nobody any more."""
        self._loop.forget(self._sock.fileno())
        self._sock.close()
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self._path)

    def _remove(self) -> None:
        """Remove what a dead server has left."""
        try:
            status = os.lstat(self._path)
        except FileNotFoundError:
            return
        if not stat.S_ISSOCK(status.st_mode):
            raise UnsafePath(f"{self._path} is in the place of the server's socket and is none", "remove it")
        os.unlink(self._path)

    def _on_ready(self, events: int) -> None:
        try:
            sock, _ = self._sock.accept()
        except BlockingIOError:
            return
        except OSError as reason:  # no descriptors left: try again when some are closed
            log.write(f"a client cannot be let in: {reason}")
            self._loop.forget(self._sock.fileno())
            self._loop.later(_RETRY_S, lambda: self._loop.watch(self._sock.fileno(), READ, self._on_ready))
            return
        try:
            check_peer(sock)
        except PeerRefused as reason:
            log.write(reason.message)
            sock.close()
            return
        if self.count >= MAX_CONNECTIONS:
            sock.close()
            return
        self._on_client(sock)
