"""Questions about sessions: list, tell, make, enter, start, stop, save, rename, close, reopen, the archive."""

from __future__ import annotations

from typing import Any

from xrepl.errors import SessionBusy, StoreDamaged, UnknownSession, XreplError
from xrepl.server import archiving, changes, settings, typed
from xrepl.server.calls import BadArgument, Call, call
from xrepl.server.changes import told
from xrepl.server.housekeeping import clean_up
from xrepl.server.live import LiveSession
from xrepl.server.status import Status
from xrepl.server.upkeep import save as save_state
from xrepl.store import sessions as stored

MAX_CREATED = 10_000
MAX_LINE_CHARACTERS = 4096


@call("sessions")
def list_sessions(asked: Call) -> None:
    """Tell all sessions, in the order in which they were made; `brief` leaves out what a listing does not show."""
    records = sorted(asked.sessions.records(), key=lambda record: (record.created_at, record.name, record.id))
    is_brief = bool(asked.arguments.get("brief"))
    asked.answer([told(asked.sessions, record, is_brief=is_brief) for record in records])


@call("ids")
def list_ids(asked: Call) -> None:
    """Tell the ids of all sessions, in the same order."""
    records = sorted(asked.sessions.records(), key=lambda record: (record.created_at, record.name, record.id))
    asked.answer([record.id for record in records])


@call("info")
def info(asked: Call) -> None:
    """Tell about one session."""
    asked.answer(told(asked.sessions, asked.record()))


@call("new")
def new(asked: Call) -> None:
    """Make a session with `name`, `timeout`, `metadata`, `config`; `start` says whether its evaluator is, too."""
    options = _options(asked)

    def made(outcome: LiveSession | XreplError) -> None:
        asked.told(outcome, lambda live: told(asked.sessions, live.record))

    asked.sessions.create(options, made, is_started=bool(asked.arguments.get("start", True)))


@call("new-many")
def new_many(asked: Call) -> None:
    """Make a number of sessions at once; tells for each its id, or the error's code."""
    count = asked.arguments.get("count")
    if type(count) is not int or not 0 <= count <= MAX_CREATED:
        raise BadArgument(f"count is from 0 to {MAX_CREATED}")
    made: dict[int, Any] = {}

    def take(number: int, outcome: LiveSession | XreplError) -> None:
        made[number] = {"error": outcome.code} if isinstance(outcome, XreplError) else {"id": outcome.record.id}
        if len(made) == count:
            asked.answer([made[number] for number in range(count)])

    for number in range(count):
        asked.sessions.create(_options(asked), lambda outcome, number=number: take(number, outcome))  # type: ignore[misc]
    if not count:
        asked.answer([])


def _options(asked: Call) -> dict[str, Any]:
    """Give what a session is made with.

    Raises:
        InvalidName: it cannot have the name.
        BadArgument, BadSettings: another option has a value that it cannot have.
    """
    given = asked.arguments
    metadata = dict(asked.map("metadata")) if "metadata" in given else {}
    kept, faults = settings.check(asked.map("config") if "config" in given else {})
    if faults:
        raise settings.BadSettings(faults)
    name = changes.name_of(given["name"]) if "name" in given else changes.name_in(metadata) or ""
    metadata.pop(changes.NAME, None)
    options: dict[str, Any] = {
        "cwd": asked.live.record.cwd,
        "environment": asked.live.record.environment,
        "name": name,
        "metadata": metadata,
        "config": kept,
    }
    if settings.TIMEOUT in kept:
        options["timeout"] = kept.pop(settings.TIMEOUT)
    if "timeout" in given:
        options["timeout"] = changes.timeout_of(given["timeout"])
    return options


@call("current")
def current(asked: Call) -> None:
    """Tell the id of the session that the client is in after this form; None when it has left it."""
    evaluation = asked.live.current
    if evaluation is not None and evaluation.is_detached:
        asked.answer(None)
    else:
        asked.answer((evaluation.switch_to if evaluation is not None else "") or asked.live.record.id)


@call("log")
def write_log(asked: Call) -> None:
    """Write a line to the server's log."""
    asked.live.log(asked.text("text")[:MAX_LINE_CHARACTERS])
    asked.answer(None)


@call("leave")
def leave(asked: Call) -> None:
    """Let the client end when the form has ended; the session stays."""
    if asked.live.current is not None:
        asked.live.current.is_leaving = True
        status = asked.arguments.get("status")
        asked.live.current.exit_status = status if isinstance(status, int) else None
    asked.answer(None)


