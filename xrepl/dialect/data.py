"""The language's data: atoms, linked lists, and how they meet Python's own types.

| LFE | Python |
|---|---|
| atom (`true`, `false`) | `Atom` (interned), `True`, `False` |
| integer, float | `int`, `float` |
| list | `Cons` cells ending in `NIL`; a Python `list` is accepted wherever a list is |
| string | `str`, which is equal to the list of its code points; never empty: `""` is `NIL` |
| tuple, map, binary | `tuple`, `dict` (keys through `map_key`), `bytes` |
| function | a Python function |

Nothing here compares by Erlang's rules (`order.py`) or prints (`printer.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final


class Atom:
    """An interned name: two atoms of one name are one object, so `is` compares them."""

    __slots__ = ("__weakref__", "name")
    _interned: dict[str, Atom] = {}  # noqa: RUF012 - shared on purpose
    name: str

    def __new__(cls, name: str) -> Atom:
        """Give the one atom of this name; `true` and `false` are not made here, see `atom`."""
        known = cls._interned.get(name)
        if known is None:
            known = object.__new__(cls)
            object.__setattr__(known, "name", name)
            known = cls._interned.setdefault(name, known)
        return known

    def __reduce__(self) -> tuple[type[Atom], tuple[str]]:
        """Pickle by name, so that identity survives."""
        return Atom, (self.name,)

    def __copy__(self) -> Atom:
        """Give itself: atoms are never copied."""
        return self

    def __deepcopy__(self, memo: object) -> Atom:
        """Give itself: atoms are never copied."""
        return self

    def __repr__(self) -> str:
        """Give the name, for Python's eyes."""
        return self.name

    __str__ = __repr__


def atom(name: str) -> Atom | bool:
    """Give the value that an atom of this name is: `True` and `False` for `true` and `false`."""
    if name == "true":
        return True
    if name == "false":
        return False
    return Atom(name)


class ListValue:
    """What `Cons` and `NIL` share: a read-only sequence."""

    __slots__ = ()

    def __iter__(self) -> Iterator[Any]:
        """Go through the elements; an improper tail is a TypeError."""
        cell: Any = self
        while type(cell) is Cons:
            yield cell.head
            cell = cell.tail
        if cell is not NIL:
            if not is_list(cell):
                raise TypeError("improper list")
            yield from elements(cell)

    def __len__(self) -> int:
        """Count the elements, in linear time."""
        return sum(1 for _ in self)

    def __getitem__(self, index: Any) -> Any:
        """Give an element by Python's index, or a Python list for a slice; linear time."""
        if isinstance(index, int) and index >= 0:
            for element in self:
                if not index:
                    return element
                index -= 1
            raise IndexError("list index out of range")
        return list(self)[index]

    def __repr__(self) -> str:
        """Give the elements in parentheses, for Python's eyes."""
        parts = []
        cell: Any = self
        while type(cell) is Cons:
            parts.append(repr(cell.head))
            cell = cell.tail
        tail = "" if cell is NIL else f" . {cell!r}"
        return f"({' '.join(parts)}{tail})"


class Cons(ListValue):
    """An immutable cell; build it once, never assign to it again."""

    __slots__ = ("head", "tail")

    def __init__(self, head: Any, tail: Any) -> None:
        self.head = head
        self.tail = tail

    def __bool__(self) -> bool:
        """Be true to Python, without counting; an improper list too."""
        return True

    def __eq__(self, other: object) -> bool:
        """Compare element by element, with strings and Python lists too; iterative along the tail."""
        a: Any = self
        b: Any = other
        while True:
            if a is b:
                return True
            if type(a) is not Cons:
                a = uncons(a)
                if a is None:
                    return False
            if type(b) is not Cons:
                b = uncons(b)
                if b is None:
                    return False
            if a.head is not b.head and a.head != b.head:
                return False
            a, b = a.tail, b.tail
            if a is NIL or b is NIL or not (is_list(a) and is_list(b)):
                return bool(a == b)

    def __hash__(self) -> int:
        """Hash as an equal string or tuple of the elements does."""
        items, tail = _run(self)
        items.extend(elements(tail) if is_list(tail) else (tail,))
        text = text_of(items)
        return hash(text) if text is not None else hash(tuple(items))

    def __reduce__(self) -> Any:
        """Pickle a run of cells at once, so that a long list needs no deep recursion."""
        return from_iterable, _run(self)


