"""The forms of a module in a file, taken in order: what it defines, and what is wrong with it.

Macros, records and what is evaluated when compiling exist for the forms after them, as in LFE; nothing of it is bound
in the session.  Functions are only collected: `compiling.py` compiles them when all is known.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from hy.models import String

from xrepl.dialect.data import Atom
from xrepl.dialect.definitions import misshapen
from xrepl.dialect.forms import head_of, is_core, is_form
from xrepl.dialect.function_definitions import parse_definition
from xrepl.dialect.functions import Parsed, parse_clauses, parse_function, split_documentation
from xrepl.dialect.inclusion import NotIncluded, included_forms, included_text
from xrepl.dialect.lint import definition_problem, problem_text
from xrepl.dialect.macro_definitions import macro_clauses, make_macro
from xrepl.dialect.module_forms import Header, extend_header, read_header, struct_defaults, struct_functions
from xrepl.dialect.module_globals import ModuleGlobals
from xrepl.dialect.modules import Key
from xrepl.dialect.predefined import macro_parts
from xrepl.dialect.raising import ExpansionFailed, LfeError
from xrepl.dialect.records import record_fields
from xrepl.dialect.scope import Macro, Where
from xrepl.dialect.tokens import Dotted, LSym, datum

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from xrepl.dialect.interpreter import Interpreter

_IGNORED = frozenset("deftype defopaque defspec define-type define-opaque-type define-function-spec".split())


class Problem(NamedTuple):
    """What is wrong in a file: a line and LFE's words."""

    line: int
    text: str


class Definition(NamedTuple):
    """One function of a module: its line, name and arity, how it is written, the macros that it sees."""

    line: int
    key: Key
    parsed: Parsed
    macros: dict[str, Macro]


