"""Questions about what is stored of a session: its data, metadata and settings; and about its history."""

from __future__ import annotations

from typing import Any

from xrepl.server import changes, settings, typed
from xrepl.server.calls import BadArgument, Call, call
from xrepl.server.changes import told
from xrepl.store import journal
from xrepl.store.records import Record

_FORMS = "form"


@call("touch")
def touch(asked: Call) -> None:
    """Note that a session is in use now."""
    asked.sessions.touch(asked.target())
    asked.answer(None)


@call("update")
def update(asked: Call) -> None:
    """Put session data in the place of what it was at a version; fails with `conflict` if it has changed since."""
    version = asked.arguments.get("version")
    if type(version) is not int:
        raise BadArgument("version is no number")
    _alter(asked, changes.with_data(asked.map("data")), version)


@call("set-metadata")
def set_metadata(asked: Call) -> None:
    """Merge metadata."""
    _alter(asked, changes.with_metadata(asked.map("metadata")))


@call("set-config")
def set_config(asked: Call) -> None:
    """Merge settings; all or none."""
    _alter(asked, changes.with_settings(asked.map("config")))


def _alter(asked: Call, change: Any, expected_version: int | None = None) -> None:
    sessions, record = asked.sessions, asked.record()

    def done(outcome: Any) -> None:
        if isinstance(outcome, Record) and outcome.id in sessions.live:
            sessions.live[outcome.id].reconfigured()
        asked.told(outcome, lambda record: told(sessions, record))

    changes.alter(sessions, record, change, done, expected_version)


@call("check-config")
def check_config(asked: Call) -> None:
    """Tell the faults of settings."""
    asked.answer([list(fault) for fault in settings.check(asked.map("config"))[1]])


@call("default-config")
def default_config(asked: Call) -> None:
    """Tell the settings of a session that has set none."""
    asked.answer(settings.defaults())


@call("history")
def history(asked: Call) -> None:
    """Tell a session's forms, the earliest first, at most as many as its setting `max-history` says."""
    record = asked.record()
    wanted = settings.setting(record, "max-history")
    cleared = record.metadata.get(changes.CLEARED, 0)
    found: list[str] = []
    before = None
    with asked.sessions.store.read() as transaction:
        while len(found) < wanted:
            page = journal.revisions(transaction, record.id, wanted - len(found), before) if record.revision else []
            page = [revision for revision in page if revision.number > cleared]
            found += [one.entry.form for one in page if one.entry.kind == _FORMS and one.entry.form.strip()]
            if not page:
                break
            before = page[-1].number
    asked.answer(found[::-1])


@call("clear-history")
def clear_history(asked: Call) -> None:
    """Let the history begin anew; the revisions stay, for undo."""
    revision = asked.record().revision + 1  # with the form that asks
    typed.forget(asked.record().id)
    _alter(asked, changes.with_metadata({changes.CLEARED: revision if asked.is_own else revision - 1}))
