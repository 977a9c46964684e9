"""The colours of the prompt and of what the shell shows: a few styles, as tables.

The words of a style are prompt_toolkit's (`bold`, `ansired`, `#ff8800`), and so are the classes of its menus; nothing
of it is imported.  Values and errors are coloured here with the terminal's own sixteen colours.
"""

from xrepl.client.highlighting import parts

Style = dict[str, str]

_WORDS: Style = {
    "keyword": "bold ansiblue",
    "keyword.constant": "ansimagenta",
    "name.function": "bold",
    "name.namespace": "ansicyan",
    "literal.string": "ansigreen",
    "literal.string.char": "ansigreen",
    "literal.string.symbol": "ansimagenta",
    "literal.number": "ansicyan",
    "comment": "italic ansibrightblack",
    "operator": "ansimagenta",
    "error": "ansired",
}
_SHOWN: Style = {
    "prompt": "bold ansigreen",
    "continuation": "ansibrightblack",
    "failure": "ansired",
    "place": "ansibrightblack",
    "notice": "ansiyellow",
    "echo": "ansibrightblack",
    "status": "reverse",
    "bracket": "bold underline ansiyellow",
    "bracket.wrong": "bold ansiwhite bg:ansired",
    "bottom-toolbar": "noreverse ansibrightblack",
    "bottom-toolbar.busy": "noreverse bold ansiyellow",
    "bottom-toolbar.warning": "noreverse ansired",
    "bottom-toolbar.signature": "noreverse bold ansidefault",
    "auto-suggestion": "ansibrightblack",
    "completion-menu": "bg:ansibrightblack ansiwhite",
    "completion-menu.completion.current": "noreverse bg:ansicyan ansiblack",
    "completion-menu.meta.completion": "bg:ansibrightblack ansiwhite",
    "completion-menu.meta.completion.current": "noreverse bg:ansicyan ansiblack",
}
_BRIGHT: Style = {
    "keyword": "bold ansibrightblue",
    "literal.string": "ansibrightgreen",
    "literal.number": "ansibrightcyan",
}
# what a terminal without colours can show
_PLAIN: Style = {
    "keyword": "bold",
    "status": "reverse",
    "bracket": "bold underline",
    "bracket.wrong": "reverse",
    "bottom-toolbar": "reverse",
    "completion-menu": "reverse",
    "completion-menu.completion.current": "noreverse bold",
    "completion-menu.meta.completion": "reverse",
    "completion-menu.meta.completion.current": "noreverse bold",
}
STYLES: dict[str, Style] = {
    "default": {**_WORDS, **_SHOWN},
    "quiet": {**_SHOWN, "comment": "ansibrightblack", "literal.string": "ansigreen", "prompt": "bold"},
    "bright": {
        **_WORDS,
        **_SHOWN,
        "keyword": "bold ansibrightblue",
        "literal.string": "ansibrightgreen",
        "literal.number": "ansibrightcyan",
    },
    "plain": _PLAIN,
}
_CODES = {"bold": "1", "italic": "3", "underline": "4", "reverse": "7"}
_COLOURS = ("black", "red", "green", "yellow", "blue", "magenta", "cyan", "white")
_CODES |= {f"ansi{name}": str(30 + number) for number, name in enumerate(_COLOURS)}
_CODES |= {f"bg:ansi{name}": str(40 + number) for number, name in enumerate(_COLOURS)}
_CODES |= {"ansibrightblack": "90", "ansibrightblue": "94", "ansibrightgreen": "92", "ansibrightcyan": "96"}
MAX_COLOURED_CHARACTERS = 20_000


class Painter:
    """Puts the colours of a style around what is shown.

    Args:
        style: its words; an empty one paints nothing.
    """

    def __init__(self, style: Style | None = None) -> None:
        self._codes = {kind: _sgr(words) for kind, words in (style or {}).items()}

    def paint(self, kind: str, text: str) -> str:
        """Give text, which holds no control sequence, in the colour of a kind; the lines' ends stay outside of it."""
        if kind == "value":
            return self._paint_value(text)
        code = self._codes.get(kind)
        if not code or not text.strip():
            return text
        return "\n".join(f"{code}{line}\x1b[0m" if line else line for line in text.split("\n"))

    def _paint_value(self, text: str) -> str:
        if not self._codes or len(text) > MAX_COLOURED_CHARACTERS:
            return text
        painted = []
        for part in parts(text):
            code = self._codes.get(part.kind) if part.kind not in ("keyword", "error") else None
            word = text[part.start : part.end]
            painted.append(f"{code}{word}\x1b[0m" if code else word)
        return "".join(painted)


def classes(style: Style) -> list[tuple[str, str]]:
    """Give a style as prompt_toolkit's rules: the classes of words are those of Pygments."""
    return [(f"pygments.{kind}" if kind in _WORDS else kind, words) for kind, words in style.items()]


def _sgr(words: str) -> str:
    """Give the control sequence for a style's words; those that are not of the sixteen colours are left out."""
    codes = [_CODES[word] for word in words.split() if word in _CODES]
    return f"\x1b[{';'.join(codes)}m" if codes else ""
