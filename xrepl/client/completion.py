"""Completion and signatures at the prompt: asked of the server, shown when they come.

The server answers from what the session's names were when it was last free, so a busy session completes, too.  Names of
files are looked up here, in the session's directory.
"""

import os
import re
from collections.abc import AsyncGenerator, Iterable, Iterator
from contextlib import suppress
from typing import NamedTuple

from prompt_toolkit.application import get_app
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from xrepl.client.connection import Message
from xrepl.client.mail import Mail
from xrepl.client.place import one_line
from xrepl.client.syntax import scan

Row = dict[str, object]

ANSWER_TIMEOUT_S = 1.0
MAX_SHOWN = 300
MAX_META_CHARACTERS = 70
# what a string is in a call of these
SESSION_HEADS = frozenset(
    "switch-session session-info close-session reopen-session rename-session sw sesh-switch sesh-info sesh-close "
    "sesh-reopen save-session export-session".split()
)
IMPORT_HEADS = frozenset(("import", "require"))
FILE_HEADS = frozenset("slurp run c cd ls include-file include-lib file:read_file file:write_file file:consult".split())


# a symbol with one of these is written between bars
_NEEDS_BARS = re.compile(r"""[\x00-\x20\x7f-\xa0()\[\]{}";|]""")


class Wanted(NamedTuple):
    """What the word at the cursor asks for: "name", "function", "import", "file" or "session"; what is typed of it."""

    kind: str
    prefix: str


def wanted(text: str, at: int, syntax: str) -> Wanted | None:
    """Give what could stand at a place; None where nothing is completed, as in a comment or a number."""
    before = text[:at]
    found = scan(before, syntax)
    word = found.words[-1] if found.words else None
    if word is None or word.end < len(before) or word.kind in ("space", "open", "quote"):
        return Wanted("name", "")
    typed = before[word.start :]
    if word.kind == "string" and found.is_cut and typed.startswith('"'):
        head = next(found.heads(word.start), "")
        kind = "session" if head in SESSION_HEADS else "file" if head in FILE_HEADS else None
        return Wanted(kind, typed[1:]) if kind else None
    if word.kind == "function":
        return Wanted("function", typed[2:])
    if word.kind not in ("symbol", "keyword"):
        return None
    is_import = next(found.heads(word.start), "") in IMPORT_HEADS
    return Wanted("import" if is_import else "name", typed)


def head_at(text: str, at: int, syntax: str) -> str:
    """Give the name that the innermost call around a place begins with; empty if there is none."""
    return next(scan(text, syntax).heads(at), "")


def name_at(text: str, at: int, syntax: str) -> str:
    """Give the name at a place, or else the one that the innermost call around it begins with; empty if none."""
    for kind, start, end in scan(text, syntax).words:
        if start <= at <= end and kind == "symbol":
            return text[start:end]
        if start <= at <= end and kind == "function":
            return function_name(text[start + 2 : end])
    return head_at(text, at, syntax)


class SessionCompleter(Completer):
    """Completes names of the session, of its modules, of sessions and of files."""

    def __init__(self, mail: Mail, syntax: str) -> None:
        self._mail = mail
        self._syntax = syntax

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """Give nothing: answers are waited for, in `get_completions_async`."""
        return []

    async def get_completions_async(
        self, document: Document, complete_event: CompleteEvent
    ) -> AsyncGenerator[Completion, None]:
        """Give what the session offers for the word at the cursor."""
        asked = wanted(document.text, document.cursor_position, self._syntax)
        if asked is None:
            return
        reply = await self._answer(asked)
        if asked.kind == "file":
            cwd = reply.get("xrepl/cwd")
            for found in files(asked.prefix, str(cwd) if cwd else "."):
                yield found
            return
        rows = reply.get("completions")
        rows = rows if isinstance(rows, list) else []
        if asked.kind == "function":
            rows = list(functions(rows, asked.prefix))
        for row in rows[:MAX_SHOWN]:
            yield completion(row, asked.prefix)

    async def _answer(self, asked: Wanted) -> Message:
        loop = get_app().loop
        assert loop is not None
        answer = loop.create_future()

        def take(reply: Message) -> None:
            if not answer.done():
                answer.set_result(reply)

        loop.call_later(ANSWER_TIMEOUT_S, take, {})
        prefix = function_name(asked.prefix) if asked.kind == "function" else asked.prefix
        self._mail.ask({"op": "completions", "prefix": prefix, "xrepl/context": asked.kind}, take)
        return await answer  # type: ignore[no-any-return]


