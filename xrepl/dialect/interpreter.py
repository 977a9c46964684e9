"""One session's module: read a form, evaluate it, show its value or its failure.

A form that fails binds nothing.  What names stand for is in `globals.py`, what the forms mean in the files that the
translator's tables name.  Used by one thread, the evaluator's main one.
"""

from __future__ import annotations

import contextlib
import sys
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xrepl.dialect import (  # noqa: F401  they fill the tables
    compiling,
    comprehensions,
    control,
    exceptions,
    function_definitions,
    inclusion,
    macro_definitions,
    macros,
    match_specs,
    module_forms,
    receiving,
    records,
    shell_forms,
    structs,
    values,
)
from xrepl.dialect.calls import calls, find_in_library
from xrepl.dialect.current import current
from xrepl.dialect.data import Atom
from xrepl.dialect.definitions import DEFINITIONS, TOP
from xrepl.dialect.evaluation import LFE_FUNCTIONS
from xrepl.dialect.failures import failure_text
from xrepl.dialect.formatting import format_text
from xrepl.dialect.forms import RETURN, head_of
from xrepl.dialect.functions import Parsed, make_function, parse_lambda
from xrepl.dialect.globals import SessionGlobals, shell_id
from xrepl.dialect.hy_bridge import Compiler, Constants
from xrepl.dialect.hy_forms import HyForm
from xrepl.dialect.interop import hy_model, is_hy_form, python_call
from xrepl.dialect.kernel import function
from xrepl.dialect.library import python_function
from xrepl.dialect.module_globals import ModuleGlobals
from xrepl.dialect.modules import CURRENT, Module, find, own_function, write_in_module
from xrepl.dialect.names import module_name
from xrepl.dialect.places import Place, Source
from xrepl.dialect.printer import show, write
from xrepl.dialect.processes import ATOMIC
from xrepl.dialect.raising import ExpansionFailed, LfeError
from xrepl.dialect.reader import Form, read_forms
from xrepl.dialect.recompiling import recompile
from xrepl.dialect.scope import Block, Globals, Macro, Where
from xrepl.dialect.styles import LFE
from xrepl.dialect.tokens import datum, to_model
from xrepl.dialect.translate import Translator

