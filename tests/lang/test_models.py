"""The library's collections against plain Python: for any data they give what a list, dict, set or str would."""

import itertools
from collections.abc import Callable
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from xrepl.dialect.data import NIL, Atom, elements, from_iterable, is_list, map_items, map_key, string
from xrepl.dialect.library import resolve

settings.register_profile("models", max_examples=40, deadline=None)
settings.load_profile("models")

numbers = st.lists(st.integers(-50, 50), max_size=60)
words = st.lists(st.text("ab ,x", min_size=1, max_size=3), max_size=6)
texts = st.text("abc ,é\nλ", max_size=30)
pairs = st.lists(st.tuples(st.sampled_from([Atom("a"), Atom("b"), 1, 1.0, "k"]), st.integers(0, 9)), max_size=12)


def call(name: str, *arguments: Any) -> Any:
    """Call `module:function` with Python's lists as the language's."""
    module, _, function = name.partition(":")
    return plain(resolve(module, function, len(arguments))(*map(ours, arguments)))


def ours(value: Any) -> Any:
    """Give a value as the language has it."""
    if isinstance(value, list):
        return from_iterable(list(map(ours, value)))
    return string(value) if isinstance(value, str) else value


def plain(value: Any) -> Any:
    """Give a value as Python has it: lists deeply, strings as texts, maps with plain keys."""
    if value is NIL:
        return []
    if isinstance(value, tuple):
        return tuple(map(plain, value))
    if isinstance(value, dict):
        return [(plain(key), plain(item)) for key, item in map_items(value)]
    return list(map(plain, elements(value))) if is_list(value) and not isinstance(value, str) else value


def codes(text: str) -> Any:
    """Give what `plain` makes of a string value."""
    return text or []


def text_of(value: Any) -> str:
    """Give the text of a string value or a list of code points."""
    return value if isinstance(value, str) else "".join(map(chr, value))


# --- lists


@given(numbers)
def test_lists_map_filter_and_fold_as_python_does(xs: list[int]) -> None:
    """map, filter, foldl, foldr and mapfoldl give what loops give."""
    assert [x * 2 for x in xs] == call("lists:map", lambda x: x * 2, xs)
    assert [x for x in xs if x > 0] == call("lists:filter", lambda x: x > 0, xs)
    assert sum(xs) == call("lists:foldl", lambda x, acc: x + acc, 0, xs) == call("lists:sum", xs)
    assert xs == call("lists:foldr", lambda x, acc: from_iterable([x], acc), [], xs)
    assert (xs, len(xs)) == call("lists:mapfoldl", lambda x, acc: (x, acc + 1), 0, xs)


@given(numbers, st.integers(0, 70))
def test_lists_are_cut_as_slices_are(xs: list[int], n: int) -> None:
    """sublist, nthtail, split and duplicate agree with slices."""
    assert xs[:n] == call("lists:sublist", xs, n)
    if n <= len(xs):
        assert xs[n:] == call("lists:nthtail", n, xs)
        assert (xs[:n], xs[n:]) == call("lists:split", n, xs)
    assert [7] * n == call("lists:duplicate", n, 7)


@given(numbers, numbers)
def test_lists_are_joined_and_compared_as_pythons(xs: list[int], ys: list[int]) -> None:
    """append, reverse, prefix, suffix, subtract and member agree with Python's lists."""
    left = list(xs)
    for y in ys:
        if y in left:
            left.remove(y)

    assert xs + ys == call("lists:append", xs, ys)
    assert xs[::-1] + ys == call("lists:reverse", xs, ys)
    assert (ys[: len(xs)] == xs) == call("lists:prefix", xs, ys)
    assert (not xs or ys[-len(xs) :] == xs) == call("lists:suffix", xs, ys)
    assert left == call("lists:subtract", xs, ys)
    assert (3 in xs) == call("lists:member", 3, xs)


@given(numbers, numbers)
def test_lists_are_sorted_and_merged_in_order(xs: list[int], ys: list[int]) -> None:
    """sort, usort, merge and umerge agree with sorted."""
    assert sorted(xs) == call("lists:sort", xs)
    assert sorted(xs, reverse=True) == call("lists:sort", lambda a, b: a >= b, xs)
    assert sorted(set(xs)) == call("lists:usort", xs)
    assert sorted(xs + ys) == call("lists:merge", sorted(xs), sorted(ys))
    assert sorted({*xs, *ys}) == call("lists:umerge", sorted(set(xs)), sorted(set(ys)))


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=40))
def test_key_functions_keep_the_order_of_equal_keys(rows: list[tuple[int, int]]) -> None:
    """keysort is stable; keyfind and keydelete take the first tuple with a key."""
    first = next((row for row in rows if row[0] == 3), False)
    without = [row for index, row in enumerate(rows) if first is False or index != rows.index(first)]

    assert sorted(rows, key=lambda row: row[1]) == call("lists:keysort", 2, rows)
    assert first == call("lists:keyfind", 3, 1, rows)
    assert without == call("lists:keydelete", 3, 1, rows)


