"""Going over whole forms: where the next one ends and the one before begins, from any place in a text.  Pure."""

from xrepl.client.syntax import LFE, Scan, scan

_APART = ("space", "comment")


def form_end(text: str, at: int, syntax: str = LFE) -> int:
    """Give where the form after a place ends; the place itself if none follows in the same list."""
    found = scan(text, syntax)
    for kind, _, end in found.words:
        if end <= at or kind in (*_APART, "quote"):
            continue
        if kind == "close":
            return at
        if kind == "open":
            other = found.pairs.get(end - 1)
            return len(text) if other is None else other + 1
        return end
    return at


def form_start(text: str, at: int, syntax: str = LFE) -> int:
    """Give where the form before a place begins, with its quotes; the place itself if none is before it in the list."""
    found = scan(text, syntax)
    words = [word for word in found.words if word.start < at and word.kind not in _APART]
    if not words or words[-1].kind == "open":
        return at
    last = words.pop()
    start = last.start
    if last.kind == "close":
        if last.end - 1 not in found.pairs:
            return at
        start = _opening(found, found.pairs[last.end - 1])
    quotes = [word for word in found.words if word.end <= start and word.kind not in _APART]
    while quotes and quotes[-1].kind == "quote":
        start = quotes.pop().start
    return start


def _opening(found: Scan, bracket: int) -> int:
    """Give where the word begins whose last character opens a list: `#(`."""
    return next(word.start for word in found.words if word.end - 1 == bracket)
