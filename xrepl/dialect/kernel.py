"""The few plain Hy forms that everything is translated to, and how to write them.

Names in head position are never names of the language: those have a prefix, so that no macro of Hy's takes them.
"""

from __future__ import annotations

from typing import Any

from hy.models import Expression, Integer, List, String

from xrepl.dialect.tokens import LSym


class Code(Expression):  # type: ignore[misc]
    """A form of the kernel; Hy copies it as it is, where it would go through a form of its own again and again."""

    def __copy__(self) -> Code:
        """Give itself: a model that the translator has made is never changed."""
        return self


def name(identifier: str) -> LSym:
    """Give the model of an identifier."""
    return LSym(identifier)


def number(value: int) -> Integer:
    """Give the model of an integer."""
    return Integer(value)


def literal(value: Any) -> Any:
    """Give the model of a truth value, None, an integer or a text of Python's."""
    if value is None or value is True or value is False:
        return LSym(str(value))
    return String(value) if isinstance(value, str) else Integer(value)


def call(head: str, *arguments: Any) -> Expression:
    """Give the model of a call, or of a form of Hy's kernel."""
    return Code((LSym(head), *arguments))


def call_value(function: Any, *arguments: Any) -> Expression:
    """Give the model of a call of what a model's value is."""
    return Code((function, *arguments))


def get(value: Any, index: Any) -> Expression:
    """Give the model of `value[index]`."""
    return call("get", value, index)


def block(statements: list[Any]) -> Any:
    """Give one model that runs statements in order."""
    if not statements:
        return LSym("None")
    return statements[0] if len(statements) == 1 else call("do", *statements)


def store(identifier: str, model: Any) -> Expression:
    """Give the model of an assignment."""
    return call("setv", LSym(identifier), model)


def function(identifier: str, parameters: list[str], captures: list[str], body: list[Any]) -> Expression:
    """Give the model of a function definition; captures are bound now, as keyword-only defaults."""
    names: list[Any] = [LSym(parameter) for parameter in parameters]
    if captures:
        names.append(LSym("*"))
        names.extend(List((LSym(capture), LSym(capture))) for capture in captures)
    return call("defn", LSym(identifier), List(names), *body)
