"""Changes of a session's record: metadata, settings, name and more in one transaction; and the record as code sees it.

The name is shown as part of the metadata, where the specification has it, and is kept as a field of its own, which is
unique.  What a user's update adds beside the record's fields is kept in the metadata under keys that nobody else sees.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from msgpack import ExtType

from xrepl.config import check_name
from xrepl.errors import InvalidName, UnknownSession, XreplError
from xrepl.server import settings
from xrepl.server.calls import BadArgument
from xrepl.server.live import LiveSession
from xrepl.server.sessions import OnDone, Sessions, nameless
from xrepl.server.terms import INFINITY, atom, atom_name, text_of
from xrepl.store import sessions as stored
from xrepl.store.records import Record

NAME = atom("name")
# keys of the metadata that hold what is no metadata
_BESIDE = 20
_TIMEOUT_REFUSED = "must be positive integer"


def told(sessions: Sessions, record: Record, *, is_brief: bool = False) -> dict[str, Any]:
    """Give what code is told of a session: plain data; in brief without its settings."""
    live = sessions.live.get(record.id)
    pid = live.link.child.pid if live is not None and live.link is not None else None
    return {
        "id": record.id,
        "name": record.name,
        "created-at": record.created_at,
        "last-active": record.last_active,
        "timeout": INFINITY if record.timeout_ms is None else record.timeout_ms,
        "metadata": metadata(record),
        "config": {} if is_brief else settings.shown(record),
        "beside": {key.data.decode(): value for key, value in record.metadata.items() if _is_told(key)},
        "revision": record.revision,
        "version": record.version,
        "pid": pid,
        "status": live.status.value if live is not None else record.status or "stopped",
        "attached": len(live.audience.clients) if live is not None else 0,
        "not-kept": live.not_kept if live is not None else record.not_kept,
    }


def metadata(record: Record) -> dict[Any, Any]:
    """Give a session's metadata with its name."""
    kept = {key: value for key, value in record.metadata.items() if not _is_beside(key)}
    return {**kept, NAME: record.name} if record.name else kept


def alter(
    sessions: Sessions,
    record: Record,
    change: Callable[[Record], Record],
    on_done: OnDone,
    expected_version: int | None = None,
) -> None:
    """Change a session's record by a function of it, in one transaction; answers with the new record, or the error.

    The function may be called more than once.
    """
    live = sessions.live.get(record.id)
    if live is not None and live.is_fresh:
        on_done(_altered(live, change))
        return

    def write(transaction: Any) -> Record:
        now = stored.get(transaction, record.id)
        if now is None:
            raise UnknownSession(f"there is no session {record.id}", "`(sessions)` lists them")
        return stored.replace(transaction, change(now), expected_version)

    def done(outcome: Any) -> None:
        if isinstance(outcome, Record):
            _take(sessions.live.get(record.id), outcome)
        on_done(outcome)

    sessions.submit(write, done)


def _altered(live: LiveSession, change: Callable[[Record], Record]) -> Record | XreplError:
    """Change the record of a throw-away session, which can have no name: names are the store's to keep apart."""
    changed = change(live.record)
    if changed.name:
        return nameless()
    live.record = replace(changed, version=live.record.version + 1)
    return live.record


def _take(live: LiveSession | None, record: Record) -> None:
    """Let a session in use have its new record; what it has counted since the transaction stays."""
    if live is not None:
        live.record = replace(
            record,
            last_active=max(record.last_active, live.record.last_active),
            revision=max(record.revision, live.record.revision),
        )


# --- from what code gives to fields of a record; each raises before anything is changed


def with_metadata(given: dict[Any, Any]) -> Callable[[Record], Record]:
    """Give the change that merges metadata; a name in it is the session's new name."""
    rest = {key: value for key, value in given.items() if key != NAME}
    name = name_in(given)
    return lambda record: replace(
        record, metadata={**record.metadata, **rest}, name=record.name if name is None else name
    )


