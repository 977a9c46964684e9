"""What a session's code may ask of the process that it runs in.

The evaluator sets the answers when it starts; without one, in a plain interpreter, everything is refused.  Holds no
state of the session.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xrepl.errors import XreplError


def _refuse(op: str, arguments: dict[str, Any]) -> Any:
    raise XreplError(f"there is no server to ask for {op}", "use this in a session")


class Host:
    """The functions that the evaluator sets.

    Attributes:
        ask: takes an op and its arguments, plain data, and gives the server's answer.  Blocks only the calling
            process of the language.
        export: gives the bindings of the session that this process serves, as plain data and source text.
        session: id of the session that this process serves; empty without one.
    """

    def __init__(self) -> None:
        self.ask: Callable[[str, dict[str, Any]], Any] = _refuse
        self.export: Callable[[], dict[str, Any]] = lambda: _refuse("export", {})
        self.session = ""


host = Host()


def call(op: str, **arguments: Any) -> Any:
    """Ask the server and give its answer: plain data (None, bool, int, float, str, bytes, list, dict).

    Blocks the calling process of the language, not the others.

    Raises:
        XreplError: the server refuses; its `code` says why.
    """
    return host.ask(op, arguments)


def read_line(prompt: str) -> str | None:
    """Give the next line that the user types, with its end; None when there is no input, or no more.

    Blocks the calling process of the language, not the others.
    """
    try:
        line = call("input", prompt=prompt)
    except XreplError:
        return None
    return line if isinstance(line, str) else None


def request_leave(status: int | None = None) -> None:
    """Let the client that evaluates this form end when the form has ended, as `(exit)` does.

    Args:
        status: the exit status that a command shall have; None for that of its forms.  The form's own failure is not
            shown then: it only ends the form.
    """
    call("leave", status=status)
