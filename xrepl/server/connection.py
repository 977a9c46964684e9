"""One client's connection: whole messages in, whole messages out, bounded.

A client that does not read is not waited for: what it is owed is kept up to a limit, then it is let go.  Knows no op.
"""

from __future__ import annotations

import contextlib
import functools
import socket
from collections.abc import Callable
from typing import Any

from xrepl.errors import RemoteProtocolError
from xrepl.protocol.bencode import Decoder, encode
from xrepl.server.loop import READ, WRITE, Loop

Message = dict[str, Any]


@functools.cache
def field_name(identifier: str) -> str:
    """Give the name of a message's field as it is sent: `xrepl_not_kept` is `xrepl/not-kept`."""
    return identifier.replace("xrepl_", "xrepl/").replace("_", "-")


READ_BYTES = 1 << 18
# from here on the evaluators that write for this client are held up
CONGESTED_BYTES = 1 << 20
MAX_OWED_BYTES = 256 << 20


class ClientConnection:
    """Messages over one accepted socket.

    Args:
        loop: the server's loop; all calls are made in its thread.
        sock: accepted; belongs to the connection from now on.
        on_message: called with each request.
        on_close: called once when the connection is over.
    """

    def __init__(
        self,
        loop: Loop,
        sock: socket.socket,
        on_message: Callable[[ClientConnection, Message], None],
        on_close: Callable[[ClientConnection], None],
    ) -> None:
        self._loop = loop
        self._sock = sock
        self._on_message = on_message
        self._on_close = on_close
        self._decoder = Decoder()
        self._owed = bytearray()
        self._is_writing = False
        self.is_open = True
        self.on_drained: list[Callable[[], None]] = []
        sock.setblocking(False)
        loop.watch(sock.fileno(), READ, self._on_ready)

    @property
    def is_congested(self) -> bool:
        """Say whether the client is far behind with reading."""
        return len(self._owed) > CONGESTED_BYTES

    def send(self, message: Message) -> None:
        """Send a message, or keep it until the client reads."""
        if not self.is_open:
            return
        if not self._owed:
            self._loop.at_end_of_turn(self._flush)
        self._owed += encode(message)
        if len(self._owed) > CONGESTED_BYTES:
            self._flush()
        if len(self._owed) > MAX_OWED_BYTES:
            self.close()

    def close(self) -> None:
        """Send what the client takes at once, and end the connection."""
        self._flush()
        self._end()

    def _end(self) -> None:
        if not self.is_open:
            return
        self.is_open = False
        self._loop.forget(self._sock.fileno())
        self._sock.close()
        self._drained()
        self._on_close(self)

    def _on_ready(self, events: int) -> None:
        if events & WRITE:
            self._flush()
        if events & READ and self.is_open:
            self._read()

    def _read(self) -> None:
        try:
            data = self._sock.recv(READ_BYTES)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self.close()
            return
        try:
            for message in self._decoder.feed(data):
                if not isinstance(message, dict) or not isinstance(message.get("op"), str):
                    raise RemoteProtocolError("a message is no dictionary with an op")
                self._on_message(self, message)
        except RemoteProtocolError as reason:
            with contextlib.suppress(OSError):
                self._sock.send(encode({"status": [reason.code, "error", "done"], "xrepl/error": reason.message}))
            self.close()

    def _flush(self) -> None:
        was_congested = self.is_congested
        if not self.is_open:
            return
        try:
            while self._owed:
                del self._owed[: self._sock.send(memoryview(self._owed)[:READ_BYTES])]
        except BlockingIOError:
            pass
        except OSError:
            self._end()
            return
        if bool(self._owed) != self._is_writing:
            self._is_writing = bool(self._owed)
            self._loop.change(self._sock.fileno(), READ | WRITE if self._owed else READ)
        if was_congested and not self.is_congested:
            self._drained()

    def _drained(self) -> None:
        waiting, self.on_drained = self.on_drained, []
        for job in waiting:
            job()
