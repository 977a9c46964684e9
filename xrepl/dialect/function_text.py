"""How functions are shown: a library function by its name, as LFE shows `fun m:f/1`; others as `#Fun<name/arity>`.

A function's name is read from the function itself; no module is searched.
"""

from __future__ import annotations

import re
import types
from typing import Any

import hy

from xrepl.dialect.bifs import BIFS
from xrepl.dialect.names import function_name

_LIBRARIES = ("xrepl.lang.erlang.", "xrepl.lang.lfe.", "xrepl.lang.xrepl.")
_BIF_NAMES = {id(function): key for key, function in BIFS.items()}
_NUMBER = re.compile(r"(?<=.)-\d+\Z")
_LOCAL = "l_"  # how the translator names functions inside functions, with a number after the second


def library_name(value: Any) -> tuple[str, str, int] | None:
    """Give module, name and arity of a library function; None for any other."""
    bif = _BIF_NAMES.get(id(value))
    if bif is not None:
        return "erlang", *bif
    if type(value) is not types.FunctionType:
        return None
    looked_up: tuple[str, str, int] | None = value.__dict__.get("lfe_name")
    if looked_up is not None:
        return looked_up
    module = next((value.__module__.removeprefix(p) for p in _LIBRARIES if value.__module__.startswith(p)), "")
    name, slash, arity = str(hy.unmangle(value.__name__)).rpartition("/")
    if not module or not slash or not arity.isdecimal():
        return None
    shown = str(value.__globals__.get("__lfe_module__", hy.unmangle(module)))
    return shown, _with_underscores(name) if ".erlang." in value.__module__ else name, int(arity)


def _with_underscores(name: str) -> str:
    """Give a name of Erlang's: Hy takes `_` and `-` for one, and Erlang's names have no `-` beside other letters."""
    return name.replace("-", "_") if name.strip("-") else name


def function_text(value: Any) -> str:
    """Give what the shell prints for something that can be called."""
    found = library_name(value)
    if found is not None:
        module, name, arity = found
        return f"(function {module} {name} {arity})"
    if type(value) is not types.FunctionType:
        return f"#Fun<{getattr(value, '__name__', type(value).__name__)}>"
    name = value.__code__.co_name.strip("<>")
    key = function_name(name)
    if key is not None:
        return f"#Fun<{key[0]}/{key[1]}>"
    if name.startswith(_LOCAL):
        name = _NUMBER.sub("", str(hy.unmangle(name.removeprefix(_LOCAL))))
    return f"#Fun<{name}/{value.__code__.co_argcount}>"
