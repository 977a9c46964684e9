"""Character classes of Perl-compatible patterns as the inside of Python's: POSIX names, categories, `\\w` in Latin-1.

Without the option `ucp`, classes are those of Latin-1 as Erlang's tables have it. Scripts (`\\p{Greek}`) are not known.
"""

from __future__ import annotations

import re
import sys
from functools import lru_cache
from typing import Final
from unicodedata import category


class RegexError(ValueError):
    """A pattern is wrong: the message and position that Erlang gives."""

    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.message = message
        self.position = position


_UPPER: Final = r"A-Z\xc0-\xd6\xd8-\xde"
_LOWER: Final = r"a-z\xaa\xb5\xba\xdf-\xf6\xf8-\xff"
WORD: Final = f"0-9_{_UPPER}{_LOWER}"
SPACE: Final = r"\t-\r "
HORIZONTAL: Final = r" \t\xa0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000"
VERTICAL: Final = r"\n\x0b\x0c\r\x85\u2028\u2029"
# a name of POSIX: the class without `ucp`, and the categories or the class with it
_POSIX: Final = {
    "alpha": (_UPPER + _LOWER, "L"),
    "digit": ("0-9", "Nd"),
    "alnum": (f"0-9{_UPPER}{_LOWER}", "Xan"),
    "upper": (_UPPER, "Lu"),
    "lower": (_LOWER, "Ll"),
    "space": (SPACE, "Xsp"),
    "blank": (r" \t", None),
    "punct": (r"!-/:-@\[-`{-~\xa0-\xa9\xab-\xb4\xb6-\xb9\xbb-\xbf\xd7\xf7", "P"),
    "xdigit": ("0-9A-Fa-f", None),
    "word": (WORD, "Xwd"),
    "cntrl": (r"\x00-\x1f\x7f-\x9f", "Cc"),
    "print": (r"\x20-\x7e\xa0-\xff", None),
    "graph": (r"\x21-\x7e\xa0-\xff", None),
    "ascii": (r"\x00-\xff", None),
}


def posix_class(name: str, *, is_ucp: bool) -> str | None:
    """Give the inside of a class for a POSIX name such as `alpha` or `^alpha`; None for an unknown name."""
    plain, properties = _POSIX.get(name.lstrip("^"), ("", None))
    if not plain:
        return None
    is_negated = name.startswith("^")
    if is_ucp and properties is not None:
        return category_ranges(properties, is_negated)
    return complement(plain) if is_negated else plain


def complement(ranges: str) -> str:
    """Give the inside of a class for all characters but those of a class of Latin-1."""
    inside = re.compile(f"[{ranges}]")
    return _ranges([code for code in range(256) if not inside.match(chr(code))]) + r"\u0100-\U0010ffff"


_CATEGORIES: Final = frozenset(
    "C Cc Cf Cn Co Cs L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs".split()
)
_UNIONS: Final = {"L&": ("Lu", "Ll", "Lt"), "Any": ("",), "Xan": ("L", "N"), "Xsp": ("Z",), "Xwd": ("L", "N")}
_EXTRA: Final = {"Xsp": SPACE, "Xwd": "_"}


@lru_cache(maxsize=64)
def category_ranges(name: str, is_negated: bool) -> str:
    """Give the code points of a general category (`L`, `Lu`, `Any`) as the inside of a class.

    The first use of a category goes through all of Unicode, which takes about 150 ms.

    Raises:
        RegexError: there is no such category; scripts are not known.
    """
    starts = _UNIONS.get(name, (name,))
    if name not in _UNIONS and name not in _CATEGORIES:
        raise RegexError("unknown property name after \\P or \\p", 0)
    extra = re.compile(f"[{_EXTRA.get(name, '')}]" if name in _EXTRA else r"(?!)")
    characters = map(chr, range(sys.maxunicode + 1))
    codes = [ord(c) for c in characters if (category(c).startswith(starts) or bool(extra.match(c))) != is_negated]
    return _ranges(codes)


def _ranges(codes: list[int]) -> str:
    parts: list[str] = []
    start = previous = None
    for code in [*codes, None]:
        if code is not None and previous is not None and code == previous + 1:
            previous = code
            continue
        if start is not None and previous is not None:
            parts.append(f"\\U{start:08x}-\\U{previous:08x}")
        start = previous = code
    return "".join(parts)
