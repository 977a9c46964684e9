"""Compares stored groups by what they hold, for a replay: the same values may be stored as other bytes.

Loads both in the session that asks; binds nothing.
"""

from __future__ import annotations

import contextlib
import re
import types
from collections.abc import Iterable, Sequence
from typing import Any

from xrepl.dialect.interpreter import Interpreter
from xrepl.errors import RestoreIncomplete, StoreDamaged
from xrepl.evaluator import blobs
from xrepl.evaluator.building import Builder
from xrepl.evaluator.delta import user_name
from xrepl.evaluator.pickling import Context, load, pickled
from xrepl.evaluator.reasons import NotKept

MAX_TEXT = 500  # characters
_NUMBER = re.compile(r"(?<=[a-z])_?[0-9]+\Z")
_ADDRESS = re.compile(r" at 0x[0-9a-f]+")


class Comparison:
    """Compares groups in one session.

    Args:
        interpreter: the session's.
        context: the same, for pickling.
        builder: the same, for loading.
    """

    def __init__(self, interpreter: Interpreter, context: Context, builder: Builder) -> None:
        self._interpreter = interpreter
        self._context = context
        self._builder = builder

    def differing(self, pairs: Iterable[Sequence[bytes]]) -> list[list[str]]:
        """Give the names whose values differ, with both as the shell shows them.

        Args:
            pairs: groups' bytes as they were and as they are; the names that only one of them has are not compared.
        """
        found = []
        for was, now in pairs:
            before, after = self._values(was), self._values(now)
            for name in before.keys() & after.keys():
                if not self._is_same(before[name], after[name]):
                    found.append([user_name(name), self._shown(before[name]), self._shown(after[name])])
        return sorted(found)

    def _values(self, blob: bytes) -> dict[str, Any]:
        try:
            taken = blobs.decode(blob)
            return dict(zip(taken.names, load(self._builder, taken), strict=True))
        except (StoreDamaged, RestoreIncomplete):
            return {}

    def _is_same(self, one: Any, other: Any) -> bool:
        if type(one).__qualname__ != type(other).__qualname__:
            return False
        with contextlib.suppress(Exception):  # arrays, and what the user's classes raise: their bytes decide
            if bool(one == other):
                return True
        if isinstance(one, types.FunctionType):
            return bool(self._code_of(one) == self._code_of(other))
        return bool(self._bytes_of(one) == self._bytes_of(other))

    def _code_of(self, function: types.FunctionType) -> Any:
        return _looks(function.__code__), function.__defaults__, self._bytes_of(function.__closure__)

    def _bytes_of(self, value: Any) -> Any:
        try:
            return pickled(self._context, (value,), has_memo=False, is_digest_enough=True).stamp
        except NotKept as problem:
            return problem.reason

    def _shown(self, value: Any) -> str:
        try:
            text = self._interpreter.show(value) or repr(value)
        except Exception as problem:  # whatever the user's class raises
            text = f"{type(value).__name__}, which cannot be shown: {type(problem).__name__}"
        return _ADDRESS.sub("", text)[:MAX_TEXT]


def _looks(code: types.CodeType) -> Any:
    """Give what a code object does: not its place in a text, nor the numbers in names that were made up."""
    constants = [_looks(each) if isinstance(each, types.CodeType) else (type(each), each) for each in code.co_consts]
    names = [_NUMBER.sub("", name) for name in (*code.co_names, *code.co_varnames, *code.co_freevars)]
    return code.co_code, names, constants
