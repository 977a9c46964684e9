"""Erlang's syntax of terms, read: what `file:consult`, `io:read` and `erl_parse:parse_term` take.

Terms end with a full stop. Only terms are read: an expression (`1 + 2`, `f(X)`) is a bad term. Funs, records and
segments of a binary that are no whole bytes are bad terms too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final

from xrepl.dialect.data import NIL, Atom, atom, from_iterable, map_key, string
from xrepl.dialect.erlang_printer import atom_text


class BadTerms(ValueError):
    """Text that is no terms: line, Erlang's module that says so, and its descriptor."""

    def __init__(self, line: int, module: str, descriptor: Any) -> None:
        super().__init__(f"{line}: {descriptor}")
        self.line = line
        self.module = module
        self.descriptor = descriptor

    def as_tuple(self) -> tuple[int, Atom, Any]:
        """Give Erlang's error tuple."""
        return self.line, Atom(self.module), self.descriptor


@dataclass(frozen=True, slots=True)
class Token:
    """One word: its kind (`atom`, `integer`, `string`, ..., or the sign itself), its value, its line."""

    kind: str
    value: Any
    line: int
    text: str


_TOKEN: Final = re.compile(
    r"""
    (?P<space>\s+|%[^\n]*)
  | (?P<dot>\.(?:\s|(?=%)|\Z))
  | (?P<float>\d+(?:_\d+)*\.\d+(?:_\d+)*(?:[eE][+-]?\d+)?)
  | (?P<based>\d+\#[0-9a-zA-Z_]+)
  | (?P<integer>\d+(?:_\d+)*)
  | (?P<char>\$(?:\\(?:x\{[0-9a-fA-F]+\}|x[0-9a-fA-F]{2}|[0-7]{1,3}|\^.|.)|[^\\]))
  | (?P<atom>[a-zß-öø-ÿ][\w@]*)
  | (?P<variable>[A-ZÀ-ÖØ-Þ_][\w@]*)
  | (?P<quoted>'(?:[^'\\]|\\.)*')
  | (?P<string>"(?:[^"\\]|\\.)*")
  | (?P<sign><<|>>|=>|->|:=|=:=|=/=|==|/=|=<|>=|<-|<=|\|\||\+\+|--|::|\.\.\.|[-{}\[\](),|#:/+*<>=!?;.])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(x\{([0-9a-fA-F]+)\}|x([0-9a-fA-F]{2})|([0-7]{1,3})|\^(.)|(.))", re.DOTALL)
_NAMED_ESCAPES: Final = dict(zip("bdefnrstv", "\b\x7f\x1b\f\n\r \t\v", strict=True))
_OPERATORS: Final = frozenset("+ - * / ++ -- == /= =< >= < > =:= =/= = ! ? # : ( -> <- <= || ;".split())
_KEYWORDS: Final = frozenset(
    """after and andalso band begin bnot bor bsl bsr bxor case catch cond div end fun if let not of or orelse
    receive rem try when xor""".split()
)


def read_terms(text: str) -> Iterator[Any]:
    """Read terms lazily.

    Raises:
        BadTerms: what is next is no term.
    """
    for tokens, _ in _forms(text):
        yield _Parser(tokens).whole()


def read_term(text: str) -> tuple[Any, int] | None:
    """Read the first term; give it and where the text goes on, or None when there are only blanks.

    Raises:
        BadTerms: what is first is no term.
    """
    for tokens, end in _forms(text):
        return _Parser(tokens).whole(), end
    return None


def _forms(text: str) -> Iterator[tuple[list[Token], int]]:
    """Go through the forms as tokens, each up to its full stop, with the place where it ends."""
    tokens: list[Token] = []
    line, at = 1, 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise _scan_error(text, at, line)
        kind, word = str(found.lastgroup), found.group()
        at = found.end()
        if kind == "dot":
            yield tokens, at
            tokens = []
        elif kind != "space":
            tokens.append(_token(kind, word, line))
        line += word.count("\n")
    if tokens:
        raise _syntax_error(tokens[-1].line, NIL)


def _scan_error(text: str, at: int, line: int) -> BadTerms:
    sign = text[at]
    if sign in "'\"":
        rest = text[at + 1 : at + 17]
        return BadTerms(line, "erl_scan", (Atom("string"), ord(sign), string(rest)))
    return BadTerms(line, "erl_scan", (Atom("illegal"), Atom("character")))


def _syntax_error(line: int, before: Any) -> BadTerms:
    return BadTerms(line, "erl_parse", from_iterable(["syntax error before: ", before]))


def _token(kind: str, word: str, line: int) -> Token:
    if kind == "sign":
        return Token(word, word, line, f"'{word}'")
    if kind == "atom" and word in _KEYWORDS:
        return Token(word, word, line, f"'{word}'")
    if kind == "variable":
        return Token(kind, word, line, word)
    value = _VALUES[kind](word)
    kind = {"based": "integer", "quoted": "atom"}.get(kind, kind)
    return Token(kind, value, line, atom_text(str(value)) if kind == "atom" else word)


def _unescaped(text: str) -> str:
    def character(found: re.Match[str]) -> str:
        _, braced, pair, octal, control, plain = found.groups()
        if plain is not None:
            return _NAMED_ESCAPES.get(plain, plain)
        if control is not None:
            return chr(ord(control) & 31)
        return chr(int(octal, 8)) if octal is not None else chr(int(braced or pair, 16))

    return _ESCAPE.sub(character, text) if "\\" in text else text


def _based(word: str) -> int:
    base, _, digits = word.partition("#")
    return int(digits.replace("_", ""), int(base))


_VALUES: Final[dict[str, Callable[[str], Any]]] = {
    "float": lambda word: float(word.replace("_", "")),
    "based": _based,
    "integer": lambda word: int(word.replace("_", "")),
    "char": lambda word: ord(_unescaped(word[1:])),
    "atom": atom,
    "quoted": lambda word: atom(_unescaped(word[1:-1])),
    "string": lambda word: _unescaped(word[1:-1]),
}


class _Parser:
    """Reads one term from the tokens before a full stop."""

    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.at = 0

    def whole(self) -> Any:
        """Give the term; it must take all tokens."""
        if not self.tokens:
            raise _syntax_error(1, NIL)
        value = self.term()
        if self.at < len(self.tokens):
            raise self.unexpected()
        return value

    def unexpected(self) -> BadTerms:
        """Make the error for the token here: one that an expression may have makes a bad term."""
        if self.at >= len(self.tokens):
            return _syntax_error(self.tokens[-1].line, NIL)
        token = self.tokens[self.at]
        if token.kind in _OPERATORS or token.kind in _KEYWORDS or token.kind == "variable":
            return BadTerms(self.tokens[0].line, "erl_parse", "bad term")
        return _syntax_error(token.line, string(token.text))

    def take(self, *kinds: str) -> Token | None:
        """Give the token here if it is of one of these kinds, and go on."""
        if self.at < len(self.tokens) and self.tokens[self.at].kind in kinds:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def expect(self, kind: str) -> None:
        """Go over a token of this kind."""
        if self.take(kind) is None:
            raise self.unexpected()

    def term(self) -> Any:
        """Read a term."""
        sign = self.take("-", "+")
        if sign is not None:
            number = self.take("integer", "float", "char")
            if number is None:
                raise self.unexpected()
            return -number.value if sign.kind == "-" else number.value
        if (token := self.take("atom", "integer", "float", "char")) is not None:
            return token.value
        if (token := self.take("string")) is not None:
            return string(self.joined(token.value))
        if self.take("{"):
            return tuple(self.items("}"))
        if self.take("["):
            return self.list()
        if self.take("#"):
            self.expect("{")
            return self.map()
        if self.take("<<"):
            return b"".join(self.segments())
        raise self.unexpected()

    def joined(self, text: str) -> str:
        """Join strings that follow each other."""
        while (more := self.take("string")) is not None:
            text += more.value
        return text

    def items(self, end: str) -> list[Any]:
        """Read terms between commas up to an end."""
        found: list[Any] = []
        if self.take(end):
            return found
        while True:
            found.append(self.term())
            if self.take(end):
                return found
            self.expect(",")

    def list(self) -> Any:
        """Read a list after its opening bracket."""
        found: list[Any] = []
        if self.take("]"):
            return NIL
        while True:
            found.append(self.term())
            if self.take("]"):
                return from_iterable(found)
            if self.take("|"):
                tail = self.term()
                self.expect("]")
                return from_iterable(found, tail)
            self.expect(",")

    def map(self) -> dict[Any, Any]:
        """Read a map after its opening brace."""
        found: dict[Any, Any] = {}
        if self.take("}"):
            return found
        while True:
            key = self.term()
            self.expect("=>")
            found[map_key(key)] = self.term()
            if self.take("}"):
                return found
            self.expect(",")

    def segments(self) -> Iterator[bytes]:
        """Read a binary's segments: bytes, strings, strings in UTF-8."""
        if self.take(">>"):
            return
        while True:
            yield self.segment()
            if self.take(">>"):
                return
            self.expect(",")

    def segment(self) -> bytes:
        token = self.take("string", "integer", "char")
        if token is None:
            raise self.unexpected()
        text = self.joined(token.value) if token.kind == "string" else None
        if self.take("/"):
            unit = self.take("atom")
            if unit is None or unit.value is not Atom("utf8") or text is None:
                raise BadTerms(token.line, "erl_parse", "bad term")
            return text.encode("utf-8")
        return bytes(ord(c) & 255 for c in text) if text is not None else bytes([token.value & 255])
