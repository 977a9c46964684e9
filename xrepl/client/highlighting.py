"""What each word of a text is, for colouring: the kinds are those of Pygments, in lower case (`name.function`).

Pure, and knows no colour (`styles.py`).  It goes by the words alone: what a session has defined changes nothing.
"""

import functools
from typing import NamedTuple

from xrepl.client.syntax import HY, LFE, Word, scan

_FORMS = """
    after andalso begin call case catch cond cons do else eval-when-compile extend-module fun funcall function if
    in-package lambda lc bc list-comp binary-comp let let* let-function let-macro letrec-function flet flet* fletrec
    macrolet match-lambda match-spec orelse prog1 prog2 progn quote receive set try when include-file include-lib
    and or not list list* tuple map binary
""".split()
_HY_FORMS = """
    and annotate assert async await break cond continue cut del deftype defclass defmacro defmain defn defreader do
    except eval-and-compile eval-when-compile export finally fn for get global if import in is lfor gfor sfor dfor let
    match nonlocal not or py pys quasiquote quote raise require return set setv setx try unless unquote when while with
    yield
""".split()
FORMS = {LFE: frozenset(_FORMS), HY: frozenset(_HY_FORMS)}
_CONSTANTS = {LFE: frozenset(("true", "false", "undefined")), HY: frozenset(("True", "False", "None"))}
_KINDS = {
    "comment": "comment",
    "string": "string",
    "character": "string.char",
    "number": "number",
    "quote": "operator",
    "open": "punctuation",
    "close": "punctuation",
    "dot": "punctuation",
    "keyword": "string.symbol",
    "function": "name.function",
    "bars": "name",
    "other": "error",
    "cut": "error",
    "space": "text",
}


class Part(NamedTuple):
    """One word with its kind, and where it is."""

    kind: str
    start: int
    end: int


@functools.lru_cache(maxsize=4)
def parts(text: str, syntax: str = LFE) -> list[Part]:
    """Give all words of a text with their kinds, in order."""
    found = []
    before: list[Word] = []  # the last two words that are no blanks
    for word in scan(text, syntax).words:
        kind = _symbol_kind(text, word, before, syntax) if word.kind == "symbol" else _KINDS[word.kind]
        found.append(Part(kind, word.start, word.end))
        if word.kind not in ("space", "comment"):
            before = [*before[-1:], word]
    return found


def _symbol_kind(text: str, word: Word, before: list[Word], syntax: str) -> str:
    name = text[word.start : word.end]
    last = before[-1] if before else None
    if last is not None and last.kind == "open" and last.end - last.start == 1:
        is_quoted = len(before) > 1 and before[0].kind == "quote" and text[before[0].start] == "'"
        return "name" if is_quoted else _head_kind(name, syntax)
    if last is not None and last.kind == "quote" and text[last.start] in "'`":
        return "string.symbol"
    if (
        last is not None
        and len(before) > 1
        and before[0].kind == "open"
        and text[last.start : last.end].startswith("def")
    ):
        return "name.function"
    return "keyword.constant" if name in _CONSTANTS[syntax] else "name"


def _head_kind(name: str, syntax: str) -> str:
    """Give the kind of a symbol that a list begins with."""
    if name in FORMS[syntax] or name.startswith("def"):
        return "keyword"
    return "name.namespace" if ":" in name.strip(":") else "name.builtin" if not name[0].isalnum() else "name.other"
