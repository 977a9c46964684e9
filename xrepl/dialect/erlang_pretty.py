"""Values in Erlang's syntax on as many lines as they need: `~p` of `io:format`.

A value becomes a tree of nodes that know their text on one line; one that does not fit is broken at its parts: text
and numbers are filled into lines, every other part has a line of its own.  A tuple that begins with an atom is
indented after that atom, or by 4 where that would leave too little room.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from xrepl.dialect.atomic_text import atomic_text, string_text
from xrepl.dialect.data import Atom, from_iterable, is_list, string, uncons
from xrepl.dialect.erlang_printer import atom_text, binary_text
from xrepl.dialect.printer import list_parts, list_text, sorted_pairs

_VALUE_INDENT: Final = 4
_LINE_BYTES: Final = 8  # a line of a binary is at least this wide


@dataclass(slots=True)
class Node:
    """A value or a part of one.

    Args:
        kind: "text", "list", "tuple", "tagged" (a tuple that begins with an atom), "map", "pair" or "bytes".
        text: all of it on one line.
        parts: the nodes in it; of a list that is improper or cut the last one is its tail.
        has_tail: whether the last part is a tail.
    """

    kind: str
    text: str
    parts: list[Node]
    has_tail: bool = False

    @property
    def is_filled(self) -> bool:
        """Say whether this may share a line with what comes before it."""
        if self.kind == "pair":
            return all(part.kind == "text" for part in self.parts)
        return self.kind == "text"


class _NoRoom(Exception):
    """Tuples that are indented after their tags leave too little room."""


def pretty(
    value: Any, *, column: int = 1, width: int = 80, depth: int = -1, unicode: bool = False, strings: bool = True
) -> str:
    """Give a value with printable lists as strings: `~p`.

    Args:
        value: any term.
        column: where its text begins, counted from 1.
        width: the line's.
        depth: how much is shown; all of it below 0.
        unicode: whether strings may hold more than Latin-1.
        strings: whether printable lists are shown as strings.
    """
    return text_of(pieces(value, column, width, depth, unicode=unicode, strings=strings))


Piece = Any  # a character as a number, a text, or a list of pieces: what `io_lib` gives as data


def pieces(value: Any, column: int, width: int, depth: int, *, unicode: bool, strings: bool) -> Piece:
    """Give a value's text in nested pieces; the arguments are those of `pretty`."""
    node = _Nodes(unicode, strings).node(value, depth)
    if len(node.text) < width - column:
        return one_line(node)
    for tag_indent in (-1, 4):
        try:
            return _Layout(width, tag_indent, is_checked=True).node(node, column, column - 1, 0)
        except _NoRoom:
            continue
    return _Layout(width, 1, is_checked=False).node(node, column, column - 1, 0)


def write_pieces(value: Any, depth: int, *, unicode: bool) -> Piece:
    """Give a value's text without strings, on one line, in nested pieces: `~w`."""
    return one_line(_Nodes(unicode, False).node(value, depth), splices=False)


def text_of(piece: Piece) -> str:
    """Give the text of pieces."""
    if isinstance(piece, list):
        return "".join(map(text_of, piece))
    return piece if isinstance(piece, str) else chr(piece)


def data_of(piece: Piece) -> Any:
    """Give pieces as the language's nested list."""
    if isinstance(piece, list):
        return from_iterable(list(map(data_of, piece)))
    return string(piece) if isinstance(piece, str) else piece


def one_line(node: Node, *, splices: bool = True) -> Piece:
    """Give a node's pieces on one line; `splices` says whether an improper list's tail loses its own list."""
    if node.kind == "pair":
        key, value = node.parts
        return [one_line(key, splices=splices), " => ", one_line(value, splices=splices)]
    if node.text.startswith("<<") and len(node.text) > 4:
        inner = node.text[2:-2]
        return [60, 60, inner if node.kind == "text" else _separated(inner.split(",")), 62, 62]
    if not node.parts:
        return node.text
    parts: list[Piece] = _separated([one_line(part, splices=splices) for part in node.parts])
    last = node.parts[-1].text
    if last == "...":
        parts[-2:] = [124 if node.has_tail else 44, 46, 46, 46] if len(parts) > 1 else [46, 46, 46]
    elif node.has_tail:
        parts[-2:] = [124, *(map(ord, last) if splices else [parts[-1]])]
    return {"list": [91, parts, 93], "map": [35, 123, parts, 125]}.get(node.kind, [123, parts, 125])


