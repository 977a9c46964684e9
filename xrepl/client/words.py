"""One line of text as words, given what the line before it has left open.  Pure, and never fails.

Lines are remembered: while one types, all but one of them are as they were.
"""

import functools
import re
from typing import Any, Final, NamedTuple

LFE, HY = "lfe", "hy"

_SYMBOL = r"""[^\x00-\x20\x7f-\xa0()\[\]{}";]"""
_START = r"""[^\x00-\x20\x7f-\xa0()\[\]{}";\#'`,|.]"""


def _string_rest(group: str) -> str:
    """Give how a string goes on: to its end, or, in the group, to that of the line."""
    return rf'[^"\\]*(?:\\.[^"\\]*)*(?:"|(?P<{group}>\\?\Z))'


def _bars_rest(group: str) -> str:
    return rf"[^|\\]*(?:\\.[^|\\]*)*(?:\||(?P<{group}>\\?\Z))"


def _comment_rest(group: str) -> str:
    return rf"(?:[^|\#]|\|(?!\#)|\#(?!\|))*(?:\|\#|(?P<{group}>\Z))?"


_LFE = rf"""(?P<space>[\x00-\x20]+)
 |(?P<comment>;.*|\#\|{_comment_rest("open_comment")})
 |(?P<open>\#[mMbBsS]?\(|[(\[{{])
 |(?P<close>[)\]}}])
 |(?P<quote>,@|['`,]|\#\.)
 |(?P<block>\#?\"\"\"[ ]*\Z)
 |(?P<string>\#?"{_string_rest("open_string")})
 |(?P<function>\#'{_SYMBOL}*)
 |(?P<character>\#\\.)
 |(?P<bars>\|{_bars_rest("open_bars")})
 |(?P<number>\#(?:[bBoOdDxX*]|\d*[rR])[-+\w]*|[+-]?\d+(?:\.\d+(?:[eE][+-]?\d+)?)?(?!{_SYMBOL}))
 |(?P<symbol>\#[eE]{_SYMBOL}*|{_START}{_SYMBOL}*|\.{_START}{_SYMBOL}*)
 |(?P<cut>\#(?:\\|\d*|[mMsS])\Z)
 |(?P<dot>\.)
 |(?P<other>.)"""
_HY_SYMBOL = r"""[^\s()\[\]{}";'`~]"""
_HY = rf"""(?P<space>\s+)
 |(?P<comment>;.*)
 |(?P<bracket>\#\[[^\[\]]*\[)
 |(?P<open>\#?[({{]|\[)
 |(?P<close>[)\]}}])
 |(?P<string>[rRbBfF]{{0,2}}"{_string_rest("open_string")})
 |(?P<quote>~@|['`~]|\#_|\#\^|\#\*\*?)
 |(?P<number>[+-]?(?:\d[\d_,]*(?:\.[\d_,]*)?(?:[eE][+-]?\d+)?[jJ]?|0[xXoObB]\w+)(?!{_HY_SYMBOL}))
 |(?P<keyword>:{_HY_SYMBOL}*)
 |(?P<symbol>{_HY_SYMBOL}+)
 |(?P<other>.)"""
_WORDS: Final = {LFE: re.compile(_LFE, re.VERBOSE | re.DOTALL), HY: re.compile(_HY, re.VERBOSE | re.DOTALL)}
# how a word that was begun on an earlier line goes on: to its end, or to that of the line
_RESTS: Final = {
    "string": re.compile(_string_rest("open"), re.DOTALL),
    "bars": re.compile(_bars_rest("open"), re.DOTALL),
    "comment": re.compile(_comment_rest("open"), re.DOTALL),
    "block": re.compile(r'[ ]*"""|(?P<open>.*)', re.DOTALL),
}
_OPEN: Final = {LFE: ("open_comment", "open_string", "open_bars"), HY: ("open_string",)}


class Word(NamedTuple):
    """One word, or what of it is on one line: "space", "comment", "open", "string", "symbol" ..., and where it is."""

    kind: str
    start: int
    end: int


class Line:
    """One line.

    Attributes:
        text: the line without its end.
        before: the kinds and texts of the last two words before it that are no blanks, the later one last.
        words: in order; places count from the beginning of the line.
        brackets: where brackets stand.
        after: what `before` is for the next line.
        inside: the kind of word that goes on in the next line, with what ends it; empty if none does.
        colours: for `highlighting.py`, which fills it.
        pieces: likewise for `editing.py`.
    """

    __slots__ = ("after", "before", "brackets", "colours", "inside", "pieces", "text", "words")

    def __init__(self, text: str, before: tuple[tuple[str, str], ...], inside: str, syntax: str) -> None:
        self.text = text
        self.before = before
        self.words: list[Word] = []
        self.brackets: list[int] = []
        self.inside = ""
        self.colours: Any = None
        self.pieces: Any = None
        at = self._go_on(inside) if inside else 0
        at = len(text) if self.inside else at
        match_at = _WORDS[syntax].match
        while at < len(text):
            match = match_at(text, at)
            assert match is not None  # any character is a word, if need be
            at = self._take(match, syntax)
        shown = [(kind, text[start:end]) for kind, start, end in self.words if kind not in ("space", "comment")]
        self.after = tuple([*before, *shown][-2:])

    def _take(self, match: re.Match[str], syntax: str) -> int:
        """Add a word; give where it ends."""
        kind, start, end = match.lastgroup or "other", match.start(), match.end()
        if kind in ("open", "close"):
            self.brackets.append(end - 1)
        elif kind == "bracket":
            kind, end = "string", self._bracket_end(start, match[0][2:-1])
        elif kind == "block":
            kind, self.inside = "string", "block"
        elif end == len(self.text) and any(match[group] is not None for group in _OPEN[syntax]):
            self.inside = kind
        self.words.append(Word(kind, start, end))
        return end

    def _go_on(self, inside: str) -> int:
        """Take the rest of a word that was begun on an earlier line; give where it ends."""
        kind, _, tag = inside.partition(" ")
        if kind == "bracket":
            found = self.text.find(f"]{tag}]")
            is_over, end = found >= 0, found + len(tag) + 2
        else:
            match = _RESTS[kind].match(self.text)
            assert match is not None
            is_over, end = match["open"] is None, match.end()
        if not is_over:
            self.inside, end = inside, len(self.text)
        if end:
            self.words.append(Word("string" if kind in ("bracket", "block") else kind, 0, end))
        return end

    def _bracket_end(self, start: int, tag: str) -> int:
        """Give where a string ends that begins with `#[tag[`, and note if it goes on in the next line."""
        found = self.text.find(f"]{tag}]", start + len(tag) + 3)
        if found >= 0:
            return found + len(tag) + 2
        self.inside = f"bracket {tag}"
        return len(self.text)


@functools.lru_cache(maxsize=10_000)
def line_words(text: str, before: tuple[tuple[str, str], ...], inside: str, syntax: str) -> Line:
    """Take a line apart.

    Args:
        text: the line without its end.
        before: `after` of the line before it; empty for the first one.
        inside: likewise.
        syntax: "lfe" or "hy".
    """
    return Line(text, before, inside, syntax)
