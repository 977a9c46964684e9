"""Who connects: only processes of this user."""

from __future__ import annotations

import os
import socket
import struct

from xrepl.errors import PeerRefused

_CREDENTIALS = struct.Struct("3i")


def check_peer(sock: socket.socket) -> None:
    """Check that the process at the other end of a UNIX socket is ours.

    Raises:
        PeerRefused: it is another user's.
    """
    raw = sock.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
    pid, uid, _ = _CREDENTIALS.unpack(raw)
    if uid != os.geteuid():
        raise PeerRefused(f"process {pid} of user {uid} was refused", "one server serves one user")
