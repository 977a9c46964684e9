"""Text at the prompt as words and brackets: where forms end, which brackets belong together, what is not finished.

Pure, and never fails: what is no form has words, too.  It decides what Enter does, not what a text means; the server
reads it again.
"""

import functools
import re
from collections.abc import Iterator
from typing import NamedTuple

LFE, HY = "lfe", "hy"

_SYMBOL = r"""[^\x00-\x20\x7f-\xa0()\[\]{}";]"""
_START = r"""[^\x00-\x20\x7f-\xa0()\[\]{}";\#'`,|.]"""
_LFE = rf"""(?P<space>[\x00-\x20]+)
 |(?P<comment>;[^\n]*|\#\|(?:[^|\#]|\|(?!\#)|\#(?!\|))*(?:\|\#|(?P<cut1>\Z)))
 |(?P<open>\#[mMbBsS]?\(|[(\[{{])
 |(?P<close>[)\]}}])
 |(?P<quote>,@|['`,]|\#\.)
 |(?P<string>\#?\"\"\"(?:[ ]*\n(?:(?![ ]*\"\"\")[^\n]*\n)*?(?:[ ]*\"\"\"|(?P<cut2>[^\n]*\Z))|(?P<cut3>[ ]*\Z))
    |\#?"[^"\\]*(?:\\.[^"\\]*)*(?:"|(?P<cut4>\\?\Z)))
 |(?P<function>\#'{_SYMBOL}*)
 |(?P<character>\#\\.)
 |(?P<bars>\|[^|\\]*(?:\\.[^|\\]*)*(?:\||(?P<cut5>\\?\Z)))
 |(?P<number>\#(?:[bBoOdDxX*]|\d*[rR])[-+\w]*|[+-]?\d+(?:\.\d+(?:[eE][+-]?\d+)?)?(?!{_SYMBOL}))
 |(?P<symbol>\#[eE]{_SYMBOL}*|{_START}{_SYMBOL}*|\.{_START}{_SYMBOL}*)
 |(?P<cut>\#(?:\\|\d*|[mMsS])\Z)
 |(?P<dot>\.)
 |(?P<other>.)"""
_HY_SYMBOL = r"""[^\s()\[\]{}";'`~]"""
_HY = rf"""(?P<space>\s+)
 |(?P<comment>;[^\n]*)
 |(?P<open>\#?[({{]|\[)
 |(?P<close>[)\]}}])
 |(?P<string>\#\[(?P<tag>[^\[\]]*)\[(?:.*?\](?P=tag)\]|(?P<cut1>.*\Z))
    |[rRbBfF]{{0,2}}"[^"\\]*(?:\\.[^"\\]*)*(?:"|(?P<cut2>\\?\Z)))
 |(?P<quote>~@|['`~]|\#_|\#\^|\#\*\*?)
 |(?P<number>[+-]?(?:\d[\d_,]*(?:\.[\d_,]*)?(?:[eE][+-]?\d+)?[jJ]?|0[xXoObB]\w+)(?!{_HY_SYMBOL}))
 |(?P<keyword>:{_HY_SYMBOL}*)
 |(?P<symbol>{_HY_SYMBOL}+)
 |(?P<other>.)"""
_WORDS = {LFE: re.compile(_LFE, re.VERBOSE | re.DOTALL), HY: re.compile(_HY, re.VERBOSE | re.DOTALL)}
_CUTS = {LFE: ("cut", "cut1", "cut2", "cut3", "cut4", "cut5"), HY: ("cut1", "cut2")}
_CLOSERS = {"(": ")", "[": "]", "{": "}"}


class Word(NamedTuple):
    """One word: "space", "comment", "open", "close", "quote", "string", "symbol" ..., and where it is."""

    kind: str
    start: int
    end: int


class Scan:
    """What a text is made of.

    Attributes:
        text: the text.
        words: all of it, in order.
        pairs: for each bracket that has its other one, where that is; by the bracket's own character.
        wrong: where brackets stand that close nothing, or something else.
        opened: where brackets stand that are not closed, the outermost first.
        forms: where the whole forms of the top level begin and end.
        is_cut: whether the text ends inside a word that has an end of its own, such as a string.
    """

    def __init__(self, text: str, syntax: str) -> None:
        self.text = text
        self.words: list[Word] = []
        self.pairs: dict[int, int] = {}
        self.wrong: set[int] = set()
        self.opened: list[int] = []
        self.forms: list[tuple[int, int]] = []
        self.is_cut = False
        self._form_start: int | None = None
        size = len(text)
        for match in _WORDS[syntax].finditer(text):
            kind, start, end = match.lastgroup or "other", match.start(), match.end()
            self.words.append(Word(kind, start, end))
            if kind not in ("space", "comment"):
                self._place(kind, start, end)
            if end == size:
                self.is_cut = any(match[cut] is not None for cut in _CUTS[syntax])

    def _place(self, kind: str, start: int, end: int) -> None:
        if self._form_start is None:
            self._form_start = start
        if kind == "open":
            self.opened.append(end - 1)
        elif kind == "close":
            self._close(start)
        if not self.opened and kind != "quote":
            self.forms.append((self._form_start, end))
            self._form_start = None

    def _close(self, at: int) -> None:
        opened = self.opened.pop() if self.opened else None
        if opened is None or _CLOSERS[self.text[opened]] != self.text[at]:
            self.wrong.add(at)
            if opened is not None:
                self.wrong.add(opened)
            return
        self.pairs[opened], self.pairs[at] = at, opened

    @property
    def is_whole(self) -> bool:
        """Say whether Enter may end the text here: every form in it has its end, or will never have one."""
        return not (self.opened or self.is_cut or self._form_start is not None)

    def word_at(self, at: int) -> Word | None:
        """Give the word that ends at a place, or goes on there."""
        for word in reversed(self.words):
            if word.start < at:
                return word if at <= word.end else None
        return None

    def inside(self, at: int) -> Iterator[tuple[int, list[Word]]]:
        """Go outwards through the lists around a place: where each opens, and the words in it before the place.

        Of a list within, only the bracket that opens it is among the words.
        """
        stack: list[tuple[int, list[Word]]] = []
        outside: list[Word] = []
        for word in self.words:
            if word.start >= at:
                break
            words = stack[-1][1] if stack else outside
            if word.kind == "open":
                words.append(word)
                stack.append((word.end - 1, []))
            elif word.kind == "close":
                if stack:
                    stack.pop()
            elif word.kind not in ("space", "comment"):
                words.append(word)
        return reversed(stack)


@functools.lru_cache(maxsize=16)
def scan(text: str, syntax: str = LFE) -> Scan:
    """Take a text apart; the last few are remembered, since everything at the prompt asks for the same ones."""
    return Scan(text, syntax)


def column(text: str, at: int) -> int:
    """Give how far from the beginning of its line a place is, in characters."""
    return at - (text.rfind("\n", 0, at) + 1)