@call("detach")
def detach(asked: Call) -> None:
    """Leave the session when the form has ended: the client goes to the default one."""
    if asked.live.current is not None:
        asked.live.current.is_detached = True
    asked.answer(None)


@call("enter")
def enter(asked: Call) -> None:
    """Find a session to be the current one of a process; `move` the client there after the form.

    `start` also starts it, and reopens one that is archived.
    """
    evaluation = asked.live.current if asked.arguments.get("move") else None

    def found(outcome: LiveSession | XreplError) -> None:
        if isinstance(outcome, XreplError):
            asked.answer(outcome)
            return
        live = outcome
        if evaluation is not None:
            # where one is already is no move: the evaluator goes on with the text
            evaluation.switch_to = "" if live is asked.live else live.record.id
            evaluation.is_detached = False
        if asked.arguments.get("start") and live.status in (Status.STOPPED, Status.FAILED):
            live.start()
        asked.answer({**told(asked.sessions, live.record), "notices": live.take_notices()})

    _with_target(asked, found)


def _with_target(asked: Call, use: Any) -> None:
    """Find the session that is asked about, in the archive, too."""
    try:
        live = asked.target()
    except UnknownSession as unknown:
        text = asked.text("target")
        if not asked.arguments.get("start") or not archiving.is_archived(asked.sessions, text):
            raise unknown
        archiving.reopen(asked.sessions, text, use)
    else:
        use(live)


@call("start")
def start(asked: Call) -> None:
    """Start a session's evaluator, if it is not running; tells when its state is restored."""
    live = asked.target()

    def ready() -> None:
        if live.status is Status.FAILED:
            asked.answer(SessionBusy(f"session {live.title} has failed", "see the log"))
        else:
            asked.answer(told(asked.sessions, live.record))

    if live is asked.live:
        ready()
    else:
        live.when_restored(ready)


@call("stop")
def stop(asked: Call) -> None:
    """Save a session's state and end its evaluator; the next use starts another."""
    live = asked.target()
    if live is asked.live or live.status is Status.BUSY or live.queue:
        raise SessionBusy(f"session {live.title} is evaluating", "interrupt it, or wait")

    def saved(problem: XreplError | None) -> None:
        if problem is None and live.current is None:
            live.stop()
        asked.answer(problem)

    save_state(live, saved)


@call("save")
def save(asked: Call) -> None:
    """Write a session's state now."""
    save_state(asked.target(), asked.answer)


@call("rename")
def rename(asked: Call) -> None:
    """Give a session another name; empty for none."""
    record = asked.record()
    name = changes.name_of(asked.arguments.get("name"))
    alter = changes.with_metadata({changes.NAME: name})
    changes.alter(asked.sessions, record, alter, lambda outcome: asked.told(outcome))


@call("close")
def close(asked: Call) -> None:
    """Close a session; the own one ends with the form that asks."""
    try:
        live = asked.target()
    except StoreDamaged:
        archiving.put_aside(asked.sessions, asked.text("target"), asked.told)
        return
    if live is not asked.live:
        asked.sessions.close(live, asked.told)
        return
    if live.current is not None:
        live.current.is_closing = True
    asked.answer(None)


@call("reopen")
def reopen(asked: Call) -> None:
    """Take a session out of the archive."""

    def opened(outcome: LiveSession | XreplError) -> None:
        asked.told(outcome, lambda live: {**told(asked.sessions, live.record), "notices": live.take_notices()})

    archiving.reopen(asked.sessions, asked.text("target"), opened)


@call("archived")
def archived(asked: Call) -> None:
    """Tell the archived sessions, the one archived last first."""
    with asked.sessions.store.read() as transaction:
        found = stored.archived(transaction)
    now_s = asked.sessions.clock()
    asked.answer(
        [
            {
                **told(asked.sessions, one.record),
                "archived-at": int(one.at),
                "why": one.why or one.record.status,
                "age": archiving.age(now_s - one.at),
            }
            for one in reversed(found)
        ]
    )


@call("purge")
def purge(asked: Call) -> None:
    """Delete an archived session, or all, for good; tells how many."""
    target = asked.text("target") if asked.arguments.get("target") is not None else None

    def delete(transaction: Any) -> int:
        if target is None:
            return stored.purge(transaction)
        return stored.purge(transaction, stored.find_archived(transaction, target).record.id)

    def done(outcome: Any) -> None:
        typed.forget_deleted(asked.sessions)
        asked.answer(outcome)

    asked.sessions.submit(delete, done)


@call("cleanup")
def cleanup(asked: Call) -> None:
    """Move the sessions that have expired to the archive; tells how many."""
    clean_up(asked.sessions, asked.answer)
