"""Evaluate forms given on the command line, print what the shell would show, and end.

On the path of every `xrepl -e`: imports nothing that takes time.
"""

import sys

from xrepl.client.connection import statuses
from xrepl.client.conversation import Conversation
from xrepl.client.output import show, write
from xrepl.client.render import ERR, input_prompt, is_failed

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing it takes as long as all of ours
    from collections.abc import Iterable

    from xrepl.client.connection import Message

SUCCEEDED, FAILED, INTERRUPTED = 0, 1, 130


class Left(Exception):
    """A form asked the client to end.

    Args:
        status: the exit status.
    """

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def evaluate_forms(conversation: Conversation, forms: "Iterable[str]") -> int:
    """Evaluate texts one after the other up to the first that fails; give the exit status."""
    for form in forms:
        status = evaluate(conversation, form)
        if status:
            return status
    return SUCCEEDED


def evaluate(conversation: Conversation, code: str, *, file: str = "", is_going_on: bool = False) -> int:
    """Evaluate a text and show what comes; give the exit status.

    ^C interrupts the form on the server; a second one only leaves it.

    Raises:
        Left: a form asked the client to end.
    """
    conversation.begin(code, file=file, is_going_on=is_going_on, has_input=True)
    is_interrupted = False
    status = SUCCEEDED
    while True:
        try:
            message = conversation.receive()
            if "need-input" in statuses(message):
                write(input_prompt(message))
                conversation.give_input(sys.stdin.readline())
        except KeyboardInterrupt:
            if is_interrupted:
                write("xrepl: the form does not react and goes on without this client\n", ERR)
                return INTERRUPTED
            is_interrupted = True
            conversation.interrupt()
            continue
        show(message)
        if is_failed(message) or "incomplete" in statuses(message):
            status = FAILED
        if conversation.is_last(message):
            end_if_asked(message, status)
            return INTERRUPTED if is_interrupted else status


def end_if_asked(message: "Message", status: int) -> None:
    """Raise Left if the last message of an answer says that a form asked the client to end.

    Args:
        message: the message.
        status: the exit status if the form gave none.
    """
    if message.get("xrepl/leave"):
        wanted = message.get("xrepl/exit-status")
        raise Left(wanted & 0xFF if isinstance(wanted, int) else status)
