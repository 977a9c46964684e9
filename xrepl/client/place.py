"""Where a terminal is: the session as the server last told of it, what runs in it, its history.

Learns from messages and asks nothing.
"""

import time

from xrepl.client.connection import Message, statuses
from xrepl.client.conversation import Conversation
from xrepl.client.history import History, path_of
from xrepl.client.render import plain


class Place:
    """The session that a conversation is in.

    Attributes:
        history: the forms typed in it.
        not_kept: the names whose values cannot be stored.
        others_form: the form of another client that runs; empty if none does.
        others_since: when that began, by the monotonic clock.
        is_server_gone: whether there is no server until the next form.
    """

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self.session: object = None
        self.history = History()
        self.not_kept: list[str] = []
        self.others_form = ""
        self.others_since = 0.0
        self.is_server_gone = False

    @property
    def name(self) -> str:
        """Give the session's name, or the beginning of its id."""
        if self._conversation.name:
            return one_line(self._conversation.name)
        return "throw-away" if self._conversation.is_in_fresh else str(self.session or "")[:8]

    @property
    def prompt(self) -> str:
        """Give the prompt."""
        return plain(self._conversation.prompt).replace("\n", " ")

    @property
    def has_changed(self) -> bool:
        """Say whether the conversation is in another session than the one that this tells of."""
        return self._conversation.session != self.session

    def note(self, message: Message) -> None:
        """Take note of what a message tells about the session."""
        if "xrepl/attached" in message:
            self._enter(message)
        if "xrepl/form" in message or "xrepl/attached" in message:
            names = message.get("xrepl/not-kept")
            self.not_kept = [one_line(name) for name in names] if isinstance(names, list) else []
        if "xrepl/idle" in message or "xrepl/moved" in message:
            self.others_form = ""
        elif "xrepl/echo" in message and "xrepl/echo-value" not in message:
            self._begin(message["xrepl/echo"], 0)
        forms = message.get("xrepl/max-history")
        if isinstance(forms, int):
            self.history.max_forms = forms
        forms = message.get("xrepl/max-history")
        if isinstance(forms, int):
            self.history.max_forms = forms
        self.is_server_gone = "server-gone" in statuses(message)

    def _enter(self, reply: Message) -> None:
        """Take note of the reply to an attachment."""
        self.session = self._conversation.session
        path = "" if self._conversation.is_in_fresh else path_of(self._conversation.home, str(self.session))
        self.history = History(path)
        self.others_form = ""
        if "xrepl/running" in reply:
            running_ms = reply.get("xrepl/running-ms")
            self._begin(reply["xrepl/running"], running_ms / 1000 if isinstance(running_ms, int) else 0)

    def _begin(self, form: object, ago_s: float) -> None:
        self.others_form = one_line(form) or "a form"
        self.others_since = time.monotonic() - ago_s


def one_line(text: object) -> str:
    """Give text as one line without control characters."""
    return " ".join(plain(text).split())
