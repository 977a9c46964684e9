"""A session's journal as a script that can be run: the forms that led to its present state, in order.

Forms that were undone, that failed, or that walked through the history are there as comments.  Runs nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from xrepl.server.travel import CHECKOUT, REDO, RESET, UNDO
from xrepl.store.records import Revision

_HEAD = """\
;; Session {name}, up to revision {revision}.  Run it with `xrepl session.lfe`, or in a session with `xrepl -s NAME
;; session.lfe`.  What the forms cannot make again is in session.xrepl: `xrepl import` makes a session of that, without
;; running this.
"""


class _Line(NamedTuple):
    """The forms that a state is made of: a form, and the line before it."""

    number: int
    before: _Line | None


def script(name: str, revisions: Iterable[Revision]) -> str:
    """Give the text of a script.

    Args:
        name: of the session.
        revisions: all that are kept, oldest first.
    """
    forms: dict[int, Revision] = {}
    lines: dict[int, _Line | None] = {}
    line: _Line | None = None
    for revision in revisions:
        number, kind = revision.number, revision.entry.kind
        if kind in (UNDO, REDO, CHECKOUT):
            line = lines.get(revision.target or 0)
        elif kind == RESET:
            line = None
        elif kind == "form":
            forms[number] = revision
            line = _Line(number, line)
        lines[number] = line
    alive = set()
    while line is not None:
        alive.add(line.number)
        line = line.before
    texts = [
        _text(revision, is_alive=at in alive, is_walk=_is_walk(at, lines, forms)) for at, revision in forms.items()
    ]
    return _HEAD.format(name=name, revision=max(lines, default=0)) + "\n" + "\n".join(texts) + "\n"


def _is_walk(number: int, lines: dict[int, _Line | None], forms: dict[int, Revision]) -> bool:
    """Say whether a form asked for a step, which is the next revision."""
    return number + 1 in lines and number + 1 not in forms


def _text(revision: Revision, *, is_alive: bool, is_walk: bool) -> str:
    entry = revision.entry
    why = "failed" if entry.error else "a step" if is_walk else "" if is_alive else "undone"
    if not why:
        return entry.form
    return "\n".join([f";; {why}:", *(f";;   {line}" for line in entry.form.splitlines())])
