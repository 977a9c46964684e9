"""What comes from the server while the prompt waits for the user: answers to its questions, and what it tells unasked.

Runs in the loop of prompt_toolkit and never waits.  What is to be shown is shown above the prompt, all that has come in
one piece.
"""

from collections.abc import Callable

from prompt_toolkit.application import get_app, run_in_terminal

from xrepl.client.connection import Message, statuses
from xrepl.client.conversation import Conversation
from xrepl.client.place import Place
from xrepl.client.screen import Screen

OnReply = Callable[[Message], None]


class Mail:
    """Messages between a waiting prompt and the server.

    Args:
        conversation: attached.
        screen: where what comes unasked is shown.
        place: takes note of all of it.
        on_moved: called when the server has put the terminal into another session.
    """

    def __init__(self, conversation: Conversation, screen: Screen, place: Place, on_moved: Callable[[], None]) -> None:
        self._conversation = conversation
        self._screen = screen
        self._place = place
        self._on_moved = on_moved
        self._asked: dict[object, OnReply] = {}
        self._unshown: list[Message] = []
        self._descriptor = -1

    def open(self) -> None:
        """Begin to watch the connection, in the loop of the application that runs."""
        self._asked.clear()
        loop = get_app().loop
        if loop is not None and self._conversation.is_connected:
            self._descriptor = self._conversation.fileno()
            loop.add_reader(self._descriptor, self._on_readable)
            loop.call_soon(self._take_waiting)

    def close(self) -> None:
        """Show what has come and was not shown; the application has ended, and its loop with it."""
        self._descriptor = -1
        self._show()

    def ask(self, message: Message, on_reply: OnReply) -> None:
        """Ask about the session; without a server the answer is empty."""
        number = self._conversation.send(message)
        if number is None:
            on_reply({})
        else:
            self._asked[number] = on_reply

    def _take_waiting(self) -> None:
        while self._conversation.is_connected and self._conversation.has_message:
            self._take(self._conversation.receive())
        self._flush()

    def _on_readable(self) -> None:
        for message in self._conversation.arrived():
            self._take(message)
        if self._place.is_server_gone:
            self._stop_watching()
        elif self._place.has_changed:
            self._on_moved()
        self._flush()

    def _take(self, message: Message) -> None:
        self._place.note(message)
        number = message.get("id")
        on_reply = self._asked.get(number)
        if on_reply is not None:
            if "done" in statuses(message):
                del self._asked[number]
                on_reply(message)
        elif number is None or "server-gone" in statuses(message):
            self._unshown.append(message)

    def _stop_watching(self) -> None:
        loop = get_app().loop
        if loop is not None and self._descriptor >= 0:
            loop.remove_reader(self._descriptor)
        asked, self._asked = self._asked, {}
        for on_reply in asked.values():
            on_reply({})

    def _flush(self) -> None:
        """Show what has come above the prompt; while that waits its turn, more may come."""
        get_app().invalidate()
        if any(self._screen.would_show(message) for message in self._unshown):
            run_in_terminal(self._show)
        else:
            self._unshown.clear()

    def _show(self) -> None:
        messages, self._unshown = self._unshown, []
        for message in messages:
            self._screen.show(message)
        if messages:
            self._screen.end_line()
