"""A fake server: a thread that answers each request as a test says."""

import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from xrepl.protocol.bencode import Decoder, encode

Request = dict[str, Any]
Answer = Callable[[Request], "list[dict[str, Any]] | None"]


class FakeServer:
    """Listens in a home; a context manager.

    Args:
        home: where its socket is made.
        answer: gives the replies to a request, which get its id; None closes the connection.
    """

    def __init__(self, home: Path, answer: Answer) -> None:
        self.requests: list[Request] = []
        self._answer = answer
        self._path = home / "socket"
        self._path.unlink(missing_ok=True)
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self._path))
        self._listener.listen()
        self._connections: list[socket.socket] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> "FakeServer":
        self._thread.start()
        return self

    def __exit__(self, *problem: object) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for connection in self._connections:
            connection.close()
        self._path.unlink(missing_ok=True)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self._connections.append(connection)
            threading.Thread(target=self._converse, args=(connection,), daemon=True).start()

    def _converse(self, connection: socket.socket) -> None:
        decoder = Decoder()
        while True:
            try:
                data = connection.recv(1 << 16)
            except OSError:
                return
            if not data:
                return
            for request in decoder.feed(data):
                assert isinstance(request, dict)
                self.requests.append(request)
                replies = self._answer(request)
                if replies is None:
                    connection.shutdown(socket.SHUT_RDWR)
                    return
                connection.sendall(b"".join(encode({"id": request["id"], **reply}) for reply in replies))
