"""Python and Hy beside the language: which forms are Hy's, and how values cross.

Lists become Python lists at a call into Python, deeply; what comes back is taken as it is.  Evaluates nothing.
"""

from __future__ import annotations

import ast
import itertools
import re
import textwrap
from typing import Any

from hy.models import Dict, Expression, Keyword, List, Set, String, Symbol, Tuple
from hy.reader.hy_reader import as_identifier

from xrepl.dialect.data import ListValue, key_value
from xrepl.dialect.hy_calls import remote_call
from xrepl.dialect.names import python_name
from xrepl.dialect.scope import Where
from xrepl.dialect.tokens import LSym, MapLit

HY_FORMS = frozenset(
    """
    import require defn fn for while with setv setx defclass del global nonlocal assert raise py pys lfor sfor dfor gfor
    get cut . await return yield match hy.eval annotate deftype break continue not-in is-not is in % ** // @ & |
    ^ ~ << >> += -= *= chainc unpack-iterable unpack-mapping
    """.split()
)

_NUMERIC = re.compile(r"[+-]*[0-9]")


def is_hy_form(text: str, arity: int) -> bool:
    """Say whether a form is Hy's: by its head, and for `get`, which is a function of Erlang's, by its arguments."""
    if text == "get":
        return arity > 1
    return text in HY_FORMS or (text.startswith(".") and len(text) > 1)


def is_dotted(text: str) -> bool:
    """Say whether a symbol is an attribute of something: `math.pi`.  A name that begins like a number is none."""
    return "." in text and all(part and _NUMERIC.match(part) is None for part in text.split("."))


def is_keyword(model: Any) -> bool:
    """Say whether a symbol names a keyword argument of Python's: `:key`."""
    return type(model) is LSym and model.startswith(":") and len(model) > 1


def hy_model(model: Any, where: Where) -> Any:
    """Give the Hy model of a form that is Hy's; local variables of the language keep their values in it."""
    kind = type(model)
    if isinstance(model, LSym):
        text = str(model)
        if text.startswith(":") and len(text) > 1:
            return Keyword(text[1:], from_parser=True)
        local = where.variables.get(text)
        if local is not None:
            return Symbol(where.use(local), from_parser=True)
        if is_dotted(text):
            first, _, rest = text.partition(".")
            local = where.variables.get(first)
            return as_identifier(f"{where.use(local)}.{rest}" if local is not None else text)
        if text.startswith(".") and len(text) > 1:
            return as_identifier(text)
        return Symbol({"true": "True", "false": "False"}.get(text, text), from_parser=True).replace(model)
    if kind is Expression and len(model) == 2 and str(model[0]) in ("py", "pys") and type(model[1]) is String:
        return Expression((hy_model(model[0], where), String(_with_locals(str(model[1]), where)))).replace(model)
    if kind is MapLit:
        return Dict([hy_model(item, where) for item in model]).replace(model)
    if kind in (Expression, List, Tuple, Dict, Set):
        inner = kind([hy_model(item, where) for item in model]).replace(model)
        return remote_call(inner) if kind is Expression else inner
    return model


def _with_locals(text: str, where: Where) -> str:
    """Give Python's code with the names that the local variables of the language have in what is generated."""
    known = {python_name(variable): local for variable, local in where.variables.items()}
    try:
        tree = ast.parse(textwrap.dedent(text))
    except (SyntaxError, ValueError):
        return text  # Hy says what is wrong with it
    is_known = False
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in known:
            node.id = where.use(known[node.id])
            is_known = True
        elif isinstance(node, ast.arg) and node.arg in known:
            node.arg = where.use(known[node.arg])
    return ast.unparse(tree) if is_known else text


def to_python(value: Any) -> Any:
    """Give a value as Python expects it: lists as Python lists, deeply; maps with plain keys."""
    kind = type(value)
    if isinstance(value, ListValue):
        return [to_python(item) for item in value]
    if kind is tuple and any(isinstance(item, (ListValue, tuple, dict)) for item in value):
        return tuple(map(to_python, value))
    if kind is dict:
        return {key_value(key): to_python(item) for key, item in value.items()}
    return value


def python_call(callee: Any, arguments: tuple[Any, ...], keys: tuple[str, ...]) -> Any:
    """Call something of Python's: the last arguments are the keyword ones."""
    values = [to_python(argument) for argument in arguments]
    split = len(values) - len(keys)
    named = dict(zip(keys, itertools.islice(values, split, None), strict=True))
    return callee(*values[:split], **named)
