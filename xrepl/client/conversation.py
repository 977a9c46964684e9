"""One client's evaluations: which session they go to, and what happens when the server ends.

Shows nothing and reads no input.  A switch of session, which the server tells at the end of an evaluation, moves the
conversation; a server that is gone is started again with the next form, and the form under way is reported as lost.
"""

import posix

from xrepl.client.connect import connect
from xrepl.client.connection import Connection, Message, statuses
from xrepl.config import DEFAULT_SESSION
from xrepl.errors import ServerGone

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing it takes as long as all of ours
    from collections.abc import Iterator

DEFAULT_PROMPT = "lfe> "
GONE = "the server has ended; the next form starts it again"
GONE_FRESH = "the server has ended, and the throw-away session with it; the next form begins another"
LOST_FRESH = "** the server ended while this form was running: the form and the throw-away session are lost"
BACK = "the server is there again"
LOST = "** the server ended while this form was running: the form is lost, what was acknowledged before it is kept"


class Conversation:
    """Evaluate text in a session, as the server keeps it.

    Args:
        home: the server's home directory.
        name: name, id or prefix of an id of the session; made if missing.
        is_fresh: use a throw-away session instead.
        syntax: "lfe" or "hy".
        is_restored: False to begin with nothing defined.
    """

    def __init__(
        self, home: str, *, name: str = "", is_fresh: bool = False, syntax: str = "lfe", is_restored: bool = True
    ) -> None:
        self.home = home
        self.name = name or ("" if is_fresh else DEFAULT_SESSION)
        self.prompt = DEFAULT_PROMPT
        self.syntax = syntax
        self._is_fresh = is_fresh
        self._is_restored = is_restored
        self._fresh_session: object = None
        self._session: object = None
        self._connection: Connection | None = None
        self._evaluation = ""
        self._is_running = False
        self._attachment: Message | None = None  # what the server is told of this terminal
        self._told: list[Message] = []  # waits for `receive`

    @property
    def session(self) -> object:
        """Give the id of the session, None before the first reply."""
        return self._session

    @property
    def is_in_fresh(self) -> bool:
        """Say whether the session is this conversation's throw-away one."""
        return self._is_fresh and self._session in (None, self._fresh_session)

    @property
    def connection(self) -> Connection:
        """Give the connection, made anew if the last one is lost; a terminal is attached again.

        Raises:
            ServerGone: no server can be started.
        """
        if self._connection is None:
            self._connection = connect(self.home)
            self._attach_again()
        return self._connection

    @property
    def is_connected(self) -> bool:
        """Say whether there is a connection; the next form makes one."""
        return self._connection is not None

    def rejoin(self) -> bool:
        """Connect again if there is a server, without starting one; say whether there is a connection.

        A throw-away session has gone with its server: only a form begins another.
        """
        if self._connection is None:
            if self._is_fresh:
                return False
            try:
                self._connection = connect(self.home, is_starting=False)
                self._attach_again()
            except ServerGone:
                self._connection = None
                return False
            self._told.insert(0, {"xrepl/notice": [BACK]})
        return True

    def _attach_again(self) -> None:
        if self._attachment is not None:
            reply = self.attach(self._attachment)
            reply.pop("id", None)  # nobody waits for it: it is told like what comes unasked
            self._told.append(reply)

    @property
    def has_message(self) -> bool:
        """Say whether `receive` would give a message without waiting."""
        return bool(self._told) or self.connection.has_message

    def fileno(self) -> int:
        """Give the descriptor to wait for messages; another one after the server was started again."""
        return self.connection.fileno()

    def attach(self, attachment: Message | None = None) -> Message:
        """Enter the session as a terminal does, without evaluating anything; give the reply.

        Args:
            attachment: fields that tell the server about the terminal.

        Raises:
            ServerGone: no server can be started.
        """
        self._attachment = None  # so that a new connection does not attach by itself
        connection = self.connection
        self._attachment = attachment or {}
        message: Message = {"op": "xrepl/attach", "create": 1, **self._attachment, **self._target()}
        reply = connection.request(message)
        self._follow(reply)
        return reply

    def evaluate(self, code: str, *, file: str = "", line: int = 1, is_going_on: bool = False) -> "Iterator[Message]":
        """Evaluate forms and give the replies as they come, the last with "done" in its status.

        Args:
            code: any number of forms.
            file: the name of the file they are from.
            line: where in it they begin.
            is_going_on: go on with the next form after one that fails.

        Raises:
            ServerGone: no server can be started.  One that ends meanwhile is a reply.
        """
        self.begin(code, file=file, line=line, is_going_on=is_going_on)
        while True:
            message = self.receive()
            yield message
            if self.is_last(message):
                return

    def begin(
        self,
        code: str,
        *,
        file: str = "",
        line: int = 1,
        is_going_on: bool = False,
        has_input: bool = False,
        is_recorded: bool = True,
    ) -> None:
        """Send forms to be evaluated; `receive` gives the replies.

        With input, those of the status `need-input` are to be answered by `give_input`.  If not recorded, the text is
        no part of the session's history.
        """
        message: Message = {"op": "eval", "code": code, "xrepl/syntax": self.syntax, "xrepl/line": line}
        if file:
            message["file"] = file
        if is_going_on:
            message["xrepl/go-on"] = 1
        if has_input:
            message["xrepl/input"] = 1
        if not is_recorded:
            message["xrepl/unrecorded"] = 1
        try:
            self._evaluation = self.connection.send({**message, **self._target()})
        except ServerGone:
            # it ended since the last form; this one has not reached it, so sending it again is safe
            self._forget()
            self._evaluation = self.connection.send({**message, **self._target()})
        self._is_running = True

    def receive(self) -> Message:
        """Wait for the next message; a server that is gone gives one that says so, and ends the evaluation."""
        if self._told:
            return self._told.pop(0)
        try:
            message = self.connection.receive()
        except ServerGone:
            return self._lost()
        if self.is_last(message):
            self._follow(message)
            self._is_running = False
        elif "xrepl/moved" in message:  # the session was closed by somebody else
            self._follow(message)
        return message

    def arrived(self) -> "Iterator[Message]":
        """Give the messages that are there without waiting; to be called when the descriptor is readable."""
        try:
            self.connection.read()
        except ServerGone:
            yield self._lost()
        while self._connection is not None and self.has_message:
            yield self.receive()

    def send(self, message: Message) -> str | None:
        """Send a request about the session and give its id; None if the server is gone, which `receive` tells."""
        if self._connection is None:
            return None
        try:
            return self._connection.send({**message, **self._target(is_making=False)})
        except ServerGone:
            return None

    def is_mine(self, message: Message) -> bool:
        """Say whether a message is a reply to the last evaluation, or to no request at all."""
        return message.get("id") in (None, self._evaluation)

    def is_last(self, message: Message) -> bool:
        """Say whether a message ends the last evaluation, as the loss of the server does."""
        words = statuses(message)
        return "done" in words and message.get("id") == self._evaluation

    def interrupt(self) -> None:
        """Ask for the interruption of the evaluation under way; its replies still come through `receive`."""
        self.send({"op": "interrupt", "interrupt-id": self._evaluation})

    def give_input(self, line: str) -> None:
        """Give a line to the form that asks for one; an empty one is the end of the input."""
        self.send({"op": "stdin", "stdin": line})

    def kill(self) -> None:
        """Ask for the end of the evaluator's process and the restoration of the last acknowledged state."""
        self.send({"op": "xrepl/kill"})

    def close(self) -> None:
        """Leave; the session goes on, unless it is a throw-away one."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _lost(self) -> Message:
        """Take note that the server is gone; give the message that says so and ends the evaluation."""
        lost: Message = {"id": self._evaluation, "status": ["server-gone", "done"]}
        if self._is_running:
            lost["xrepl/error"] = LOST_FRESH if self.is_in_fresh else LOST
        else:
            lost["xrepl/notice"] = [GONE_FRESH if self.is_in_fresh else GONE]
        self._forget()
        return lost

    def _target(self, *, is_making: bool = True) -> Message:
        if self._session is not None:
            return {"session": self._session}
        target: Message = {"xrepl/fresh": 1} if self._is_fresh else {"xrepl/name": self.name}
        if is_making and not self._is_restored:
            target["xrepl/no-restore"] = 1
        if is_making:
            target["xrepl/cwd"] = _directory()
            target["xrepl/env"] = _environment()
        return target

    def _follow(self, reply: Message) -> None:
        session = reply.get("session")
        if session:
            if self._is_fresh and self._fresh_session is None:
                self._fresh_session = session
            self._session = session
        self.name = str(reply.get("xrepl/name") or self.name)
        self.prompt = str(reply.get("xrepl/prompt") or self.prompt)

    def _forget(self) -> None:
        """Drop a dead connection; a throw-away session is gone with it."""
        self.close()
        self._is_running = False
        if self._is_fresh and self._session == self._fresh_session:
            self._session = self._fresh_session = None


def _directory() -> str | bytes:
    try:
        return posix.getcwdb()
    except FileNotFoundError:
        return "/"


def _environment() -> Message:
    environment: Message = {}
    for key, value in posix.environ.items():
        try:
            environment[key.decode()] = value
        except UnicodeDecodeError:
            continue  # a message has text for keys
    return environment
