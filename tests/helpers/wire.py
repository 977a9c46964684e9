"""A raw client of the server's socket: bencode and nothing else of ours, so that ops are tested as others see them."""

import socket
from pathlib import Path
from typing import Any

from xrepl.protocol.bencode import Decoder, encode

Reply = dict[str, Any]
TIMEOUT_S = 20.0


class Wire:
    """One connection; a context manager that closes it.

    Args:
        home: the server's home directory.
    """

    def __init__(self, home: Path) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(TIMEOUT_S)
        self.sock.connect(f"{home}/socket")
        self._decoder = Decoder()
        self._waiting: list[Any] = []
        self._last_id = 0

    def __enter__(self) -> "Wire":
        return self

    def __exit__(self, *problem: object) -> None:
        self.sock.close()

    def send(self, op: str, fields: dict[str, Any] | None = None, **more: Any) -> str:
        """Send a request and give its id; fields whose names are no identifiers go in the dictionary."""
        self._last_id += 1
        number = str(self._last_id)
        self.sock.sendall(encode({"op": op, "id": number, **(fields or {}), **more}))
        return number

    def receive(self) -> Reply:
        """Give the next message; ConnectionError at the end."""
        while not self._waiting:
            data = self.sock.recv(1 << 16)
            if not data:
                raise ConnectionError("the server closed the connection")
            self._waiting = self._decoder.feed(data)
        return self._waiting.pop(0)

    def until_done(self, number: str) -> list[Reply]:
        """Give the replies to a request up to the one that is done."""
        replies = []
        while True:
            reply = self.receive()
            if reply.get("id") != number:
                continue
            replies.append(reply)
            if "done" in reply.get("status", []):
                return replies

    def ask(self, op: str, fields: dict[str, Any] | None = None, **more: Any) -> Reply:
        """Send a request and give all its replies' fields in one."""
        merged: Reply = {}
        for reply in self.until_done(self.send(op, fields, **more)):
            merged.update(reply)
        return merged

    def evaluate(self, code: str, name: str = "default") -> Reply:
        """Evaluate in a session and give the replies' fields in one, with all that was printed in `out`."""
        replies = self.until_done(self.send("eval", {"xrepl/name": name}, code=code))
        merged: Reply = {}
        statuses: list[str] = []
        for reply in replies:
            merged.update(reply)
            statuses += reply.get("status", [])
        merged["out"] = "".join(reply.get("out", "") for reply in replies)
        merged["status"] = statuses
        return merged
