"""Text at the prompt as forms and brackets: where forms end, which brackets belong together, what is not finished.

Pure, and never fails: what is no form has words (`words.py`), too.  It decides what Enter does, not what a text means;
the server reads it again.
"""

import functools
from collections.abc import Iterator

from xrepl.client.words import HY, LFE, Line, Word, line_words

_CLOSERS = {"(": ")", "[": "]", "{": "}"}


class Scan:
    """What a text is made of.

    Attributes:
        text: the text.
        lines: its lines, taken apart.
        starts: where each line begins.
        pairs: for each bracket that has its other one, where that is; by the bracket's own character.
        wrong: where brackets stand that close nothing, or something else.
        openers: where lists begin.
        opened: where brackets stand that are not closed, the outermost first.
    """

    def __init__(self, text: str, syntax: str) -> None:
        self.text = text
        self.lines: list[Line] = []
        self.starts: list[int] = []
        self.pairs: dict[int, int] = {}
        self.wrong: set[int] = set()
        self.opened: list[int] = []
        self.openers: list[int] = []
        before: tuple[tuple[str, str], ...] = ()
        inside, start = "", 0
        for text_of_line in text.split("\n"):
            line = line_words(text_of_line, before, inside, syntax)
            before, inside = line.after, line.inside
            self.lines.append(line)
            self.starts.append(start)
            if line.brackets:
                self._match(line, start)
            start += len(text_of_line) + 1

    def _match(self, line: Line, start: int) -> None:
        opened, pairs = self.opened, self.pairs
        for column in line.brackets:
            at, bracket = start + column, line.text[column]
            if bracket in _CLOSERS:
                opened.append(at)
                self.openers.append(at)
            elif opened and _CLOSERS[self.text[opened[-1]]] == bracket:
                other = opened.pop()
                pairs[other], pairs[at] = at, other
            else:
                self.wrong.add(at)
                if opened:
                    self.wrong.add(opened.pop())

    @functools.cached_property
    def words(self) -> list[Word]:
        """Give all words, in order; the ends of lines are between them, or in a word of several lines."""
        found: list[Word] = []
        is_going_on = False
        for line, start in zip(self.lines, self.starts, strict=True):
            for kind, first, last in line.words:
                if is_going_on:
                    found.append(Word(kind, found.pop().start, start + last))
                else:
                    found.append(Word(kind, start + first, start + last))
                is_going_on = False
            is_going_on = bool(line.inside)
        return found

    @functools.cached_property
    def forms(self) -> list[tuple[int, int]]:
        """Give where the whole forms of the top level begin and end."""
        found: list[tuple[int, int]] = []
        depth, begin = 0, -1
        for kind, start, end in self.words:
            if kind in ("space", "comment"):
                continue
            begin = start if begin < 0 else begin
            depth += (kind == "open") - (kind == "close")
            depth = max(depth, 0)
            if depth == 0 and kind != "quote":
                found.append((begin, end))
                begin = -1
        return found

    @property
    def is_cut(self) -> bool:
        """Say whether the text ends inside a word that has an end of its own, such as a string."""
        last = self.lines[-1]
        return bool(last.inside) or (bool(last.words) and last.words[-1].kind == "cut")

    @property
    def is_whole(self) -> bool:
        """Say whether Enter may end the text here: every form in it has its end, or will never have one."""
        after = self.lines[-1].after
        return not (self.opened or self.is_cut or (after and after[-1][0] == "quote"))

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

    def heads(self, at: int) -> Iterator[str]:
        """Go outwards through the calls around a place: what each begins with, if that is a symbol."""
        around = [opener for opener in self.openers if opener < at <= self.pairs.get(opener, at)]
        for opener in reversed(around):
            word = self._word_after(opener)
            if word is not None and word.kind == "symbol" and word.end < at and self.text[opener] == "(":
                yield self.text[word.start : word.end]

    def _word_after(self, at: int) -> Word | None:
        """Give the word that follows a bracket on its line."""
        number = self.text.count("\n", 0, at)
        start = self.starts[number]
        for kind, first, last in self.lines[number].words:
            if start + first == at + 1:
                return Word(kind, start + first, start + last)
        return None


@functools.lru_cache(maxsize=16)
def scan(text: str, syntax: str = LFE) -> Scan:
    """Take a text apart; the last few are remembered, since everything at the prompt asks for the same ones."""
    return Scan(text, syntax)


def column(text: str, at: int) -> int:
    """Give how far from the beginning of its line a place is, in characters."""
    return at - (text.rfind("\n", 0, at) + 1)


__all__ = ["HY", "LFE", "Scan", "Word", "column", "scan"]
