"""The session manager: finds, makes, moves and ends sessions; who is in which.

Names, archives and expiry are the store's; one session's work is `live.py`'s.  Everything runs in the loop's thread;
what needs the store's writer answers through a function: with the result, or with the error.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from xrepl import log
from xrepl.config import DEFAULT_SESSION, check_name
from xrepl.errors import NameTaken, NotStored, UnknownSession, XreplError
from xrepl.server import archiving, startup
from xrepl.server.client import Client
from xrepl.server.evaluation import Evaluation
from xrepl.server.live import LiveSession
from xrepl.server.loop import Loop
from xrepl.server.storage import MemoryStorage, Storage, StoredStorage, as_error
from xrepl.server.upkeep import save
from xrepl.server.waits import Waits
from xrepl.store import schema
from xrepl.store import sessions as stored
from xrepl.store.records import Record
from xrepl.store.store import Store
from xrepl.supervisor.supervisor import Supervisor

DEFAULT_TIMEOUT_MS = 3_600_000

OnSession = Callable[[LiveSession | XreplError], None]
OnDone = Callable[[Any], None]


class Sessions:
    """All sessions of this server.

    Args:
        loop: the server's loop.
        store: the open store.
        memory_limit_bytes: what an evaluator may use, for telling why it ended.
        clock: gives the time in seconds since 1970.
    """

    supervisor: Supervisor

    def __init__(
        self, loop: Loop, store: Store, memory_limit_bytes: int, clock: Callable[[], float] = time.time
    ) -> None:
        self.loop = loop
        self.clock = clock
        self.waits = Waits()
        self.store = store
        self.memory_limit_bytes = memory_limit_bytes
        self.live: dict[str, LiveSession] = {}
        self._making: dict[str, list[OnSession]] = {}
        self.call: Callable[[LiveSession, str, dict[str, Any], OnDone], None] = _no_calls

    def log(self, text: str) -> None:
        """Write a line to the log."""
        log.write(text)

    def storage_for(self, live: LiveSession) -> Storage:
        """Give the place that keeps a session's state."""
        return MemoryStorage() if live.is_fresh else StoredStorage(self, live)

    def submit(self, change: Callable[[Any], Any], on_done: OnDone) -> None:
        """Let the store's writer make a change; the answer is the change's result, or the error."""

        def answer(value: Any, problem: Exception | None) -> None:
            outcome = value if problem is None else as_error(problem)
            self.loop.post(lambda: on_done(outcome))

        self.store.submit(change, answer)

    # --- finding

    def find(self, text: str) -> LiveSession:
        """Give the session of an id, a name, or a unique prefix of an id.

        Raises:
            UnknownSession: there is none, or more than one.
        """
        live = self.live.get(text)
        if live is not None and not live.is_fresh:
            return live
        if not schema.is_id(text.lower()):  # which comes before any name
            for live in self.live.values():
                if live.record.name == text and not live.is_fresh:
                    return live
        with self.store.read() as transaction:
            record = stored.find(transaction, text)
        return self.use(record)

    def record(self, text: str) -> Record:
        """Give the record of a session of an id, a name, or a unique prefix of an id, without using the session.

        Raises:
            UnknownSession, AmbiguousPrefix: there is none, or more than one.
        """
        with self.store.read() as transaction:
            record = stored.find(transaction, text)
        live = self.live.get(record.id)
        return record if live is None else live.record

    def by_id(self, identifier: str) -> LiveSession:
        """Give the session of an id, throw-away ones too.

        Raises:
            UnknownSession: there is none.
        """
        live = self.live.get(identifier)
        if live is not None:
            return live
        with self.store.read() as transaction:
            record = stored.get(transaction, identifier)
        if record is None:
            raise UnknownSession(f"there is no session {identifier}", "see xrepl ls")
        return self.use(record)

    def use(self, record: Record) -> LiveSession:
        """Give the session of a record, taken in use."""
        live = self.live.get(record.id)
        if live is None:
            live = self.live[record.id] = LiveSession(self, record)
        return live

    def records(self) -> list[Record]:
        """Give the records of all stored sessions, the latest states of them."""
        with self.store.read() as transaction:
            records = stored.all(transaction)
        return [self.live[record.id].record if record.id in self.live else record for record in records]

    def enter(self, text: str, made_from: dict[str, Any], on_session: OnSession) -> None:
        """Give the session of a name, id or prefix; reopen it from the archive or make it if there is none.

        A default session that was closed stays closed: a fresh one is made.
        """
        try:
            on_session(self.find(text))
            return
        except UnknownSession as unknown:
            if unknown.code != UnknownSession.code:
                on_session(unknown)
                return
        if text in self._making:  # somebody is making it just now
            self._making[text].append(on_session)
        elif text != DEFAULT_SESSION and archiving.is_archived(self, text):
            archiving.reopen(self, text, on_session)
        else:
            self.create({**made_from, "name": text}, on_session)

    # --- making and ending

    def create(
        self, options: dict[str, Any], on_session: OnSession, *, is_started: bool = True, is_copy: bool = False
    ) -> None:
        """Make a session; answers when its record is durable.

        Args:
            options: `name`, `timeout`, `metadata`, `config`, `cwd`, `environment`, all optional.
            on_session: gets the session or the error.
            is_started: get its evaluator ready, too.
            is_copy: it gets the state of another session, so that the user's files for new ones are not evaluated.
        """
        name = options.get("name", "")
        try:
            check_name(name)
            if name in self._making:
                raise NameTaken(f"another session is named {name!r}", "choose another name")
        except XreplError as problem:
            on_session(problem)
            return
        record = new_record(options, int(self.clock()))
        live = self.live[record.id] = LiveSession(self, record)
        live.is_new = True
        if is_started:  # it is got ready while the record is written
            live.start()
        if name:
            self._making[name] = []

        def answer(outcome: Any) -> None:
            waiting = self._making.pop(name, [])
            if isinstance(outcome, XreplError):
                self.drop(live)
            elif not is_copy:
                startup.begin(live)
            for one in (on_session, *waiting):
                one(outcome if isinstance(outcome, XreplError) else live)

        self.submit(lambda transaction: stored.create(transaction, record), answer)

    def create_fresh(self, options: dict[str, Any]) -> LiveSession:
        """Make a throw-away session."""
        live = LiveSession(self, new_record(options, int(self.clock())), is_fresh=True)
        self.live[live.record.id] = live
        live.start()
        startup.begin(live)
        return live

    def update(self, live: LiveSession, on_done: OnDone, **changes: Any) -> None:
        """Change fields of a session's record; answers with the new record or the error."""

        def change(transaction: Any) -> Record:
            record = stored.get(transaction, live.record.id)
            if record is None:
                raise UnknownSession(f"there is no session {live.record.id}")
            return stored.replace(transaction, replace(record, **changes), None)

        def answer(outcome: Any) -> None:
            if isinstance(outcome, Record):
                live.record = outcome
            on_done(outcome)

        self.submit(change, answer)

    def touch(self, live: LiveSession) -> None:
        """Take note that a session is in use now."""
        if not live.is_fresh:
            now_s = int(self.clock())
            live.record = replace(live.record, last_active=now_s)
            self.submit(lambda transaction: stored.touch(transaction, live.record.id, now_s), lambda outcome: None)

    def rename(self, live: LiveSession, name: str, on_done: OnDone) -> None:
        """Give a session another name."""
        try:
            check_name(name)
            if live.is_fresh:
                raise nameless()
        except XreplError as problem:
            on_done(problem)
            return
        self.update(live, on_done, name=name)

    def close(self, live: LiveSession, on_done: OnDone, why: str = "closed") -> None:
        """End a session; it goes to the archive.  Those attached move to the default session."""
        if live.is_fresh:
            self.drop(live)
            on_done(live.record)
            return
        record = live.record

        def answer(outcome: Any) -> None:
            if isinstance(outcome, XreplError):
                on_done(outcome)
                return
            clients = list(live.audience.clients)
            self.drop(live)
            if clients:
                notice = f"session {live.title} was {why}; you are in session {DEFAULT_SESSION} now"
                made_from = {"cwd": record.cwd, "environment": record.environment}
                self.enter(DEFAULT_SESSION, made_from, lambda target: self._move(clients, target, notice))
            on_done(record)

        def end() -> None:
            now_s = int(self.clock())
            self.submit(lambda transaction: stored.archive(transaction, record.id, now_s, why), answer)

        save(live, lambda _: end())

    def drop(self, live: LiveSession) -> None:
        """Forget a session in use, and end its evaluator."""
        live.abandon()
        self.live.pop(live.record.id, None)
        self.supervisor.forget(live.record.id)

    def _move(self, clients: list[Client], target: LiveSession | XreplError, notice: str) -> None:
        if isinstance(target, XreplError):
            self.log(f"clients cannot be moved: {target}")
            return
        for client in clients:
            client.attach(target)
            client.send({"xrepl/notice": [notice], "xrepl/moved": 1, **target.place()})

    # --- evaluations

    def finish(self, live: LiveSession, evaluation: Evaluation) -> None:
        """End an evaluation, or go on with it in the session that it switched to."""
        if evaluation.is_closing or evaluation.is_detached:
            record = live.record
            made_from = {"cwd": record.cwd, "environment": record.environment}
            go_on = partial(self._go_on, evaluation=evaluation, left=live)
            if evaluation.is_closing:
                self.close(live, lambda _: self.enter(DEFAULT_SESSION, made_from, go_on))
            else:
                self.enter(DEFAULT_SESSION, made_from, go_on)
            return
        target: LiveSession | XreplError = live
        if evaluation.switch_to:
            try:
                target = self.by_id(evaluation.switch_to)
            except XreplError as problem:  # closed meanwhile
                evaluation.tell(xrepl_error=f"** {problem}", status=["eval-error"])
        self._go_on(target, evaluation, live)

    def _go_on(self, target: LiveSession | XreplError, evaluation: Evaluation, left: LiveSession) -> None:
        """Evaluate what is left of a text in the session where it is now, or answer that it is done."""
        if isinstance(target, XreplError):
            evaluation.tell(xrepl_error=f"** {target}", status=["eval-error", "done"])
            return
        client = evaluation.client
        if client is not None and client.attached is left:
            client.attach(target)
        has_moved = target is not left
        is_over = evaluation.is_interrupted or (evaluation.has_failed and not evaluation.is_going_on)
        rest = evaluation.rest(evaluation.end) if has_moved and not is_over else None
        if rest is not None:
            if client is not None:
                client.evaluations[rest.request_id] = rest
            target.evaluate(rest)
            return
        if client is not None:
            client.evaluations.pop(evaluation.request_id, None)
        status = ["interrupted", "done"] if evaluation.is_interrupted else ["done"]
        leave = {"xrepl_leave": 1} if evaluation.is_leaving else {}
        if evaluation.exit_status is not None:
            leave["xrepl_exit_status"] = evaluation.exit_status
        evaluation.tell(status=status, **target.place(), **leave)

    def leave(self, client: Client) -> None:
        """Take note that a client has gone: its evaluations go on, its throw-away session ends."""
        for evaluation in client.evaluations.values():
            evaluation.stop_reading()
            evaluation.client = None
        client.attach(None)
        if client.fresh is not None:
            self.drop(client.fresh)


def new_record(options: dict[str, Any], now_s: int) -> Record:
    """Give the record of a new session, with the specification's defaults."""
    return Record(
        id=secrets.token_hex(16),
        name=options.get("name", ""),
        created_at=now_s,
        last_active=now_s,
        timeout_ms=options.get("timeout", DEFAULT_TIMEOUT_MS),
        metadata=options.get("metadata", {}),
        config=options.get("config", {}),
        cwd=options.get("cwd", "/"),
        environment=options.get("environment", {}),
        status="",
        revision=0,
        version=0,
        not_kept={},
    )


def nameless() -> NotStored:
    """Make the error for a throw-away session that shall have a name."""
    return NotStored("a throw-away session has no name", "make a session with (new-session)")


def _no_calls(live: LiveSession, what: str, arguments: dict[str, Any], answer: OnDone) -> None:
    answer(XreplError(f"the server does not know {what}"))
