"""Keys that do more than edit: help, documentation, what was left out, and ^C for another terminal's form.

What they show is shown above the prompt, which stays as it is.
"""

import sys
import time

from prompt_toolkit.application import get_app, run_in_terminal
from prompt_toolkit.enums import DEFAULT_BUFFER
from prompt_toolkit.filters import Condition, emacs_mode, has_focus
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent

from xrepl.client.completion import name_at
from xrepl.client.connection import Message
from xrepl.client.conversation import Conversation
from xrepl.client.filter import OutputFilter
from xrepl.client.mail import Mail
from xrepl.client.place import Place, one_line
from xrepl.client.render import plain
from xrepl.client.running import GRACE_S, QUESTION
from xrepl.client.screen import Screen

KEY_HELP = """\
Enter    evaluate whole forms, or begin a line   Alt-Enter      evaluate as is
Tab      complete, or indent the line            Ctrl-O         begin a line
Up, Down earlier forms; Ctrl-R searches them     Ctrl-X Ctrl-E  use $EDITOR
Ctrl-C   drop the text, or interrupt the form    Ctrl-D         leave
F1 this text   F2 what was left out   F3 what the name at the cursor is
F4 Emacs or vi keys   Ctrl-Alt-F, -B, -K  forward, back over a form; cut one
"""


class Actions:
    """What the keys do.

    Args:
        conversation: attached.
        screen: where it is shown.
        place: the session.
        mail: asks the server.
    """

    def __init__(self, conversation: Conversation, screen: Screen, place: Place, mail: Mail) -> None:
        self._conversation = conversation
        self._screen = screen
        self._place = place
        self._mail = mail
        self._interrupted_at: float | None = None

    def begin(self) -> None:
        """Forget the last ^C: another form was entered."""
        self._interrupted_at = None

    def key_bindings(self) -> KeyBindings:
        """Give the keys."""
        keys = KeyBindings()
        in_prompt = has_focus(DEFAULT_BUFFER)
        is_busy = Condition(lambda: bool(self._place.others_form) and not get_app().current_buffer.text)

        @keys.add("c-c", filter=in_prompt & is_busy)
        def interrupt(event: KeyPressEvent) -> None:
            self._interrupt_others()

        @keys.add("f1")
        def show_keys(event: KeyPressEvent) -> None:
            run_in_terminal(lambda: self._screen.tell("notice", KEY_HELP))

        @keys.add("f2")
        def show_left_out(event: KeyPressEvent) -> None:
            run_in_terminal(self._show_left_out)

        @keys.add("f3", filter=in_prompt)
        @keys.add("c-x", "c-d", filter=in_prompt & emacs_mode)
        def show_documentation(event: KeyPressEvent) -> None:
            document = event.current_buffer.document
            name = name_at(document.text, document.cursor_position, self._conversation.syntax)
            if name:
                self._mail.ask({"op": "lookup", "sym": name}, lambda reply: self._show_documentation(name, reply))

        return keys

    def _interrupt_others(self) -> None:
        """Interrupt the form of another client; when that has not helped for a while, offer to kill the evaluator."""
        now = time.monotonic()
        if self._interrupted_at is not None and now - self._interrupted_at >= GRACE_S:
            run_in_terminal(self._kill_if_wanted)
            return
        if self._interrupted_at is None:
            self._interrupted_at = now
        self._conversation.send({"op": "interrupt"})

    def _kill_if_wanted(self) -> None:
        self._screen.tell("question", QUESTION)
        answer = sys.stdin.readline()
        self._screen.note_line_ended()
        if answer.strip().lower() in ("y", "yes"):
            self._conversation.kill()

    def _show_documentation(self, name: str, reply: Message) -> None:
        info = reply.get("info")
        if not isinstance(info, dict) or not info:
            run_in_terminal(lambda: self._screen.tell("notice", f"nothing is known of {one_line(name)}\n"))
            return
        head = one_line(info.get("arglists-str", "")) or one_line(name)
        doc = plain(info.get("doc", "")).strip()
        text = f"{head}\n{doc}\n" if doc else f"{head}\n"
        is_tall = text.count("\n") >= get_app().output.get_size().rows
        run_in_terminal(lambda: _page(text) if is_tall else self._screen.tell("notice", text))

    def _show_left_out(self) -> None:
        text = self._screen.left_out
        if text:
            one = OutputFilter(has_colours=False)
            _page(f"{one.feed(text)}{one.end()}".rstrip("\n") + "\n")
        else:
            self._screen.tell("notice", "nothing was left out; (pp *) shows the last value whole\n")


def _page(text: str) -> None:
    import pydoc

    pydoc.pager(text)
