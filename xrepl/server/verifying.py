"""Replay: evaluate a session's journal in an evaluator of its own, and tell at which form the bindings part.

After each form what is bound is compared with what it was then; groups with other bytes are compared by their values,
in the evaluator.  That a form shows something else is told, but parts nothing.  The session itself is not touched.
Forms that walked through the history are not run again: the replay goes to the state that it had itself at that
revision.  What a form does to the world outside, it does again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from xrepl.errors import UnknownRevision, XreplError
from xrepl.server.connection import Message
from xrepl.server.dispatch import Request, op
from xrepl.server.evaluation import Evaluation
from xrepl.server.link import Frame
from xrepl.server.live import LiveSession
from xrepl.server.storage import MemoryStorage
from xrepl.server.travel import CHECKOUT, REDO, RESET, UNDO, load
from xrepl.store import journal
from xrepl.store.records import Delta, Group, Record, Revision

if TYPE_CHECKING:
    from xrepl.server.sessions import Sessions

_STEPS = (UNDO, REDO, CHECKOUT)
_PAGE = 500

OnVerdict = Callable[["Message | XreplError"], None]


class _Probe(Evaluation):
    """An evaluation whose answer is looked at instead of being sent."""

    def __init__(self, request: Message, on_done: Callable[[str], None]) -> None:
        super().__init__(None, {**request, "xrepl/go-on": 1})
        self._on_done = on_done
        self._shown = ""

    def show(self, frame: Frame, title: str, record: Record, problem: XreplError | None) -> None:
        """Take what the form showed."""
        super().show(frame, title, record, problem)
        self._shown = str(problem or frame.get("error") or frame.get("value") or "")

    def tell(self, **fields: Any) -> None:
        """Take note of the end, and of what is no form's answer."""
        if "xrepl_error" in fields:
            self._shown = str(fields["xrepl_error"])
        if "done" in fields.get("status", ()):
            self._on_done(self._shown)


