"""Modules of files as they are once compiled: what is bound, at once or in a later session, without compiling again.

Where they are kept between sessions is the evaluator's; here is what they consist of and how they become modules.
"""

from __future__ import annotations

import contextlib
import types
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol

from xrepl.dialect.dependencies import Dependencies
from xrepl.dialect.module_source import Problem
from xrepl.dialect.modules import Key, Module
from xrepl.dialect.names import module_id, private_id
from xrepl.dialect.reader import Form

if TYPE_CHECKING:
    from xrepl.dialect.interpreter import Interpreter

Codes = tuple[types.CodeType | None, types.CodeType]  # of a definition's statements, and of its value


class CompiledFunction(NamedTuple):
    """A function of a module: name and arity, documentation, the code that defines it."""

    key: Key
    documentation: str
    codes: Codes


class CompiledModule(NamedTuple):
    """A module without its functions, and the functions that are to be made."""

    module: Module
    functions: tuple[CompiledFunction, ...]


class CompiledFile(NamedTuple):
    """A file without problems, compiled: its modules, its warnings, what a compilation depends on beside the text."""

    modules: tuple[CompiledModule, ...]
    warnings: tuple[Problem, ...]
    dependencies: Dependencies


class CompiledFiles(Protocol):
    """Keeps compiled files from one session to the next."""

    def find(self, file: str, text: str) -> CompiledFile | None:
        """Give what a file with this path and text was compiled to; None if that is not known."""

    def keep(self, file: str, text: str, compiled: CompiledFile) -> None:
        """Keep what a file was compiled to, if that can be kept."""


def bind(interpreter: Interpreter, compiled: CompiledModule) -> None:
    """Define the functions of a module that was compiled before and bind the module."""
    functions = []
    with defining(interpreter, compiled.module):
        for each in compiled.functions:
            interpreter.execute_codes(each.codes)
            functions.append(take_function(interpreter, compiled.module.name, each))
            interpreter.globals.link_code(functions[-1][2].__code__)
    bind_module(interpreter, compiled.module, functions)


@contextlib.contextmanager
def defining(interpreter: Interpreter, module: Module) -> Iterator[None]:
    """Let what is executed be the definitions of a module's text and file."""
    outer, file = interpreter.form, interpreter.file
    interpreter.file = module.file
    if module.source:
        interpreter.form = Form(None, module.source, 0, 0, 1)
    try:
        yield
    finally:
        interpreter.form, interpreter.file = outer, file


def take_function(
    interpreter: Interpreter, module: str, made: CompiledFunction
) -> tuple[str, int, Callable[..., object]]:
    """Take a function that was just defined out of the namespace and tell it who it is."""
    name, arity = made.key
    function = interpreter.namespace.pop(private_id(module, name, arity))
    function.__doc__ = made.documentation or None
    function.__name__ = function.__qualname__ = name
    function.lfe_name = (module, name, arity)
    return name, arity, function


def bind_module(
    interpreter: Interpreter, module: Module, functions: list[tuple[str, int, Callable[..., object]]]
) -> None:
    """Bind a module with its functions."""
    interpreter.namespace[module_id(module.name)] = module._replace(functions=tuple(functions))
    interpreter.globals.links.renew()
