"""From a client's message to what does it: each op has a handler, registered by the files that define it.

A handler gets the server's parts, the client and the message, and answers with `Request.done` or `Request.fail`, now or
later.  Knows no op.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from xrepl.errors import XreplError
from xrepl.protocol.ops import OPS
from xrepl.server.client import Client
from xrepl.server.connection import Message
from xrepl.server.live import LiveSession
from xrepl.server.sessions import Sessions

if TYPE_CHECKING:
    from xrepl.server.server import Server


class Request:
    """One message of a client, and the way to answer it.

    Attributes:
        server: the server's parts.
        client: who asks.
        message: the request as it came.
    """

    def __init__(self, server: Server, client: Client, message: Message) -> None:
        self.server = server
        self.client = client
        self.message = message

    @property
    def sessions(self) -> Sessions:
        """Give the session manager."""
        return self.server.sessions

    def text(self, field: str) -> str:
        """Give a field as text; empty if it is not there."""
        value = self.message.get(field, "")
        return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else str(value)

    def tell(self, **fields: Any) -> None:
        """Send a part of the answer."""
        self.client.send({"id": self.message.get("id", ""), **fields})

    def done(self, fields: Message | None = None) -> None:
        """Send the answer's last part."""
        self.tell(**{"status": ["done"], **(fields or {})})

    def fail(self, problem: XreplError) -> None:
        """Answer with an error."""
        fields: Message = {"xrepl/error": problem.message, "status": [problem.code, "error", "done"]}
        if problem.hint:
            fields["xrepl/hint"] = problem.hint
        self.done(fields)

    def answer(self, outcome: Any, fields: Callable[[Any], Message] = lambda outcome: {}) -> None:
        """Answer with what a result gives, or with the error that it is."""
        if isinstance(outcome, XreplError):
            self.fail(outcome)
        else:
            self.done(fields(outcome))

    def made_from(self) -> dict[str, Any]:
        """Give directory and environment for a session that this client makes."""
        environment = self.message.get("xrepl/env", {})
        if not isinstance(environment, dict):
            environment = {}
        texts = {str(key): _as_text(value) for key, value in environment.items()}
        return {"cwd": self.text("xrepl/cwd") or "/", "environment": texts}

    def session(self) -> LiveSession:
        """Give the session that the message names, which must exist.

        Raises:
            UnknownSession: it does not.
        """
        identifier = self.text("session")
        if identifier:
            return self.sessions.by_id(identifier)
        name = self.text("xrepl/name")
        if name:
            return self.sessions.find(name)
        if self.client.attached is not None:
            return self.client.attached
        if self.client.fresh is not None:
            return self.client.fresh
        return self.sessions.find("default")


Handler = Callable[[Request], None]
HANDLERS: dict[str, Handler] = {}


def op(name: str) -> Callable[[Handler], Handler]:
    """Register the handler of an op."""

    def register(handler: Handler) -> Handler:
        HANDLERS[name] = handler
        return handler

    return register


def dispatch(server: Server, client: Client, message: Message) -> None:
    """Do what a message asks for; an unknown op is answered with `unknown-op`."""
    request = Request(server, client, message)
    name = message["op"]
    handler = HANDLERS.get(name)
    if handler is None:
        request.done({"status": ["unknown-op", "error", "done"], "op": name, "xrepl/error": f"there is no op {name}"})
        return
    missing = [field for field in OPS[name].required if field not in message] if name in OPS else []
    if missing:
        what = f"op {name} needs {', '.join(missing)}"
        request.done({"status": ["missing-field", "error", "done"], "xrepl/error": what})
        return
    try:
        handler(request)
    except XreplError as problem:
        request.fail(problem)


def _as_text(value: object) -> str:
    return value.decode("utf-8", "surrogateescape") if isinstance(value, bytes) else str(value)
