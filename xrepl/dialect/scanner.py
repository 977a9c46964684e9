"""The words of LFE's syntax: one regular expression that finds them, and the values of those without parts.

What a sequence of words means is in `reader.py`.  White space is the characters up to the blank, as in LFE; others that
Unicode calls white space are part of symbols.
"""

from __future__ import annotations

import re
from typing import Any, Final

from hy.models import Bytes, Expression, Float, Integer, String

from xrepl.dialect.tokens import LSym, Quoted

_SYMBOL = r"""[^\x00-\x20\x7f-\xa0()\[\]{}";]"""
_START = r"""[^\x00-\x20\x7f-\xa0()\[\]{}";\#'`,|.]"""
WORD: Final = re.compile(
    rf"""(?P<space>[\x00-\x20]+|;[^\n]*|\#\|(?:[^|\#]|\|(?!\#)|\#(?!\|))*\|\#)
 |(?P<open>\#[mMbBsS]?\(|[(\[])
 |(?P<close>[)\]])
 |(?P<quote>,@|['`,]|\#\.|\#\*\*?(?=[\x00-\x20]*[A-Za-z_(\[]))
 |(?P<block>\#?\"\"\"[ ]*\n(?:[^\n]*\n)*?[ ]*\"\"\")
 |(?P<text>\#?"(?!"")[^"\\]*(?:\\.[^"\\]*)*")
 |(?P<function>\#'{_SYMBOL}*)
 |(?P<character>\#\\.)
 |(?P<bars>\|[^|\\]*(?:\\.[^|\\]*)*\|)
 |(?P<based>\#(?:[bBoOdDxX*]|\d*[rR]){_SYMBOL}*)
 |(?P<module>\#[eE]{_SYMBOL}*)
 |(?P<dot>\.)
 |(?P<symbol>{_START}{_SYMBOL}*)""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)
# a method's name, which stands for its call at the beginning of a list
METHOD: Final = re.compile(rf"\.(?![0-9]){_START}{_SYMBOL}*")
_PLAIN = re.compile(rf"(?:{_START}|\.(?!\Z)){_SYMBOL}*\Z")
# what more text could make a word of
_UNFINISHED = re.compile(r'\#?"""[ ]*(\Z|\n)|\#?"(?!"")|\||\#\|[^|#]*|\#\d*\Z|\#\\\Z|\#[mMsS]\Z')
_NESTED = re.compile(r"\#\|(?:[^|\#]|\|(?!\#)|\#(?!\|))*\#\|")
_NUMBER = re.compile(r"[+-]?\d+(?:([.,]\d+)([eE][+-]?\d+)?)?\Z", re.ASCII)  # Erlang takes a comma for the point
_BASED = re.compile(r"\#([bBoOdDxX*]|\d*[rR])([+-]?)(.*)\Z", re.DOTALL)
_DIGITS = re.compile(r"[0-9A-Za-z]+\Z")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)
_ESCAPES = {"b": "\b", "t": "\t", "n": "\n", "v": "\v", "f": "\f", "r": "\r", "e": "\x1b", "s": " ", "d": "\x7f"}
_BASES = {"b": 2, "*": 2, "o": 8, "d": 10, "x": 16}
_LONG = 4000  # digits that Python's int reads at once; its limit is 4300


class BadWord(ValueError):
    """A word that is wrong by itself; the text is the LFE shell's."""


def unreadable(text: str, at: int) -> str | None:
    """Say what is wrong with the character at a place where no word begins; None when the text ends in a word."""
    if _NESTED.match(text, at):
        return "illegal nested block comment"
    if _UNFINISHED.match(text, at):
        return None
    if text.startswith('"""', at) or text.startswith('#"""', at):
        return "bad format of triple-quoted string"
    if text[at] != "#":
        return f"illegal '{text[at]}'"
    place = at + 1
    while text[place].isdecimal():
        place += 1
    if place == at + 1 and text[place] in "`;,":
        return f"illegal '#{',@' if text.startswith(',@', place) else text[place]}'"
    return f"illegal token #{text[place]}"


def value(kind: str, text: str) -> Any:
    """Give the model of a word without parts.

    Raises:
        BadWord: it is none.
    """
    if kind == "symbol":
        return _symbol(text)
    if kind == "text":
        return _text(_unescaped(text[2:-1]) if text[0] == "#" else _unescaped(text[1:-1]), text)
    if kind == "block":
        return _text(_block(text), text)
    if kind == "character":
        return Integer(ord(text[2]))
    if kind == "bars":
        return Quoted(_ESCAPE.sub(r"\1", text[1:-1]))
    if kind == "function":
        return _function(text)
    return _symbol("Elixir." + text[2:]) if kind == "module" else _based(text)


def is_symbol(text: str) -> bool:
    """Say whether a symbol is read from its name as it is, without bars."""
    return _PLAIN.match(text) is not None and type(_symbol(text)) is LSym


def _symbol(text: str) -> Any:
    """Give the number or the symbol that is written; a float that is too large is a symbol, as in LFE."""
    match = _NUMBER.match(text)
    if match is None:
        return LSym(text)
    if match[1] is None:
        return Integer(read_integer(text))
    number = float(text.replace(",", "."))
    return Float(number) if number - number == 0 else LSym(text)


def read_integer(text: str) -> int:
    """Give the integer that is written in decimal digits, however many: Python's `int` has a limit."""
    if len(text) < _LONG:
        return int(text)
    sign, digits = (-1, text[1:]) if text[0] == "-" else (1, text.lstrip("+"))
    number = 0
    for at in range(0, len(digits), _LONG):
        piece = digits[at : at + _LONG]
        number = number * 10 ** len(piece) + int(piece)
    return sign * number


def _text(content: str, text: str) -> Any:
    return Bytes(content.encode("utf-8", "surrogatepass")) if text[0] == "#" else String(content)


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: _ESCAPES.get(match[1], match[1]), text) if "\\" in text else text


def _block(text: str) -> str:
    """Give the text of a triple-quoted block: its lines without the indentation of the last."""
    lines = text.split("\n")[1:]
    indent = lines.pop()[:-3]
    if not all(line.startswith(indent) for line in lines):
        raise BadWord("bad format of triple-quoted string")
    return "\n".join(line[len(indent) :] for line in lines)


def _function(text: str) -> Any:
    """Give the form that `#'f/2` or `#'m:f/2` stands for."""
    name, slash, arity = text[2:].partition("/")
    if text == "#'=:=/2":
        return Expression((LSym("function"), LSym("=:="), Integer(2)))
    if slash and name in ("", "/") and arity.startswith("/"):
        name, arity = "/", arity[1:]  # the division
    if not (slash and name and arity.isascii() and arity.isdecimal()):
        raise BadWord(f"bad of format of {text}")
    module, colon, function = name.partition(":")
    names = [module, function] if colon else [name]
    return Expression((LSym("function"), *map(LSym, names), Integer(int(arity))))


def _based(text: str) -> Integer:
    match = _BASED.match(text)
    assert match is not None
    base = _BASES.get(match[1].lower()) or int("0" + match[1][:-1])
    if not 2 <= base <= 36:
        raise BadWord("bad of format of #r")
    if not match[3]:
        raise BadWord("bad of format of based number")
    try:
        if _DIGITS.match(match[3]) is None:
            raise ValueError
        return Integer(int(match[2] + match[3], base))
    except ValueError:
        raise BadWord("illegal characters in based number") from None