def _separated(parts: list[Piece]) -> list[Piece]:
    return [item for part in parts for item in (44, part)][1:]


def _empty_text(value: Any) -> str:
    """Give the text of an empty tuple, map or list; nothing for another value."""
    if isinstance(value, (tuple, dict)):
        return "" if value else "{}" if isinstance(value, tuple) else "#{}"
    return "[]" if is_list(value) and uncons(value) is None else ""


class _Nodes:
    """Makes nodes of values."""

    def __init__(self, unicode: bool, strings: bool) -> None:
        self.unicode = unicode
        self.strings = strings

    def node(self, value: Any, depth: int) -> Node:
        """Give a value's node, shown to a depth; what is empty is as simple as a number."""
        if depth == 0:
            return Node("text", "...", [])
        empty = _empty_text(value)
        if empty:
            return Node("text", empty, [])
        if isinstance(value, Atom):
            return Node("text", atom_text(value.name, unicode=self.unicode), [])
        if isinstance(value, bytes):
            return self.binary(value, depth)
        if isinstance(value, tuple):
            return self.tuple(value, depth)
        if isinstance(value, dict):
            return self.map(value, depth)
        if is_list(value):
            return self.list(value, depth)
        return Node("text", (atomic_text(value) or repr(value)).removeprefix("#Pid"), [])

    def binary(self, value: bytes, depth: int) -> Node:
        """A binary: text in a line, or bytes that can be broken into lines."""
        text = binary_text(value, depth, strings=self.strings, unicode=self.unicode)
        return Node("text" if text.startswith('<<"') or text == "<<...>>" else "bytes", text, [])

    def parts(self, items: Any, depth: int) -> list[Node]:
        """Give nodes of the parts that a depth shows."""
        if depth < 0:
            return [self.node(item, -1) for item in items]
        return [self.node(item, depth - 1 - index) for index, item in enumerate(items[: depth - 1])]

    def tuple(self, value: Any, depth: int) -> Node:
        """A tuple; one that is cut ends with dots."""
        if depth == 1:
            return Node("text", "{...}", [])
        parts = self.parts(value, depth)
        if len(parts) < len(value):
            parts.append(Node("text", "...", []))
        is_tagged = len(value) > 1 and isinstance(value[0], (Atom, bool)) and depth != 1
        return Node("tagged" if is_tagged else "tuple", "{" + ",".join(part.text for part in parts) + "}", parts)

    def map(self, value: Any, depth: int) -> Node:
        """A map; one that is cut ends with dots."""
        if depth == 1:
            return Node("text", "#{...}", [])
        pairs = sorted_pairs(value)
        shown = pairs if depth < 0 else pairs[: depth - 1]
        parts = [self.pair(key, item, depth - 1 if depth > 0 else -1) for key, item in shown]
        if len(parts) < len(pairs):
            parts.append(Node("text", "...", []))
        return Node("map", "#{" + ",".join(part.text for part in parts) + "}", parts)

    def pair(self, key: Any, value: Any, depth: int) -> Node:
        """A key and its value."""
        parts = [self.node(key, depth), self.node(value, depth)]
        return Node("pair", " => ".join(part.text for part in parts), parts)

    def list(self, value: Any, depth: int) -> Node:
        """A string, or a list; one that is cut has dots as its tail."""
        if depth == 1:
            return Node("list", "[...]", [Node("text", "...", [])])
        content = list_text(value) if self.strings else None
        if content and (self.unicode or all(ord(c) < 256 for c in content)):
            return Node("text", string_text(content), [])
        items, tail = list_parts(value, -1)
        parts = self.parts(items, depth)
        if len(parts) < len(items):
            parts.append(Node("text", "...", []))
        elif not is_list(tail):
            parts.append(self.node(tail, depth - len(items) - 1 if depth > 0 else -1))
        else:
            return Node("list", "[" + ",".join(part.text for part in parts) + "]", parts)
        text = ",".join(part.text for part in parts[:-1]) + "|" + parts[-1].text
        return Node("list", f"[{text}]", parts, has_tail=True)


