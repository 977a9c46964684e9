"""The page on the protocol, made from the table of ops: `python -m xrepl.protocol.document >docs/protocol.md`.

Pure: gives text.  A test fails when the page is stale.
"""

from __future__ import annotations

from xrepl.protocol.ops import OPS, Op

_HEAD = """\
# Protocol

*Made from `xrepl/protocol/ops.py`; do not edit.*

A client talks to the server over the UNIX socket `socket` in `XREPL_HOME`: bencoded dictionaries, as in nREPL. A
request has an `op` and an `id`; every answer to it has that `id`, and the last one has `done` in its `status`. Ops and
fields without a prefix are nREPL's; ours begin with `xrepl/`. Text is UTF-8.

Statuses: `done` ends the answers. `error` says that the request failed; the word beside it is the error's code
(`unknown-session`, `name-taken`, `store-full` ...), `xrepl/error` says what happened and `xrepl/hint` what to do.
`eval-error` says that a form failed, which is no failure of the request. `evaluator-died`: the form that was running is
lost. `interrupted`, `incomplete` (with `xrepl/end`), `unknown-op`, `missing-field`, `session-idle` are what they say.

Without an `id`, for who is attached to a session: `out` and `err` (what its background processes print, or another
client's form), `xrepl/echo` (what another client evaluates begins), `xrepl/echo-value` (the value of a form in it; with
`xrepl/failed`, its error), `xrepl/idle` (it has ended), `xrepl/notice` (lines to show), `xrepl/moved` (the session was
closed: this client is in another now). A form that ended while nobody was attached is told to who attaches next:
`xrepl/echo` and `xrepl/echo-value` in one message.

Limits: a message has at most 64 MiB and is nested at most 32 deep. Who breaks the format is disconnected.

Between server and evaluator there are msgpack maps with a length of four bytes before each; that side is internal and
changes without notice.
"""


def page() -> str:
    """Give the text of the page."""
    return _HEAD + "".join(_section(name, op) for name, op in OPS.items())


def _section(name: str, op: Op) -> str:
    lines = [f"\n## `{name}`\n", op.doc]
    for title, fields in (("needs", op.required), ("may have", op.optional), ("answers", op.returns)):
        if fields:
            lines.append(f"\n{title}:\n")
            lines += [f"- `{field}`: {what}" for field, what in fields.items()]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    print(page(), end="")
