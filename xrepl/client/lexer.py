"""LFE for Pygments: the lexer that `pygmentize -l lfe` and documentation tools find.

The words are those of the prompt (`highlighting.py`).  The only file that imports Pygments; the prompt does without.
"""

from collections.abc import Iterator
from typing import Any, ClassVar

from pygments.lexer import Lexer
from pygments.styles import get_style_by_name
from pygments.token import _TokenType, string_to_tokentype
from pygments.util import ClassNotFound

from xrepl.client.highlighting import parts


class LfeLexer(Lexer):  # type: ignore[misc]
    """Lisp Flavoured Erlang."""

    name = "LFE"
    aliases: ClassVar[list[str]] = ["lfe"]
    filenames: ClassVar[list[str]] = ["*.lfe"]
    mimetypes: ClassVar[list[str]] = ["text/x-lfe"]
    url = "https://lfe.io"

    def get_tokens_unprocessed(self, text: str) -> Iterator[tuple[int, _TokenType, str]]:
        """Give where each word begins, its kind and its text."""
        for part in parts(text):
            yield part.start, string_to_tokentype(part.kind.title()), text[part.start : part.end]

    @staticmethod
    def analyse_text(text: str) -> float:
        """Say how likely a text is LFE's."""
        return 0.6 if "(defmodule " in text and "(export" in text else 0.0


def pygments_style(name: str) -> Any:
    """Give the style of a name; None if there is none."""
    try:
        return get_style_by_name(name)
    except ClassNotFound:
        return None