def _run(cell: Any) -> tuple[list[Any], Any]:
    """Give the elements of a run of cells, and what it ends in."""
    items: list[Any] = []
    while type(cell) is Cons:
        items.append(cell.head)
        cell = cell.tail
    return items, cell


class Nil(ListValue):
    """The empty list, one object: `NIL`."""

    __slots__ = ()

    def __new__(cls) -> Nil:
        """Give the one empty list."""
        known: Nil | None = globals().get("NIL")
        return known if known is not None else object.__new__(cls)

    def __bool__(self) -> bool:
        """Be false to Python, as its own empty sequences are."""
        return False

    def __eq__(self, other: object) -> bool:
        """Be equal to every empty list or string."""
        return other is self or (isinstance(other, (str, list)) and not other)

    def __hash__(self) -> int:
        """Hash as the empty string does."""
        return hash("")

    def __reduce__(self) -> Any:
        """Pickle as the one empty list."""
        return Nil, ()


NIL: Final = Nil()

_CHUNK = 32  # cells unrolled at a time from a string or Python list: 32 costs 0.18 us an element


class View(ListValue):
    """The rest of a string or Python list from an index on, not yet unrolled into cells."""

    __slots__ = ("base", "start")

    def __init__(self, base: Any, start: int) -> None:
        self.base = base
        self.start = start

    def __iter__(self) -> Iterator[Any]:
        """Go through the elements that are left."""
        rest = self.base[self.start :]
        return iter(map(ord, rest)) if isinstance(rest, str) else iter(rest)

    def __eq__(self, other: object) -> bool:
        """Compare as the cells that it stands for."""
        return bool((uncons(self) or NIL) == other)

    def __hash__(self) -> int:
        """Hash as the cells that it stands for."""
        return hash(uncons(self) or NIL)

    def __reduce__(self) -> Any:
        """Pickle what is left of a string or list."""
        return View, (self.base[self.start :], 0)


def uncons(value: Any) -> Cons | None:
    """Give a cell for the front of any non-empty list value; None for all else (`NIL` too).

    Strings and Python lists are unrolled 32 elements at a time, ending in a `View`.
    """
    kind = type(value)
    if kind is Cons:
        return value  # type: ignore[no-any-return]
    if kind is View:
        base, start = value.base, value.start
    elif isinstance(value, (str, list)):
        base, start = value, 0
    else:
        return None
    size = len(base)
    if start >= size:
        return None
    end = start + _CHUNK
    tail: Any = View(base, end) if end < size else NIL
    chunk: Any = base[start:end]
    if isinstance(base, str):
        chunk = map(ord, chunk)
    return from_iterable(list(chunk), tail)  # type: ignore[no-any-return]


def from_iterable(items: Iterable[Any], tail: Any = NIL) -> Any:
    """Build a list of these elements before a tail."""
    if not isinstance(items, (list, tuple)):
        items = list(items)
    for item in reversed(items):
        tail = Cons(item, tail)
    return tail


def is_list(value: object) -> bool:
    """Say whether a value is a list for the language: cells, `NIL`, strings, Python lists."""
    return isinstance(value, (ListValue, str, list))


def elements(value: Any) -> Iterator[Any]:
    """Go through a list value's elements, code points for a string; TypeError for an improper tail."""
    if isinstance(value, str):
        return iter(map(ord, value))
    if isinstance(value, (ListValue, list)):
        return iter(value)
    raise TypeError("not a list")


