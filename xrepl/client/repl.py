"""The interactive loop: read forms at a prompt, evaluate them, follow the session, until the user leaves.

How one edits is the editor's: `plain.py` for terminals that only show text, `terminal.py` for all others.  What happens
to a form is in `running.py`.
"""

from typing import Protocol

from xrepl.client.conversation import Conversation
from xrepl.client.place import Place
from xrepl.client.render import is_refused, plain
from xrepl.client.running import Detached, Running, is_private
from xrepl.client.screen import Screen
from xrepl.client.syntax import scan
from xrepl.errors import ServerGone


class Editor(Protocol):
    """A prompt."""

    def read(self, text: str) -> str:
        """Let the user edit text up to whole forms.

        Raises:
            KeyboardInterrupt: ^C.
            EOFError: ^D.
        """


class Repl:
    """A conversation with a user at a terminal.

    Args:
        conversation: not yet attached.
        screen: where everything is shown.
        running: evaluates.
        place: learns where the conversation is.
        terminal: what the server is told of the terminal.
    """

    def __init__(
        self, conversation: Conversation, screen: Screen, running: Running, place: Place, terminal: str = ""
    ) -> None:
        self._conversation = conversation
        self._screen = screen
        self._running = running
        self._place = place
        self._terminal = terminal

    def attach(self) -> bool:
        """Enter the session; say whether that succeeded."""
        reply = self._conversation.attach({"xrepl/terminal": self._terminal})
        self._screen.show(reply)
        self._place.note(reply)
        return not is_refused(reply)

    def run(self, editor: Editor) -> int:
        """Talk until the user leaves; give the exit status."""
        try:
            self._talk(editor)
            self._say_goodbye()
        except EOFError:
            self._say_goodbye()
        except Detached:
            self._screen.tell("notice", "detached; the form goes on\n")
        finally:
            self._conversation.close()
        return 0

    def _talk(self, editor: Editor) -> None:
        text = ""
        while not self._running.is_leaving:
            self._screen.end_line()
            try:
                text = editor.read(text)
                text = self._evaluate(text) if text.strip() else ""
            except KeyboardInterrupt:
                text = ""
            except ServerGone as reason:  # no other can be started; the text is there for another try
                self._screen.tell("note", f"xrepl: {plain(reason)}\n")

    def _say_goodbye(self) -> None:
        is_going_on = not self._conversation.is_in_fresh
        self._screen.tell("notice", f"detached from session {self._place.name}\n" if is_going_on else "")

    def _evaluate(self, text: str) -> str:
        """Evaluate a text in the session; give what of it is no whole form."""
        self._remember(text)
        rest = self._running.evaluate(text)
        if self._place.has_changed:
            self.attach()
        return f"{rest.rstrip()}\n" if rest else ""

    def _remember(self, text: str) -> None:
        """Add the forms to the history, unless they begin with a blank."""
        if is_private(text):
            return
        forms = scan(text, self._conversation.syntax).forms
        for start, end in forms:
            self._place.history.add(text[start:end])
