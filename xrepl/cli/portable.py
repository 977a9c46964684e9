"""The commands `export` and `import`: sessions to files and back.  What is in a file is the server's business."""

import os
import sys
from collections.abc import Callable

from xrepl.cli.options import Options
from xrepl.client.connect import connect
from xrepl.client.connection import Message
from xrepl.client.output import write
from xrepl.client.render import ERR, notices, plain
from xrepl.config import home_directory
from xrepl.errors import RefusedError, XreplError

Ask = Callable[[Message], Message]
Say = Callable[[Options, dict[str, object], str], None]


class Unreadable(XreplError):
    """A file cannot be read or written."""

    code = "file-error"


def export(options: Options, ask: Callable[..., Message], say: Say) -> int:
    """Write a session to a file, or to standard output; give the exit status.

    Raises:
        XreplError: there is no such session, or the file cannot be written.
    """
    name, *rest = options.arguments
    path = rest[0] if rest else "-"
    if path == "-" and os.isatty(1):
        raise RefusedError("an exported session is no text for a terminal", "name a file, or redirect the output")
    reply = ask(connect(home_directory()), {"op": "xrepl/export", "xrepl/name": name})
    content = reply.get("xrepl/content", b"")
    data = content if isinstance(content, bytes) else str(content).encode()
    for line in notices(reply):
        write(f"{line}\n", ERR)
    if path == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return 0
    try:
        with open(path, "wb") as file:
            file.write(data)
    except OSError as reason:
        raise Unreadable(f"cannot write {path}: {reason.strerror}") from reason
    say(options, {"exported": name, "file": path, "bytes": len(data)}, f"exported {plain(name)} to {plain(path)}")
    return 0


def import_(options: Options, ask: Callable[..., Message], say: Say, made_from: Message) -> int:
    """Make a session of a file's content, under another name if one is given; give the exit status.

    Raises:
        XreplError: the file cannot be read, is no exported session, or the name is taken.
    """
    path, *rest = options.arguments
    try:
        if path == "-":
            data = sys.stdin.buffer.read()
        else:
            with open(path, "rb") as file:
                data = file.read()
    except OSError as reason:
        raise Unreadable(f"cannot read {path}: {reason.strerror}") from reason
    message: Message = {"op": "xrepl/import", "xrepl/content": data, **made_from}
    if rest:
        message["xrepl/name"] = rest[0]
    reply = ask(connect(home_directory()), message)
    for line in notices(reply):
        write(f"{line}\n", ERR)
    made = plain(reply.get("xrepl/name") or reply.get("session"))
    say(options, {"id": reply.get("session"), "name": reply.get("xrepl/name")}, f"imported {made}")
    return 0
