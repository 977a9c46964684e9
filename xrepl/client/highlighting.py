"""What each word of a text is, for colouring: the kinds are those of Pygments, in lower case (`name.function`).

Pure, and knows no colour (`styles.py`).  It goes by the words alone: what a session has defined changes nothing.
"""

from collections.abc import Iterator
from typing import NamedTuple

from xrepl.client.syntax import scan
from xrepl.client.words import HY, LFE, Line

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
    "string": "literal.string",
    "character": "literal.string.char",
    "number": "literal.number",
    "quote": "operator",
    "open": "punctuation",
    "close": "punctuation",
    "dot": "punctuation",
    "keyword": "literal.string.symbol",
    "function": "name.function",
    "bars": "name",
    "other": "error",
    "cut": "error",
    "space": "text",
}


class Part(NamedTuple):
    """One word, or what of it is on one line, with its kind, and where it is."""

    kind: str
    start: int
    end: int


def line_parts(line: Line, syntax: str) -> list[Part]:
    """Give the words of a line with their kinds; places count from the beginning of the line."""
    known: list[Part] | None = line.colours
    if known is None:
        known = line.colours = list(_colours(line, syntax))
    return known


def parts(text: str, syntax: str = LFE) -> Iterator[Part]:
    """Give all words of a text with their kinds, in order; the ends of lines are blanks."""
    start = 0
    for number, line in enumerate(scan(text, syntax).lines):
        if number:
            yield Part("text", start - 1, start)
        for kind, first, last in line_parts(line, syntax):
            yield Part(kind, start + first, start + last)
        start += len(line.text) + 1


def _colours(line: Line, syntax: str) -> Iterator[Part]:
    before = line.before
    for word in line.words:
        text = line.text[word.start : word.end]
        kind = _symbol_kind(text, before, syntax) if word.kind == "symbol" else _KINDS[word.kind]
        yield Part(kind, word.start, word.end)
        if word.kind not in ("space", "comment"):
            before = (*before[-1:], (word.kind, text))


def _symbol_kind(name: str, before: tuple[tuple[str, str], ...], syntax: str) -> str:
    """Give the kind of a symbol by the two words before it."""
    kind, text = before[-1] if before else ("", "")
    earlier_kind, earlier = before[0] if len(before) > 1 else ("", "")
    if kind == "open" and len(text) == 1:
        return "name" if earlier == "'" else _head_kind(name, syntax)
    if kind == "quote" and text in "'`":
        return "literal.string.symbol"
    if earlier_kind == "open" and text.startswith("def"):
        return "name.function"
    return "keyword.constant" if name in _CONSTANTS[syntax] else "name"


def _head_kind(name: str, syntax: str) -> str:
    """Give the kind of a symbol that a list begins with."""
    if name in FORMS[syntax] or name.startswith("def"):
        return "keyword"
    return "name.namespace" if ":" in name.strip(":") else "name.builtin" if not name[0].isalnum() else "name.other"
