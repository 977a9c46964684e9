"""What a session's code reads: a line from the client whose form runs, which `need-input` asks for and `stdin` brings.

A client that has no input to give, such as one that reads forms from there, is not asked: its input is at its end.
"""

from __future__ import annotations

from xrepl.server.calls import Call, call
from xrepl.server.dispatch import Request, op


@call("input")
def read_line(asked: Call) -> None:
    """Answer with the next line of the client's input, None at its end."""
    evaluation = asked.live.current
    if evaluation is None:
        asked.answer(None)
    else:
        evaluation.read(asked.text("prompt"), asked.answer)


@op("stdin")
def give_line(request: Request) -> None:
    """Give a line to the form that has asked first."""
    line = request.message.get("stdin", "")
    for evaluation in request.client.evaluations.values():
        if evaluation.is_reading:
            evaluation.give(line.decode("utf-8", "replace") if isinstance(line, bytes) else str(line))
            break
    request.done()
