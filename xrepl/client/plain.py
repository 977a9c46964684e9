"""The prompt of terminals that can only show text: lines up to whole forms.

Editing is the standard library's `readline`; no colours, no cursor movements of our own.
"""

import select
import time

from xrepl.client.conversation import Conversation
from xrepl.client.place import Place
from xrepl.client.repl import Repl
from xrepl.client.running import Running
from xrepl.client.screen import Screen
from xrepl.client.syntax import scan


def talk(conversation: Conversation, *, is_raw: bool = False, terminal: str = "") -> int:
    """Talk with the user until they leave; give the exit status.

    Raises:
        ServerGone: no server can be started.
    """
    screen = Screen(time.monotonic, is_raw=is_raw, has_colours=False)
    place = Place(conversation)
    repl = Repl(conversation, screen, Running(conversation, screen, place), place, terminal)
    if not repl.attach():
        return 1
    return repl.run(PlainEditor(conversation, screen, place))


class PlainEditor:
    """Reads lines up to whole forms."""

    def __init__(self, conversation: Conversation, screen: Screen, place: Place) -> None:
        self._conversation = conversation
        self._screen = screen
        self._place = place
        self._session: object = None

    def read(self, text: str) -> str:
        """Read lines after those of a text until all forms are whole; ^C throws them away.

        Raises:
            KeyboardInterrupt: ^C.
            EOFError: ^D.
        """
        self._show_waiting()
        self._load_history()
        prompt = self._place.prompt
        try:
            while True:
                text += input("...> ".rjust(len(prompt)) if text else prompt) + "\n"
                if scan(text, self._conversation.syntax).is_whole:
                    return text
        except (KeyboardInterrupt, EOFError):
            self._screen.tell("", "\n")
            raise

    def _show_waiting(self) -> None:
        """Show what came since the last form: what background processes print, what others did to the session."""
        talk = self._conversation
        while talk.is_connected and (talk.has_message or select.select([talk], [], [], 0)[0]):
            message = talk.receive()
            self._screen.show(message)
            self._place.note(message)
        self._screen.end_line()

    def _load_history(self) -> None:
        """Give `readline` the session's forms, when it is there."""
        try:
            import readline
        except ImportError:
            return
        readline.set_auto_history(False)
        readline.clear_history()
        for form in self._place.history.forms:
            readline.add_history(form)
