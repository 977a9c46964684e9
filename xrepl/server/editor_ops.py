"""The ops that help while one types: completions and what a name is.

Answered from the names that a session's evaluator told when it was last free: a busy session completes from those.  The
names are asked for when somebody types, and only those that have changed are sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import ClassVar
from weakref import WeakKeyDictionary

from xrepl.errors import XreplError
from xrepl.server.connection import Message
from xrepl.server.dispatch import Request, op
from xrepl.server.link import Frame, Link
from xrepl.server.live import LiveSession
from xrepl.server.status import Status

Entry = list[str]
Entries = dict[str, Entry]

MAX_COMPLETIONS = 1000
OWN, COMMON = "", "*"
_QUALIFIED = re.compile(r"(?P<module>[^:]+:)(?P<function>.*)\Z|(?P<object>.+\.)(?P<attribute>[^.]*)\Z", re.DOTALL)


class KnownNames:
    """What one session's evaluator has told about names.

    Attributes:
        cwd: its working directory.
        common: what every session has; the same for all of this server's evaluators, so told once.
    """

    common: ClassVar[Entries] = {}

    def __init__(self) -> None:
        self.cwd = ""
        self._entries: dict[str, Entries] = {}
        self._as_of: dict[str, float] = {}
        self._link: Link | None = None

    def get(self, qualifier: str) -> Iterable[Entry]:
        """Give what is known of the names behind a qualifier."""
        return (KnownNames.common if qualifier == COMMON else self._entries.get(qualifier, {})).values()

    def refresh(self, live: LiveSession, qualifier: str, then: Callable[[], None]) -> None:
        """Ask a free evaluator for names that may have changed, then go on; at once if there is nothing to ask."""
        if not _is_free(live) or (qualifier == COMMON and KnownNames.common):
            then()
            return
        if live.link is not self._link:
            self._as_of.clear()
            self._link = live.link
        as_of = live.idle_since  # each form may have changed everything
        if self._as_of.get(qualifier) == as_of:
            then()
            return

        def answer(frame: Frame | XreplError) -> None:
            if not isinstance(frame, XreplError):
                self._as_of[qualifier] = as_of
                if frame["problem"]:
                    live.log(f"names behind {qualifier!r} cannot be told: {frame['problem']}")
                self._learn(qualifier, frame)
            then()

        live.request("names", answer, of=qualifier, is_first=qualifier not in self._as_of)

    def _learn(self, qualifier: str, frame: Frame) -> None:
        self.cwd = frame["cwd"]
        if qualifier == COMMON:
            KnownNames.common = frame["names"]
        elif frame["is_all"]:
            self._entries[qualifier] = dict(frame["names"])
        else:
            entries = self._entries.setdefault(qualifier, {})
            entries.update(frame["names"])
            for slot in frame["gone"]:
                entries.pop(slot, None)


_known: WeakKeyDictionary[LiveSession, KnownNames] = WeakKeyDictionary()


@op("completions")
def completions(request: Request) -> None:
    """Complete a name."""
    live = request.session()
    known = _known.setdefault(live, KnownNames())
    prefix, context = request.text("prefix"), request.text("xrepl/context")
    if context == "session":
        names = sorted(record.name for record in request.sessions.records() if record.name.startswith(prefix))
        request.done({"completions": [{"candidate": name, "type": "session"} for name in names[:MAX_COMPLETIONS]]})
        return
    if context == "file":
        known.refresh(live, OWN, lambda: request.done({"completions": [], "xrepl/cwd": known.cwd or live.record.cwd}))
        return
    qualifiers = [context] if context == "import" else _qualifiers(prefix)

    def answer() -> None:
        entries = [entry for qualifier in qualifiers for entry in known.get(qualifier)]
        found = matching(entries, prefix)
        if context == "function":  # each arity for itself
            found = [(name, [entry]) for name, all_ in found for entry in all_ if entry[1] == "function"]
        request.done({"completions": [_told(*one) for one in found]})

    _refresh_all(known, live, qualifiers, answer)


@op("lookup")
def lookup(request: Request) -> None:
    """Tell what a name is."""
    live = request.session()
    known = _known.setdefault(live, KnownNames())
    name = request.text("sym")
    qualifiers = _qualifiers(name)

    def tell(found: list[Entry]) -> None:
        if not found:
            request.done({"info": {}, "status": ["no-info", "done"]})
            return
        signatures = " ".join(dict.fromkeys(entry[2] for entry in found if entry[2]))
        doc = "\n\n".join(dict.fromkeys(entry[3] for entry in found if entry[3]))
        request.done({"info": {"name": name, "ns": live.title, "arglists-str": signatures, "doc": doc}})

    def answer() -> None:
        known_found = [entry for qualifier in qualifiers for entry in known.get(qualifier) if entry[0] == name]

        def full(frame: Frame | XreplError) -> None:
            tell(known_found if isinstance(frame, XreplError) else frame["entries"] or known_found)

        if known_found and _is_free(live):
            live.request("describe", full, name=name, qualifiers=qualifiers)
        else:
            tell(known_found)

    _refresh_all(known, live, qualifiers, answer)


def _is_free(live: LiveSession) -> bool:
    """Say whether the session's evaluator could answer at once."""
    return live.status in (Status.IDLE, Status.STOPPED)


def matching(entries: Iterable[Entry], prefix: str) -> list[tuple[str, list[Entry]]]:
    """Give the names that a prefix may stand for, each with its entries, in the order to show them.

    Those that begin with it; if there are none, those whose parts between hyphens begin with its parts: `s-s` is
    `switch-session`; if there are none again, those that contain it.
    """
    found: dict[str, list[Entry]] = {}
    entries = list(entries)
    for entry in entries:
        if entry[0].startswith(prefix):
            found.setdefault(entry[0], []).append(entry)
    for pattern in (_parts(prefix), re.escape(prefix)) if not found and len(prefix) > 1 else ():
        is_like = re.compile(pattern).search
        for entry in entries:
            if is_like(entry[0]):
                found.setdefault(entry[0], []).append(entry)
        if found:
            break
    return sorted(found.items())[:MAX_COMPLETIONS]


def _parts(prefix: str) -> str:
    """Give the pattern of names whose parts between hyphens begin with a prefix's parts."""
    return r"\A" + r"[^-:.]*-".join(map(re.escape, re.split("[-_]", prefix)))


def _told(name: str, entries: list[Entry]) -> Message:
    """Give what is told of one completion."""
    told: Message = {"candidate": name, "type": entries[-1][1]}
    signatures = list(dict.fromkeys(entry[2] for entry in entries if entry[2]))
    if signatures:
        told["arglists"] = signatures
    doc = next((entry[3] for entry in entries if entry[3]), "")
    if doc:
        told["doc"] = doc
    return told


def _qualifiers(name: str) -> list[str]:
    """Give where names of this form are to be looked for."""
    found = _QUALIFIED.match(name)
    if found is None:
        return [OWN, COMMON]
    return [OWN, found["module"] or found["object"]]


def _refresh_all(known: KnownNames, live: LiveSession, qualifiers: list[str], then: Callable[[], None]) -> None:
    for qualifier in reversed(qualifiers):
        then = _refreshing(known, live, qualifier, then)
    then()


def _refreshing(known: KnownNames, live: LiveSession, qualifier: str, then: Callable[[], None]) -> Callable[[], None]:
    return lambda: known.refresh(live, qualifier, then)