@given(st.recursive(st.integers(0, 9), lambda inner: st.lists(inner, max_size=4), max_leaves=15).map(lambda x: [x]))
def test_flatten_gives_the_leaves_in_order(nested: list[Any]) -> None:
    """flatten goes into lists at any depth."""

    def leaves(value: Any) -> list[int]:
        return [leaf for item in value for leaf in leaves(item)] if isinstance(value, list) else [value]

    assert leaves(nested) == call("lists:flatten", nested)


@given(numbers, numbers)
def test_zip_and_unzip_are_each_others_way_back(xs: list[int], ys: list[int]) -> None:
    """unzip undoes zip."""
    n = min(len(xs), len(ys))
    together = call("lists:zip", xs[:n], ys[:n])

    assert list(zip(xs[:n], ys[:n], strict=True)) == together
    assert (xs[:n], ys[:n]) == call("lists:unzip", together)


# --- maps


@given(pairs, pairs)
def test_maps_agree_with_dicts(a: list[tuple[Any, int]], b: list[tuple[Any, int]]) -> None:
    """from_list, merge, with, without, remove and get agree with dicts whose keys know 1 from 1.0."""
    left, right = ({map_key(k): v for k, v in some} for some in (a, b))
    make: Callable[[Any], Any] = resolve("maps", "from_list", 1)
    m, n = make(from_iterable(a)), make(from_iterable(b))
    keys = [key for key, _ in b]

    assert left == m
    assert {**left, **right} == resolve("maps", "merge", 2)(m, n)
    assert {k: v for k, v in left.items() if k in right} == resolve("maps", "with", 2)(ours(keys), m)
    assert {k: v for k, v in left.items() if k not in right} == resolve("maps", "without", 2)(ours(keys), m)
    for key in keys:
        assert left.get(map_key(key), "none") == resolve("maps", "get", 3)(key, m, "none")
        assert map_key(key) not in resolve("maps", "remove", 2)(key, m)
    assert left == m


@given(pairs)
def test_a_map_goes_out_and_in_again(items: list[tuple[Any, int]]) -> None:
    """to_list, keys, values and fold agree, in one order."""
    m = resolve("maps", "from_list", 1)(from_iterable(items))
    out = call("maps:to_list", m)

    assert m == resolve("maps", "from_list", 1)(ours([(key, value) for key, value in out]))
    assert [key for key, _ in out] == call("maps:keys", m)
    assert [value for _, value in out] == call("maps:values", m)
    assert call("maps:fold", lambda k, v, acc: acc + 1, 0, m) == len(out) == call("maps:size", m)


# --- string


@given(words, st.sampled_from([",", ", ", "x"]))
def test_split_undoes_join(parts: list[str], separator: str) -> None:
    """Splitting at every separator agrees with str.split, and joining gives the text back."""
    text = separator.join(parts)
    found = [text_of(part) for part in call("string:split", text, separator, Atom("all"))]

    assert text.split(separator) == found
    assert text == text_of(call("string:join", found, separator))
    assert text.split(separator, 1) == [text_of(part) for part in call("string:split", text, separator)]


@given(texts)
def test_text_is_turned_and_stripped_as_str_is(text: str) -> None:
    """reverse, trim, uppercase, length and lexemes agree with str."""
    assert text[::-1] == text_of(call("string:reverse", text))
    assert text.strip(" \n") == text_of(call("string:trim", text))
    assert text.upper() == text_of(call("string:uppercase", text))
    assert len(text) == call("string:length", text)
    assert [word for word in text.split(",") if word] == [text_of(x) for x in call("string:lexemes", text, ",")]


@given(texts, st.integers(0, 35), st.integers(0, 35))
def test_slices_agree_with_pythons(text: str, start: int, count: int) -> None:
    """slice and substr give what a slice gives."""
    assert text[start : start + count] == text_of(call("string:slice", text, start, count))
    if start < len(text):
        assert text[start : start + count] == text_of(call("string:substr", text, start + 1, count))