class ModuleSource:
    """A module that is being read.

    Args:
        interpreter: the session's.
        header: the module's `defmodule` or `define-module` form.
        file: the file's path.

    Attributes:
        failures: forms that cannot be expanded, included or evaluated: nothing else is looked at then.
        problems: what else is wrong so far with the file as a whole.
        later: what is wrong with single functions.
        warnings: what is odd so far.
        functions: the functions so far.
        is_over: whether a file that is to be included is missing.
        definitions: of its macros, by name: their models and documentation.
    """

    def __init__(self, interpreter: Interpreter, header: Any, file: str) -> None:
        self.interpreter = interpreter
        self.file = file
        self.header_line = int(getattr(header, "start_line", 1))
        self.header = _read(header, file)
        self.view = ModuleGlobals(interpreter, self.header.module, is_strict=True)
        self.failures: list[Problem] = []
        self.problems: list[Problem] = []
        self.later: list[Problem] = []
        self.warnings: list[Problem] = []
        self.functions: list[Definition] = []
        self.is_over = False
        self.definitions: dict[str, tuple[Any, str]] = {}
        self._macros: dict[str, Macro] = {}
        self._line = self.header_line
        self._takers: dict[str, Callable[[Any], None]] = {
            "progn": self._each,
            "eval-when-compile": self._evaluated,
            "include-file": self._included,
            "include-lib": self._included,
            "defmacro": self._macro,
            "define-macro": self._macro,
            "defrecord": self._record,
            "define-record": self._record,
            "defstruct": self._struct,
            "define-struct": self._struct,
            "defun": self._function,
            "define-function": self._function,
            "extend-module": self._extended,
            **dict.fromkeys(_IGNORED, lambda model: None),
        }

    def take(self, model: Any) -> None:
        """Take the next form of the file."""
        self._line = int(getattr(model, "start_line", self._line))
        if self.is_over:
            return
        with self.interpreter.seeing(self.view):
            self._take(model)

    def _take(self, model: Any) -> None:
        try:
            if isinstance(model, Dotted) and isinstance(model[0], LSym) and str(model[0]) in self._takers:
                raise misshapen(model)
            model = self.interpreter.begin().expand(model, Where())
            taker = self._takers.get(head_of(model))
            if taker is None or (len(model) < 2 and head_of(model) != "progn"):
                self.tell("unknown form")
            else:
                taker(model)
        except LfeError as problem:
            self.failures.append(Problem(self._line, problem_text(problem.reason, head_of(model))))

    def tell(self, text: str) -> None:
        """Add a problem of the form that is being taken."""
        self.problems.append(Problem(self._line, text))

    # --- forms

    def _each(self, model: Any) -> None:
        for item in model[1:]:
            self._take(item)

    def _included(self, model: Any) -> None:
        try:
            text = included_text(model, Path(self.file).parent)
            forms = included_forms(text)
        except NotIncluded as problem:
            self.failures.append(Problem(self._line, str(problem)))
            self.is_over = True  # what follows would only be wrong for want of it
            return
        if self.interpreter.account is not None:
            self.interpreter.account.included(model, text)
        for item in forms:
            self._take(item.model)

    def _extended(self, model: Any) -> None:
        parts = [part for group in model[1:] if is_form(group) for part in group]
        self.header = extend_header(self.header, parts)
        self.view.extend(self.header.module)

    def _macro(self, model: Any) -> None:
        if len(model) < 3 or not isinstance(model[1], LSym):
            raise misshapen(model)
        text = str(model[1])
        parts = list(model[2:])
        if not (is_form(parts[0]) or isinstance(parts[0], (LSym, String, Dotted))):
            raise misshapen(model)
        written = macro_parts(parts)[1] if model[0] == "defmacro" else model[-1]

        def parse() -> Parsed:
            try:
                return macro_clauses(parts) if model[0] == "defmacro" else parse_definition(written)
            except LfeError:
                raise misshapen(model) from None

        made = make_macro(self.interpreter, text, model, parse)
        self._macros = {**self._macros, text: made}
        self.view.macros = self._macros
        self.definitions[text] = written, parse().documentation

    def _record(self, model: Any) -> None:
        fields = model[2:] if model[0] == "defrecord" else model[2]
        if not isinstance(model[1], LSym):
            raise misshapen(model, (Atom("bad_record"), datum(model[1])))
        if str(model[1]) in self.view.records:
            self.tell(f"record {model[1]} already defined")
        try:
            self.view.records[str(model[1])] = record_fields(str(model[1]), fields)
        except LfeError as problem:
            raise misshapen(model, problem.reason) from None

    def _struct(self, model: Any) -> None:
        fields = model[1:] if model[0] == "defstruct" else model[1]
        defaults = struct_defaults(self._value, fields)
        for definition in struct_functions(self.header.module.name, defaults):
            self._function(definition)
        module = self.header.module
        keys = (*module.exports, ("__struct__", 0), ("__struct__", 1))
        self.header = self.header._replace(module=module._replace(exports=keys))
        self.view.extend(self.header.module)

    def _value(self, model: Any) -> Any:
        return self.interpreter.evaluate_apart(model, self.interpreter.begin(), Where())

    def _function(self, model: Any) -> None:
        if len(model) < 3:
            raise misshapen(model)
        bad = definition_problem(model)
        if bad is not None:
            self.tell(bad)
            return
        text = str(model[1])
        try:
            parsed = parse_function(model[2:], "defun") if model[0] == "defun" else parse_definition(model[-1])
        except LfeError as problem:  # clauses with other numbers of patterns than the first
            self.later.append(Problem(self._line, problem_text(problem.reason, "")))
            parts = list(model[2:] if model[0] == "defun" else model[-1][1:])
            parsed = parse_clauses(split_documentation(parts)[1][:1])
        key = (text, parsed.arity)
        if any(known.key == key for known in self.functions):
            self.problems.insert(0, Problem(self._line, f"function {text}/{parsed.arity} already defined"))
        if is_core(*key):
            self.warnings.append(Problem(self._line, f"redefining core function {text}/{parsed.arity}"))
        self.functions.append(Definition(self._line, key, parsed, self._macros))
        self.view.own.add(key)

    def finish(self) -> None:
        """Take note, when all forms are taken, of which functions each one may call."""
        names = {text for text, _ in self.view.own}
        for each in self.functions:
            mentioned = set(_words(each.parsed.clauses)) & names
            if each.macros and any(word in each.macros for word in _words(each.parsed.clauses)):
                continue  # what a macro makes may call any
            self.view.calls[each.key] = {key for key in self.view.own if key[0] in mentioned}

    # --- when compiling

    def _evaluated(self, model: Any) -> None:
        for item in model[1:]:
            try:
                self._evaluate(item)
            except ExpansionFailed:
                raise
            except LfeError:
                self.failures.append(Problem(self._line, "bad eval-when-compile expression form"))

    def _evaluate(self, item: Any) -> None:
        item = self.interpreter.begin().expand(item, Where())
        head = head_of(item)
        if head in ("progn", "eval-when-compile"):
            self._evaluated(item)
        elif head in ("defun", "define-function") and len(item) > 2:
            parsed = parse_function(item[2:], "defun") if head == "defun" else parse_definition(item[-1])
            self.view.help(str(item[1]), parsed.arity, lambda: self.interpreter.make_macro(str(item[1]), parsed))
        elif head in ("defmacro", "define-macro"):
            self._macro(item)
        elif head == "set" and len(item) == 3 and isinstance(item[1], LSym):
            self.view.values[str(item[1])] = self._value(item[2])
        else:
            self._value(item)


def _words(model: Any) -> Iterator[str]:
    """Go through all names in a form."""
    if isinstance(model, LSym):
        yield str(model)
    elif isinstance(model, (list, tuple)):
        for item in model:
            yield from _words(item)


def _read(header: Any, file: str) -> Header:
    parts = list(header[2:]) if header[0] == "defmodule" else [part for group in header[2:4] for part in group]
    return read_header(str(header[1]), parts, file)
