"""Run forms from a file, or from standard input as they arrive.

A file stops at the first form that fails; standard input goes on, as a user at the prompt would.
"""

import posix

from xrepl.client.connection import Message, statuses
from xrepl.client.conversation import Conversation
from xrepl.client.oneshot import FAILED, INTERRUPTED, SUCCEEDED, end_if_asked, evaluate
from xrepl.client.output import show, write
from xrepl.client.render import ERR, is_failed

_READ_BYTES = 1 << 16


def run_file(conversation: Conversation, path: str, arguments: list[str]) -> int:
    """Run a script with `script-name` and `script-args` bound; give the exit status."""
    try:
        with open(path, "rb") as file:
            text = file.read().decode()
    except OSError as reason:
        write(f"xrepl: cannot read {path}: {reason.strerror}\n", ERR)
        return FAILED
    except UnicodeDecodeError as reason:
        write(f"xrepl: {path} is not UTF-8 at byte {reason.start}; save it as UTF-8\n", ERR)
        return FAILED
    if text.startswith("#!"):
        text = ";" + text  # the line of the interpreter; the others keep their numbers
    own, conversation.syntax = conversation.syntax, "lfe"
    for message in conversation.evaluate(_binding(path, arguments), file=path):
        if is_failed(message):
            show(message)
            return FAILED
    conversation.syntax = "hy" if path.endswith(".hy") else "lfe" if path.endswith(".lfe") else own
    return evaluate(conversation, text, file=path)


def _binding(path: str, arguments: list[str]) -> str:
    listed = " ".join(map(_string, arguments))
    return f"(progn (set script-name {_string(path)}) (set script-args (list {listed})) 'ok)"


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


class Feed:
    """Evaluates text that arrives in pieces: what is whole at once, an unfinished form when its rest is there."""

    def __init__(self, conversation: Conversation) -> None:
        self.status = SUCCEEDED
        self._conversation = conversation
        self._text = ""
        self._line = 1
        self._tried = 0

    def add(self, text: str) -> None:
        """Take whole lines and evaluate the forms that are whole now."""
        self._text += text
        # a very long form is tried again only when it has grown a good deal: trying reads it from its start
        if len(self._text) >= self._tried * 5 // 4:
            self._evaluate(is_end=False)

    def end(self) -> int:
        """Evaluate what is left, where an unfinished form is an error; give the exit status."""
        if self._text.strip():
            self._evaluate(is_end=True)
        return self.status

    def _evaluate(self, *, is_end: bool) -> None:
        unread = ""
        for message in self._conversation.evaluate(self._text, line=self._line, is_going_on=True):
            if "incomplete" in statuses(message):
                unread = self._text[_end(message) :]
                if not is_end:
                    continue
                self.status = FAILED
            elif is_failed(message):
                self.status = FAILED
            message.pop("xrepl/place", None)  # what arrives in pieces has no lines to show
            show(message)
            end_if_asked(message, self.status)
        self._line += self._text.count("\n", 0, len(self._text) - len(unread))
        self._text = unread
        self._tried = len(unread)


def _end(message: Message) -> int:
    """Give where the text begins that was not evaluated, because it is no whole form."""
    end = message.get("xrepl/end")
    return end if isinstance(end, int) else 0


def run_input(conversation: Conversation) -> int:
    """Evaluate standard input as it arrives; give the exit status."""
    feed = Feed(conversation)
    rest = b""
    number = 0
    try:
        while data := posix.read(0, _READ_BYTES):
            cut = data.rfind(b"\n") + 1
            if not cut:
                rest += data
                continue
            whole, rest = rest + data[:cut], data[cut:]
            feed.add(whole.decode())
            number += len(whole)
        feed.add(rest.decode())
    except UnicodeDecodeError as reason:
        feed.end()
        write(f"xrepl: standard input is not UTF-8 at byte {number + reason.start}\n", ERR)
        return FAILED
    except KeyboardInterrupt:
        conversation.interrupt()
        return INTERRUPTED
    return feed.end()
