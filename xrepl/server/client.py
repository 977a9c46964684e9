"""A client as the server knows it: its connection, the session that it is in, the evaluations that it waits for."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import TYPE_CHECKING

from xrepl.server.connection import ClientConnection, Message
from xrepl.server.loop import Loop

if TYPE_CHECKING:
    from xrepl.server.evaluation import Evaluation
    from xrepl.server.live import LiveSession


class Client(ClientConnection):
    """One client.

    Attributes:
        number: counts the server's clients from 1.
        attached: the session that it is attached to, as a terminal is.
        terminal: the name of its terminal, for who lists the sessions; empty if it has told none.
        fresh: its throw-away session, which ends with it.
        evaluations: those under way, by the request's id.
        definitions: those of its script: session, text, syntax.
    """

    def __init__(
        self,
        loop: Loop,
        sock: socket.socket,
        number: int,
        on_message: Callable[[Client, Message], None],
        on_close: Callable[[Client], None],
    ) -> None:
        self.number = number
        self.attached: LiveSession | None = None
        self.terminal = ""
        self.fresh: LiveSession | None = None
        self.evaluations: dict[object, Evaluation] = {}
        self.definitions: list[tuple[str, str, str]] = []
        super().__init__(loop, sock, lambda _, message: on_message(self, message), lambda _: on_close(self))

    def attach(self, live: LiveSession | None) -> None:
        """Enter a session, leaving the one before; None only leaves."""
        if self.attached is live:
            return
        if self.attached is not None:
            self.attached.audience.clients.discard(self)
            self.attached.on_detached()
        self.attached = live
        if live is not None:
            live.audience.clients.add(self)
