"""Questions about a session's history, and steps through it: revisions, undo, redo, checkout, differences, branches.

A step takes effect when the form that asks for it has been acknowledged, like a switch.
"""

from __future__ import annotations

from typing import Any

from xrepl.errors import SessionError, UnknownRevision, XreplError
from xrepl.server.branching import branch
from xrepl.server.calls import BadArgument, Call, call
from xrepl.server.changes import told
from xrepl.server.dispatch import Request, op
from xrepl.server.live import LiveSession
from xrepl.server.travel import CHECKOUT, REDO, UNDO, difference, target_of
from xrepl.store import journal
from xrepl.store.records import Difference, Revision

MAX_LISTED = 1000


def _stored(asked: Call) -> LiveSession:
    live = asked.target()
    if live.is_fresh:
        raise UnknownRevision("a throw-away session has no history", "make a session with (new-session)")
    return live


def _number(asked: Call, name: str, least: int = 0) -> int:
    value = asked.arguments.get(name)
    if type(value) is not int or value < least:
        raise BadArgument(f"{name} is a number from {least}")
    return value


def _described(revision: Revision) -> dict[str, Any]:
    entry = revision.entry
    return {
        "number": revision.number,
        "kind": entry.kind,
        "form": entry.form,
        "started-at": entry.started_at,
        "ms": entry.ms,
        "value": entry.value,
        "output": entry.output,
        "error": entry.error,
        "who": entry.who,
        "set": revision.names_set,
        "gone": revision.names_gone,
        "target": revision.target,
    }


def _names(found: Difference) -> dict[str, list[str]]:
    return {"added": found.added, "changed": found.changed, "removed": found.removed}


@call("revisions")
def revisions(asked: Call) -> None:
    """Tell the latest revisions, newest first: at most `limit`, those `before` a number, those that have a `search`."""
    live = _stored(asked)
    limit = min(_number(asked, "limit", 1), MAX_LISTED)
    before, search = asked.arguments.get("before"), str(asked.arguments.get("search") or "")
    with asked.sessions.store.read() as transaction:
        found = journal.revisions(transaction, live.record.id, limit, before, search)
    asked.answer([_described(revision) for revision in found])


@call("revision")
def revision(asked: Call) -> None:
    """Tell one revision."""
    live = _stored(asked)
    with asked.sessions.store.read() as transaction:
        asked.answer(_described(journal.revision(transaction, live.record.id, _number(asked, "number"))))


@call("diff")
def diff(asked: Call) -> None:
    """Tell the names that differ between two revisions."""
    live = _stored(asked)
    first, second = _number(asked, "first"), _number(asked, "second")
    with asked.sessions.store.read() as transaction:
        asked.answer(_names(journal.difference(transaction, live.record.id, first, second)))


@call("travel")
def travel(asked: Call) -> None:
    """Go to another state of the own history when the form has ended; tell what that changes."""
    live, kind = _stored(asked), asked.arguments.get("kind")
    evaluation = live.current
    if kind not in (UNDO, REDO, CHECKOUT):
        raise BadArgument(f"kind is {UNDO}, {REDO} or {CHECKOUT}")
    if live is not asked.live or evaluation is None:
        raise SessionError("only a form of the session itself can do this")
    number = _number(asked, "number", 0 if kind == CHECKOUT else 1)
    with asked.sessions.store.read() as transaction:
        target = target_of(transaction, live, kind, number)
    found = difference(asked.sessions, live, target)
    evaluation.travel = (kind, target)
    asked.answer({"target": target, **_names(found)})


@call("branch")
def branch_session(asked: Call) -> None:
    """Make a session with this one's state; tell about it, and what could not go along."""
    live, at = _stored(asked), asked.arguments.get("at")

    def made(outcome: LiveSession | XreplError) -> None:
        asked.told(outcome, lambda new: {**told(asked.sessions, new.record), "not-kept": dict(live.not_kept)})

    branch(asked.sessions, live, str(asked.arguments.get("name") or ""), at, made)


@op("xrepl/branch")
def branch_op(request: Request) -> None:
    """Make a session with another one's state."""
    live = request.sessions.find(request.text("xrepl/name"))
    at = request.message.get("xrepl/at")

    def made(outcome: LiveSession | XreplError) -> None:
        lost = [f"not kept: {name} ({reason})" for name, reason in sorted(live.not_kept.items())]
        request.answer(outcome, lambda new: {**new.place(), "xrepl/notice": lost})

    branch(request.sessions, live, request.text("xrepl/new-name"), at if isinstance(at, int) else None, made)


@op("xrepl/revisions")
def revisions_op(request: Request) -> None:
    """List revisions, newest first."""
    live = request.session()
    limit, before = request.message.get("xrepl/limit", 100), request.message.get("xrepl/before")
    if live.is_fresh or not isinstance(limit, int):
        request.done({"xrepl/revisions": []})
        return
    with request.sessions.store.read() as transaction:
        found = journal.revisions(
            transaction,
            live.record.id,
            max(1, min(limit, MAX_LISTED)),
            before if isinstance(before, int) else None,
            request.text("xrepl/search"),
        )
    request.done({"xrepl/revisions": [_for_client(revision) for revision in found]})


def _for_client(revision: Revision) -> dict[str, Any]:
    told = {key: value for key, value in _described(revision).items() if value is not None}
    told.pop("who")
    return {**told, "started-at": int(told["started-at"]), "ms": f"{told['ms']:.3f}"}
