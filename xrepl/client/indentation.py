"""How far a new line is indented: as Lisp programmers indent, by the form that it is in.  Pure."""

import re

from xrepl.client.syntax import LFE, Word, column, scan

# form: how many of its arguments stand apart from its body
SPECIAL = {
    **dict.fromkeys(("progn", "receive", "match-lambda", "when", "catch", "else", "do", "eval-when-compile"), 0),
    **dict.fromkeys(("let", "let*", "flet", "flet*", "fletrec", "macrolet", "case", "if", "lambda", "try", "after"), 1),
    **dict.fromkeys(("let-function", "letrec-function", "let-macro", "lc", "bc", "list-comp", "binary-comp"), 1),
    **dict.fromkeys(("prog1", "cond->", "fn", "while", "for", "with", "unless", "except", "match", "extend-module"), 1),
    **dict.fromkeys(("prog2", "lfor", "gfor", "sfor"), 2),
}
BODY = 2
_DATA = re.compile(r"(?:['#]|#[mMbBsS])\Z")


def indentation(text: str, at: int, syntax: str = LFE) -> int:
    """Give how many blanks belong before what stands at a place, if a line began there.

    Args:
        text: the text at the prompt.
        at: an offset in it.
        syntax: "lfe" or "hy".
    """
    before = scan(text[:at], syntax)
    if before.is_cut:
        return 0  # a blank in a string is part of it
    around = next(iter(before.inside(at)), None)
    if around is None:
        return 0
    opened, words = around
    base = column(text, opened)
    start = base + 1
    if not words or text[opened] != "(" or _is_quoted(text, opened) or words[0].kind != "symbol":
        return column(text, words[0].start) if words and _is_same_line(text, opened, words[0].start) else start
    head = text[words[0].start : words[0].end]
    special = _special(head)
    if special is not None:
        is_body = _count(words) > special
        return base + (BODY if is_body else 2 * BODY)
    if len(words) > 1 and _is_same_line(text, opened, words[1].start):
        return column(text, words[1].start)
    return start


def _special(head: str) -> int | None:
    """Give how many arguments of a form stand apart; None for a call of a function."""
    if head.startswith("def"):
        return 0
    return SPECIAL.get(head)


def _count(words: list[Word]) -> int:
    """Give which element comes next, the head being number 0: quotes are part of what they quote."""
    return sum(word.kind != "quote" for word in words)


def _is_quoted(text: str, opened: int) -> bool:
    """Say whether a list is data: quoted, or opened by more than its bracket."""
    return _DATA.search(text[max(0, opened - 2) : opened]) is not None


def _is_same_line(text: str, first: int, second: int) -> bool:
    return "\n" not in text[first:second]
