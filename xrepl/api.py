"""Sessions from Python: `xrepl.connect()` gives a client of this user's server, started if need be.

    with xrepl.connect() as client:
        work = client.session("work")
        work.eval("(set x 42)")
        print(work.eval("(* x 2)").value)  # 84

Texts go to a session and texts come back; nothing is evaluated in the calling process.  Every call blocks, and one
client is used by one thread.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from typing import Any

from xrepl.client.connect import connect as connect_to
from xrepl.client.connection import Connection, Message, statuses
from xrepl.client.render import error, is_refused, notices, plain
from xrepl.config import DEFAULT_SESSION, check_directory, home_directory
from xrepl.errors import ERRORS, XreplError

__all__ = ["Client", "Result", "Session", "SessionInfo", "connect"]


@dataclass(frozen=True)
class Result:
    """What came of a text.

    Attributes:
        value: of the last form, as the shell shows it; None without one, or when a form failed.
        values: of all forms, in order.
        output: what was printed.
        error: the text of the form that failed, upon which the rest was not evaluated; None if none did.
        session: the id of the session that the client is in afterwards: another one, if a form has switched.
        ms: how long the forms took, in milliseconds.
        notices: lines told beside the values, as that a session was reopened.
    """

    value: str | None = None
    values: list[str] = field(default_factory=list)
    output: str = ""
    error: str | None = None
    session: str = ""
    ms: float = 0.0
    notices: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        """Say whether no form failed."""
        return self.error is None


@dataclass(frozen=True)
class SessionInfo:
    """What a listing tells of a session.

    Attributes:
        id: 32 hex digits.
        name: empty for none.
        status: `stopped`, `starting`, `restoring`, `idle`, `busy`, `failed`; in the archive `closed` or `expired`.
        created_at: in seconds since 1970.
        last_active: in seconds since 1970.
        revision: the number of its last acknowledged form.
        attached: how many terminals are at it.
    """

    id: str
    name: str
    status: str
    created_at: int
    last_active: int
    revision: int
    attached: int


class Session:
    """One session, by its id.

    Args:
        client: whose session it is.
        id: 32 hex digits.
    """

    def __init__(self, client: Client, id: str) -> None:
        self.client = client
        self.id = id

    def eval(self, code: str, *, syntax: str = "lfe") -> Result:
        """Evaluate forms, one after the other, up to the first that fails; what is answered is on disk.

        Args:
            code: any number of forms.
            syntax: "lfe" or "hy".

        Raises:
            XreplError: the session is gone, or the server is.
        """
        return self.client._evaluate({"session": self.id}, code, syntax)

    def info(self) -> dict[str, Any]:
        """Give all that is known of it: settings, metadata, names that are not kept, and more."""
        told = self.client._ask("xrepl/info", name=self.id)["xrepl/info"]
        return dict(told) if isinstance(told, dict) else {}

    def rename(self, name: str) -> None:
        """Give it another name.

        Raises:
            NameTaken, InvalidName: it cannot have that.
        """
        self.client._ask("xrepl/rename", {"xrepl/new-name": name}, name=self.id)

    def save(self) -> None:
        """Write its state now."""
        self.client._ask("xrepl/save", name=self.id)

    def close(self) -> None:
        """Move it to the archive, from which `Client.reopen` takes it."""
        self.client._ask("xrepl/close", name=self.id)

    def export(self) -> bytes:
        """Give the content of a file of which `Client.import_session` makes it again."""
        content = self.client._ask("xrepl/export", name=self.id)["xrepl/content"]
        return content if isinstance(content, bytes) else str(content).encode()

    def __repr__(self) -> str:
        return f"Session({self.id!r})"


class Client:
    """A connection to a user's server; a context manager that closes it.

    Args:
        home: a directory as `config.home_directory` gives it.
    """

    def __init__(self, home: str) -> None:
        self._connection: Connection = connect_to(home)

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *problem: object) -> None:
        self.close()

    def close(self) -> None:
        """Leave; the sessions go on."""
        self._connection.close()

    def eval(self, code: str, *, session: str = DEFAULT_SESSION, syntax: str = "lfe") -> Result:
        """Evaluate forms in a session that is given by name, id or prefix, and made if there is none."""
        return self._evaluate({"xrepl/name": session, **_made_from()}, code, syntax)

    def session(self, name: str) -> Session:
        """Give the session of a name, an id, or the beginning of one; reopened or made if there is none."""
        return Session(self, self._evaluate({"xrepl/name": name, **_made_from()}, "", "lfe").session)

    def new(self, name: str = "") -> Session:
        """Make a session.

        Raises:
            NameTaken, InvalidName: it cannot have that name.
        """
        return self._session(self._ask("xrepl/new", _made_from(), name=name))

    def sessions(self) -> list[SessionInfo]:
        """List the sessions, the one used last first."""
        return self._infos("xrepl/list")

    def archived(self) -> list[SessionInfo]:
        """List the closed and expired sessions, the one archived last first."""
        return self._infos("xrepl/archive")

    def reopen(self, name: str) -> Session:
        """Take a session out of the archive."""
        return self._session(self._ask("xrepl/reopen", name=name))

    def import_session(self, content: bytes, name: str = "") -> Session:
        """Make a session of what `Session.export` gave, under another name if one is given."""
        return self._session(self._ask("xrepl/import", {"xrepl/content": content, **_made_from()}, name=name))

    def _infos(self, op: str) -> list[SessionInfo]:
        rows = self._ask(op).get("sessions")
        return [_info(row) for row in rows if isinstance(row, dict)] if isinstance(rows, list) else []

    def _session(self, reply: Message) -> Session:
        return Session(self, plain(reply["session"]))

    def _ask(self, op: str, fields: Message | None = None, *, name: str = "") -> Message:
        message: Message = {"op": op, **(fields or {})}
        if name:
            message["xrepl/name"] = name
        reply = self._connection.request(message)
        _raise_refusal(reply)
        return reply

    def _evaluate(self, where: Message, code: str, syntax: str) -> Result:
        number = self._connection.send({"op": "eval", "code": code, "xrepl/syntax": syntax, **where})
        gathered = _Gathered()
        while True:
            reply = self._connection.receive()
            if reply.get("id") != number:  # of somebody else's doings
                continue
            _raise_refusal(reply)
            gathered.add(reply)
            if "done" in statuses(reply):
                return gathered.result()


class _Gathered:
    """The replies to one text."""

    def __init__(self) -> None:
        self._fields: dict[str, Any] = {"values": [], "notices": []}
        self._output: list[str] = []
        self._ms = 0.0

    def add(self, reply: Message) -> None:
        """Take a reply."""
        self._output += [plain(reply[stream]) for stream in ("out", "err") if stream in reply]
        self._fields["notices"] += notices(reply)
        self._ms += float(plain(reply.get("xrepl/ms", "0")))
        if "value" in reply:
            self._fields["values"].append(plain(reply["value"]))
        if "xrepl/error" in reply:
            self._fields["error"] = error(reply)
        if reply.get("session"):
            self._fields["session"] = plain(reply["session"])

    def result(self) -> Result:
        """Give what came of it."""
        values = self._fields["values"]
        value = values[-1] if values and "error" not in self._fields else None
        return Result(value=value, output="".join(self._output), ms=self._ms, **self._fields)


def connect(home: str | None = None) -> Client:
    """Connect to this user's server; start it if it is not running.

    Args:
        home: the directory that holds everything; None for that of the environment (XREPL_HOME).

    Raises:
        ServerGone: it does not start.
        UnsafePath: the directory belongs to somebody else, or is open to others.
    """
    if home is None:
        return Client(home_directory())
    check_directory(home)
    return Client(os.path.abspath(home))


def _made_from() -> Message:
    environment: Message = {key: value for key, value in os.environ.items() if key.isprintable()}
    return {"xrepl/cwd": os.getcwd(), "xrepl/env": environment}


def _info(row: dict[str, Any]) -> SessionInfo:
    numbers = ("created-at", "last-active", "revision", "attached")
    counted = {key.replace("-", "_"): int(row.get(key, 0)) for key in numbers}
    return SessionInfo(plain(row["id"]), plain(row.get("name", "")), plain(row.get("status", "")), **counted)


def _raise_refusal(reply: Message) -> None:
    if not is_refused(reply):
        return
    words = [plain(word) for word in statuses(reply)]
    kind = next((ERRORS[word] for word in words if word in ERRORS and ERRORS[word] is not XreplError), XreplError)
    raise kind(plain(reply.get("xrepl/error", " ".join(words))), plain(reply.get("xrepl/hint", "")))
