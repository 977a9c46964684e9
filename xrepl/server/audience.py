"""Who is attached to a session, and what they are shown beside the answers to their own requests.

What a session prints while nobody is attached is kept, bounded, for the one who attaches next.  A terminal that does
not keep up with what others print misses some of it, and is told how much: nobody waits for it.
"""

from __future__ import annotations

import time
from collections import deque
from typing import TYPE_CHECKING, Any

from xrepl.server.connection import Message, field_name
from xrepl.server.link import Frame

if TYPE_CHECKING:
    from xrepl.server.client import Client

MAX_UNSEEN_CHARACTERS = 64 << 10
_LEFT_OUT = "\n... ({} more characters)\n"


class Audience:
    """The clients at one session.

    Args:
        session: the session's id, which every message carries.

    Attributes:
        running: the text that is being evaluated and since when, by the monotonic clock; None if there is none.
    """

    def __init__(self, session: str) -> None:
        self.clients: set[Client] = set()
        self.running: tuple[str, float] | None = None
        self._session = session
        self._unseen: deque[Message] = deque()
        self._unseen_characters = 0
        self._missed: dict[Client, int] = {}  # how many characters, by clients that are far behind

    def tell(self, but: Client | None = None, **fields: Any) -> None:
        """Send a message to all but one; `_` in a name stands for the `/` of our own fields."""
        for client in self.clients:
            if client is not but:
                client.send({**_message(fields), "session": self._session})

    def printed(self, stream: str, text: str, but: Client | None) -> None:
        """Show what was printed to all but the one who gets it with an answer."""
        for client in self.clients:
            if client is not but and not self._misses(client, len(text)):
                client.send({stream: text, "session": self._session})
        if not self.clients and but is None:
            self._keep({stream: text[-MAX_UNSEEN_CHARACTERS:]})

    def _misses(self, client: Client, characters: int) -> bool:
        """Say whether a client is too far behind for more; it is told how much it has missed when it has caught up."""
        if client in self._missed:
            self._missed[client] += characters
        elif client.is_congested:
            self._missed[client] = characters
            client.on_drained.append(lambda: self._tell_missed(client))
        else:
            return False
        return True

    def _tell_missed(self, client: Client) -> None:
        left_out = _LEFT_OUT.format(self._missed.pop(client))
        if client in self.clients:
            client.send({"out": left_out, "session": self._session})

    def begun(self, code: str, but: Client | None) -> None:
        """Show what is going to be evaluated to the other terminals."""
        self.running = code.strip(), time.monotonic()
        self.tell(but, xrepl_echo=self.running[0])

    def valued(self, frame: Frame, but: Client | None) -> None:
        """Show a form's value to the other terminals; who asked may have left meanwhile."""
        shown = {"xrepl_echo_value": frame.get("error") or frame.get("value") or ""}
        if "error" in frame:
            shown["xrepl_failed"] = 1
        self.tell(but, **shown)
        if not self.clients and but is None:
            self._keep(_message({"xrepl_echo": frame["text"], **shown}))

    def ended(self, but: Client | None) -> None:
        """Tell the other terminals that the evaluator is free."""
        self.running = None
        self.tell(but, xrepl_idle=1)

    def take_unseen(self) -> list[Message]:
        """Give what came while nobody was attached or waited for it: the messages to send."""
        unseen, self._unseen, self._unseen_characters = self._unseen, deque(), 0
        return [{**message, "session": self._session} for message in unseen]

    def _keep(self, message: Message) -> None:
        self._unseen.append(message)
        self._unseen_characters += _size(message)
        while self._unseen_characters > MAX_UNSEEN_CHARACTERS and len(self._unseen) > 1:
            self._unseen_characters -= _size(self._unseen.popleft())


def _message(fields: dict[str, Any]) -> Message:
    return {field_name(name): value for name, value in fields.items()}


def _size(message: Message) -> int:
    return sum(len(value) for value in message.values() if isinstance(value, str))


def restored_text(frame: Frame) -> str:
    """Tell in one line what a restore brought back."""
    count = frame["bindings"]
    text = f"restored {count} binding{'' if count == 1 else 's'}"
    if frame["not_kept"]:
        lost = ", ".join(f"{name} ({reason})" for name, reason in sorted(frame["not_kept"].items()))
        text += f", {len(frame['not_kept'])} not kept: {lost}"
    if frame["damaged"]:
        text += f", {len(frame['damaged'])} damaged: {', '.join(sorted(frame['damaged']))}"
    return text