if TYPE_CHECKING:
    from xrepl.dialect.compiled import Codes, CompiledFiles
    from xrepl.dialect.dependencies import Account


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
        self.file = f"<{module_name}>"  # what tracebacks name as the place of the code that is compiled
        self.folder = Path()  # where files that are included are looked for, beside the working directory
        self.home: Module | None = None  # the module whose definition is evaluated, when it is not the prompt's
        self.baseline = frozenset(self.namespace)
        # for who keeps account of what a form could have changed: the form, and the code that is going to run for it
        self.form: Form | HyForm | None = None
        self.source: Source | None = None  # the text of the form that is evaluated
        self.origin = "", 0  # the file that it is from, and how many lines of that come before the text
        self._changing: frozenset[str] = frozenset()
        self.note: Callable[[tuple[types.CodeType | None, ...]], None] = _ignore
        self.account: Account | None = None  # while a file is compiled: what that depends on
        self.compiled_files: CompiledFiles | None = None  # where they are kept, if anywhere

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
        calls.finder = self.find
        before = dict(self.namespace)
        quoted = datum(form.model)
        self.globals.held[shell_id("-")] = quoted
        outer, self.form = self.form, form
        source, self.source = self.source, Source(form.model, form.text, form.line, *self.origin)
        try:
            value = self.execute(form.model) if isinstance(form, HyForm) else self.run(form.model)
        except ExpansionFailed as failed:
            self._restore(before)
            if not failed.is_top and failed.model is not form.model:
                raise
            told = _told(failed)
            sys.stdout.write(f"{form.line}: {told}")
            value = Atom("error")
        except BaseException:
            self._restore(before)
            raise
        finally:
            self.form, self.source = outer, source
        self._remember(quoted, value)
        return value

    def show(self, value: Any) -> str | None:
        """Give what the shell prints for a value; None for Python's None."""
        return None if value is None else show(value)

    def failure(self, problem: BaseException) -> str:
        """Give what the shell prints for an exception."""
        current.problem, current.failure = problem, failure_text(problem)
        return current.failure

    def place(self, problem: BaseException, form: Form | HyForm) -> Place | None:
        """Give where the form stands that made another one fail; None if it is not known.

        What cannot be compiled is known, whenever it was read.  In a file, the whole form stands for other failures.
        """
        source = Source(form.model, form.text, form.line, *self.origin)
        found = problem.place if isinstance(problem, LfeError) else None
        if found is None and isinstance(problem, ExpansionFailed):
            found = source.place(problem.model)
        if found is None or not (found[0] or source.is_long):
            return source.start() if self.origin[0] else None
        return Place(*found)

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

    def find(self, module: str, name: str, arity: int) -> Callable[..., Any] | None:
        """Give a function by the names of its module and itself: the session's, the library's or Python's."""
        own = find(self.namespace, module) or find(self.globals.lent, module)
        if own is None:
            return find_in_library(module, name, arity) or _wrapped(python_function(module, name))
        if name.startswith("MACRO-") and arity == len(("form", "environment")):
            return self.globals.macro(f"{module}:{name.removeprefix('MACRO-')}")
        found = own_function(self.namespace, module, name, arity)
        if found is None and own.is_exported((name, arity)):
            return next((known for *key, known in own.functions if key == [name, arity]), None)
        return found

    def _restore(self, before: dict[str, Any]) -> None:
        has_other_modules = any(map(module_name, self.namespace.keys() | before.keys()))
        self.namespace.clear()
        self.namespace.update(before)
        if has_other_modules:
            self.globals.links.renew()

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

    @property
    def view(self) -> Globals:
        """What the form that is evaluated sees: the session's globals, or those of a module."""
        return self._translator.globals

    @contextlib.contextmanager
    def seeing(self, view: Globals) -> Iterator[None]:
        """Let forms see what a module sees."""
        outer, self._translator = self._translator, Translator(view)
        try:
            yield
        finally:
            self._translator = outer

    @contextlib.contextmanager
    def in_module(self, model: Any) -> Iterator[None]:
        """Let a definition be one of the module that the session is in, if it is in one."""
        module = self.home or find(self.namespace, str(self.namespace.get(CURRENT, "")))
        if module is None:
            yield
            return
        outer = self.form
        text = outer.text if outer is not None and outer.model is model else write(datum(model))
        line = outer.line if outer is not None else 1
        self.form = Form(model, write_in_module(module, text), 0, 0, line)
        try:
            with self.seeing(ModuleGlobals(self, module, is_strict=False)):
                yield
        finally:
            self.form = outer

    def run(self, model: Any) -> Any:
        """Evaluate a form of the top level, with all its effects on the session."""
        try:
            model = self._translator.expand(model, Where(), is_top=True)
        except ExpansionFailed as failed:
            failed.is_top = True
            raise
        except LfeError as problem:
            thrown = ExpansionFailed(model, datum(model), problem.reason)
            thrown.is_top = thrown.is_thrown = True
            raise thrown from problem
        head = head_of(model)
        define = DEFINITIONS.get(head)
        if define is not None:
            return define(self, model)
        if head and is_hy_form(head, len(model) - 1) and not self.globals.is_redefined(head, len(model) - 1):
            return self.execute(hy_model(model, Where()))
        return self.value_of(model)

    def value_of(self, model: Any) -> Any:
        """Evaluate a form that is no definition."""
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
        codes = self.compiler.compile(model, self.globals.constants, self.file)
        if not is_noted and self.account is not None:
            for code in codes:
                self.account.ran(code)
        return self.execute_codes(codes, is_noted=is_noted)

    def execute_codes(self, codes: Codes, *, is_noted: bool = True) -> Any:
        """Run what plain Hy was compiled to in the module; give its value."""
        statements, value = codes
        if is_noted:
            self.note(codes)
        if statements is not None:
            exec(statements, self.namespace)
        return eval(value, self.namespace)

    def make_macro(self, label: str, parsed: Parsed, *, is_noted: bool = False) -> Macro:
        """Compile a macro: a function of the arguments' list and the environment.

        Args:
            label: its name.
            parsed: its definition.
            is_noted: whether it is a definition of the form that was read; one that is local to a form is not.
        """
        with self.constants_apart():  # a local macro is made in the middle of a form
            definition, _ = make_function(self._translator, TOP, parsed, Where(), None, label)
            made: Macro = self._made(definition, is_noted=is_noted)
        return made


def _told(failed: ExpansionFailed) -> str:
    """Give what the shell writes of a form whose macro fails."""
    reason = failed.reason[-1]
    if failed.is_thrown:
        return f"macro expansion error: {show(reason)}\n\n"
    return format_text("error expanding ~P:\n    ~P\n", [failed.form, 10, reason, 10], LFE)


def _wrapped(function: Any) -> Callable[..., Any] | None:
    """Let a function of Python's be given the language's data."""
    return None if function is None else lambda *arguments: python_call(function, arguments, ())


def _ignore(codes: tuple[types.CodeType | None, ...]) -> None:
    """Take no note."""


class _Globals(SessionGlobals):
    """The session's globals, with what only the interpreter can do."""

    def __init__(self, interpreter: Interpreter) -> None:
        super().__init__(interpreter.namespace)
        self._interpreter = interpreter

    @property
    def module_name(self) -> str:
        """The module that the session is in."""
        return str(self.namespace.get(CURRENT, super().module_name))

    def place(self, model: Any) -> tuple[Any, ...] | None:
        """Give where a form stands in the text that is evaluated."""
        found = self._interpreter.source and self._interpreter.source.place(model)
        return tuple(found) if found else None

    def local_macro(self, name: str, parsed: Any) -> Macro:
        """Compile a macro that is local to a form."""
        return self._interpreter.make_macro(name, parsed)

    def module_macro(self, module: Module, name: str) -> Macro | None:
        """Compile a macro that a module exports; None when it has none of this name."""
        found = next((macro for macro in module.macros if macro[0] == name), None)
        if found is None:
            is_shown = name in module.shown or "all" in module.shown
            return self._macro(name) if is_shown else None
        with self._interpreter.seeing(ModuleGlobals(self._interpreter, module, is_strict=True)):
            made = self._interpreter.make_macro(name, parse_lambda(to_model(found[1]), "define-macro"))
        made.__doc__ = found[2] or None
        return made
