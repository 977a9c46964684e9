"""Calls of the language's modules in Hy's code: `(lists:reverse xs)` there is what it is elsewhere.

Which code is Hy's is decided in `interop.py` and `hy_forms.py`; how a function is found is `calls.py`'s business.
"""

from __future__ import annotations

from typing import Any

import hy.models as models
from hy.models import Dict, Expression, List, Set, String, Symbol, Tuple

from xrepl.dialect.calls import call_function
from xrepl.dialect.data import Atom, atom, from_iterable, map_key
from xrepl.dialect.tokens import datum

_FUNCTION = Symbol("_x_call_from_hy")
_NESTED = (Expression, List, Tuple, Dict, Set)
_QUOTES = ("quote", "quasiquote")
_CONSTANTS = {"True": True, "False": False, "None": None}


def remote_call(model: Expression) -> Expression:
    """Give the model of a call `(module:function argument ...)` so that Hy can compile it; others as they are."""
    head = model[0] if model else None
    module, colon, function = str(head).partition(":") if isinstance(head, Symbol) else ("", "", "")
    if not (colon and module and function):
        return model
    return Expression([_FUNCTION, String(module), String(function), *model[1:]]).replace(model)


def with_remote_calls(model: Any) -> Any:
    """Give a Hy model with such calls at any depth, but for what is quoted."""
    kind = type(model)
    if kind not in _NESTED or (kind is Expression and model and str(model[0]) in _QUOTES):
        return model
    nested = kind([with_remote_calls(item) for item in model]).replace(model)
    return remote_call(nested) if kind is Expression else nested


def call_from_hy(module: str, function: str, *arguments: Any) -> Any:
    """Call a module's function; what Hy has quoted is data of the language for it.

    Raises:
        LfeError: `undef` when there is none.
    """
    return call_function(Atom(module), Atom(function), tuple(map(_data, arguments)))


def _data(value: Any) -> Any:
    """Give the data that Hy's quoted models in a value stand for; any other value as it is."""
    kind = type(value)
    if kind in (Expression, List):
        return from_iterable([_data(item) for item in value])
    if kind is Symbol:
        return _CONSTANTS.get(str(value), atom(str(value)))
    if kind is Dict:
        return {map_key(_data(key)): _data(item) for key, item in zip(value[::2], value[1::2], strict=True)}
    if kind in (Tuple, tuple):
        return tuple(map(_data, value))
    if kind is dict and any(isinstance(part, models.Object) for item in value.items() for part in item):
        return {map_key(_data(key)): _data(item) for key, item in value.items()}
    if kind is list and any(isinstance(item, models.Object) for item in value):
        return from_iterable([_data(item) for item in value])
    return datum(value)


HY_RUNTIME: dict[str, Any] = {"_x_call_from_hy": call_from_hy}
