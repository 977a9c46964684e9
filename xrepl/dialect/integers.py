"""Operands that are integers for sure: literals, names that were checked, and what operators make of them.

An operator on such operands is written as Python's own; others are checked first, since Python would add strings and
truth values.  Knows no forms.
"""

from __future__ import annotations

from typing import Any

from hy.models import Integer

from xrepl.dialect.kernel import call, name
from xrepl.dialect.scope import Model, Where
from xrepl.dialect.tokens import LSym


def is_integer(model: Model, where: Where) -> bool:
    """Say whether a model's value is an integer for sure."""
    if type(model) is LSym:
        return str(model) in where.integers
    return type(model) is Integer or getattr(model, "is_sure", False)


def as_integer(model: Any) -> Model:
    """Mark an expression as one whose value is an integer for sure, and give it."""
    model.is_sure = True
    return model


def integer_test(model: Model, where: Where) -> Model:
    """Give the test that a value is an integer, and count it for names."""
    return call("is", _type(model, where), name("_x_int"))


def integers_test(a: Model, b: Model, where: Where) -> Model:
    """Give the test that two values are integers; both are evaluated, whatever the first is."""
    return call("is", _type(a, where), _type(b, where), name("_x_int"))


def _type(model: Model, where: Where) -> Model:
    if type(model) is LSym:
        where.fn.checks[str(model)] += 1
    return call("_x_type", model)
