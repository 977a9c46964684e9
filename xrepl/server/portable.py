"""Exported sessions: what is in one, as data and as a file; and making a session of one.

A file is a line that names the format and its version, a digest, and msgpack.  It holds plain data and source text,
never a pickle.  What the session's own process gives of it is `xrepl/evaluator/portable.py`'s.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import msgpack

from xrepl import __version__
from xrepl.errors import EvaluatorDied, XreplError
from xrepl.server import changes, settings
from xrepl.server.live import LiveSession
from xrepl.server.portable_script import script
from xrepl.server.sessions import Sessions
from xrepl.store import journal
from xrepl.store import sessions as stored
from xrepl.store.records import Entry, Record

VERSION = 1
_HEAD = b"xrepl session "
_DIGEST_BYTES = 32
MAX_ENTRIES = 100_000
_PARTS = {"session": dict, "bindings": list, "definitions": list, "history": list, "left-out": dict}

Exported = dict[str, Any]


class BadExport(XreplError):
    """Something is no exported session."""

    code = "bad-export"


def to_file(exported: Exported) -> bytes:
    """Give the content of a file."""
    body: bytes = msgpack.packb(exported, use_bin_type=True, unicode_errors="surrogatepass")
    return b"%s%d\n" % (_HEAD, VERSION) + hashlib.sha256(body).digest() + body


def from_file(content: bytes) -> Exported:
    """Give what is in a file.

    Raises:
        BadExport: it is no exported session, is damaged, or is of a later version.
    """
    head, newline, rest = content.partition(b"\n")
    if not newline or not head.startswith(_HEAD) or not head[len(_HEAD) :].isdigit():
        raise BadExport("this is no exported session", "make one with (export-session ...) or `xrepl export`")
    if int(head[len(_HEAD) :]) > VERSION:
        raise BadExport(f"the file is of version {int(head[len(_HEAD) :])}, this program reads {VERSION}", "update it")
    body = rest[_DIGEST_BYTES:]
    if hashlib.sha256(body).digest() != rest[:_DIGEST_BYTES]:
        raise BadExport("the file is damaged: its digest does not match", "take another copy")
    exported: Exported = msgpack.unpackb(body, raw=False, strict_map_key=False, unicode_errors="surrogatepass")
    return exported


def notices(exported: Exported) -> list[str]:
    """Give a line for each binding that could not be exported."""
    return [f"left out: {name}: {why}" for name, why in sorted(exported["left-out"].items())]


def check(exported: Any) -> Exported:
    """Check the shape of something that shall be an exported session.

    Raises:
        BadExport: it has another.
    """
    if not isinstance(exported, dict):
        raise BadExport("an exported session is a map")
    for part, kind in _PARTS.items():
        if not isinstance(exported.get(part), kind):
            raise BadExport(f"the exported session has no {part}")
    pairs = [*exported["bindings"], *exported["definitions"]]
    if not all(isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str) for pair in pairs):
        raise BadExport("a binding or definition of the exported session is no pair")
    if not all(map(_is_entry, exported["history"])):
        raise BadExport("the history of the exported session is no list of forms")
    session = exported["session"]
    if not all(isinstance(session.get(field, {}), dict) for field in ("metadata", "config", "beside")):
        raise BadExport("metadata or settings of the exported session are no map")
    return exported


def _is_entry(entry: Any) -> bool:
    """Say whether a value is an entry of an exported history."""
    if not isinstance(entry, dict) or not isinstance(entry.get("form"), str):
        return False
    numbers = all(isinstance(entry.get(field, 0), (int, float)) for field in ("started_at", "ms"))
    return numbers and all(_is_text(entry.get(field)) for field in ("value", "output", "error"))


def _is_text(value: Any) -> bool:
    """Say whether a value is a text or none; the language's empty text is the empty list."""
    return value is None or isinstance(value, str) or value == []


def export(
    sessions: Sessions, live: LiveSession, on_done: Callable[[Any], None], inside: Exported | None = None
) -> None:
    """Give all that can be kept of a session elsewhere, or the error.

    Args:
        sessions: the manager.
        live: the session; its evaluator is started if need be.
        on_done: gets the exported session or the error.
        inside: what its process says of it, when it is this process that asks.
    """

    def gathered(frame: dict[str, Any] | EvaluatorDied) -> None:
        if isinstance(frame, EvaluatorDied):
            on_done(frame)
            return
        told = frame["exported"]
        on_done({**_head(sessions, live.record), **told, "history": _history(sessions, live.record)})

    if inside is not None:
        gathered({"exported": inside})
    else:
        live.request("export", gathered)


