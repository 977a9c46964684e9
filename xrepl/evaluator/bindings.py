"""A session's bindings by one identifier each, and which of them were bound anew since the last look.

Most are those of the namespace.  Hy keeps its macros in dictionaries of their own there: each macro is a binding here,
`_hy_macros/name`.  Compares by identity only: changes in place are not seen here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, islice
from operator import is_not
from typing import Any

import hy

from xrepl.dialect.interpreter import Interpreter
from xrepl.evaluator.delta import HY_TABLES, is_users

_MISSING = object()


class Bindings:
    """The bindings of one session.

    Args:
        interpreter: the session's, before its first form.
    """

    def __init__(self, interpreter: Interpreter) -> None:
        self._namespace = interpreter.namespace
        self._fixed = interpreter.baseline | HY_TABLES
        self._known: dict[str, Any] = {}
        self._order: list[str] = []
        self._known_macros: dict[str, dict[str, Any]] = {}
        self.settle()

    def __iter__(self) -> Iterator[str]:
        """Go through the identifiers of all bindings but those that every session has."""
        yield from self._not_fixed(self._namespace)
        for table, macros in self._tables():
            for name in macros:
                yield f"{table}/{name}"

    def __getitem__(self, identifier: str) -> Any:
        """Give the value of a binding."""
        return self.get(identifier)

    def get(self, identifier: str, default: Any = None) -> Any:
        """Give the value of a binding, or the default."""
        table, _, name = identifier.partition("/")
        return self._namespace.get(table, default) if not name else self._table(table).get(name, default)

    def users(self) -> list[str]:
        """Give the identifiers of those that the user made; `hy` is there since Hy's code imports it unasked."""
        return [name for name in self if is_users(name) and not (name == "hy" and self._namespace[name] is hy)]

    def replace(self, bound: dict[str, Any], removed: Iterable[str]) -> None:
        """Bind and unbind; neither counts as a change."""
        for identifier in removed:
            table, _, name = identifier.partition("/")
            for bindings, key in (
                ((self._table(table), name),) if name else ((self._namespace, table), (self._known, table))
            ):
                bindings.pop(key, None)
        for identifier, value in bound.items():
            table, _, name = identifier.partition("/")
            if name:
                self._table(table)[name] = value
            else:
                self._namespace[table] = self._known[table] = value
        self._order = list(self._known)
        self._settle_macros()

    def settle(self) -> None:
        """Take all bindings for known."""
        self._known = dict(self._namespace)
        self._order = list(self._known)
        self._settle_macros()

    def settle_changes(self, bound: Sequence[str], removed: Sequence[str]) -> None:
        """Take what `changes` gave for known; costs the changes and not all bindings, unless something was removed."""
        if removed or any("/" in name for name in bound):
            self.settle()
            return
        for name in bound:
            if name not in self._known:
                self._order.append(name)
            self._known[name] = self._namespace[name]

    def forget(self) -> None:
        """Take no binding for known."""
        self._known, self._order, self._known_macros = {}, [], {}

    def changes(self) -> tuple[list[str], list[str]]:
        """Give what was bound, anew or again, and what is gone, since all was known."""
        bound, removed = self._changes()
        for table, macros in self._tables():
            known = self._known_macros.get(table, {})
            bound += [f"{table}/{name}" for name, macro in macros.items() if known.get(name, _MISSING) is not macro]
            removed += [f"{table}/{name}" for name in known if name not in macros]
        return bound, removed

    def _changes(self) -> tuple[list[str], list[str]]:
        namespace, known = self._namespace, self._known
        size = len(known)
        # nearly always the same names in the same order, perhaps with new ones after them: no loop of Python's then
        if list(islice(namespace, size)) == self._order:
            rebound = compress(namespace, map(is_not, namespace.values(), known.values()))
            return self._not_fixed([*rebound, *islice(namespace, size, None)]), []
        bound = self._not_fixed(name for name, value in namespace.items() if known.get(name, _MISSING) is not value)
        return bound, self._not_fixed(name for name in known if name not in namespace)

    def _not_fixed(self, names: Iterable[str]) -> list[str]:
        return [name for name in names if name not in self._fixed]

    def _table(self, table: str) -> dict[str, Any]:
        """Give one of Hy's dictionaries of macros."""
        found: dict[str, Any] = self._namespace.setdefault(table, {})
        return found

    def _tables(self) -> list[tuple[str, dict[str, Any]]]:
        return [(table, self._namespace[table]) for table in HY_TABLES if self._namespace.get(table)]

    def _settle_macros(self) -> None:
        self._known_macros = {table: dict(macros) for table, macros in self._tables()}