def text_of(items: Iterable[Any]) -> str | None:
    """Give the text of these code points, or None when one of them is not a code point."""
    characters = []
    for item in items:
        if type(item) is not int or not 0 <= item < 0x110000:
            return None
        characters.append(chr(item))
    return "".join(characters)


def string(text: str) -> str | Nil:
    """Give the string value of a text: `NIL` for the empty one."""
    return text or NIL


# --- map keys: Python takes 1, 1.0 and True for one key, Erlang does not


class ExactKey:
    """A map key that Python would confuse with another one: a whole float, a boolean, or data with them."""

    __slots__ = ("kind", "value")

    def __init__(self, value: Any) -> None:
        self.value = value
        self.kind = _shape(value)

    def __eq__(self, other: object) -> bool:
        """Compare value and kind."""
        return type(other) is ExactKey and self.kind == other.kind and bool(self.value == other.value)

    def __hash__(self) -> int:
        """Hash unlike the bare value, so that the two rarely meet."""
        return hash((ExactKey, self.value))

    def __reduce__(self) -> Any:
        """Pickle the value."""
        return ExactKey, (self.value,)

    def __repr__(self) -> str:
        """Show the value."""
        return repr(self.value)


def _parts(value: Any) -> Iterator[Any]:
    """Go through a list's elements and, when it is improper, its tail."""
    cell = uncons(value)
    while cell is not None:
        yield cell.head
        value = cell.tail
        cell = uncons(value)
    if not is_list(value):
        yield value


def _shape(value: Any) -> Any:
    """Give what tells apart values that Python takes for equal."""
    kind = type(value)
    if kind is bool or kind is float:
        return kind
    if kind is tuple:
        return tuple(map(_shape, value))
    if isinstance(value, (Cons, View, list)):
        return tuple(map(_shape, _parts(value)))
    if isinstance(value, dict):
        return frozenset((k, _shape(v)) for k, v in value.items())
    return None


def _is_confusable(value: Any) -> bool:
    kind = type(value)
    if kind is bool:
        return True
    if kind is float:
        return bool(value.is_integer())
    if kind is tuple:
        return any(map(_is_confusable, value))
    if isinstance(value, (Cons, View, list)):
        return any(map(_is_confusable, _parts(value)))
    if isinstance(value, dict):
        return any(map(_is_confusable, value.values())) or any(type(k) is ExactKey for k in value)
    return False


def _frozen(value: Any) -> Any:
    """Give a value with maps and Python lists, at every depth, as something that Python can hash."""
    if type(value) is tuple:
        return tuple(map(_frozen, value))
    if type(value) is Cons:
        items, tail = _run(value)
        return from_iterable(map(_frozen, items), _frozen(tail))
    if isinstance(value, (list, View)):
        return from_iterable(map(_frozen, value))
    if isinstance(value, dict):
        return FrozenMap((key, _frozen(item)) for key, item in value.items())
    return value


class FrozenMap(dict[Any, Any]):
    """A map used as a key: hashable; never changed once made."""

    __slots__ = ()

    def __hash__(self) -> int:  # type: ignore[override]
        """Hash the pairs in any order."""
        return hash(frozenset((k, map_key(v)) for k, v in self.items()))


_PLAIN_KEYS = frozenset({int, str, Atom, bytes})


def map_key(value: Any) -> Any:
    """Give the key under which a map (a `dict`) holds this value; `key_value` is the way back."""
    if type(value) in _PLAIN_KEYS:
        return value
    try:
        hash(value)
    except TypeError:
        value = _frozen(value)
    return ExactKey(value) if _is_confusable(value) else value


def key_value(key: Any) -> Any:
    """Give the value that a map's key stands for."""
    return key.value if type(key) is ExactKey else key


def map_items(mapping: dict[Any, Any]) -> Iterator[tuple[Any, Any]]:
    """Go through a map's pairs with keys as values."""
    for key, value in mapping.items():
        yield (key.value if type(key) is ExactKey else key), value
