"""A file with modules, compiled: its functions become callable as `(module:function ...)`.

What is wrong is collected with its line, in LFE's words; nothing is bound then.  The text of a whole module is kept
with its functions: from it they are compiled again, should that be needed.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, NamedTuple

from hy.models import Expression

from xrepl.dialect.data import NIL
from xrepl.dialect.definitions import toplevel
from xrepl.dialect.erlang_printer import atom_text
from xrepl.dialect.expand import Expander
from xrepl.dialect.forms import head_of
from xrepl.dialect.functions import make_function
from xrepl.dialect.lint import deprecation, problem_text
from xrepl.dialect.module_source import Definition, ModuleSource, Problem
from xrepl.dialect.names import module_id
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
    try:
        forms = list(read_forms(text, None))
    except ReadError as problem:
        return Report(file, problems=(_unreadable(problem, text),))
    made = [_Compilation(interpreter, file, part, _module_text(file, text, part)) for part in _modules(forms)]
    problems = tuple(problem for each in made for problem in each.problems)
    warnings = tuple(warning for each in made for warning in each.warnings)
    if binds and not problems:
        for each in made:
            each.bind()
    names = () if problems else tuple(each.source.header.module.name for each in made)
    return Report(file, names, problems, warnings)


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
    """Execute the definition of one function of a module; each is a form of its own for who keeps account of code."""
    interpreter.globals.constants = model[2]
    return interpreter.execute(model[1])


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

    def bind(self) -> None:
        """Define the functions and bind the module."""
        functions: list[tuple[str, int, Callable[..., Any]]] = []
        outer, file = self._interpreter.form, self._interpreter.file
        self._interpreter.file = self.source.file
        if self._text:
            self._interpreter.form = Form(None, self._text, 0, 0, 1)
        try:
            for definition, (made, constants) in zip(self.source.functions, self._made, strict=True):
                self._interpreter.run(Expression((LSym("-execute-"), made, constants)))
                functions += self._function(definition)
        finally:
            self._interpreter.form, self._interpreter.file = outer, file
        if len(functions) == len(self._made):
            module = self.source.header.module._replace(
                functions=tuple(functions), macros=tuple(self._macros()), source=self._text
            )
            self._interpreter.namespace[module_id(module.name)] = module
            self._interpreter.globals.links.renew()

    def _function(self, definition: Definition) -> list[tuple[str, int, Callable[..., Any]]]:
        """Give a function that was just defined; nothing if the code was compiled and not run."""
        text, arity = definition.key
        bound = self._interpreter.namespace.pop(self.source.view.own_id(text, arity), None)
        if bound is None:
            return []
        bound.__doc__ = definition.parsed.documentation or None
        bound.__name__ = bound.__qualname__ = text
        bound.lfe_name = (self.source.header.module.name, text, arity)
        return [(text, arity, bound)]

    def _macros(self) -> list[tuple[str, Any, str]]:
        """Give the exported macros as data, with all macros in them expanded."""
        header = self.source.header
        is_open, shown = header.exports_all_macros, header.exported_macros
        wanted = [(n, *each) for n, each in self.source.definitions.items() if is_open or n in shown]
        with self._interpreter.seeing(self.source.view):
            expander = Expander(self._interpreter.begin(), Where())
            return [(name, datum(expander.all(definition)), told) for name, definition, told in wanted]
