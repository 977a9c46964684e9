"""Exporting and importing sessions, for a session's code and for clients."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xrepl.errors import XreplError
from xrepl.server import changes, portable
from xrepl.server.calls import BadArgument, Call, call
from xrepl.server.changes import told
from xrepl.server.dispatch import Request, op
from xrepl.server.live import LiveSession
from xrepl.server.sessions import Sessions


@call("export")
def export_data(asked: Call) -> None:
    """Give a session as data; `inside` is what the own process says of itself."""
    _export(asked, lambda exported: exported)


@call("export-file")
def export_file(asked: Call) -> None:
    """Give a session as the content of a file."""
    _export(asked, lambda exported: {"content": portable.to_file(exported), "notices": portable.notices(exported)})


def _export(asked: Call, content: Callable[[Any], Any]) -> None:
    live, sessions = asked.target(), asked.sessions
    if live is asked.live:
        portable.export(sessions, live, lambda outcome: asked.told(outcome, content), asked.map("inside"))
        return
    waiter, target = asked.live.record.id, live.record.id
    sessions.waits.begin(waiter, target)

    def done(outcome: Any) -> None:
        sessions.waits.end(waiter, target)
        asked.told(outcome, content)

    portable.export(sessions, live, done)


@call("import")
def import_data(asked: Call) -> None:
    """Make a session of data."""
    _import(asked, portable.check(asked.arguments.get("exported")))


@call("import-file")
def import_file(asked: Call) -> None:
    """Make a session of the content of a file."""
    content = asked.arguments.get("content")
    if not isinstance(content, bytes):
        raise BadArgument("content is no binary")
    _import(asked, portable.check(portable.from_file(content)))


def _import(asked: Call, exported: portable.Exported) -> None:
    record = asked.live.record
    options: dict[str, Any] = {"cwd": record.cwd, "environment": record.environment}
    if asked.arguments.get("name") is not None:
        options["name"] = changes.name_of(asked.arguments["name"])

    def made(outcome: LiveSession | XreplError) -> None:
        asked.told(outcome, lambda live: {**told(asked.sessions, live.record), "notices": live.take_notices()})

    portable.make(asked.sessions, exported, options, made)


# --- for clients


@op("xrepl/export")
def export_op(request: Request) -> None:
    """Give a session as the content of a file."""
    live = request.sessions.find(request.text("xrepl/name"))
    portable.export(
        request.sessions,
        live,
        lambda outcome: request.answer(outcome, lambda exported: _file(exported, request.sessions, live)),
    )


def _file(exported: portable.Exported, sessions: Sessions, live: LiveSession) -> dict[str, Any]:
    content = {"xrepl/content": portable.to_file(exported), "xrepl/notice": portable.notices(exported)}
    return {**content, "xrepl/script": portable.script_of(sessions, live)}


@op("xrepl/import")
def import_op(request: Request) -> None:
    """Make a session of the content of a file."""
    content = request.message.get("xrepl/content")
    content = content.encode("utf-8", "surrogateescape") if isinstance(content, str) else content
    if not isinstance(content, bytes):
        raise portable.BadExport("there is no content")
    exported = portable.check(portable.from_file(content))
    if request.message.get("xrepl/look-only"):
        request.answer(exported, lambda it: {"xrepl/forms": portable.forms_in(it)})
        return
    options: dict[str, Any] = request.made_from()
    if request.text("xrepl/name"):
        options["name"] = changes.name_of(request.text("xrepl/name"))

    def made(outcome: LiveSession | XreplError) -> None:
        request.answer(outcome, lambda live: {**live.place(), "xrepl/notice": live.take_notices()})

    portable.make(request.sessions, exported, options, made)