def _head(sessions: Sessions, record: Record) -> Exported:
    told = changes.told(sessions, record)
    fields = ("id", "name", "created-at", "last-active", "timeout", "metadata", "config", "beside")
    session = {field: told[field] for field in fields}
    return {"format": VERSION, "xrepl": __version__, "at": int(sessions.clock()), "session": session}


def script_of(sessions: Sessions, live: LiveSession) -> str:
    """Give the session's journal as the text of a script."""
    with sessions.store.read() as transaction:
        found = journal.revisions(transaction, live.record.id, MAX_ENTRIES) if live.record.revision else []
    cleared = live.record.metadata.get(changes.CLEARED, 0)
    return script(live.title, [revision for revision in reversed(found) if revision.number > cleared])


def forms_in(exported: Exported) -> list[str]:
    """Give the forms that importing evaluates."""
    return [str(text) for text, _ in exported["definitions"]]


def _history(sessions: Sessions, record: Record) -> list[dict[str, Any]]:
    if not record.revision:
        return []
    with sessions.store.read() as transaction:
        found = journal.revisions(transaction, record.id, MAX_ENTRIES)
    cleared = record.metadata.get(changes.CLEARED, 0)
    kept = [revision for revision in reversed(found) if revision.number > cleared]
    entries = [revision.entry for revision in kept if revision.entry.kind == "form"]
    fields = ("form", "started_at", "ms", "value", "output", "error")
    return [{field: getattr(entry, field) for field in fields} for entry in entries]


def make(sessions: Sessions, exported: Exported, options: dict[str, Any], on_done: Callable[[Any], None]) -> None:
    """Make a session of an exported one; answers with the session, or the error, and then there is none.

    Args:
        sessions: the manager.
        exported: as `check` gives it.
        options: `cwd`, `environment`, and `name` to give it another one.
        on_done: gets the session, with a notice for each part that could not be taken over.

    Raises:
        XreplError: a field has a value that it cannot have.
    """
    told = exported["session"]
    kept, faults = settings.check(told.get("config", {}))
    if faults:
        raise settings.BadSettings(faults)
    kept.pop(settings.TIMEOUT, None)
    metadata = dict(told.get("metadata", {}))
    name = changes.name_in(metadata) or ""
    metadata.pop(changes.NAME, None)
    metadata.update({changes.beside(key): value for key, value in told.get("beside", {}).items()})
    metadata.pop(changes.CLEARED, None)  # which counts revisions that the other session had
    made_of = {"name": name, "metadata": metadata, "config": kept, "timeout": changes.timeout_of(told.get("timeout"))}

    def made(outcome: LiveSession | XreplError) -> None:
        if isinstance(outcome, XreplError):
            on_done(outcome)
            return
        live = outcome
        parts = {"bindings": exported["bindings"], "definitions": exported["definitions"]}
        live.request("import", lambda frame: _take(sessions, live, exported, frame, on_done), exported=parts)

    sessions.create({**made_of, **options}, made, is_copy=True)


def _take(
    sessions: Sessions, live: LiveSession, exported: Exported, frame: Any, on_done: Callable[[Any], None]
) -> None:
    """Store the history and the bindings of an imported session."""
    if isinstance(frame, XreplError):
        _undo(sessions, live, lambda: on_done(frame))
        return
    for what, why in frame["problems"].items():
        live.notices.append(f"not imported: {what}: {why}")
    live.storage.save(
        frame["delta"],
        lambda problem: on_done(live if problem is None else problem),
        [_entry(entry) for entry in exported["history"]],
    )


def _undo(sessions: Sessions, live: LiveSession, on_done: Callable[[], None]) -> None:
    """Leave nothing of a session that could not be imported, neither listed nor archived."""
    identifier = live.record.id

    def purge(_: Any) -> None:
        sessions.submit(lambda transaction: stored.purge(transaction, identifier), lambda _: on_done())

    sessions.close(live, purge)


def _entry(told: dict[str, Any]) -> Entry:
    return Entry(
        form=told["form"],
        started_at=float(told.get("started_at", 0)),
        ms=float(told.get("ms", 0)),
        value=told.get("value") or None,
        output=told.get("output") or "",
        error=told.get("error") or None,
        who={"imported": 1},
    )
