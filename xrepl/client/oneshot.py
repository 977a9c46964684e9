"""Evaluate forms given on the command line, print what the shell would show, and end.

On the path of every `xrepl -e`: imports nothing that takes time.
"""

from xrepl.client.connection import statuses
from xrepl.client.conversation import Conversation
from xrepl.client.output import show, write
from xrepl.client.render import ERR, is_failed

TYPE_CHECKING = False
if TYPE_CHECKING:  # importing it takes as long as all of ours
    from collections.abc import Iterable

SUCCEEDED, FAILED, INTERRUPTED = 0, 1, 130


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
    """
    conversation.begin(code, file=file, is_going_on=is_going_on)
    is_interrupted = False
    status = SUCCEEDED
    while True:
        try:
            message = conversation.receive()
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
            return INTERRUPTED if is_interrupted else status
