"""The ops on sessions: list, new, info, rename, close, reopen, save, archive, purge; and nREPL's on handles.

What they do is `sessions.py`.
"""

from __future__ import annotations

import time
from typing import Any

from xrepl import __version__
from xrepl.errors import StoreDamaged
from xrepl.protocol.ops import OPS
from xrepl.server import archiving, changes, settings, typed, upkeep
from xrepl.server.connection import Message
from xrepl.server.dispatch import HANDLERS, Request, op
from xrepl.server.eval_ops import enter
from xrepl.server.live import LiveSession
from xrepl.server.terms import simple
from xrepl.store import sessions as stored
from xrepl.store.records import Record


def summary(request: Request, record: Record) -> Message:
    """Give what a listing tells of a session: plain data."""
    live = request.sessions.live.get(record.id)
    told: Message = {
        "id": record.id,
        "name": record.name,
        "status": live.status.value if live is not None else record.status or "stopped",
        "created-at": record.created_at,
        "last-active": record.last_active,
        "revision": record.revision,
        "attached": len(live.audience.clients) if live is not None else 0,
        "terminals": sorted(client.terminal for client in live.audience.clients) if live is not None else [],
    }
    return told


def details(request: Request, live: LiveSession) -> Message:
    """Give what is told of one session: plain data."""
    record = live.record
    told = summary(request, record)
    told["timeout"] = record.timeout_ms if record.timeout_ms is not None else "infinity"
    told["cwd"] = record.cwd
    told["config"] = simple(settings.shown(record))
    told["metadata"] = simple(changes.metadata(record))
    told["not-kept"] = dict(live.not_kept)
    if live.link is not None:
        told["pid"] = live.link.child.pid
    return told


@op("xrepl/list")
def list_sessions(request: Request) -> None:
    """List the sessions, the one used last first."""
    records = sorted(request.sessions.records(), key=lambda record: (-record.last_active, record.name))
    request.done({"sessions": [summary(request, record) for record in records]})


@op("xrepl/new")
def new(request: Request) -> None:
    """Make a session."""
    options = {**request.made_from(), "name": request.text("xrepl/name")}
    request.sessions.create(options, lambda live: request.answer(live, lambda live: live.place()))


@op("xrepl/info")
def info(request: Request) -> None:
    """Tell about a session."""
    request.done({"xrepl/info": details(request, request.sessions.find(request.text("xrepl/name")))})


@op("xrepl/rename")
def rename(request: Request) -> None:
    """Give a session another name."""
    live = request.sessions.find(request.text("xrepl/name"))
    new_name = request.text("xrepl/new-name")
    request.sessions.rename(live, new_name, lambda outcome: request.answer(outcome, lambda _: live.place()))


@op("xrepl/close")
def close(request: Request) -> None:
    """Close a session."""
    try:
        live = request.sessions.find(request.text("xrepl/name"))
    except StoreDamaged:
        archiving.put_aside(request.sessions, request.text("xrepl/name"), request.answer)
    else:
        request.sessions.close(live, request.answer)


@op("xrepl/reopen")
def reopen(request: Request) -> None:
    """Take a session out of the archive."""
    archiving.reopen(
        request.sessions,
        request.text("xrepl/name"),
        lambda live: request.answer(live, lambda live: {**live.place(), "xrepl/notice": live.take_notices()}),
    )


@op("xrepl/save")
def save(request: Request) -> None:
    """Write a session's state now."""
    upkeep.save(request.sessions.find(request.text("xrepl/name")), request.answer)


@op("xrepl/archive")
def archive(request: Request) -> None:
    """List the closed and expired sessions, the one archived last first."""
    with request.sessions.store.read() as transaction:
        found = stored.archived(transaction)
    rows = [
        {**summary(request, one.record), "status": one.why or one.record.status, "archived-at": int(one.at)}
        for one in reversed(found)
    ]
    request.done({"sessions": rows})


@op("xrepl/purge")
def purge(request: Request) -> None:
    """Delete what is in the archive."""

    def done(outcome: Any) -> None:
        typed.forget_deleted(request.sessions)
        request.answer(outcome, lambda count: {"count": count})

    request.sessions.submit(lambda transaction: stored.purge(transaction), done)


# --- nREPL's


@op("describe")
def describe(request: Request) -> None:
    """Tell what this server is and can."""
    is_verbose = bool(request.message.get("verbose?"))
    ops = {name: _documented(name) if is_verbose else {} for name in HANDLERS}
    numbers = dict(zip(("major", "minor", "incremental"), __version__.split("."), strict=False))
    versions = {"xrepl": {**numbers, "version-string": __version__}, "nrepl": {"major": 1, "minor": 0}}
    request.done({"ops": ops, "versions": versions, "aux": {"current-ns": "default"}})


def _documented(name: str) -> Message:
    told = OPS.get(name)
    if told is None:
        return {}
    return {"doc": told.doc, "requires": told.required, "optional": told.optional, "returns": told.returns}


@op("clone")
def clone(request: Request) -> None:
    """Give a handle on the connection's session."""
    enter(request, lambda live: request.done({"new-session": live.record.id, "session": live.record.id}))


@op("close")
def close_handle(request: Request) -> None:
    """Let go of a handle; the session goes on."""
    request.done({"status": ["session-closed", "done"], "session": request.text("session")})


@op("ls-sessions")
def ls_sessions(request: Request) -> None:
    """List the ids of the sessions that this connection may enter, the one used last first."""
    records = sorted(request.sessions.records(), key=lambda record: (record.name != "default", -record.last_active))
    request.done({"sessions": [record.id for record in records], "time": int(time.time())})
