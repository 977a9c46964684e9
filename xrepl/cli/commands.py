"""The commands on sessions and on the server: each one request, and its answer as text or JSON.

Evaluates nothing.  Commands on sessions start a server when none is running; those on the server do not, but `start`.
"""

import json
import os
import select
import sys
import time
from contextlib import suppress

from xrepl.cli.options import Options
from xrepl.client.connect import connect
from xrepl.client.connection import Connection, Message, statuses
from xrepl.client.output import write
from xrepl.client.render import is_refused, notices, plain
from xrepl.config import home_directory
from xrepl.errors import ServerGone, SessionError, XreplError

STOP_TIMEOUT_S = 15.0
_ENVELOPE = ("id", "status", "session", "xrepl/notice")


def run(options: Options) -> int:
    """Do a command and give the exit status.

    Raises:
        XreplError: it cannot be done; as JSON, that has been told.
    """
    try:
        return _run(options)
    except XreplError as problem:
        if options.is_json:
            _write_json({"error": problem.code, "message": problem.message, "hint": problem.hint})
        raise


def _run(options: Options) -> int:
    if options.action == "server":
        return _SERVER[options.arguments[0]](options)
    if options.action == "store":
        from xrepl.cli import store

        return store.run(options, _say)
    if options.action == "doctor":
        from xrepl.cli import doctor

        return doctor.run(options)
    if options.action == "completion":
        from xrepl.cli import completion

        return completion.run(options)
    if options.action in ("export", "import"):
        from xrepl.cli import portable

        if options.action == "export":
            return portable.export(options, _ask, _say)
        return portable.import_(options, _ask, _say, _made_from())
    home = home_directory()
    reply = _ask(connect(home), _request(options))
    if options.is_json:
        _write_json(_content(options.action, reply))
    else:
        for line in notices(reply):
            write(f"{line}\n")
        write(_text(options.action, reply))
    return 1 if options.action == "verify" and _has_parted(reply) else 0


def _has_parted(reply: Message) -> bool:
    return "xrepl/parts-at" in reply


def _verdict(reply: Message) -> str:
    """Give what a replay found, in words."""
    lines = []
    if _has_parted(reply):
        lines.append(f"the replay parts at revision {reply['xrepl/parts-at']}: {plain(reply.get('xrepl/form', ''))}")
        names = _words(reply.get("xrepl/names"))
        was, now = (plain(reply.get(f"xrepl/{field}", "")) for field in ("was", "is"))
        lines += [f"  {names or 'what it showed'} was {was}", f"  now it is {now}"] if was != now or names else []
        for field, what in (("missing", "not bound after the replay"), ("more", "bound after the replay only")):
            if f"xrepl/{field}" in reply:
                lines.append(f"  {what}: {_words(reply[f'xrepl/{field}'])}")
    else:
        lines.append(f"{reply.get('xrepl/forms')} forms evaluated again, and all is bound as it was")
    if "xrepl/otherwise" in reply:
        lines.append(f"revisions that show something else now: {_words(reply['xrepl/otherwise'])}")
    return "".join(f"{line}\n" for line in lines)


def _words(values: object) -> str:
    return plain(" ".join(map(str, values))) if isinstance(values, list) else ""


def _request(options: Options) -> Message:
    op = {"ls": "list"}.get(options.action, options.action)
    message: Message = {"op": f"xrepl/{op}"}
    if options.action == "new":
        message.update(_made_from())
    if options.arguments:
        message["xrepl/name"] = options.arguments[0]
    if options.action in ("rename", "branch"):
        message["xrepl/new-name"] = options.arguments[1]
    if options.at_revision is not None:
        message["xrepl/at"] = options.at_revision
    if options.action == "archive":
        message = {"op": "xrepl/archive"}
    return message


def _made_from() -> Message:
    """Give the directory and the environment of a session that is made."""
    environment: Message = {os.fsdecode(key): value for key, value in os.environb.items() if _is_text(key)}
    return {"xrepl/cwd": os.getcwdb(), "xrepl/env": environment}


def _is_text(name: bytes) -> bool:
    try:
        name.decode()
    except UnicodeDecodeError:
        return False
    return True


def _ask(connection: Connection, message: Message) -> Message:
    reply = connection.request(message)
    if is_refused(reply):
        raise _refused(reply)
    return reply


def _refused(reply: Message) -> XreplError:
    """Give the error that a reply tells of."""
    words = [word for word in map(plain, statuses(reply)) if word not in ("done", "error")]
    text = plain(reply.get("xrepl/error", "")) or " ".join(words)
    problem = SessionError(text, plain(reply.get("xrepl/hint", "")))
    problem.code = words[0] if words else problem.code
    return problem


def _content(action: str, reply: Message) -> object:
    """Give what a reply says: a list for a listing, else one object."""
    if action in ("ls", "archive"):
        return reply.get("sessions", [])
    content = {key.removeprefix("xrepl/"): value for key, value in reply.items() if key not in _ENVELOPE}
    if reply.get("session"):
        content.setdefault("id", reply["session"])
    inner = content.get("info")
    if not isinstance(inner, dict):
        return content
    config = inner.get("config")
    return {**inner, "config": _settings(config)} if isinstance(config, dict) else inner


def _settings(config: dict[str, object]) -> dict[str, object]:
    """Give settings with true and false in the place of the words that the protocol has for them."""
    words = {"true": True, "false": False}
    return {key: words.get(str(value), value) if key != "prompt" else value for key, value in config.items()}


