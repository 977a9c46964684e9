"""A compiled file as bytes and back: code by `marshal`, values of the language as plain data.

What is not plain data, such as a constant that a macro made an object of Python's, makes the file one that is not kept.
Reads and writes no files.
"""

from __future__ import annotations

import marshal
import types
from collections.abc import Iterator
from typing import Any

import msgpack

from xrepl.dialect.compiled import CompiledFile, CompiledFunction, CompiledModule
from xrepl.dialect.data import Cons, map_items
from xrepl.dialect.dependencies import Dependencies
from xrepl.dialect.module_source import Problem
from xrepl.dialect.modules import Module
from xrepl.dialect.plain import NotPlain, decode, encode
from xrepl.evaluator.codes import with_constants, without_constants


def to_bytes(compiled: CompiledFile) -> bytes:
    """Give a compiled file as bytes.

    Raises:
        NotPlain: it holds a value that is no plain data.
    """
    values: list[Any] = []
    modules = [_taken_apart(module, values) for module in compiled.modules]
    warnings = [tuple(warning) for warning in compiled.warnings]
    return marshal.dumps((modules, warnings, tuple(compiled.dependencies), _packed(values)))


def from_bytes(data: bytes) -> CompiledFile:
    """Give the compiled file of such bytes, which the same versions wrote.

    Raises:
        Exception: of whatever kind, when they are others.
    """
    modules, warnings, dependencies, packed = marshal.loads(data)
    unpacked = msgpack.unpackb(packed, raw=False, strict_map_key=False, unicode_errors="surrogatepass")
    values = map(decode, unpacked)
    return CompiledFile(
        tuple([_put_together(module, values) for module in modules]),
        tuple(Problem(*warning) for warning in warnings),
        Dependencies(*dependencies),
    )


def _taken_apart(compiled: CompiledModule, values: list[Any]) -> tuple[Any, ...]:
    """Give a module as what `marshal` knows; values of the language are added to a list, in order."""
    module = compiled.module
    for each in module.attributes:
        values += each
    values += [definition for _, definition, _ in module.macros]
    macros = [(name, told) for name, _, told in module.macros]
    rest = tuple(module._replace(functions=(), attributes=(), macros=()))
    functions = [(each.key, each.documentation, _codes_apart(each.codes, values)) for each in compiled.functions]
    return rest, len(module.attributes), macros, functions


def _codes_apart(codes: tuple[types.CodeType | None, ...], values: list[Any]) -> list[types.CodeType | None]:
    return [None if code is None else without_constants(code, values) for code in codes]


def _put_together(parts: tuple[Any, ...], values: Iterator[Any]) -> CompiledModule:
    rest, count, macros, functions = parts
    attributes = tuple([(next(values), next(values)) for _ in range(count)])
    defined = tuple([(name, next(values), told) for name, told in macros])
    module = Module(*rest)._replace(attributes=attributes, macros=defined)
    return CompiledModule(module, tuple([_function(key, told, codes, values) for key, told, codes in functions]))


def _function(key: Any, documentation: str, codes: Any, values: Iterator[Any]) -> CompiledFunction:
    statements, value = codes
    if statements is not None:
        statements = with_constants(statements, values)
    return CompiledFunction(key, documentation, (statements, with_constants(value, values)))


def _packed(values: list[Any]) -> bytes:
    encoded = [encode(value) for value in values]
    packed: bytes = msgpack.packb(encoded, use_bin_type=True, unicode_errors="surrogatepass")
    for value, data in zip(values, encoded, strict=True):
        if not _is_same(decode(data), value):
            raise NotPlain("a constant comes back as another one", "it is compiled each time")
    return packed


def _is_same(a: Any, b: Any) -> bool:
    """Say whether two values are one for Python, too: equal, and of the same types at every depth."""
    while type(a) is Cons and type(b) is Cons:
        if not _is_same(a.head, b.head):
            return False
        a, b = a.tail, b.tail
    if type(a) is not type(b):
        return False
    if type(a) is tuple:
        return len(a) == len(b) and all(map(_is_same, a, b))
    if isinstance(a, dict):
        return _is_same(tuple(map_items(a)), tuple(map_items(b)))
    return bool(a == b)
