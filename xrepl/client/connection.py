"""One connection to the server: whole messages out, whole messages in.

Knows nothing of sessions and never starts a server (`connect.py` does).  Every call blocks; used by one thread.
"""

import _socket

from xrepl.errors import RemoteProtocolError, ServerGone
from xrepl.protocol.bencode import Decoder, encode

Message = dict[str, object]

_READ_BYTES = 1 << 16


class Connection:
    """Messages over a connected socket.

    Args:
        sock: connected; belongs to the connection from now on.
    """

    def __init__(self, sock: _socket.socket) -> None:
        self._sock = sock
        self._decoder = Decoder()
        self._waiting: list[Message] = []
        self._last_id = 0

    def fileno(self) -> int:
        """Give the socket's descriptor, to wait for it together with others."""
        return self._sock.fileno()

    def close(self) -> None:
        """Close the socket; the server then ends what was tied to it."""
        self._sock.close()

    def send(self, message: Message) -> str:
        """Send a request under an id of its own and give the id.

        Raises:
            ServerGone: the server is not there any more.
        """
        self._last_id += 1
        number = str(self._last_id)
        try:
            self._sock.sendall(encode({**message, "id": number}))
        except OSError as reason:
            raise _gone(reason.strerror) from reason
        return number

    @property
    def has_message(self) -> bool:
        """Say whether `receive` would give a message without reading the socket."""
        return bool(self._waiting)

    def receive(self) -> Message:
        """Wait for the next message.

        Raises:
            ServerGone: the server closed the connection.
            RemoteProtocolError: what came is no message.
        """
        while not self._waiting:
            self.read()
        return self._waiting.pop(0)

    def read(self) -> None:
        """Read what is there, or wait until there is something; whole messages wait for `receive`.

        Raises:
            ServerGone: the server closed the connection.
            RemoteProtocolError: what came is no message.
        """
        try:
            data = self._sock.recv(_READ_BYTES)
        except OSError as reason:
            raise _gone(reason.strerror) from reason
        if not data:
            raise _gone("it closed the connection")
        for message in self._decoder.feed(data):
            if not isinstance(message, dict):
                raise RemoteProtocolError("the server sent something that is no message")
            self._waiting.append(message)

    def request(self, message: Message) -> Message:
        """Send a request and give its last reply, with the fields of all its replies in it.

        What comes meanwhile and is no reply to it waits for `receive`.

        Raises:
            ServerGone: the server is not there any more.
            RemoteProtocolError: what came is no message.
        """
        number = self.send(message)
        gathered: Message = {}
        others: list[Message] = []
        while True:
            reply = self.receive()
            if reply.get("id") != number:
                others.append(reply)
                continue
            gathered.update(reply)
            if "done" in statuses(reply):
                self._waiting = others + self._waiting
                return gathered


def statuses(message: Message) -> list[object]:
    """Give the status words of a message; none for a malformed one."""
    status = message.get("status")
    return status if isinstance(status, list) else []


def _gone(why: str | None) -> ServerGone:
    return ServerGone(f"the server ended ({why})")
