"""A file with modules, compiled: its functions become callable as `(module:function ...)`.

What is wrong is collected with its line, in LFE's words; nothing is bound then.  The text of a whole module is kept
with its functions: from it they are compiled again, should that be needed.  A file that was compiled before, in
whatever session, is not compiled again while all that it depends on is the same.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from hy.models import Expression

from xrepl.dialect.compiled import (
    CompiledFile,
    CompiledFunction,
    CompiledModule,
    bind,
    bind_module,
    defining,
    take_function,
)
from xrepl.dialect.data import NIL
from xrepl.dialect.definitions import toplevel
from xrepl.dialect.dependencies import Account, are_same
from xrepl.dialect.erlang_printer import atom_text
from xrepl.dialect.expand import Expander
from xrepl.dialect.forms import head_of
from xrepl.dialect.functions import make_function
from xrepl.dialect.lint import deprecation, problem_text
from xrepl.dialect.module_source import Definition, ModuleSource, Problem
from xrepl.dialect.printer import write
from xrepl.dialect.raising import ExpansionFailed
from xrepl.dialect.reader import Form, read_forms, source_text
from xrepl.dialect.scope import Where
from xrepl.dialect.tokens import LSym, datum
from xrepl.errors import IncompleteInput, ReadError

if TYPE_CHECKING:
    from xrepl.dialect.hy_bridge import Constants
    from xrepl.dialect.interpreter import Interpreter

SUFFIX = ".lfe"
_HEADERS = ("defmodule", "define-module")


class Report(NamedTuple):
    """What came of compiling a file.

    Attributes:
        file: its path, as it is shown.
        modules: names of the modules that were bound, in the file's order.
        problems: what is wrong; then there are no modules.
        warnings: what is odd.
    """

    file: str
    modules: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    warnings: tuple[Problem, ...] = ()

    def lines(self) -> list[str]:
        """Give what the shell shows: `file:line: text`; a problem of the whole file has line 0, shown as `none`."""
        errors = [f"{self.file}:{problem.line or 'none'}: {problem.text}" for problem in self.problems]
        return errors + [f"{self.file}:{problem.line}: Warning: {problem.text}" for problem in self.warnings]


def compile_file(interpreter: Interpreter, path: str, *, binds: bool = True) -> Report:
    """Compile a file and bind its modules in the session.

    Args:
        interpreter: the session's.
        path: the file's; `.lfe` may be left out.
        binds: whether they are bound; else the file is only checked.
    """
    file = path if path.endswith(SUFFIX) else path + SUFFIX
    try:
        text = source_text(file)
    except OSError as problem:
        return Report(file, problems=(Problem(0, (problem.strerror or "unknown error").lower()),))
    files = interpreter.compiled_files
    known = files.find(file, text) if files is not None else None
    if known is not None and are_same(interpreter, file, known.dependencies):
        for module in known.modules if binds else ():
            bind(interpreter, module)
        return Report(file, tuple(each.module.name for each in known.modules), (), known.warnings)
    account = Account(interpreter)
    with _accounting(interpreter, account):
        report, modules = _compiled(interpreter, file, text, binds=binds)
    dependencies = account.dependencies() if modules and files is not None else None
    if files is not None and dependencies is not None:
        files.keep(file, text, CompiledFile(modules, report.warnings, dependencies))
    return report


@contextlib.contextmanager
def _accounting(interpreter: Interpreter, account: Account) -> Iterator[None]:
    outer, interpreter.account = interpreter.account, account
    try:
        yield
    finally:
        interpreter.account = outer


def _compiled(
    interpreter: Interpreter, file: str, text: str, *, binds: bool
) -> tuple[Report, tuple[CompiledModule, ...]]:
    """Compile a file's text; give what came of it, and the modules if they were bound."""
    try:
        forms = list(read_forms(text, None))
    except ReadError as problem:
        return Report(file, problems=(_unreadable(problem, text),)), ()
    made = [_Compilation(interpreter, file, part, _module_text(file, text, part)) for part in _modules(forms)]
    problems = tuple(problem for each in made for problem in each.problems)
    warnings = tuple(warning for each in made for warning in each.warnings)
    names = () if problems else tuple(each.source.header.module.name for each in made)
    modules = tuple(each.bind() for each in made) if binds and not problems else ()
    return Report(file, names, problems, warnings), modules


def _unreadable(problem: ReadError, text: str) -> Problem:
    if isinstance(problem, IncompleteInput):
        return Problem(len(text.rstrip().splitlines()), "missing token")
    return Problem(problem.line, problem.message.partition(": ")[2])


def _modules(forms: list[Form]) -> list[list[Form]]:
    """Divide a file's forms by its modules; what stands before the first header is each one's."""
    starts = [index for index, item in enumerate(forms) if head_of(item.model) in _HEADERS and len(item.model) > 1]
    ends = [*starts[1:], len(forms)]
    if not starts:
        return []
    before = forms[: starts[0]]
    return [[forms[start], *before, *forms[start + 1 : end]] for start, end in zip(starts, ends, strict=True)]


