"""The commands `export` and `import`: sessions to files and back.  What is in a file is the server's business."""

import base64
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


DATA, SCRIPT = "session.xrepl", "session.lfe"


class Unreadable(XreplError):
    """A file cannot be read or written."""

    code = "file-error"


def export(options: Options, ask: Callable[..., Message], say: Say) -> int:
    """Write a session to a file, or to standard output, there as JSON in base64 if asked; give the exit status.

    Raises:
        XreplError: there is no such session, or the file cannot be written.
    """
    name, *rest = options.arguments
    path = rest[0] if rest else "-"
    if path == "-" and os.isatty(1) and not options.is_json:
        raise RefusedError("an exported session is no text for a terminal", "name a file, or redirect the output")
    reply = ask(connect(home_directory()), {"op": "xrepl/export", "xrepl/name": name})
    content = reply.get("xrepl/content", b"")
    data = content if isinstance(content, bytes) else str(content).encode()
    for line in notices(reply):
        write(f"{line}\n", ERR)
    if path == "-" and options.is_json:
        say(options, {"exported": name, "bytes": len(data), "content": base64.b64encode(data).decode()}, "")
        return 0
    if path == "-":
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
        return 0
    if path.endswith("/") or os.path.isdir(path):
        _write_directory(path, data, str(reply.get("xrepl/script", "")))
    else:
        _write(path, data)
    say(options, {"exported": name, "file": path, "bytes": len(data)}, f"exported {plain(name)} to {plain(path)}")
    return 0


def _write_directory(path: str, data: bytes, script: str) -> None:
    """Write the session's data and, beside them, its forms as a script."""
    try:
        os.makedirs(path, exist_ok=True)
    except OSError as reason:
        raise Unreadable(f"cannot write {path}: {reason.strerror}") from reason
    _write(os.path.join(path, DATA), data)
    _write(os.path.join(path, SCRIPT), script.encode("utf-8", "surrogateescape"))


def _write(path: str, data: bytes) -> None:
    try:
        with open(path, "wb") as file:
            file.write(data)
    except OSError as reason:
        raise Unreadable(f"cannot write {path}: {reason.strerror}") from reason


def import_(options: Options, ask: Callable[..., Message], say: Say, made_from: Message) -> int:
    """Make a session of a file's content, under another name if one is given; give the exit status.

    What it would evaluate is shown first, and evaluated if the user says so, or has said `--trust`.

    Raises:
        XreplError: the file cannot be read, is no exported session, the name is taken, or the user does not want it.
    """
    path, *rest = options.arguments
    if os.path.isdir(path):
        path = os.path.join(path, DATA)
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
    if not options.is_trusted:
        _confirm(ask(connect(home_directory()), {**message, "xrepl/look-only": 1}).get("xrepl/forms"), path)
    reply = ask(connect(home_directory()), message)
    for line in notices(reply):
        write(f"{line}\n", ERR)
    made = plain(reply.get("xrepl/name") or reply.get("session"))
    say(options, {"id": reply.get("session"), "name": reply.get("xrepl/name")}, f"imported {made}")
    return 0


def _confirm(forms: object, path: str) -> None:
    """Show what an import would evaluate, and ask; what is only data needs no question.

    Raises:
        RefusedError: the answer is no, or there is nobody to ask.
    """
    if not isinstance(forms, list) or not forms:
        return
    write(f"importing {plain(path)} evaluates\n", ERR)
    for form in forms:
        write("".join(f"  {line}\n" for line in plain(form).splitlines()), ERR)
    if path == "-" or not os.isatty(0):
        raise RefusedError("nothing was imported", "run it again with --trust if that may be evaluated")
    write("go on? [y/N] ", ERR)
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise RefusedError("nothing was imported", "")
