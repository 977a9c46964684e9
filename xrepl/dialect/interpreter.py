"""One session's module: read a form, evaluate it, show its value or its failure.

A form that fails binds nothing.  What names stand for is in `globals.py`, what the forms mean in the files that the
translator's tables name.  Used by one thread, the evaluator's main one.
"""

from __future__ import annotations

import contextlib
import sys
import types
from collections.abc import Callable, Iterator
from typing import Any

from xrepl.dialect import (  # noqa: F401  they fill the tables
    comprehensions,
    control,
    exceptions,
    macros,
    match_specs,
    receiving,
    records,
    shell_forms,
    structs,
    values,
)
from xrepl.dialect.current import current
from xrepl.dialect.data import Atom
from xrepl.dialect.definitions import DEFINITIONS, TOP
from xrepl.dialect.evaluation import LFE_FUNCTIONS
from xrepl.dialect.failures import failure_text
from xrepl.dialect.formatting import format_text
from xrepl.dialect.forms import RETURN, head_of
from xrepl.dialect.functions import Parsed, make_function
from xrepl.dialect.globals import SessionGlobals, shell_id
from xrepl.dialect.hy_bridge import Compiler, Constants
from xrepl.dialect.hy_forms import HyForm
from xrepl.dialect.interop import hy_model, is_hy_form
from xrepl.dialect.kernel import function
from xrepl.dialect.printer import show
from xrepl.dialect.processes import ATOMIC
from xrepl.dialect.raising import ExpansionFailed
from xrepl.dialect.reader import Form, read_forms
from xrepl.dialect.recompiling import recompile
from xrepl.dialect.scope import Block, Macro, Where
from xrepl.dialect.styles import LFE
from xrepl.dialect.tokens import datum
from xrepl.dialect.translate import Translator


