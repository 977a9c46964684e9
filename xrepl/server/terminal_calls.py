"""What a session's code does to the terminal of the client whose form it is: show a picture, clear the screen.

A picture is not looked at here: a client that cannot show it says so.
"""

from __future__ import annotations

from xrepl.errors import QuotaExceeded
from xrepl.server.calls import BadArgument, Call, call

MAX_PICTURE_BYTES = 16 << 20


@call("picture")
def picture(asked: Call) -> None:
    """Show a picture, the bytes of a PNG or SVG file."""
    data = asked.arguments.get("data")
    if not isinstance(data, bytes):
        raise BadArgument("data is no bytes")
    if len(data) > MAX_PICTURE_BYTES:
        size = f"{len(data):,} bytes is over the limit of {MAX_PICTURE_BYTES:,}"
        raise QuotaExceeded(f"a picture of {size}", "make it smaller")
    evaluation = asked.live.current
    client = evaluation.client if evaluation is not None else None
    if evaluation is not None:
        evaluation.tell(xrepl_picture=data)
    asked.live.audience.tell(client, xrepl_picture=data)
    asked.answer(None)


@call("clear")
def clear(asked: Call) -> None:
    """Clear the screen of the client, if it is a terminal; tells whether it is."""
    evaluation = asked.live.current
    client = evaluation.client if evaluation is not None else None
    is_terminal = client is not None and client.attached is asked.live and bool(client.terminal)
    if evaluation is not None and is_terminal:
        evaluation.tell(xrepl_clear=1)
    asked.answer(is_terminal)
