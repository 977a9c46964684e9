"""Code objects as bytes and back, with the source that they were compiled from.

A code object holds constants of the language, which `marshal` does not know: they are taken out and pickled beside it.
The bytes are a cache for one version of Python and Hy; under another the code is compiled anew from its source.
Compiles nothing itself.
"""

from __future__ import annotations

import marshal
import sys
import types
import weakref
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

_MARK = "\0xrepl taken out"
_FORMAT = 2  # of `marshal`: later ones write what else happens to refer to the parts, so that equal code differs
_MARSHALLED = frozenset({type(None), bool, int, float, complex, str, bytes, type(...)})


class Source(NamedTuple):
    """Where a code object is from.

    Attributes:
        text: of the form.
        is_hy: whether it is in Hy's syntax.
        anonymous: how many names Hy had made up before it.
        path: the way to the code object: its place among those that the form ran, then inside that, and so on.  For
            what a library made, without text: the module and the function's qualified name.
    """

    text: str
    is_hy: bool
    anonymous: int
    path: tuple[Any, ...]


class Known(NamedTuple):
    """What is known of a code object."""

    reference: weakref.ref[types.CodeType]
    data: bytes
    constants: tuple[Any, ...]
    names: frozenset[str]


class Codes:
    """The code objects of one session."""

    def __init__(self) -> None:
        self._known: dict[int, Known] = {}
        self._sources: dict[int, tuple[weakref.ref[types.CodeType], Source]] = {}
        self._alike: dict[Any, Source] = {}

    def note_source(self, code: types.CodeType, source: Source, *, is_fresh: bool = False) -> None:
        """Remember the source of a code object and of those inside it.

        Args:
            code: the code object.
            source: where it is from.
            is_fresh: whether Hy may make renamed copies of it.
        """
        for index, inner in enumerate(inner_codes(code) if source.text else ()):
            self.note_source(inner, source._replace(path=(*source.path, index)), is_fresh=is_fresh)
        key, looks = id(code), _looks(code) if is_fresh else None

        def forget(_: Any) -> None:
            self._sources.pop(key, None)
            self._alike.pop(looks, None)

        self._sources[key] = (weakref.ref(code, forget), source)
        if is_fresh:
            self._alike[looks] = source

    def source(self, code: types.CodeType) -> Source | None:
        """Give the source of a code object, if it is known; also of one that is a renamed copy, as Hy's macros are."""
        found = self._sources.get(id(code))
        if found is not None:
            return found[1]
        source = self._alike.get(_looks(code))
        if source is not None:
            key = id(code)
            self._sources[key] = (weakref.ref(code, lambda _: self._sources.pop(key, None)), source)
        return source

    def take_apart(self, code: types.CodeType) -> Known:
        """Give a code object's bytes, the constants that are not in them, and the names that it mentions."""
        known = self._known.get(id(code))
        if known is None:
            constants: list[Any] = []
            data = marshal.dumps(without_constants(code, constants), _FORMAT)
            known = self._remember(code, data, tuple(constants))
        return known

    def put_together(self, data: bytes, constants: tuple[Any, ...]) -> types.CodeType:
        """Make a code object of bytes that the same versions wrote."""
        code: types.CodeType = marshal.loads(data)
        if constants:
            code = with_constants(code, iter(constants))
        self._remember(code, data, constants)
        return code

    def _remember(self, code: types.CodeType, data: bytes, constants: tuple[Any, ...]) -> Known:
        key = id(code)
        reference = weakref.ref(code, lambda _: self._known.pop(key, None))
        known = self._known[key] = Known(reference, data, constants, frozenset(mentioned(code)))
        return known


def inner_codes(code: types.CodeType) -> list[types.CodeType]:
    """Give the code objects among the constants of one."""
    return [constant for constant in code.co_consts if isinstance(constant, types.CodeType)]


def mentioned(code: types.CodeType) -> Iterator[str]:
    """Go through the global names and attributes that code mentions, also in the code inside it."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from mentioned(constant)


def shape(code: types.CodeType) -> tuple[Any, ...]:
    """Give what two compilations of one function have in common, whatever the versions."""
    return code.co_freevars, code.co_argcount, code.co_kwonlyargcount


def _looks(code: types.CodeType) -> Any:
    """Give what a code object has in common with a renamed copy of it."""
    return code.co_code, code.co_names, code.co_varnames, code.co_firstlineno, shape(code)


def inside(code: types.CodeType, names: list[str]) -> types.CodeType | None:
    """Give the code object of a function inside others by their names; None if there is none."""
    for name in names:
        found = next((inner for inner in inner_codes(code) if inner.co_name == name), None)
        if found is None:
            return None
        code = found
    return code


def follow(codes: list[types.CodeType], path: tuple[int, ...]) -> types.CodeType | None:
    """Give the code object at the end of a path; None if there is none."""
    found = None
    for index in path:
        if index >= len(codes):
            return None
        found = codes[index]
        codes = inner_codes(found)
    return found


def without_constants(code: types.CodeType, taken: list[Any]) -> types.CodeType:
    """Give the code with marks in the place of constants that `marshal` does not know, which are added to a list."""
    code = _replaced(code, lambda constant: _take_out(constant, taken))
    # `marshal` tells interned strings from others: what was compiled from one text twice has to give the same bytes
    name, qualified = sys.intern(code.co_name), sys.intern(code.co_qualname)
    if name is code.co_name and qualified is code.co_qualname:
        return code
    return code.replace(co_name=name, co_qualname=qualified)


def _take_out(constant: Any, taken: list[Any]) -> Any:
    if isinstance(constant, types.CodeType):
        return without_constants(constant, taken)
    if _is_marshalled(constant) and constant != _MARK:
        return constant
    taken.append(constant)
    return _MARK


def _is_marshalled(constant: Any) -> bool:
    kind = type(constant)
    if kind is tuple or kind is frozenset:
        return all(map(_is_marshalled, constant))
    return kind in _MARSHALLED


def with_constants(code: types.CodeType, constants: Iterator[Any]) -> types.CodeType:
    """Give the code with constants, in the order in which they were taken out, in the place of their marks."""

    def put_back(constant: Any) -> Any:
        if isinstance(constant, types.CodeType):
            return with_constants(constant, constants)
        return next(constants) if type(constant) is str and constant == _MARK else constant

    return _replaced(code, put_back)


def _replaced(code: types.CodeType, change: Callable[[Any], Any]) -> types.CodeType:
    """Give the code with each constant changed, or the same code when none is."""
    constants = tuple(map(change, code.co_consts))
    if all(new is old for new, old in zip(constants, code.co_consts, strict=True)):
        return code
    return code.replace(co_consts=constants)