class Interpreter:
    """The language for one session.

    Args:
        module_name: the name of the session's module in `sys.modules`.
    """

    def __init__(self, module_name: str = "session") -> None:
        self.module = types.ModuleType(module_name)
        sys.modules[module_name] = self.module
        self.namespace = self.module.__dict__
        self.globals = _Globals(self)
        self.globals.lfe_functions = LFE_FUNCTIONS
        self.compiler = Compiler(self.module)
        self._translator = Translator(self.globals)
        self.baseline = frozenset(self.namespace)
        # for who keeps account of what a form could have changed: the form, and the code that is going to run for it
        self.form: Form | HyForm | None = None
        self._changing: frozenset[str] = frozenset()
        self.note: Callable[[tuple[types.CodeType | None, ...]], None] = _ignore

    # --- reading, evaluating, showing

    def read(self, text: str) -> Iterator[Form]:
        """Read forms lazily.

        Raises:
            ReadError: as `read_forms` does.
        """
        return read_forms(text, self.run)

    def evaluate(self, form: Form | HyForm) -> Any:
        """Evaluate a form and give its value; a form that fails binds nothing.

        Raises:
            BaseException: whatever the form's code raises; `failure` gives its text.
        """
        current.interpreter = self
        before = dict(self.namespace)
        quoted = datum(form.model)
        self.globals.held[shell_id("-")] = quoted
        outer, self.form = self.form, form
        try:
            value = self.execute(form.model) if isinstance(form, HyForm) else self.run(form.model)
        except ExpansionFailed as failed:
            self._restore(before)
            if not failed.is_top and failed.model is not form.model:
                raise
            told = format_text("error expanding ~P:\n    ~P\n", [failed.form, 10, failed.reason[-1], 10], LFE)
            sys.stdout.write(f"{form.line}: {told}")
            value = Atom("error")
        except BaseException:
            self._restore(before)
            raise
        finally:
            self.form = outer
        self._remember(quoted, value)
        return value

    def show(self, value: Any) -> str | None:
        """Give what the shell prints for a value; None for Python's None."""
        return None if value is None else show(value)

    def failure(self, problem: BaseException) -> str:
        """Give what the shell prints for an exception."""
        current.problem = problem
        return failure_text(problem)

    def link(self) -> None:
        """Put back what restored code calls; to be called after the namespace was filled."""
        self.globals.link()

    def changed(self, names: frozenset[str]) -> None:
        """Compile again what depends on macros or records that have other definitions now."""
        new = names - self._changing
        if new:
            self._changing |= new
            try:
                recompile(self, new)
            finally:
                self._changing -= new

    def _restore(self, before: dict[str, Any]) -> None:
        self.namespace.clear()
        self.namespace.update(before)

    def _remember(self, quoted: Any, value: Any) -> None:
        held = self.globals.held
        for newest, kept in ((quoted, ("+", "++", "+++")), (value, ("*", "**", "***"))):
            for older, newer in ((kept[2], kept[1]), (kept[1], kept[0])):
                held[shell_id(older)] = held[shell_id(newer)]
            held[shell_id(kept[0])] = newest

    # --- for the forms of the top level

    def begin(self) -> Translator:
        """Begin the translation of a form: its constants and what it depends on are its own."""
        self.globals.constants = Constants()
        self.globals.used = set()
        return self._translator

    def run(self, model: Any) -> Any:
        """Evaluate a form of the top level, with all its effects on the session."""
        try:
            model = self._translator.expand(model, Where())
        except ExpansionFailed as failed:
            failed.is_top = True
            raise
        head = head_of(model)
        define = DEFINITIONS.get(head)
        if define is not None:
            return define(self, model)
        if head and is_hy_form(head, len(model) - 1) and not self.globals.is_redefined(head, len(model) - 1):
            return self.execute(hy_model(model, Where()))
        body: Block = []
        where = Where()
        self.begin().statement(model, where, RETURN, body)
        if len(body) == 1 and head_of(body[0]) == "return" and not where.fn.is_used:
            return self.execute(body[0][1])
        return self.call(function(TOP, [], [], body))

    def evaluate_apart(self, model: Any, translator: Translator, where: Where) -> Any:
        """Evaluate a form that is no part of what was read: without definitions, with what a translator knows."""
        body: Block = []
        with self.constants_apart():
            translator.statement(model, where, RETURN, body)
            made = self._made(function(TOP, [], [], body), is_noted=False)
        return made()

    @contextlib.contextmanager
    def constants_apart(self) -> Iterator[None]:
        """Let a form be translated in the middle of another's translation, with constants of its own."""
        kept = self.globals.constants
        self.globals.constants = Constants()
        try:
            yield
        finally:
            self.globals.constants = kept

    def call(self, definition: Any) -> Any:
        """Execute the definition of the function `TOP` and call it."""
        return self._made(definition)()

    def _made(self, definition: Any, *, is_noted: bool = True) -> Any:
        """Execute the definition of the function `TOP` and give the function; no other process runs meanwhile."""
        with ATOMIC:
            self.execute(definition, is_noted=is_noted)
            return self.namespace.pop(TOP)

    def execute(self, model: Any, *, is_noted: bool = True) -> Any:
        """Compile plain Hy and run it in the module; give its value.

        Args:
            model: the Hy form.
            is_noted: whether it is code of the form that was read, from whose text it could be compiled again.
        """
        statements, value = self.compiler.compile(model, self.globals.constants, f"<{self.module.__name__}>")
        if is_noted:
            self.note((statements, value))
        if statements is not None:
            exec(statements, self.namespace)
        return eval(value, self.namespace)

    def make_macro(self, label: str, parsed: Parsed) -> Macro:
        """Compile a macro: a function of the arguments' list and the environment."""
        with self.constants_apart():  # a local macro is made in the middle of a form
            made: Macro = self._made(make_function(self._translator, TOP, parsed, Where(), None, label)[0])
        return made


def _ignore(codes: tuple[types.CodeType | None, ...]) -> None:
    """Take no note."""


class _Globals(SessionGlobals):
    """The session's globals, with what only the interpreter can do."""

    def __init__(self, interpreter: Interpreter) -> None:
        super().__init__(interpreter.namespace)
        self._interpreter = interpreter

    def local_macro(self, name: str, parsed: Any) -> Macro:
        """Compile a macro that is local to a form."""
        return self._interpreter.make_macro(name, parsed)
