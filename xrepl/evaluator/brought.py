"""What a script defined in one session and uses in the next: lent to a session while the script's text runs there.

The definitions are compiled anew and kept beside the session's namespace, so that nothing of them is stored with it.
What the session itself has under a name comes first.  Variables do not go along, but `script-name` and `script-args`.
"""

from __future__ import annotations

import builtins
import contextlib
import re
from collections.abc import Iterator
from typing import Any

from xrepl.dialect import processes
from xrepl.dialect.hy_forms import HyForm, read_hy
from xrepl.dialect.interpreter import Interpreter
from xrepl.dialect.names import function_name
from xrepl.dialect.reader import Form
from xrepl.evaluator.delta import HY_TABLES

_DEFINITION = re.compile(r"\(\s*(def|define-|import|require|extend-module|progn \(set script-name )")
_MISSING = object()


def is_definition(form: Form | HyForm) -> bool:
    """Say whether a form of a script goes along with a switch."""
    return _DEFINITION.match(form.text) is not None


class Brought:
    """Lends definitions to one session.

    Args:
        interpreter: the session's.
    """

    def __init__(self, interpreter: Interpreter) -> None:
        self._interpreter = interpreter
        self._globals = interpreter.globals
        self._namespace = interpreter.namespace

    @contextlib.contextmanager
    def lent(self, definitions: list[list[str]]) -> Iterator[None]:
        """Lend what these forms define, each a text and its syntax, to the code that runs meanwhile."""
        if not definitions:
            yield
            return
        held = self._globals.held
        macros: dict[str, Any] = vars(builtins)["_hy_macros"]
        found, found_macros = self._evaluate(definitions)
        before = {name: held.get(name, _MISSING) for name in found}
        macros_before = {name: macros.get(name, _MISSING) for name in found_macros}
        held.update(found)
        macros.update(found_macros)
        self._globals.lent = found
        self._globals.links.renew()
        try:
            yield
        finally:
            self._globals.lent = {}
            self._globals.links.renew()
            _put_back(held, before)
            _put_back(macros, macros_before)
            self._leave_stubs(before)

    def _evaluate(self, definitions: list[list[str]]) -> tuple[dict[str, Any], dict[str, Any]]:
        """Evaluate definitions, and take what they bound out of the session again; a failing one is left out."""
        before = dict(self._namespace)
        tables = {table: dict(self._namespace.get(table) or {}) for table in HY_TABLES}
        for text, syntax in definitions:
            with contextlib.suppress(Exception):
                for form in read_hy(text) if syntax == "hy" else self._interpreter.read(text):
                    processes.run_shell(lambda form=form: self._run(form))  # type: ignore[misc]
        bound = {name: value for name, value in self._namespace.items() if before.get(name, _MISSING) is not value}
        macros = {}
        for table in HY_TABLES:
            now = self._namespace.get(table) or {}
            macros.update({name: value for name, value in now.items() if tables[table].get(name) is not value})
            now.clear()
            now.update(tables[table])
            bound.pop(table, None)
        self._namespace.clear()
        self._namespace.update(before)
        return bound, macros

    def _run(self, form: Form | HyForm) -> Any:
        """Evaluate a form without its becoming the shell's last one."""
        interpreter = self._interpreter
        return interpreter.execute(form.model) if isinstance(form, HyForm) else interpreter.run(form.model)

    def _leave_stubs(self, names: dict[str, Any]) -> None:
        """Let code that still calls a function that was lent fail in the usual words."""
        for name in names:
            function = function_name(name)
            if function is not None:
                self._globals.function(*function)


def _put_back(names: dict[str, Any], before: dict[str, Any]) -> None:
    for name, value in before.items():
        if value is _MISSING:
            names.pop(name, None)
        else:
            names[name] = value
