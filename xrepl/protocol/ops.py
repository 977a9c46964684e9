"""The ops of the protocol between client and server: what each does, what it takes, what it answers.

Data only: `describe` sends it, `docs/protocol.md` is made from it, and the server checks requests against it.  Ops and
fields without a prefix are nREPL's; ours begin with `xrepl/`.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Op:
    """One op.

    Attributes:
        doc: what it does.
        required: fields that a request must have, with what they are.
        optional: fields that it may have.
        returns: fields of the answers.
    """

    doc: str
    required: dict[str, str] = field(default_factory=dict)
    optional: dict[str, str] = field(default_factory=dict)
    returns: dict[str, str] = field(default_factory=dict)


_PLACE = {
    "session": "the id of a session",
    "xrepl/name": "instead: a name, an id, or a unique prefix of an id",
    "xrepl/fresh": "instead: this connection's throw-away session",
    "xrepl/no-restore": "1 to begin with nothing defined",
    "xrepl/cwd": "the directory of a session that is made",
    "xrepl/env": "the environment of a session that is made",
}
_NAME = {"xrepl/name": "a name, an id, or a unique prefix of an id"}
_WHERE = {
    "session": "the id of the session that the client is in now",
    "xrepl/name": "its name, empty for an unnamed one",
    "xrepl/prompt": "its prompt",
    "xrepl/max-history": "how many forms a terminal keeps of what is typed in it; 0 for none",
}

OPS: dict[str, Op] = {
    "eval": Op(
        "Evaluate forms, one after the other, up to the first that fails.  What is answered as value is on disk.",
        {"code": "the text of the forms"},
        {
            **_PLACE,
            "file": "the name of the file that the text is from",
            "xrepl/line": "the line in it where the text begins",
            "xrepl/syntax": "`lfe` (the default) or `hy`",
            "xrepl/go-on": "1 to go on after a form that fails",
            "xrepl/input": "1 if the client answers status `need-input` with the op `stdin`",
            "xrepl/unrecorded": "1 to keep the text of the forms out of the session's history",
        },
        {
            **_WHERE,
            "out": "text printed",
            "err": "text printed on standard error",
            "value": "a form's value as the shell shows it",
            "ns": "the session's name",
            "ex": "the first line of an error",
            "root-ex": "the same",
            "xrepl/form": "the number of the form in this text",
            "xrepl/ms": "how long it took",
            "xrepl/revision": "the revision that it made",
            "xrepl/error": "the error as the shell shows it",
            "xrepl/place": "lines that show where in a file or a form of several lines it is, with a caret",
            "xrepl/end": "with status `incomplete`: where the unfinished form begins",
            "xrepl/notice": "lines to show",
            "xrepl/picture": "the bytes of a PNG or SVG file to show",
            "xrepl/clear": "1 to clear the screen of a terminal",
            "xrepl/input-prompt": "with status `need-input`: what to show before a line is read",
            "xrepl/leave": "1 when the form asked the client to end",
            "xrepl/exit-status": "with `xrepl/leave`: the exit status that it asked for",
        },
    ),
    "load-file": Op(
        "Evaluate the text of a file.",
        {"file": "the text"},
        {"file-name": "its name", "file-path": "its path", **_PLACE},
        {"value": "the value of each form", "err": "what failed"},
    ),
    "interrupt": Op(
        "Interrupt the form under way; status `session-idle` if there is none.",
        {},
        {"session": "the id of a session", "interrupt-id": "the id of the request to interrupt"},
    ),
    "stdin": Op(
        "Give a line of input to the form that has asked for it by the status `need-input`.",
        {"stdin": "the line with its end; empty when there is no more input"},
        {"session": "the id of a session"},
    ),
    "describe": Op(
        "Tell what this server is and can.", {}, {"verbose?": "1 for the ops' documentation"}, {"ops": "ops"}
    ),
    "completions": Op(
        "Complete a name from what the session was when its evaluator was last free.",
        {"prefix": "what is typed of it"},
        {
            **_PLACE,
            "xrepl/context": "what is typed: `session` for a session's name, `import` for a Python module's, `function`"
            " for functions alone, each arity for itself, `file` for a path, which the client completes itself; else a"
            " name of the session",
        },
        {
            "completions": "a dictionary for each: `candidate`, `type`, `arglists` and the first line of its `doc`",
            "xrepl/cwd": "for a path: the directory of the session's evaluator",
        },
    ),
    "lookup": Op(
        "Tell what a name is; status `no-info` if it is not known.",
        {"sym": "the name"},
        _PLACE,
        {
            "info": "a dictionary: `name`, `ns`, `arglists-str` and its `doc`, of which a busy session tells the first"
            " line"
        },
    ),
    "clone": Op("Give a new handle on a session: the same session for all of one connection.", {}, _PLACE),
    "close": Op("Let go of the handle; the session goes on.", {}, {"session": "the id of a session"}),
    "ls-sessions": Op("List the ids of the sessions of this connection.", {}, {}, {"sessions": "ids"}),
    "xrepl/attach": Op(
        "Enter a session as a terminal does: what others do in it is told to this client from now on.",
        {},
        {
            **_PLACE,
            "create": "1 to make a session that does not exist",
            "xrepl/terminal": "the name of the client's terminal, for who lists the sessions",
        },
        {
            **_WHERE,
            "xrepl/notice": "lines to show",
            "xrepl/attached": "how many terminals are at the session",
            "xrepl/not-kept": "names whose values cannot be stored",
            "xrepl/running": "the form that runs",
            "xrepl/running-ms": "since when it runs",
        },
    ),
    "xrepl/detach": Op("Leave the session; it goes on."),
    "xrepl/kill": Op("Kill the session's evaluator; another gets the last acknowledged state.", {}, _PLACE),
    "xrepl/list": Op("List the sessions.", {}, {}, {"sessions": "a dictionary for each"}),
    "xrepl/new": Op("Make a session.", {}, {"xrepl/name": "its name", **_PLACE}, _WHERE),
    "xrepl/info": Op("Tell about a session.", _NAME, {}, {"xrepl/info": "a dictionary"}),
    "xrepl/rename": Op("Give a session another name.", {**_NAME, "xrepl/new-name": "the name"}, {}, _WHERE),
    "xrepl/close": Op("Close a session; it goes to the archive.", _NAME),
    "xrepl/reopen": Op("Take a session out of the archive.", _NAME, {}, _WHERE),
    "xrepl/save": Op("Write a session's state now.", _NAME),
    "xrepl/export": Op(
        "Give a session as the content of a file.",
        _NAME,
        {},
        {
            "xrepl/content": "bytes",
            "xrepl/notice": "a line for each binding that is left out",
            "xrepl/script": "the forms that led to the session's state, as a script",
        },
    ),
    "xrepl/import": Op(
        "Make a session of the content of a file.",
        {"xrepl/content": "bytes, as `xrepl/export` gives them"},
        {
            "xrepl/name": "another name for it",
            "xrepl/look-only": "make no session, only tell what would be evaluated",
            "xrepl/cwd": _PLACE["xrepl/cwd"],
            "xrepl/env": _PLACE["xrepl/env"],
        },
        {
            **_WHERE,
            "xrepl/notice": "a line for each binding that could not be taken over",
            "xrepl/forms": "the forms that importing evaluates, if only that was asked",
        },
    ),
    "xrepl/archive": Op("List the closed and expired sessions.", {}, {}, {"sessions": "a dictionary for each"}),
    "xrepl/purge": Op("Delete what is in the archive.", {}, {}, {"count": "how many sessions were deleted"}),
    "xrepl/branch": Op(
        "Make a session with another one's state.",
        {**_NAME, "xrepl/new-name": "the new session's name"},
        {"xrepl/at": "the revision whose state it gets; by default the last"},
        _WHERE,
    ),
    "xrepl/revisions": Op(
        "List a session's acknowledged forms, newest first.",
        {},
        {
            "session": "the id of a session",
            "xrepl/name": "instead: a name, an id, or a unique prefix of an id",
            "xrepl/limit": "how many at most",
            "xrepl/before": "only those before this number",
            "xrepl/search": "only those whose form has this text",
        },
        {"xrepl/revisions": "a dictionary for each"},
    ),
    "xrepl/verify": Op(
        "Evaluate a session's journal again, in an evaluator of its own, and compare.",
        _NAME,
        {},
        {
            "xrepl/forms": "how many forms were evaluated and compared",
            "xrepl/otherwise": "numbers of the revisions that show something else now",
            "xrepl/parts-at": "the first revision after which something else is bound now",
            "xrepl/form": "its form",
            "xrepl/names": "names that are bound to something else",
            "xrepl/was": "what the first of them was bound to, or what the form showed",
            "xrepl/is": "the same, now",
            "xrepl/missing": "names that were bound then and are not after the replay",
            "xrepl/more": "names that are bound after the replay only",
        },
    ),
    "xrepl/store-check": Op("Look whether the store is whole.", {}, {}, {"xrepl/findings": "what is wrong, in words"}),
    "xrepl/store-backup": Op(
        "Copy the store to a new file, as of one moment.",
        {"xrepl/file": "the absolute path of the copy, which must not exist"},
        {},
        {"xrepl/bytes": "its size"},
    ),
    "xrepl/server-status": Op("Tell the server's processes by role.", {}, {}, {"server": "its pid"}),
    "xrepl/server-stop": Op("Stop the server; the sessions stay stored."),
}
