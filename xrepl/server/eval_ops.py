"""The ops that evaluate: `eval`, `load-file`, `interrupt`, `xrepl/kill`, and entering a session with `xrepl/attach`."""

from __future__ import annotations

import time
from collections.abc import Callable

from xrepl.config import DEFAULT_SESSION
from xrepl.errors import SessionBusy, XreplError
from xrepl.server.audience import restored_text
from xrepl.server.connection import Message
from xrepl.server.dispatch import Request, op
from xrepl.server.evaluation import Evaluation
from xrepl.server.live import LiveSession
from xrepl.server.status import Status
from xrepl.server.travel import reset


def enter(request: Request, then: Callable[[LiveSession], None]) -> None:
    """Find or make the session that a request is for, then go on with it; an error is the answer."""
    sessions, client = request.sessions, request.client

    def go_on(outcome: LiveSession | XreplError) -> None:
        if isinstance(outcome, XreplError):
            request.fail(outcome)
        elif request.message.get("xrepl/no-restore"):
            _clear(request, outcome, then)
        else:
            then(outcome)

    if request.text("session"):
        go_on(sessions.by_id(request.text("session")))
    elif request.message.get("xrepl/fresh"):
        if client.fresh is None:
            client.fresh = sessions.create_fresh(request.made_from())
        go_on(client.fresh)
    elif request.text("xrepl/name") or client.attached is None:
        sessions.enter(request.text("xrepl/name") or DEFAULT_SESSION, request.made_from(), go_on)
    else:
        go_on(client.attached)


def _clear(request: Request, live: LiveSession, then: Callable[[LiveSession], None]) -> None:
    """Give a session a clean start, then go on with it."""
    if live.status is Status.BUSY:
        raise SessionBusy(f"session {live.title} is evaluating", "interrupt it first, or kill its evaluator")

    def cleared(problem: XreplError | None) -> None:
        if problem is not None:
            request.fail(problem)
        else:
            then(live)

    reset(request.sessions, live, cleared)


@op("eval")
def evaluate(request: Request) -> None:
    """Evaluate forms."""
    evaluation = Evaluation(request.client, request.message)
    _start(request, evaluation)


@op("load-file")
def load_file(request: Request) -> None:
    """Evaluate the text of a file."""
    name = request.text("file-path") or request.text("file-name")
    syntax = "hy" if name.endswith(".hy") else "lfe"
    evaluation = Evaluation(request.client, {**request.message, "code": request.text("file"), "file": name})
    evaluation.syntax = syntax
    _start(request, evaluation)


def _start(request: Request, evaluation: Evaluation) -> None:
    client = request.client

    def start(live: LiveSession) -> None:
        client.evaluations[evaluation.request_id] = evaluation
        if live.notices:
            evaluation.tell(xrepl_notice=live.take_notices(), session=live.record.id)
        live.evaluate(evaluation)

    enter(request, start)


@op("xrepl/attach")
def attach(request: Request) -> None:
    """Enter a session as a terminal does."""

    def done(live: LiveSession) -> None:
        request.client.terminal = request.text("xrepl/terminal")
        request.client.attach(live)
        live.when_restored(lambda: _tell_attached(request, live))

    if request.message.get("create") or request.message.get("xrepl/fresh"):
        enter(request, done)
    else:
        done(request.session())


def _tell_attached(request: Request, live: LiveSession) -> None:
    notices = live.take_notices()
    if live.restored is not None:
        notices.append(restored_text(live.restored))
        live.restored = None
    fields: Message = {"xrepl/notice": notices} if notices else {}
    fields["xrepl/attached"] = len(live.audience.clients)
    if live.not_kept:
        fields["xrepl/not-kept"] = sorted(live.not_kept)
    if live.audience.running is not None:
        form, since = live.audience.running
        fields.update({"xrepl/running": form, "xrepl/running-ms": int((time.monotonic() - since) * 1000)})
    request.done({**live.place(), **fields})
    for message in live.audience.take_unseen():
        request.client.send(message)


@op("xrepl/detach")
def detach(request: Request) -> None:
    """Leave the session."""
    request.client.attach(None)
    request.done()


@op("interrupt")
def interrupt(request: Request) -> None:
    """Interrupt the form under way, or take one out of the queue."""
    wanted = request.message.get("interrupt-id")
    evaluation = request.client.evaluations.get(wanted) if wanted is not None else None
    if wanted is not None and evaluation is None:
        request.done({"status": ["interrupt-id-mismatch", "error", "done"]})
        return
    live = evaluation.live if evaluation is not None and evaluation.live is not None else request.session()
    request.done({"status": ["done"] if live.interrupt(evaluation) else ["session-idle", "done"]})


@op("xrepl/kill")
def kill(request: Request) -> None:
    """Kill the session's evaluator."""
    request.session().kill()
    request.done()