def _module_text(file: str, text: str, forms: list[Form]) -> str:
    """Give the text of the form that compiles a module again; its forms are in the lines that they have in the file."""
    parts = [f"(-module- {write(file)}"]
    at = 1
    for item in sorted(forms, key=lambda item: item.start):
        parts.append("\n" * max(item.line - at, 0) + " " + item.text)
        at = max(at, item.line) + item.text.count("\n")
    return "".join(parts) + "\n)"


@toplevel("-module-")
def compile_again(interpreter: Interpreter, model: Any) -> Any:
    """Compile a module from its text."""
    forms = [Form(item, "", 0, 0, getattr(item, "start_line", 1)) for item in model[2:]]
    for part in _modules(forms):
        _Compilation(interpreter, str(model[1]), part, "").bind()
    return NIL


@toplevel("-execute-")
def execute(interpreter: Interpreter, model: Any) -> Any:
    """Execute the definition of one function of a module and give its code.

    Each is a form of its own for who keeps account of code.
    """
    codes = interpreter.compiler.compile(model[1], model[2], interpreter.file)
    interpreter.execute_codes(codes)
    return codes


class _Compilation:
    """One module: what its file says, and the code of its functions."""

    def __init__(self, interpreter: Interpreter, file: str, forms: list[Form], text: str) -> None:
        self._interpreter = interpreter
        self._text = text
        self.source = ModuleSource(interpreter, forms[0].model, file)
        for item in forms[1:]:
            self.source.take(item.model)
        self.source.finish()
        self.problems: list[Problem] = []
        self._made: list[tuple[Any, Constants]] = []
        self._check()
        self.warnings = [*self.source.warnings, *([] if self.problems else self._compilers())]

    def _check(self) -> None:
        """Translate all functions: what cannot be is a problem."""
        own = self.source.view.own
        line = self.source.header_line
        exports = sorted(set(self.source.header.module.exports) - own)
        missing = [Problem(line, f"function {name}/{arity} undefined") for name, arity in exports]
        others = [problem for definition in self.source.functions for problem in self._translate(definition)]
        self.problems = self.source.failures or [
            *self.source.problems,
            *sorted(missing + others + self.source.later, key=lambda problem: problem.line),
        ]

    def _translate(self, definition: Definition) -> list[Problem]:
        problems: list[Problem] = []
        view, (text, _) = self.source.view, definition.key
        view.macros, view.caller = definition.macros, definition.key
        view.tell = lambda reason, head: problems.append(Problem(definition.line, problem_text(reason, head)))
        try:
            with self._interpreter.seeing(view):
                t = self._interpreter.begin()
                identifier = view.own_id(*definition.key)
                made, _ = make_function(t, identifier, definition.parsed, Where(), None, text, called=text)
                made.start_line = definition.line
                if self._interpreter.account is not None:
                    self._interpreter.account.translated(made)
                self._made.append((made, self._interpreter.globals.constants))
        except ExpansionFailed as problem:
            self.source.failures.append(Problem(definition.line, problem_text(problem.reason, "")))
        finally:
            view.caller = None
        return problems

    def _compilers(self) -> list[Problem]:
        """Give the warnings that Erlang's compiler has, which sees a module without errors."""
        remotes = self.source.view.remotes
        calls = [(each.line, call) for each in self.source.functions for call in remotes.get(each.key, ())]
        deprecated = [Problem(line, text) for line, call in calls if (text := deprecation(*call))]
        return sorted(self._unused() + deprecated, key=lambda problem: problem.line)

    def _unused(self) -> list[Problem]:
        """Warn of functions that nothing calls that is exported."""
        module, called = self.source.header.module, self.source.view.called
        if module.is_open:
            return []
        todo = list(module.exports)
        reached = set(todo)
        while todo:
            new = called.get(todo.pop(), set()) - reached
            reached |= new
            todo += new
        unused = [each for each in self.source.functions if each.key not in reached]
        return [Problem(each.line, f"function {atom_text(each.key[0])}/{each.key[1]} is unused") for each in unused]

    def bind(self) -> CompiledModule:
        """Define the functions and bind the module; give what it consists of."""
        module = self.source.header.module._replace(source=self._text)
        compiled: list[CompiledFunction] = []
        functions = []
        with defining(self._interpreter, module):
            for definition, (made, constants) in zip(self.source.functions, self._made, strict=True):
                codes = self._interpreter.run(Expression((LSym("-execute-"), made, constants)))
                if codes is NIL:  # they are only to be compiled, not run
                    continue
                compiled.append(CompiledFunction(definition.key, definition.parsed.documentation, codes))
                functions.append(take_function(self._interpreter, module.name, compiled[-1]))
        if len(functions) == len(self._made):
            module = module._replace(macros=tuple(self._macros()))
            bind_module(self._interpreter, module, functions)
        return CompiledModule(module, tuple(compiled))

    def _macros(self) -> list[tuple[str, Any, str]]:
        """Give the exported macros as data, with all macros in them expanded."""
        header = self.source.header
        is_open, shown = header.exports_all_macros, header.exported_macros
        wanted = [(n, *each) for n, each in self.source.definitions.items() if is_open or n in shown]
        with self._interpreter.seeing(self.source.view):
            expander = Expander(self._interpreter.begin(), Where())
            return [(name, datum(expander.all(definition)), told) for name, definition, told in wanted]
