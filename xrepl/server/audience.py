"""Who is attached to a session, and what they are shown beside the answers to their own requests.

What a session prints while nobody is attached is kept, bounded, for the one who attaches next.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xrepl.server.link import Frame

if TYPE_CHECKING:
    from xrepl.server.client import Client

MAX_UNSEEN_CHARACTERS = 64 << 10


class Audience:
    """The clients at one session.

    Args:
        session: the session's id, which every message carries.
    """

    def __init__(self, session: str) -> None:
        self.clients: set[Client] = set()
        self._session = session
        self._unseen = ""

    def tell(self, but: Client | None = None, **fields: Any) -> None:
        """Send a message to all but one; `_` in a name stands for the `/` of our own fields."""
        message = {name.replace("xrepl_", "xrepl/").replace("_", "-"): value for name, value in fields.items()}
        for client in self.clients:
            if client is not but:
                client.send({**message, "session": self._session})

    def printed(self, stream: str, text: str, but: Client | None) -> None:
        """Show what was printed to all but the one who gets it with an answer."""
        self.tell(but, **{stream: text})
        if not self.clients:
            self._unseen = (self._unseen + text)[-MAX_UNSEEN_CHARACTERS:]

    def echo(self, frame: Frame, but: Client | None) -> None:
        """Show a form and its value to the other terminals."""
        if len(self.clients) > (but in self.clients):
            value = frame.get("error") or frame.get("value") or ""
            self.tell(but, xrepl_echo=frame["text"], xrepl_echo_value=value)

    def take_unseen(self) -> str:
        """Give what was printed while nobody was attached."""
        text, self._unseen = self._unseen, ""
        return text


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