class _Layout:
    """Breaks nodes into lines.  Columns count from 1; `indent` is how many blanks a new line begins with.

    Args:
        width: the line's.
        tag_indent: by how much a tagged tuple's parts are indented at most; -1 for after the tag.
        is_checked: whether to fail when a tag goes past the middle of the line.
    """

    def __init__(self, width: int, tag_indent: int, *, is_checked: bool) -> None:
        self.width = width
        self.tag_indent = tag_indent
        self.is_checked = is_checked

    def node(self, node: Node, column: int, indent: int, closing: int) -> Piece:
        """Give a node's pieces from a column on; `closing` brackets must fit after it."""
        if len(node.text) < self.width - column - closing:
            return one_line(node)
        if node.kind == "list":
            return [91, self.parts(node, column + 1, indent + 1, closing), 93]
        if node.kind == "tuple":
            return [123, self.parts(node, column + 1, indent + 1, closing), 125]
        if node.kind == "map":
            return [35, 123, self.parts(node, column + 2, indent + 2, closing), 125]
        if node.kind == "tagged":
            return [123, self.tagged(node, column, indent, closing), 125]
        if node.kind == "bytes":
            return [60, 60, self.bytes(node.text, column + 2 + closing, indent + 2), 62, 62]
        return node.text

    def tagged(self, node: Node, column: int, indent: int, closing: int) -> list[Piece]:
        """A tuple's parts after its tag."""
        tag, rest = node.parts[0].text, Node(node.kind, "", node.parts[1:])
        room = len(tag) + 2
        after_tag = column + room
        if 0 < self.tag_indent < room:
            at = column + self.tag_indent
            self.check(at <= self.width // 2)
            return [tag, *self.tail(rest, at, after_tag, indent + self.tag_indent, closing, begin=0)]
        self.check(after_tag < self.width // 2)
        return [tag, 44, *self.parts(rest, after_tag, indent + room, closing)]

    def check(self, has_room: bool) -> None:
        """Fail when a tag leaves no room, and that matters."""
        if self.is_checked and not has_room:
            raise _NoRoom

    def parts(self, node: Node, column: int, indent: int, closing: int) -> list[Piece]:
        """A sequence of parts from a column on."""
        if not node.parts:
            return []
        first = node.parts[0]
        shown, end = self.part(first, column, indent, self.closing_after(node, 0, closing))
        return [shown, *self.tail(node, column, end, indent, closing, begin=1)]

    @staticmethod
    def closing_after(node: Node, index: int, closing: int) -> int:
        """Give how many brackets close right after a part."""
        return closing + 1 if index == len(node.parts) - 1 else 0

    def part(self, part: Node, column: int, indent: int, closing: int) -> tuple[Piece, int]:
        """One part at the start of a line, and the column after it; after a broken one the line is full."""
        if part.is_filled and len(part.text) < self.width - column - closing:
            return one_line(part), column + len(part.text)
        if part.kind != "pair" or len(part.text) < self.width - column - closing:
            return self.node(part, column, indent, closing), self.width
        key, value = part.parts
        by = self.tag_indent if self.tag_indent > 0 else _VALUE_INDENT
        shown_key = self.node(key, column, indent, closing)
        shown = self.node(value, column + by, indent + by, closing)
        rest = shown if isinstance(shown, list) else [shown]
        return [shown_key, " =>\n", " " * (indent + by), *rest], self.width

    def tail(self, node: Node, start: int, column: int, indent: int, closing: int, begin: int) -> list[Piece]:
        """The parts after the first: those that fit and may are put on the line."""
        out: list[Piece] = []
        for index in range(begin, len(node.parts)):
            part = node.parts[index]
            sign = 124 if node.has_tail and index == len(node.parts) - 1 else 44
            after = self.closing_after(node, index, closing)
            size = 1 + len(part.text)
            fits = size < self.width - column - after if after else size + 1 < self.width - column
            if part.text == "...":
                out += [sign, 46, 46, 46]
            elif fits and part.is_filled:
                out += [sign, one_line(part)]
                column += size
            else:
                shown, column = self.part(part, start, indent, after)
                out += [sign, 10, " " * indent, shown] if indent else [sign, 10, shown]
        return out

    def bytes(self, text: str, column: int, indent: int) -> str:
        """A binary's bytes, filled into lines."""
        room = max(_LINE_BYTES, self.width - column)
        lines: list[str] = []
        line, left = "", room
        numbers = text[2:-2].split(",")
        for index, number in enumerate(numbers):
            if len(number) + (index < len(numbers) - 1) > left and line:
                lines.append(line)
                line, left = "", room
            line += number + ","
            left -= len(number) + 1
        return ("\n" + " " * indent).join([*lines, line[:-1]])