def completion(row: Row, prefix: str) -> Completion:
    """Give one of the server's completions of a prefix as the prompt shows it."""
    text = str(row.get("candidate", ""))
    if row.get("type") != "session" and _NEEDS_BARS.search(text):
        escaped = text.replace("\\", "\\\\").replace("|", "\\|")
        text = f"|{escaped}|"
    listed = row.get("arglists")
    signatures = one_line(" ".join(map(str, listed))) if isinstance(listed, list) else ""
    doc = one_line(row.get("doc", ""))
    meta = f"{signatures}  {doc}".strip() or one_line(row.get("type", ""))
    return Completion(text, -len(prefix), display=one_line(text), display_meta=meta[:MAX_META_CHARACTERS])


def function_name(typed: str) -> str:
    """Give the name in what is typed of `name/arity`."""
    return typed.rpartition("/")[0] or typed


def functions(rows: list[Row], typed: str) -> Iterator[Row]:
    """Give a row for each arity of each function among completions: `#'name` must be followed by the arity."""
    for row in rows:
        listed = row.get("arglists")
        for call in listed if isinstance(listed, list) and row.get("type") == "function" else ():
            words = str(call).strip("()").split()[1:]
            candidate = f"{row['candidate']}/{len(words)}"
            if not any("..." in word or "*" in word for word in words) and (
                candidate.startswith(typed) or "/" not in typed
            ):
                yield {**row, "candidate": candidate, "arglists": [call]}


def files(prefix: str, directory: str) -> list[Completion]:
    """Give the files whose paths begin with a prefix, as completions of it."""
    path = os.path.expanduser(prefix)
    parent, slash, start = path.rpartition("/")
    place = os.path.join(directory, parent + slash)
    found = []
    with suppress(OSError), os.scandir(place) as entries:
        for entry in entries:
            is_hidden = entry.name.startswith(".") and not start.startswith(".")
            if entry.name.startswith(start) and not is_hidden and entry.name.isprintable():
                found.append(entry.name + ("/" if _is_directory(entry) else ""))
    if path != prefix:  # what reads the file knows no `~`
        return [Completion(parent + slash + name, -len(prefix), display=name) for name in sorted(found)[:MAX_SHOWN]]
    return [Completion(name, -len(start)) for name in sorted(found)[:MAX_SHOWN]]


def _is_directory(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False


class Signatures:
    """The signature of the call that is being typed, as far as the server has told it."""

    def __init__(self, mail: Mail, syntax: str) -> None:
        self._mail = mail
        self._syntax = syntax
        self._known: dict[str, str] = {}
        self._asked: set[str] = set()

    def forget(self) -> None:
        """Ask again: a form may have changed everything."""
        self._known.clear()
        self._asked.clear()

    def at(self, document: Document) -> str:
        """Give the signature for the cursor's place; empty as long as it is not known."""
        if document.text and not self._asked:
            # whatever is typed: the server learns what the session's names are now, before one is asked for
            self._asked.add("")
            self._mail.ask({"op": "lookup", "sym": ""}, lambda reply: None)
        name = head_at(document.text, document.cursor_position, self._syntax)
        if name and name not in self._asked:
            self._asked.add(name)
            self._mail.ask({"op": "lookup", "sym": name}, lambda reply: self._learn(name, reply))
        return self._known.get(name, "")

    def _learn(self, name: str, reply: Message) -> None:
        info = reply.get("info")
        if isinstance(info, dict) and info:
            self._known[name] = signature(info)
            get_app().invalidate()


def signature(info: dict[str, object]) -> str:
    """Give in one line how something is called and what it is for."""
    doc = str(info.get("doc", "")).strip()
    return f"{one_line(info.get('arglists-str', ''))}  {one_line(doc.partition(chr(10))[0])}".strip()