def _write_json(content: object) -> None:
    write(json.dumps(content, ensure_ascii=False, default=lambda raw: raw.decode("utf-8", "replace")) + "\n")


def _text(action: str, reply: Message) -> str:
    content = _content(action, reply)
    if isinstance(content, list):
        return table([row for row in content if isinstance(row, dict)])
    if action == "info" and isinstance(content, dict):
        width = max(map(len, content), default=0)
        return "".join(f"{plain(key):{width}}  {_value(key, value)}\n" for key, value in content.items())
    if action == "verify":
        return _verdict(reply)
    if action == "purge":
        count = reply.get("count", 0)
        return f"deleted {count} archived session{'' if count == 1 else 's'}\n"
    if action in ("new", "branch"):
        return f"{plain(reply.get('xrepl/name') or reply.get('session'))}\n"
    return ""


def table(rows: list[dict[str, object]]) -> str:
    """Give sessions as lines: name, status, when last active, the terminals at it, id."""
    if not rows:
        return "no sessions\n"
    lines = [("NAME", "STATUS", "LAST ACTIVE", "ATTACHED", "ID")]
    lines += [
        (
            plain(row.get("name", "")) or "-",
            plain(row.get("status", "")) or "-",
            _value("last-active", row.get("last-active", "")),
            _attached(row) or "-",
            plain(row.get("id", "")),
        )
        for row in rows
    ]
    widths = [max(len(line[i]) for line in lines) for i in range(5)]
    return "".join("  ".join(map(str.ljust, line, widths)).rstrip() + "\n" for line in lines)


def _attached(row: dict[str, object]) -> str:
    """Give the terminals at a session; a client that has told none counts as one."""
    terminals = row.get("terminals")
    return " ".join(plain(name) or "?" for name in terminals) if isinstance(terminals, list) else ""


def _value(key: str, value: object) -> str:
    if key in ("created-at", "last-active") and isinstance(value, int):
        if not value:
            return "-"  # of a damaged session
        return age(time.time() - value)
    if isinstance(value, (dict, list)):
        return plain(json.dumps(value, ensure_ascii=False, default=repr))
    return plain(value)


def age(seconds: float) -> str:
    """Give a length of time in words, as of now."""
    for size, unit in ((86400, "d"), (3600, "h"), (60, "min")):
        if seconds >= size:
            return f"{int(seconds // size)} {unit} ago"
    return "now" if seconds < 2 else f"{int(seconds)} s ago"


# --- the server


def _start(options: Options) -> int:
    status = _status_of(connect(home_directory()))
    if options.is_json:
        _write_json(status)
    else:
        write(f"the server is running (process {plain(status.get('server'))})\n")
    return 0


def _status(options: Options) -> int:
    home = home_directory()
    try:
        status = _status_of(connect(home, is_starting=False))
    except ServerGone as reason:
        if not options.is_json:
            raise
        _write_json({"running": False, "home": home, "reason": reason.message})
        return 1
    if options.is_json:
        _write_json({"running": True, "home": home, **status})
        return 0
    evaluators, spares = status.get("evaluators"), status.get("spares")
    count = len(evaluators) if isinstance(evaluators, dict) else 0
    ahead = len(spares) if isinstance(spares, list) else 0
    write(
        f"the server is running (process {plain(status.get('server'))}) for {plain(home)}: "
        f"{count} evaluator{'' if count == 1 else 's'}, {ahead} spare\n"
    )
    return 0


def _stop(options: Options) -> int:
    home = home_directory()
    try:
        connection = connect(home, is_starting=False)
    except ServerGone:
        _say(options, {"stopped": False}, "no server is running")
        return 0
    handles = [handle for pid in _pids(_status_of(connection)) if (handle := _open_process(pid)) is not None]
    # it may end before its answer is read: what counts is that the processes are gone
    with suppress(ServerGone):
        _ask(connection, {"op": "xrepl/server-stop"})
    deadline = time.monotonic() + STOP_TIMEOUT_S
    for handle in handles:
        poll = select.poll()
        poll.register(handle, select.POLLIN)
        if not poll.poll(max(0.0, deadline - time.monotonic()) * 1000):
            raise ServerGone(f"the server's processes do not end within {STOP_TIMEOUT_S:.0f} s", "kill them")
        os.close(handle)
    _say(options, {"stopped": True}, "the server has stopped")
    return 0


def _stay(options: Options) -> int:
    home = home_directory()
    os.execve(sys.executable, [sys.executable, "-P", "-m", "xrepl.server"], {**os.environ, "XREPL_HOME": home})


def _say(options: Options, content: dict[str, object], text: str) -> None:
    if options.is_json:
        _write_json(content)
    else:
        write(f"{text}\n")


def _status_of(connection: Connection) -> dict[str, object]:
    content = _content("server", _ask(connection, {"op": "xrepl/server-status"}))
    return content if isinstance(content, dict) else {}


def _pids(status: dict[str, object]) -> list[int]:
    found: list[object] = [status.get("server"), status.get("zygote")]
    for field in ("evaluators", "spares"):
        held = status.get(field)
        found += held.values() if isinstance(held, dict) else held if isinstance(held, list) else []
    return [pid for pid in found if isinstance(pid, int) and pid > 0]


def _open_process(pid: int) -> int | None:
    try:
        return os.pidfd_open(pid)
    except ProcessLookupError:
        return None


_SERVER = {"start": _start, "stop": _stop, "status": _status, "run": _stay}
