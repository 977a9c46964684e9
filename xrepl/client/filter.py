"""What printed output may do to the terminal: colours, and nothing else.

Text passes in pieces, as it comes.  Of the control sequences only SGR, which sets colours, goes through; titles,
cursor movements, device strings, single controls and marks that reorder a line are shown written out, as the language's
strings write them.  Values, errors and names never come here: nothing at all passes for them (`render.plain`).
"""

import re

from xrepl.client.render import ESCAPES

_SGR = r"\x1b\[[0-9;:]{0,64}m"
# a carriage return passes: it is how a program shows its progress in one line
_CONTROLS = "".join(map(chr, ESCAPES)).replace("\r", "")
_PIECE = re.compile(rf"{_SGR}|\x1b(?:\[[0-9;:]{{0,64}})?\Z|[{re.escape(_CONTROLS)}]")
_RESETS = re.compile(r"\x1b\[(?:0*;)*0*m")

RESET = "\x1b[0m"


class OutputFilter:
    """Makes text safe to write to a terminal; remembers a sequence that is cut off at the end of a piece.

    Args:
        is_raw: pass everything on as it is.
        has_colours: False to drop the colours, too.
    """

    def __init__(self, *, is_raw: bool = False, has_colours: bool = True) -> None:
        self._is_raw = is_raw
        self._has_colours = has_colours
        self._held = ""
        self._is_coloured = False

    def feed(self, text: str) -> str:
        """Give what of the text may be written now."""
        if self._is_raw:
            return text
        text = self._held + text
        self._held = ""
        return _PIECE.sub(self._replace, text)

    def end(self) -> str:
        """Give what is to be written before anything else is: the rest of a piece, and the end of the colours."""
        rest = self._held.translate(ESCAPES)
        self._held = ""
        if self._is_coloured:
            self._is_coloured = False
            rest += RESET
        return rest

    def _replace(self, match: re.Match[str]) -> str:
        found = match[0]
        if found[0] != "\x1b" or (len(found) == 1 and match.end() < len(match.string)):
            return ESCAPES[ord(found)]
        if found[-1] != "m":
            self._held = found  # the end of the piece, and perhaps the beginning of a colour
            return ""
        if not self._has_colours:
            return ""
        self._is_coloured = _RESETS.fullmatch(found) is None
        return found
