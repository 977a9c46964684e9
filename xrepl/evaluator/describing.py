"""What a name is, in a line for completion or in full: kind, signature, documentation.

Only looks: no code of the user's runs.  Which names there are is `completing.py`'s.
"""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Callable
from typing import Any, NamedTuple

from xrepl.dialect.data import elements, is_list
from xrepl.dialect.printer import show

# name, type (a word of nREPL's clients), signature, documentation
Entry = list[str]

MAX_LINE_CHARACTERS = 120
MAX_DOCUMENTATION_CHARACTERS = 20_000
FUNCTION, MACRO, PYTHON, TOLD = "function", "macro", "python", "told"
# what a value is for a user of the language, by the name of its class
_KINDS = {
    "Atom": "atom",
    "bool": "atom",
    "bytes": "binary",
    "Bits": "bitstring",
    "Cons": "list",
    "Nil": "list",
    "View": "list",
    "str": "list",
    "dict": "map",
    "FrozenMap": "map",
    "int": "integer",
    "Process": "process",
}
# documentation and signature of these run no code
_BUILT_IN = (types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType)
_PLAIN = (types.FunctionType, types.MethodType, types.ModuleType, *_BUILT_IN)
_PARAMETERS = re.compile(r"[(,]\s*(\*{0,2}[^\W\d]\w*)")


class Thing(NamedTuple):
    """What a name means.

    Attributes:
        name: as it is written.
        kind: FUNCTION or MACRO of the language, PYTHON for any other object, TOLD for what is known without an object.
        value: the object; an entry if the kind is TOLD.
    """

    name: str
    kind: str
    value: Any

    def line(self) -> Entry:
        """Give the entry with the first line of the documentation."""
        return self._entry(lambda value: first_line(documentation(value)))

    def full(self) -> Entry:
        """Give the entry with the whole documentation."""
        return self._entry(lambda value: inspect.cleandoc(documentation(value))[:MAX_DOCUMENTATION_CHARACTERS])

    def _entry(self, document: Callable[[Any], str]) -> Entry:
        name, kind, value = self
        if kind == TOLD:
            return list(value)
        if kind == FUNCTION:
            return [name, FUNCTION, _signature(name, value), document(value)]
        if kind == MACRO:
            return [name, MACRO, _macro_signature(name, value), document(value)]
        return self._python_entry(document)

    def _python_entry(self, document: Callable[[Any], str]) -> Entry:
        """Give the entry of a Python object, by its type alone."""
        name, _, value = self
        kind = type(value)
        if kind is types.ModuleType:
            return [name, "namespace", "", document(value)]
        if issubclass(kind, type):
            return [name, "class", f"({name} ...)", document(value)]
        if kind in _PLAIN:
            return [name, FUNCTION, _signature(name, value), document(value)]
        word = _KINDS.get(kind.__name__, kind.__name__)
        return [name, "variable", "", "" if word.startswith("_") else word]


def documentation(value: Any) -> str:
    """Give the documentation that an object was written with, without running its code."""
    is_plain = type(value) in _PLAIN
    doc = value.__doc__ if is_plain else inspect.getattr_static(value, "__doc__", "")
    return doc if isinstance(doc, str) else ""


def first_line(doc: str) -> str:
    """Give the first line of a documentation, bounded."""
    return doc.lstrip().partition("\n")[0][:MAX_LINE_CHARACTERS]


def _signature(name: str, function: Any) -> str:
    if type(function) in _BUILT_IN:
        return _built_in_signature(name, function)
    code = function.__code__ if type(function) in (types.FunctionType, types.MethodType) else None
    if code is None:
        return f"({name} ...)"
    first, count = int(type(function) is types.MethodType), code.co_argcount
    words = [name, *(word.removeprefix("l_").replace("_", "-") for word in code.co_varnames[first:count])]
    if code.co_flags & inspect.CO_VARARGS:
        words.append("...")
    return f"({' '.join(words)})"[:MAX_LINE_CHARACTERS]


def _built_in_signature(name: str, function: Any) -> str:
    written = function.__text_signature__
    if written is None:
        return f"({name} ...)"
    return f"({' '.join([name, *_PARAMETERS.findall(written)])})"[:MAX_LINE_CHARACTERS]


def _macro_signature(name: str, macro: Any) -> str:
    """Give how a macro is called, clause by clause, from its definition; empty if that is not known."""
    written = vars(macro).get("definition") if type(macro) is types.FunctionType else None
    if written is None:
        return ""
    definition = list(elements(written))
    is_matching = str(definition[0]) == "match-lambda"
    heads = [next(iter(elements(clause))) for clause in definition[1:]] if is_matching else definition[1:2]
    calls = [_macro_call(name, next(iter(elements(head)), None)) for head in heads]
    return " ".join(dict.fromkeys(calls))[:MAX_LINE_CHARACTERS]


def _macro_call(name: str, pattern: Any) -> str:
    """Give a macro's call from the pattern of its arguments' list."""
    if not is_list(pattern):
        return f"({name} {show(pattern)} ...)"
    words = list(elements(pattern))
    if words and str(words[0]) == "list":
        words = words[1:]
    elif words and str(words[0]) in ("cons", "list*"):
        words = [*words[1:], "..."]
    return f"({' '.join([name, *(word if word == '...' else show(word) for word in words)])})"