class Verification:
    """One replay.

    Args:
        sessions: the manager.
        live: the session whose journal is replayed.
        on_verdict: gets what was found.

    Raises:
        UnknownRevision: a throw-away session has no journal.
    """

    def __init__(self, sessions: Sessions, live: LiveSession, on_verdict: OnVerdict) -> None:
        if live.is_fresh:
            raise UnknownRevision("a throw-away session has no journal", "make a session with (new-session)")
        self._sessions = sessions
        self._on_verdict = on_verdict
        with sessions.store.read() as transaction:
            self._revisions = _all_revisions(transaction, live.record.id)
            self._stored = journal.current(transaction, live.record.id)
            base = self._revisions[0].number - 1 if self._revisions else 0
            first = journal.as_of(transaction, live.record.id, base) if base else {}
        self._replay = _throw_away(sessions, live, first)
        self._session_id = live.record.id
        self._expected = dict(first)
        self._excused: set[tuple[bytes, bytes]] = set()  # groups with other bytes that hold the same
        self._otherwise: list[int] = []
        self._states: dict[int, dict[str, Group]] = {base: dict(first)}
        self._at = 0
        self._compared = 0

    def run(self) -> None:
        """Go to the next form and evaluate it; tell that nothing has parted if there is none."""
        while self._at < len(self._revisions):
            revision = self._revisions[self._at]
            self._at += 1
            if revision.entry.kind in _STEPS:
                self._walk(revision)
            elif revision.entry.kind == RESET:
                self._go_to({})
            elif revision.entry.kind == "form" and revision.entry.form and not self._is_walk():
                self._evaluate(revision)
                return
            self._note(revision)
            if revision.entry.kind == "form" and not revision.entry.form:
                self._go_over(revision)
        self._tell({})

    def _is_walk(self) -> bool:
        """Say whether the form at hand asked for a step, which follows it."""
        following = self._revisions[self._at : self._at + 1]
        return bool(following) and following[0].entry.kind in _STEPS

    def _evaluate(self, revision: Revision) -> None:
        entry = revision.entry
        request = {"code": entry.form, "xrepl/syntax": entry.who.get("syntax", "lfe")}

        def done(shown: str) -> None:
            self._compared += 1
            if shown != (entry.error or entry.value or ""):
                self._otherwise.append(revision.number)
            try:
                self._note(revision)
            except XreplError as problem:  # the journal is damaged
                self._sessions.drop(self._replay)
                self._on_verdict(problem)
                return
            self._compare(revision, shown)

        self._replay.evaluate(_Probe(request, done))

    def _compare(self, revision: Revision, shown: str) -> None:
        """Compare what is bound after a form; go on if it is the same."""
        was, now = _by_name(self._expected), _by_name(self._memory().named_groups())
        missing, more = sorted(was.keys() - now.keys()), sorted(now.keys() - was.keys())
        if missing or more:
            self._part(revision, shown, {"xrepl/missing": missing, "xrepl/more": more})
            return
        pairs = {(was[name].stored().ref, now[name].stored().ref): (was[name], now[name]) for name in was}
        others = {refs: pair for refs, pair in pairs.items() if refs[0] != refs[1] and refs not in self._excused}
        if not others:
            self._sessions.loop.post(self.run)  # not from within the end of this form
            return

        def compared(frame: Any) -> None:
            differing = [] if isinstance(frame, XreplError) else frame["differing"]
            if differing:
                _, before, after = differing[0]
                names = [each[0] for each in differing]
                self._part(revision, shown, {"xrepl/names": names, "xrepl/was": before, "xrepl/is": after})
                return
            self._excused.update(others)
            self._sessions.loop.post(self.run)

        self._replay.request("compare", compared, pairs=[[one.blob, other.blob] for one, other in others.values()])

    def _part(self, revision: Revision, shown: str, found: Message) -> None:
        entry = revision.entry
        told = {"xrepl/was": entry.error or entry.value or "", "xrepl/is": shown, **found}
        self._tell({"xrepl/parts-at": revision.number, "xrepl/form": entry.form, **told})

    def _memory(self) -> MemoryStorage:
        storage = self._replay.storage
        assert isinstance(storage, MemoryStorage)
        return storage

    def _note(self, revision: Revision) -> None:
        """Take note of both states after a revision."""
        self._states[revision.number] = self._memory().named_groups()
        with self._sessions.store.read() as transaction:
            change = journal.changed(transaction, self._session_id, revision.number)
        self._expected.update(change.set)
        for number in change.gone:
            self._expected.pop(number, None)

    def _go_over(self, revision: Revision) -> None:
        """Bind what a form bound whose text was not kept: it cannot be evaluated again."""
        self._go_to(self._expected)
        self._states[revision.number] = self._memory().named_groups()

    def _walk(self, revision: Revision) -> None:
        self._go_to(self._states.get(revision.target or 0, {}))

    def _go_to(self, target: dict[str, Group]) -> None:
        now = self._memory().named_groups()
        changed = {number: group for number, group in target.items() if group.names and now.get(number) != group}
        delta = Delta(changed, [number for number, group in now.items() if group.names and number not in target])
        load(self._replay, delta)
        self._memory().apply(delta)

    def _tell(self, found: Message) -> None:
        self._sessions.drop(self._replay)
        told = {"xrepl/forms": self._compared, "xrepl/otherwise": self._otherwise, **found}
        self._on_verdict({key: value for key, value in told.items() if value or key == "xrepl/forms"})


def _all_revisions(transaction: Any, session: str) -> list[Revision]:
    """Give all revisions that are kept, oldest first."""
    found: list[Revision] = []
    before: int | None = None
    while page := journal.revisions(transaction, session, _PAGE, before):
        found += page
        before = page[-1].number
    return found[::-1]


def _throw_away(sessions: Sessions, live: LiveSession, first: dict[str, Group]) -> LiveSession:
    options = {"cwd": live.record.cwd, "environment": live.record.environment, "config": live.record.config}
    made = sessions.create_fresh(options)
    storage = made.storage
    assert isinstance(storage, MemoryStorage)
    storage.apply(Delta(first, []))
    if first:
        load(made, Delta(first, []))  # it may have begun already
    return made


def _by_name(groups: dict[str, Group]) -> dict[str, Group]:
    return {name: group for group in groups.values() for name in group.names}


@op("xrepl/verify")
def verify(request: Request) -> None:
    """Replay a session's journal and tell where it parts from what was."""
    live = request.sessions.find(request.text("xrepl/name"))
    Verification(request.sessions, live, lambda found: request.answer(found, lambda fields: fields)).run()
