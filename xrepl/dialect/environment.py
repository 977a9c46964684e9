"""Environments as values: what `$ENV` is, what `eval` and `macroexpand` take, what a macro is given.

The session's is one constant.  That of a macro call in a form with local macros holds them, for as long as the form is
translated: it is not stored.
"""

from __future__ import annotations

from typing import Any, Final

from xrepl.dialect.data import NIL, Atom
from xrepl.dialect.scope import Where

ENV: Final = Atom("env")
SESSION: Final = (ENV, NIL, NIL, NIL)


class Place:
    """Where a macro was called.

    Args:
        where: the local names that are seen there.
    """

    def __init__(self, where: Where) -> None:
        self.where = where

    def __reduce__(self) -> Any:
        """Be stored as no place: a form that is translated no more has no local macros."""
        return _no_place, ()


def _no_place() -> Any:
    return NIL


def environment(where: Where) -> Any:
    """Give the value for the environment of a place."""
    return (ENV, Place(where), NIL, NIL) if where.macros else SESSION


def is_environment(value: Any) -> bool:
    """Say whether a value is an environment."""
    return type(value) is tuple and len(value) == len(SESSION) and value[0] is ENV


def is_made(value: Any) -> bool:
    """Say whether an environment was made by the functions of `lfe_env`: it has what was put in and nothing else."""
    return isinstance(value[1], dict)


def place_of(value: Any) -> Where:
    """Give the local macros that an environment has."""
    place = value[1]
    return Where(macros=place.where.macros) if isinstance(place, Place) else Where()
