"""What the store keeps, as plain data: session records, journal entries, groups of bindings.

No I/O, and no way into the store: `sessions.py` and `journal.py` have that.
"""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import Any

from xrepl.store.references import Blob

DEFAULT_TIMEOUT_MS = 3_600_000
# the status under which a session is listed whose record cannot be read
DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class Record:
    """One session, without its journal and its state.

    Attributes:
        id: 32 hex digits.
        name: unique among the listed sessions; empty for none.
        created_at: in seconds since 1970.
        last_active: in seconds since 1970.
        timeout_ms: how long after `last_active` it expires; None for never.
        metadata: the user's own data.
        config: the session's settings.
        cwd: the working directory to start in.
        environment: the environment variables to start with.
        status: a word of the server's.
        revision: the number of its last acknowledged form; the journal counts it, `replace` does not.
        version: how often the record was replaced, for compare-and-swap.
        not_kept: names that could not be stored, with the reason.
    """

    id: str
    name: str = ""
    created_at: int = 0
    last_active: int = 0
    timeout_ms: int | None = DEFAULT_TIMEOUT_MS
    metadata: dict[Any, Any] = field(default_factory=dict)
    config: dict[str, Any] = field(default_factory=dict)
    cwd: str = ""
    environment: dict[str, str] = field(default_factory=dict)
    status: str = ""
    revision: int = 0
    version: int = 0
    not_kept: dict[str, str] = field(default_factory=dict)

    @property
    def expires_at_ms(self) -> int | None:
        """When its time is up, in milliseconds since 1970; None for never."""
        return None if self.timeout_ms is None else self.last_active * 1000 + self.timeout_ms


@dataclass(frozen=True, slots=True)
class Archived:
    """A closed or expired session.

    Attributes:
        record: as it was.
        at: when it was archived, in seconds since 1970.
        why: `closed` or `expired`.
    """

    record: Record
    at: int
    why: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What the journal says about one acknowledged form.

    Attributes:
        form: the text as typed.
        started_at: in seconds since 1970.
        ms: how long it took.
        value: the value's text; None if there is none.
        output: what it printed, cut to a bound by the server.
        error: the error's text; None if it succeeded.
        who: the client and user, as data.
        kind: `form`, `undo`, `redo`, `checkout`, `background`, or another word of the server's; `damaged` for one that
            cannot be read.
    """

    form: str
    started_at: float = 0.0
    ms: float = 0.0
    value: str | None = None
    output: str = ""
    error: str | None = None
    who: dict[str, Any] = field(default_factory=dict)
    kind: str = "form"


class Group:
    """The bindings that share a mutable object, as the evaluator pickled them.

    Args:
        names: what is bound.
        blob: the pickle, which only an evaluator reads.
        fault: why the blob cannot be read from the store any more; then it is empty.
    """

    __slots__ = ("_stored", "blob", "fault", "names")

    def __init__(self, names: list[str], blob: bytes, fault: str = "") -> None:
        self.names = names
        self.blob = blob
        self.fault = fault
        self._stored: Blob | None = None

    def stored(self) -> Blob:
        """Give the blob as it is stored, hashed once, at 2 ms a megabyte; from any thread."""
        if self._stored is None:
            self._stored = Blob(self.blob)
        return self._stored

    def __eq__(self, other: object) -> bool:
        """Say whether names, blob and fault are the same."""
        if not isinstance(other, Group):
            return NotImplemented
        return (self.names, self.blob, self.fault) == (other.names, other.blob, other.fault)

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        fault = f", fault={self.fault!r}" if self.fault else ""
        return f"Group({self.names!r}, <{len(self.blob)} bytes>{fault})"


@dataclass(frozen=True, slots=True)
class Delta:
    """What changes from one state to another.

    Attributes:
        set: groups that are new or different, by group id: a short text that the evaluator chooses.
        gone: ids of groups that are no more.
    """

    set: dict[str, Group] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Revision:
    """One journal entry with its number and what it changed.

    Attributes:
        number: from 1.
        entry: what the journal says.
        names_set: names bound or changed, sorted.
        names_gone: names unbound, sorted.
        target: for `undo`, `redo` and `checkout`: the revision whose state it led to; else None.
    """

    number: int
    entry: Entry
    names_set: list[str]
    names_gone: list[str]
    target: int | None = None

    @property
    def is_change(self) -> bool:
        """Whether it changed the state."""
        return bool(self.names_set or self.names_gone)


@dataclass(frozen=True, slots=True)
class Difference:
    """Names that differ between two revisions, each list sorted."""

    added: list[str]
    changed: list[str]
    removed: list[str]


_FIELDS = tuple(f.name for f in dataclasses.fields(Record) if f.name not in ("id", "environment"))
# what only the store knows of a session: how many groups its state has, its latest change, and the earliest revision
# whose state can be had
_COUNTS = ("groups", "latest_change", "base")
# where a field stands in what is stored; the reference of the environment is first
POSITION = {name: place for place, name in enumerate(("environment", *_FIELDS, *_COUNTS))}


def record_values(record: Record, environment: bytes, before: list[Any] | None = None) -> list[Any]:
    """Give what is stored of a record, with the counts of what is stored of it before."""
    counts = before[-len(_COUNTS) :] if before else [0] * len(_COUNTS)
    return [environment, *(getattr(record, name) for name in _FIELDS), *counts]


def record_of(session_id: str, values: list[Any], environment: dict[str, str]) -> Record:
    """Make a record of what is stored."""
    return Record(id=session_id, environment=environment, **dict(zip(_FIELDS, values[1:], strict=False)))