def with_settings(given: dict[Any, Any]) -> Callable[[Record], Record]:
    """Give the change that merges settings.

    Raises:
        BadSettings: some have faults.
    """
    kept, faults = settings.check(given)
    if faults:
        raise settings.BadSettings(faults)

    def change(record: Record) -> Record:
        timeout_ms = kept.get(settings.TIMEOUT, record.timeout_ms)
        rest = {name: value for name, value in kept.items() if name != settings.TIMEOUT}
        return replace(record, config={**record.config, **rest}, timeout_ms=timeout_ms)

    return change


def with_data(given: dict[str, Any]) -> Callable[[Record], Record]:
    """Give the change that puts whole session data, as an update's function returned it, in the record's place.

    Id, times of the past and what the server counts stay; so do metadata, settings and timeout that are left out.

    Raises:
        BadArgument: a field has a value that it cannot have.
        BadSettings: settings have faults.
    """
    data = dict(given)
    new_metadata, config = data.pop("metadata", None), data.pop("config", {})
    if not isinstance(new_metadata, dict | None) or not isinstance(config, dict):
        raise BadArgument("metadata and config are maps")
    kept, faults = settings.check(config)
    if faults:
        raise settings.BadSettings(faults)
    timeouts = [timeout_of(data.pop(settings.TIMEOUT))] if settings.TIMEOUT in data else []
    timeouts += [kept.pop(settings.TIMEOUT)] if settings.TIMEOUT in kept else []
    name_in(new_metadata or {})
    last_active = data.pop("last-active", 0)
    if type(last_active) is not int:
        raise BadArgument("last-active is no time in seconds")
    for field in ("id", "created-at"):
        data.pop(field, None)
    rest = {beside(key): value for key, value in data.items()}

    def change(record: Record) -> Record:
        fields = metadata(record) if new_metadata is None else new_metadata
        own = {key: value for key, value in record.metadata.items() if key == CLEARED}
        # the timeout is told twice; the one that differs from what was is the one that was changed
        changed = [timeout_ms for timeout_ms in timeouts if timeout_ms != record.timeout_ms]
        return replace(
            record,
            name=name_in(fields) or "",
            metadata={**{key: value for key, value in fields.items() if key != NAME}, **rest, **own},
            config={**record.config, **_unlike_defaults(kept, record)},
            timeout_ms=changed[-1] if changed else record.timeout_ms,
            last_active=max(record.last_active, last_active),
        )

    return change


def _unlike_defaults(given: dict[str, Any], record: Record) -> dict[str, Any]:
    """Give the settings that were set or changed, so that defaults are not stored with each session."""
    return {name: value for name, value in given.items() if settings.setting(record, name) != value}


def name_in(given: dict[Any, Any]) -> str | None:
    """Give the name in metadata; None if there is none.

    Raises:
        InvalidName: a session cannot have it.
    """
    if NAME not in given:
        return None
    return name_of(given[NAME])


def name_of(value: Any) -> str:
    """Give a name that code gave as string, binary or atom.

    Raises:
        InvalidName: a session cannot have it.
    """
    name = atom_name(value)
    if name is None:
        name = text_of(value)
    if name is None:
        raise InvalidName("a name is a string or an atom", "")
    check_name(name)
    return name


def timeout_of(value: Any) -> int | None:
    """Give a timeout in milliseconds that code gave; None for `infinity`.

    Raises:
        BadSettings: it is neither.
    """
    if value == INFINITY:
        return None
    if type(value) is not int or value <= 0:
        raise settings.BadSettings([(atom(settings.TIMEOUT), _TIMEOUT_REFUSED)])
    return value


def beside(name: str) -> ExtType:
    """Give the key of the metadata that holds a field beside the record's."""
    return ExtType(_BESIDE, name.encode("utf-8", "surrogatepass"))


def _is_beside(key: Any) -> bool:
    return type(key) is ExtType and key.code == _BESIDE


def _is_told(key: Any) -> bool:
    return _is_beside(key) and key != CLEARED


# the one that is the server's own: up to which revision the history is cleared
CLEARED = beside("history-cleared")
