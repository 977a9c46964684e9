"""Values of the language for property tests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from xrepl.dialect.bits import from_integer
from xrepl.dialect.data import NIL, Atom, Cons, from_iterable, is_list, key_value, map_key, uncons

_NAMES = ["a", "b", "ok", "a b", "", "12", ".", "Foo", "x|y", "λ", "true?", "#q", "1,5", "1.e5", "a\\b", "+.5"]
# LFE does not read names with control characters or a point in front as it writes them
_NAMES_OF_ALL_KINDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), max_size=6)
_NAMES_OF_ALL_KINDS = _NAMES_OF_ALL_KINDS.filter(lambda name: not name.startswith("."))
atoms = (st.sampled_from(_NAMES) | _NAMES_OF_ALL_KINDS).filter(lambda name: name not in ("true", "false")).map(Atom)
booleans = st.booleans()
floats = st.floats(allow_nan=False, allow_infinity=False)
numbers = st.integers() | floats | st.integers(-3, 3) | st.sampled_from([0.0, 1.0, -2.0, 1e22])
characters = st.characters(exclude_categories=("Cs",))
strings = st.text(characters, min_size=1)
binaries = st.binary(max_size=8) | st.builds(from_integer, st.integers(min_value=0), st.integers(0, 20))
leaves: st.SearchStrategy[Any] = numbers | atoms | booleans | strings | binaries | st.just(NIL)


def _collections(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    lists = st.lists(inner, max_size=5)
    return (
        lists.map(from_iterable)
        | lists.map(tuple)
        | st.builds(Cons, inner, inner)
        | st.lists(st.tuples(inner, inner), max_size=4).map(lambda pairs: {map_key(k): v for k, v in pairs})
    )


terms: st.SearchStrategy[Any] = st.recursive(leaves, _collections, max_leaves=12)


def order_key(value: Any, *, is_key: bool = False) -> tuple[Any, ...]:
    """Give what Python orders as Erlang orders the term, without the difference between 1 and 1.0: the plain model."""
    kind = type(value)
    if kind in (int, float):
        return (0, is_key and kind is float, value)
    if kind in (Atom, bool):
        return (1, str(value).lower() if kind is bool else value.name)
    if kind is tuple:
        return (6, len(value), tuple(order_key(item, is_key=is_key) for item in value))
    if isinstance(value, dict):
        pairs = sorted((exact_key(key_value(key)), order_key(item, is_key=is_key)) for key, item in value.items())
        return (7, len(value), tuple(key for key, _ in pairs), tuple(item for _, item in pairs))
    if is_list(value):
        cell = uncons(value)
        return (8,) if cell is None else (9, order_key(cell.head, is_key=is_key), order_key(cell.tail, is_key=is_key))
    return (10, value, 8 * len(value)) if kind is bytes else (10, value.data, value.bit_size)


def exact_key(value: Any) -> tuple[Any, ...]:
    """Give what Python orders as Erlang orders the keys of maps: every integer before every float."""
    return order_key(value, is_key=True)
