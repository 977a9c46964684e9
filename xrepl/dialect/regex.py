"""Perl-compatible regular expressions on Python's engine: patterns translated, compiled and kept.

Translated are named groups, POSIX and property classes, `\\Q..\\E`, `\\h \\v \\R \\N \\Z \\z \\x{..} \\e`, inline
options, and what the options `extended`, `anchored`, `ungreedy`, `dollar_endonly` change. Recursion, callouts,
conditions on assertions and `\\K` have no counterpart and are errors. It does not match (see the module `re`).
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


@lru_cache(maxsize=500)
def compile_pattern(pattern: str, options: frozenset[str]) -> re.Pattern[str]:
    """Compile a Perl-compatible pattern.

    Args:
        pattern: its text.
        options: Erlang's names: caseless, multiline, dotall, extended, anchored, ungreedy, ucp, ...

    Raises:
        RegexError: the pattern is wrong or uses what has no counterpart.
    """
    flags = re.NOFLAG
    for name, flag in _FLAGS.items():
        if name in options:
            flags |= flag
    if "ucp" not in options:
        # Without `ucp`, \w \d \s are ASCII, but letters of Unicode still have case.
        flags |= re.ASCII if "unicode" not in options or "caseless" not in options else re.NOFLAG
    text = Translator(pattern, options).translate()
    try:
        return re.compile(text, flags)
    except re.error as wrong:
        raise _perl_error(wrong, pattern) from wrong
    except (OverflowError, RecursionError) as wrong:
        raise RegexError("regular expression is too large", len(pattern)) from wrong


_FLAGS: Final = {
    "caseless": re.IGNORECASE,
    "multiline": re.MULTILINE,
    "dotall": re.DOTALL,
    "extended": re.VERBOSE,
}

# What Python says, what PCRE says, and whether PCRE names the end of the pattern.
_MESSAGES: Final = [
    ("missing ), unterminated subpattern", "missing )", True),
    ("unbalanced parenthesis", "unmatched parentheses", False),
    ("nothing to repeat", "nothing to repeat", False),
    ("multiple repeat", "nothing to repeat", False),
    ("unterminated character set", "missing terminating ] for character class", True),
    ("bad escape (end of pattern)", "\\ at end of pattern", True),
    ("bad character range", "range out of order in character class", False),
    ("min repeat greater than max repeat", "numbers out of order in {} quantifier", False),
    ("invalid group reference", "reference to non-existent subpattern", True),
    ("look-behind requires fixed-width pattern", "lookbehind assertion is not fixed length", True),
    ("redefinition of group name", "two named subpatterns have the same name", False),
    ("unknown group name", "reference to non-existent subpattern", True),
]


def _perl_error(wrong: re.error, pattern: str) -> RegexError:
    for said, message, is_at_end in _MESSAGES:
        if wrong.msg.startswith(said):
            return RegexError(message, len(pattern) if is_at_end else min(wrong.pos or 0, len(pattern)))
    return RegexError(wrong.msg, min(wrong.pos or 0, len(pattern)))


_POSIX: Final = {
    "alpha": "a-zA-Z",
    "digit": "0-9",
    "alnum": "a-zA-Z0-9",
    "upper": "A-Z",
    "lower": "a-z",
    "space": r"\s",
    "blank": r" \t",
    "punct": r"!-/:-@\[-`{-~",
    "xdigit": "0-9A-Fa-f",
    "word": r"\w",
    "cntrl": r"\x00-\x1f\x7f",
    "print": r"\x20-\x7e",
    "graph": r"\x21-\x7e",
    "ascii": r"\x00-\x7f",
}
_HORIZONTAL: Final = r" \t\xa0\u1680\u180e\u2000-\u200a\u202f\u205f\u3000"
_VERTICAL: Final = r"\n\x0b\x0c\r\x85\u2028\u2029"
_ESCAPES: Final = {  # outside and inside a class
    "h": (f"[{_HORIZONTAL}]", _HORIZONTAL),
    "H": (f"[^{_HORIZONTAL}]", None),
    "v": (f"[{_VERTICAL}]", _VERTICAL),
    "V": (f"[^{_VERTICAL}]", None),
    "R": (f"(?:\\r\\n|[{_VERTICAL}])", None),
    "N": (r"[^\n]", None),
    "Z": (r"(?=\n?\Z)", None),
    "z": (r"\Z", None),
    "G": (r"", None),
    "e": (r"\x1b", r"\x1b"),
    "a": (r"\x07", r"\x07"),
}
_PLAIN_ESCAPES: Final = frozenset("dDwWsSbBAnrtf")
_QUANTIFIER: Final = re.compile(r"[*+?]|\{\d+(?:,\d*)?\}")
_INLINE: Final = re.compile(r"\(\?([imsxUJX]*)(?:-([imsxUJX]+))?([:)])")
_PROPERTY: Final = re.compile(r"([pP])(?:\{(\^?)(\w+&?)\}|(\w))")


class Translator:
    """Turns one pattern into Python's syntax, from left to right."""

    def __init__(self, pattern: str, options: frozenset[str]) -> None:
        self.pattern = pattern
        self.options = options
        self.at = 0
        self.out: list[str] = []
        self.open_options = [0]  # for each open group, how many `(?i)` groups to close with it

    def translate(self) -> str:
        """Give the pattern in Python's syntax."""
        while self.at < len(self.pattern):
            self._item()
        self.out.append(")" * self.open_options[0])
        return "".join(self.out)

    def _item(self) -> None:
        character = self.pattern[self.at]
        if character == "\\":
            self._escape()
        elif character == "[":
            self._class()
        elif character == "(":
            self._group()
        elif character == ")":
            self.out.append(")" * ((self.open_options.pop() if len(self.open_options) > 1 else 0) + 1))
            self.at += 1
        elif character == "|":
            self._alternative()
        elif quantifier := _QUANTIFIER.match(self.pattern, self.at):
            self._quantifier(quantifier.group())
        elif character == "$" and "dollar_endonly" in self.options and "multiline" not in self.options:
            self.out.append(r"\Z")
            self.at += 1
        elif character == "{":
            self.out.append(r"\{")
            self.at += 1
        else:
            self.out.append(character)
            self.at += 1

    def _alternative(self) -> None:
        # an inline option holds for the alternatives after it too, so its group is simply not closed here
        self.out.append("|")
        self.at += 1

    def _quantifier(self, text: str) -> None:
        self.at += len(text)
        mark = self.pattern[self.at : self.at + 1]
        if mark and mark in "?+":
            self.at += 1
        else:
            mark = ""
        if "ungreedy" in self.options and mark != "+":
            mark = "" if mark == "?" else "?"
        self.out.append(text + mark)

    def _escape(self) -> None:
        following = self.pattern[self.at + 1 : self.at + 2]
        if following == "Q":
            end = self.pattern.find("\\E", self.at)
            end = len(self.pattern) if end < 0 else end
            self.out.append(re.escape(self.pattern[self.at + 2 : end]))
            self.at = end + 2
        elif following == "E":
            self.at += 2
        elif following == "K":
            raise RegexError("\\K is not supported", self.at)
        elif following == "g" or (following == "k" and self.pattern[self.at + 2 : self.at + 3] in "<'{"):
            self._reference()
        else:
            self.out.append(self._escaped(is_in_class=False))

    def _reference(self) -> None:
        found = re.compile(r"[gk][<'{]?([\w-]+)[>'}]?").match(self.pattern, self.at + 1)
        if found is None:
            raise RegexError("a numbered reference must not be zero", self.at)
        name = found.group(1)
        if name.startswith("-"):
            opened = len(re.findall(r"(?<!\\)\((?!\?(?!P?<\w))", self.pattern[: self.at]))
            name = str(opened + 1 + int(name))
        self.out.append(f"(?:\\{name})" if name.isdigit() else f"(?P={name})")
        self.at = found.end()

    def _escaped(self, *, is_in_class: bool) -> str:
        """Give the translation of the escape here, outside or inside a class."""
        following = self.pattern[self.at + 1 : self.at + 2]
        if not following:
            raise RegexError("\\ at end of pattern", len(self.pattern))
        if (found := _PROPERTY.match(self.pattern, self.at + 1)) is not None:
            self.at = found.end()
            letter, caret, name, short = found.groups()
            is_negated = (letter == "P") != bool(caret)
            ranges = category_ranges(name or short, is_negated)
            return ranges if is_in_class else f"[{ranges}]"
        if following == "x":
            return self._hexadecimal()
        if following == "c":
            code = ord(self.pattern[self.at + 2 : self.at + 3].upper() or "@") ^ 64
            self.at += 3
            return f"\\x{code:02x}"
        if following in _ESCAPES and not (following == "b" and is_in_class):
            outside, inside = _ESCAPES[following]
            if is_in_class and inside is None:
                raise RegexError("escape sequence is invalid in character class", self.at + 1)
            self.at += 2
            return (inside or "") if is_in_class else outside
        if following.isdigit() or following in _PLAIN_ESCAPES:
            self.at += 2
            return "\\" + following
        self.at += 2
        return re.escape(following)

    def _hexadecimal(self) -> str:
        found = re.compile(r"x\{([0-9A-Fa-f]+)\}|x([0-9A-Fa-f]{0,2})").match(self.pattern, self.at + 1)
        digits = (found.group(1) or found.group(2) or "0") if found else "0"
        code = int(digits, 16)
        if found is None or code > sys.maxunicode:
            raise RegexError("character value in \\x{} or \\o{} is too large", self.at + 2)
        self.at = found.end()
        return f"\\U{code:08x}"

    def _class(self) -> None:
        """Translate a character class."""
        self.at += 1
        out = ["["]
        if self.pattern.startswith("^", self.at):
            out.append("^")
            self.at += 1
        is_first = True
        while True:
            if self.at >= len(self.pattern):
                raise RegexError("missing terminating ] for character class", len(self.pattern))
            character = self.pattern[self.at]
            if character == "]" and not is_first:
                break
            is_first = False
            out.append(self._class_item(character))
        self.at += 1
        self.out.append("".join(out) + "]")

    def _class_item(self, character: str) -> str:
        if self.pattern.startswith("[:", self.at):
            end = self.pattern.find(":]", self.at)
            name = self.pattern[self.at + 2 : max(end, 0)]
            if end > 0 and name.lstrip("^").isalpha():
                if name.lstrip("^") not in _POSIX:
                    raise RegexError("unknown POSIX class name", self.at)
                self.at = end + 2
                return _POSIX[name] if not name.startswith("^") else _complement(_POSIX[name[1:]])
        if character == "\\":
            return self._escaped(is_in_class=True)
        self.at += 1
        return "\\" + character if character in "[]&~|" else character

    def _group(self) -> None:
        if (inline := _INLINE.match(self.pattern, self.at)) is not None and inline.group() != "(?:":
            self._inline(inline)
            return
        for theirs, ours in (
            ("(?<", "(?P<"),
            ("(?'", "(?P<"),
            ("(?P>", None),
            ("(?R", None),
            ("(?|", None),
            ("(*", None),
        ):
            if not self.pattern.startswith(theirs, self.at):
                continue
            if theirs == "(?<" and self.pattern[self.at + 3 : self.at + 4] in "=!":
                break
            if ours is None:
                raise RegexError(f"{theirs} is not supported", self.at)
            end = self.pattern.find("'" if theirs == "(?'" else ">", self.at + 3)
            self.out.append(f"{ours}{self.pattern[self.at + 3 : end]}>")
            self.at = end + 1
            self.open_options.append(0)
            return
        if self.pattern.startswith("(?#", self.at):
            end = self.pattern.find(")", self.at)
            self.at = len(self.pattern) if end < 0 else end + 1
            return
        self.open_options.append(0)
        opening = re.compile(r"\((?:\?(?:[:=!>]|<[=!]|P[<=]|\())?").match(self.pattern, self.at)
        text = opening.group() if opening else "("
        self.out.append(text)
        self.at += len(text)

    def _inline(self, inline: re.Match[str]) -> None:
        """Translate `(?i)` into a group up to the end of the one that it is in."""
        on, off, end = (part or "" for part in inline.groups())
        on, off = ("".join(letter for letter in part if letter in "imsx") for part in (on, off))
        if "U" in inline.group(1):
            self.options |= {"ungreedy"}
        self.at = inline.end()
        flags = f"?{on}{'-' + off if off else ''}:"
        self.out.append("(" + flags)
        if end == ":":
            self.open_options.append(0)
        else:
            self.open_options[-1] += 1