@given(texts, st.text("ab ", min_size=1, max_size=2))
def test_places_agree_with_find(text: str, part: str) -> None:
    """str, rstr, chr and find agree with str.find, counted from 1."""
    at = text.find(part)

    assert at + 1 == call("string:str", text, part)
    assert text.rfind(part) + 1 == call("string:rstr", text, part)
    assert text.find(part[0]) + 1 == call("string:chr", text, ord(part[0]))
    assert (Atom("nomatch") if at < 0 else codes(text[at:])) == call("string:find", text, part)


# --- proplists


@given(st.lists(st.tuples(st.sampled_from("abc").map(Atom), st.integers(0, 3)) | st.sampled_from("abc").map(Atom)))
def test_proplists_take_the_first_entry(entries: list[Any]) -> None:
    """get_value, get_all_values, delete and is_defined agree with a list of pairs."""
    unfolded = [entry if isinstance(entry, tuple) else (entry, True) for entry in entries]
    a = Atom("a")
    values = [value for key, value in unfolded if key is a]

    assert (values[0] if values else Atom("undefined")) == call("proplists:get_value", a, entries)
    assert values == call("proplists:get_all_values", a, entries)
    assert bool(values) == call("proplists:is_defined", a, entries)
    kept = [entry for entry, (key, _) in zip(entries, unfolded, strict=True) if key is not a]
    assert kept == call("proplists:delete", a, entries)


# --- sets and what is like them


@given(numbers, numbers, st.sampled_from(["sets", "ordsets", "gb_sets"]))
def test_sets_agree_with_pythons(xs: list[int], ys: list[int], module: str) -> None:
    """The three kinds of set agree with set."""
    a, b = (resolve(module, "from_list", 1)(ours(some)) for some in (xs, ys))

    def members(made: Any) -> list[int]:
        return sorted(call(f"{module}:to_list", made))

    assert sorted(set(xs)) == members(a)
    for name, python in (("union", set.union), ("intersection", set.intersection), ("subtract", set.difference)):
        assert sorted(python(set(xs), set(ys))) == members(resolve(module, name, 2)(a, b))
    assert (set(xs) <= set(ys)) == call(f"{module}:is_subset", a, b)
    assert (not set(xs) & set(ys)) == call(f"{module}:is_disjoint", a, b)
    assert (3 in xs) == call(f"{module}:is_element", 3, a)


@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), max_size=50))
def test_balanced_trees_agree_with_a_dict(steps: list[tuple[int, bool]]) -> None:
    """A gb_tree holds what was entered and not deleted, in order, and stays a tree of its size."""
    tree: Any = resolve("gb_trees", "empty", 0)()
    model: dict[int, int] = {}
    for count, (key, is_entered) in enumerate(steps):
        if is_entered:
            tree = resolve("gb_trees", "enter", 3)(key, count, tree)
            model[key] = count
        else:
            tree = resolve("gb_trees", "delete_any", 2)(key, tree)
            model.pop(key, None)

    assert sorted(model.items()) == call("gb_trees:to_list", tree)
    assert len(model) == call("gb_trees:size", tree)
    assert [call("gb_trees:lookup", key, tree) for key in model] == [(Atom("value"), value) for value in model.values()]


@given(st.lists(st.sampled_from(["in", "in_r", "out", "out_r"]), max_size=60))
def test_queues_agree_with_a_list(steps: list[str]) -> None:
    """A queue gives its elements back from both ends as a list does."""
    queue: Any = resolve("queue", "new", 0)()
    model: list[int] = []
    for count, step in zip(itertools.count(), steps):
        if step in ("in", "in_r"):
            queue = resolve("queue", step, 2)(count, queue)
            model.insert(len(model) if step == "in" else 0, count)
        else:
            told, queue = resolve("queue", step, 1)(queue)
            expected = (Atom("value"), model.pop(0 if step == "out" else -1)) if model else Atom("empty")
            assert expected == told
    assert model == call("queue:to_list", queue)


@given(st.lists(st.tuples(st.integers(0, 120), st.integers()), max_size=30))
def test_arrays_agree_with_a_dict(steps: list[tuple[int, int]]) -> None:
    """An array that grows holds what was set last at each index."""
    array: Any = resolve("array", "new", 0)()
    model: dict[int, int] = {}
    for index, value in steps:
        array = resolve("array", "set", 3)(index, value, array)
        model[index] = value

    size = max(model, default=-1) + 1
    assert [model.get(index, Atom("undefined")) for index in range(size)] == call("array:to_list", array)
    assert sorted(model.items()) == call("array:sparse_to_orddict", array)
