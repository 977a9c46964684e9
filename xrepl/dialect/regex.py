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

from xrepl.dialect.regex_classes import (
    HORIZONTAL,
    SPACE,
    VERTICAL,
    WORD,
    RegexError,
    category_ranges,
    complement,
    posix_class,
)


@lru_cache(maxsize=500)
def compile_pattern(pattern: str, options: frozenset[str], is_ascii: bool = True) -> re.Pattern[str]:
    """Compile a Perl-compatible pattern.

    Args:
        pattern: its text.
        options: Erlang's names: caseless, multiline, dotall, extended, ungreedy, ucp, notbol, noteol, ...
        is_ascii: whether what is searched is ASCII; then Python's own classes are right, and faster.

    Raises:
        RegexError: the pattern is wrong or uses what has no counterpart.
    """
    flags = re.NOFLAG
    for name, flag in _FLAGS.items():
        if name in options:
            flags |= flag
    if is_ascii and "ucp" not in options:
        flags |= re.ASCII
    else:
        options |= {_WIDE}
    text = Translator(pattern, options).translate()
    try:
        return re.compile(text, flags)
    except re.error as wrong:
        raise _perl_error(wrong, pattern) from wrong
    except (OverflowError, RecursionError) as wrong:
        raise RegexError("regular expression is too large", len(pattern)) from wrong


_WIDE: Final = "wide"  # of options: what is searched may hold more than ASCII
_FLAGS: Final = {
    "caseless": re.IGNORECASE,
    "multiline": re.MULTILINE,
    "dotall": re.DOTALL,
    "extended": re.VERBOSE,
}

# What Python says, what PCRE says, and where: "here", at the "end" of the pattern, or at what follows that text.
_MESSAGES: Final = [
    ("missing ), unterminated subpattern", "missing )", "end"),
    ("unbalanced parenthesis", "unmatched parentheses", "here"),
    ("nothing to repeat", "nothing to repeat", "here"),
    ("multiple repeat", "nothing to repeat", "here"),
    ("unterminated character set", "missing terminating ] for character class", "end"),
    ("bad escape (end of pattern)", "\\ at end of pattern", "end"),
    ("bad character range", "range out of order in character class", "-"),
    ("min repeat greater than max repeat", "numbers out of order in {} quantifier", "}"),
    ("invalid group reference", "reference to non-existent subpattern", "end"),
    ("look-behind requires fixed-width pattern", "lookbehind assertion is not fixed length", "end"),
    ("redefinition of group name", "two named subpatterns have the same name", ">"),
    ("unknown group name", "reference to non-existent subpattern", "end"),
]


def _perl_error(wrong: re.error, pattern: str) -> RegexError:
    """Give PCRE's error for one of Python's, whose position is one of the translated pattern: near enough."""
    here = min(wrong.pos or 0, len(pattern))
    for said, message, where in _MESSAGES:
        if wrong.msg.startswith(said):
            places = {"here": here, "end": len(pattern), "-": here + 2, "}": pattern.find("}", here)}
            return RegexError(message, places.get(where, pattern.rfind(">")))
    return RegexError(wrong.msg, here)


_ESCAPES: Final = {  # outside and inside a class
    "h": (f"[{HORIZONTAL}]", HORIZONTAL),
    "H": (f"[^{HORIZONTAL}]", None),
    "v": (f"[{VERTICAL}]", VERTICAL),
    "V": (f"[^{VERTICAL}]", None),
    "R": (f"(?:\\r\\n|[{VERTICAL}])", None),
    "N": (r"[^\n]", None),
    "Z": (r"(?=\n?\Z)", None),
    "z": (r"\Z", None),
    "G": (r"", None),
    "e": (r"\x1b", r"\x1b"),
    "a": (r"\x07", r"\x07"),
}
_LINE_ENDS: Final = {
    "newline cr": r"\r",
    "newline crlf": r"\r\n",
    "newline anycrlf": r"\r\n|\n|\r(?!\n)",
    "newline any": r"\r\n|\r(?!\n)|[\n\x0b\x0c\x85\u2028\u2029]",
}
_PLAIN_ESCAPES: Final = frozenset("dDwWsSbBAnrtf")
# without `ucp` and beside ASCII, Python's classes of all Unicode are too large: outside and inside a class
_WIDE_ESCAPES: Final = {
    "d": ("[0-9]", "0-9"),
    "D": ("[^0-9]", complement("0-9")),
    "w": (f"[{WORD}]", WORD),
    "W": (f"[^{WORD}]", complement(WORD)),
    "s": (f"[{SPACE}]", SPACE),
    "S": (f"[^{SPACE}]", complement(SPACE)),
    "b": (f"(?:(?<=[{WORD}])(?![{WORD}])|(?<![{WORD}])(?=[{WORD}]))", r"\b"),
    "B": (f"(?:(?<=[{WORD}])(?=[{WORD}])|(?<![{WORD}])(?![{WORD}]))", None),
}
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
        self.line_end = next((end for name, end in _LINE_ENDS.items() if name in options), r"\n")
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
        elif character in "^$":
            self._border(character)
        elif character == "." and self.line_end != r"\n" and "dotall" not in self.options:
            self.out.append(rf"(?:(?!{self.line_end})[\s\S])")
            self.at += 1
        elif character == "{":
            self.out.append(r"\{")
            self.at += 1
        else:
            self.out.append(character)
            self.at += 1

    def _border(self, character: str) -> None:
        """Translate `^` and `$`: what they match depends on four options."""
        end = self.line_end
        is_multiline = "multiline" in self.options
        starts = [f"(?<={one})" for one in end.split("|")] if is_multiline else []
        ends = [f"(?={end})"] if is_multiline else []
        if character == "^":
            starts = [one + r"(?!\Z)" for one in starts] + ([] if "notbol" in self.options else [r"\A"])
        elif "noteol" not in self.options:
            ends += [r"\Z"] if "dollar_endonly" in self.options else [rf"(?=(?:{end})?\Z)"]
        found = starts if character == "^" else ends
        is_plain = end == r"\n" and not self.options & {"notbol", "noteol", "dollar_endonly"}
        if is_plain and character == "^" and is_multiline:
            character = r"(?:^(?!\Z)|\A)"  # Python's also matches after a newline that ends the text
        self.out.append(character if is_plain else f"(?:{'|'.join(found)})" if found else "(?!)")
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
        is_wide = _WIDE in self.options and "ucp" not in self.options
        if (found_class := (is_wide and _WIDE_ESCAPES.get(following)) or _ESCAPES.get(following)) is not None:
            outside, inside = found_class
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
                ranges = posix_class(name, is_ucp="ucp" in self.options)
                if ranges is None:
                    raise RegexError("unknown POSIX class name", self.at)
                self.at = end + 2
                return ranges
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
            if end < 0:
                raise RegexError("syntax error in subpattern name (missing terminator)", len(self.pattern))
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
        self.out.append("(?:" if text == "(" and "no_auto_capture" in self.options else text)
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
