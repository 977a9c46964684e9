"""How the language's names are written as Python identifiers: injectively, functions by name and arity.

Names that begin with `_x_` are ours; `docs/language.md` says what a Hy form sees of a session's names.
"""

from __future__ import annotations

import functools
import re

import hy

RUNTIME = "_x_"
_FUNCTION = "lfe_"
_REMOTE = "lfer_"
_MACRO = "lfem_"
_RECORD = "lfed_"
_VARIABLE = "lfev_"
_PRIVATE = "lfep_"
_MODULE = "lfeo_"
_LIKE_OURS = re.compile(r"l-|lfe[a-z]?-")
_FUNCTION_ID = re.compile(r"lfe[rp]?_(.*)__(\d+)\Z", re.DOTALL)
_ENCODED = re.compile(r"X([0-9a-f]+)X")


def _encode(name: str) -> str:
    """Write a name with letters and digits: `-` is `_`, everything else is spelt out."""
    return "".join(
        c if c.isascii() and c.isalnum() and c != "X" else "_" if c == "-" else f"X{ord(c):x}X" for c in name
    )


def _decode(name: str) -> str:
    return _ENCODED.sub(lambda match: chr(int(match[1], 16)), name.replace("_", "-"))


@functools.cache
def function_id(name: str, arity: int) -> str:
    """Give the identifier of a function of the session."""
    return f"{_FUNCTION}{_encode(name)}__{arity}"


@functools.cache
def remote_id(module: str, name: str, arity: int) -> str:
    """Give the identifier under which a module's function is resolved."""
    return f"{_REMOTE}{_encode(module + ':' + name)}__{arity}"


@functools.cache
def private_id(module: str, name: str, arity: int) -> str:
    """Give the identifier by which a module's own code calls one of its functions, exported or not."""
    return f"{_PRIVATE}{_encode(module + ':' + name)}__{arity}"


def function_name(identifier: str) -> tuple[str, int] | None:
    """Give name and arity of a function's identifier; None for any other.  A module's is `module:name`."""
    match = _FUNCTION_ID.match(identifier)
    return (_decode(match[1]), int(match[2])) if match else None


def is_private(identifier: str) -> bool:
    """Say whether an identifier is the one by which a module calls its own function."""
    return identifier.startswith(_PRIVATE)


def is_remote(identifier: str) -> bool:
    """Say whether an identifier is that of a module's function."""
    return identifier.startswith(_REMOTE)


@functools.cache
def python_name(name: str) -> str:
    """Give the identifier that Hy gives to a name: what Python and Hy code calls it."""
    return str(hy.mangle(name)) if name else _VARIABLE  # the empty name is one too: `||`


@functools.cache
def variable_id(name: str) -> str:
    """Give the identifier of a variable that the language sets.

    It is Hy's, so that Hy forms see the variable under its name; a name with an underscore, which Hy would
    take for the same name with a hyphen, has one of its own, and one with a point, which is Python's attribute, and
    one that Hy would write as we write those of local variables, functions and macros.
    """
    if not name or "." in name or "_" in name.strip("_") or name.startswith(RUNTIME) or _LIKE_OURS.match(name):
        return f"{_VARIABLE}{_encode(name)}"
    return python_name(name)


def variable_name(identifier: str) -> str:
    """Give the user's name of a variable's identifier."""
    if identifier.startswith(_VARIABLE):
        return _decode(identifier.removeprefix(_VARIABLE))
    return str(hy.unmangle(identifier))


@functools.cache
def macro_id(name: str) -> str:
    """Give the identifier of a macro of the session."""
    return f"{_MACRO}{_encode(name)}"


@functools.cache
def record_id(name: str) -> str:
    """Give the identifier under which a record's definition is kept."""
    return f"{_RECORD}{_encode(name)}"


@functools.cache
def module_id(name: str) -> str:
    """Give the identifier under which a module of the session is kept."""
    return f"{_MODULE}{_encode(name)}"


def module_name(identifier: str) -> str | None:
    """Give the name of a module's identifier; None for any other."""
    return _decode(identifier.removeprefix(_MODULE)) if identifier.startswith(_MODULE) else None


def record_name(identifier: str) -> str | None:
    """Give the name of a record's identifier; None for any other."""
    return _decode(identifier.removeprefix(_RECORD)) if identifier.startswith(_RECORD) else None


def macro_name(identifier: str) -> str | None:
    """Give the name of a macro's identifier; None for any other."""
    return _decode(identifier.removeprefix(_MACRO)) if identifier.startswith(_MACRO) else None