def _complement(ranges: str) -> str:
    """Give the complement of a class in ASCII as ranges, for use inside another class."""
    inside = re.compile(f"[{ranges}]", re.ASCII)
    return _ranges([code for code in range(256) if not inside.match(chr(code))]) + r"\u0100-\U0010ffff"


@lru_cache(maxsize=64)
def category_ranges(name: str, is_negated: bool) -> str:
    """Give the code points of a general category (`L`, `Lu`, `Any`) as the inside of a class.

    Raises:
        RegexError: there is no such category; scripts are not known.
    """
    wanted = {"L&": ("Lu", "Ll", "Lt"), "Any": ("",), "Xan": ("L", "N"), "Xsp": ("Z",), "Xwd": ("L", "N")}
    starts = wanted.get(name, (name,))
    if name not in wanted and name not in _CATEGORIES:
        raise RegexError("unknown property name after \\P or \\p", 0)
    codes = [c for c in range(sys.maxunicode + 1) if category(chr(c)).startswith(starts) != is_negated]
    return _ranges(codes)


_CATEGORIES: Final = frozenset(
    [
        "C",
        "Cc",
        "Cf",
        "Cn",
        "Co",
        "Cs",
        "L",
        "Ll",
        "Lm",
        "Lo",
        "Lt",
        "Lu",
        "M",
        "Mc",
        "Me",
        "Mn",
        "N",
        "Nd",
        "Nl",
        "No",
        "P",
        "Pc",
        "Pd",
        "Pe",
        "Pf",
        "Pi",
        "Po",
        "Ps",
        "S",
        "Sc",
        "Sk",
        "Sm",
        "So",
        "Z",
        "Zl",
        "Zp",
        "Zs",
    ]
)


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
