"""A session's bindings as plain data and source text: what an exported file holds, and back.

Nothing is pickled: values that are plain data go as such, functions and macros as the forms that defined them.  What
can go neither way is named.  Importing evaluates those forms.
"""

from __future__ import annotations

import re
import types
from typing import Any

from xrepl.dialect import processes
from xrepl.dialect.hy_forms import read_hy
from xrepl.dialect.interpreter import Interpreter
from xrepl.dialect.modules import Module
from xrepl.dialect.names import record_name, variable_id
from xrepl.dialect.plain import NotPlain, decode, encode
from xrepl.dialect.records import record_text
from xrepl.evaluator.codes import Source
from xrepl.evaluator.delta import user_name
from xrepl.evaluator.state import StateKeeper

# a form that does nothing but define, so that evaluating it again does no more either
_DEFINITION = re.compile(r"\(\s*(def|import|require|extend-module|-?record\b|include-)")
_HEADER = re.compile(r"\(\s*(defmodule|define-module|-module-)")
_IN_A_LARGER_FORM = "its definition is part of a larger form"
_NO_SOURCE = "its source is not known"


def export(keeper: StateKeeper) -> dict[str, Any]:
    """Give a session's bindings as plain data.

    Returns:
        `bindings`: pairs of name and value; `definitions`: pairs of a form's text and its syntax, in the order in
        which they are to be evaluated; `left-out`: names with the reason.
    """
    bindings: list[list[Any]] = []
    definitions: dict[tuple[str, str], None] = {}
    left_out: dict[str, str] = {}
    for identifier, value in keeper.bindings().items():
        record = record_name(identifier)
        try:
            if record is not None:
                definitions[record_text(record, value), "lfe"] = None
            elif isinstance(value, Module):
                definitions.update(dict.fromkeys(_texts_of(value)))
            elif _is_code(value):
                definitions[_definition_of(identifier, value, keeper)] = None
            else:
                bindings.append([user_name(identifier), encode(value)])
        except NotPlain as problem:
            left_out[user_name(identifier)] = problem.message
    ordered = sorted(definitions, key=lambda definition: _rank(definition[0]))
    return {"bindings": bindings, "definitions": [list(key) for key in ordered], "left-out": left_out}


def _rank(text: str) -> int:
    """Give the place of a definition: after a module's header, what follows would be the module's."""
    return 2 if text.startswith("(-in-module-") else 1 if _HEADER.match(text) else 0


def import_(interpreter: Interpreter, exported: dict[str, Any]) -> dict[str, str]:
    """Bind what `export` gave; give the names or forms that cannot be, with the reason."""
    problems: dict[str, str] = {}
    for text, syntax in exported["definitions"]:
        try:
            for form in read_hy(text) if syntax == "hy" else interpreter.read(text):
                processes.run_shell(lambda form=form: interpreter.evaluate(form))  # type: ignore[misc]
        except Exception as problem:
            problems[text[:80]] = interpreter.failure(problem)
    for name, value in exported["bindings"]:
        try:
            interpreter.namespace[variable_id(name)] = decode(value)
        except NotPlain as problem:
            problems[name] = problem.message
    return problems


def _is_code(value: Any) -> bool:
    return isinstance(value, (types.FunctionType, type, types.ModuleType))


def _texts_of(module: Module) -> list[tuple[str, str]]:
    """Give a module's text, and those of its functions that are not in it: the ones that the prompt defined."""
    functions = [function.__dict__.get("source") for _, _, function in module.functions]
    return [(text, "lfe") for text in (module.source, *functions) if text is not None]


def _is_function(value: Any) -> bool:
    return isinstance(value, types.FunctionType)


def _definition_of(identifier: str, value: Any, keeper: StateKeeper) -> tuple[str, str]:
    if isinstance(value, types.ModuleType):
        return f"(import {value.__name__} :as {user_name(identifier)})", "hy"
    if isinstance(value, type):
        methods = [method for method in vars(value).values() if _is_function(method)]
        if not methods:
            raise NotPlain(_NO_SOURCE)
        value = methods[0]
    return _definition(value, keeper)


def _definition(function: Any, keeper: StateKeeper) -> tuple[str, str]:
    own: str | None = function.__dict__.get("source")
    if own is not None:
        return own, "lfe"
    source: Source | None = keeper.source(function.__code__)
    if source is None:
        raise NotPlain(_NO_SOURCE)
    if not _DEFINITION.match(source.text):
        raise NotPlain(_IN_A_LARGER_FORM)
    return source.text, "hy" if source.is_hy else "lfe"
