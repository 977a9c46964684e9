"""`xrepl store check|backup|compact`: through the server when one is running, else on the files.

The only file of the command line that opens a store, and only when no server has it.
"""

from __future__ import annotations

import os
import site
from collections.abc import Callable

from xrepl.cli.options import Options
from xrepl.client.connect import connect
from xrepl.client.connection import Connection, Message
from xrepl.client.render import is_refused, refusal
from xrepl.config import home_directory
from xrepl.errors import ServerGone, SessionError, StoreLocked

_ADVICE = "what is damaged is refused, the rest goes on: `xrepl server stop`, `xrepl store compact` mend it"

Say = Callable[[Options, dict[str, object], str], None]


def run(options: Options, say: Say) -> int:
    """Do what is asked with the store and give the exit status.

    Args:
        options: the command line.
        say: shows an answer as JSON or text.

    Raises:
        XreplError: it cannot be done.
    """
    home = home_directory()
    action, *files = options.arguments
    try:
        connection = connect(home, is_starting=False)
    except ServerGone:
        return _on_files(options, say, home, action, files)
    if action == "compact":
        raise StoreLocked("the server has the store open", "xrepl server stop, then compact it")
    return _through_server(options, say, connection, action, files)


def _through_server(options: Options, say: Say, connection: Connection, action: str, files: list[str]) -> int:
    message: Message = {"op": f"xrepl/store-{action}"}
    if files:
        message["xrepl/file"] = os.path.abspath(files[0])
    reply = connection.request(message)
    if is_refused(reply):
        raise SessionError(refusal(reply))
    if action == "check":
        found = reply.get("xrepl/findings")
        return _tell_findings(options, say, [str(one) for one in found] if isinstance(found, list) else [])
    return _tell_copy(options, say, files[0], int(str(reply.get("xrepl/bytes", 0))))


def _on_files(options: Options, say: Say, home: str, action: str, files: list[str]) -> int:
    # bin/xrepl starts without the installed packages, which the store needs
    site.main()
    from xrepl.store import maintenance

    if action == "check":
        return _tell_findings(options, say, [str(one) for one in maintenance.check(home)])
    if action == "backup":
        return _tell_copy(options, say, files[0], maintenance.backup(home, os.path.abspath(files[0])))
    done = maintenance.compact_in_place(home)
    lines = [*done.lost, f"the store has {done.after} bytes now, it had {done.before}"]
    if done.damaged:
        lines.append(f"it was damaged: what could be read was saved, and the old file is {done.damaged}")
    facts: dict[str, object] = {"before": done.before, "after": done.after}
    say(options, {**facts, "lost": list(done.lost), "damaged": done.damaged}, "\n".join(lines))
    return 1 if done.lost else 0


def _tell_findings(options: Options, say: Say, findings: list[str]) -> int:
    say(options, {"findings": list(findings)}, "\n".join([*findings, _ADVICE]) if findings else "the store is whole")
    return 1 if findings else 0


def _tell_copy(options: Options, say: Say, file: str, size: int) -> int:
    say(options, {"file": file, "bytes": size}, f"copied {size} bytes to {file}")
    return 0
