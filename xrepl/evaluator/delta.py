"""What the evaluator tells of a session's state: a delta after a form, a report after a restore.

Data alone; what goes into them is the keeper's.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field

from xrepl.dialect.names import (
    function_id,
    function_name,
    macro_id,
    macro_name,
    module_id,
    module_name,
    record_id,
    record_name,
    variable_id,
    variable_name,
)

_KINDS = {"macro": macro_id, "record": record_id, "module": module_id}
HY_TABLES = frozenset({"_hy_macros", "_hy_reader_macros"})  # where Hy keeps macros in a namespace


@dataclass
class Delta:
    """What changed since the last one.

    Attributes:
        set: by group id, the user's names in it and its bytes.
        gone: ids of groups that are no more.
        not_kept: all names that are not kept now, with the reason.
        late: names that changed although no form could have reached them; only `delta_all` finds such.
    """

    set: dict[str, tuple[list[str], bytes]] = field(default_factory=dict)
    gone: list[str] = field(default_factory=list)
    not_kept: dict[str, str] = field(default_factory=dict)
    late: list[str] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not self.set and not self.gone

    def add(self, later: Delta) -> None:
        """Add what a second look found; a group that came and went between the two is said to be gone, too."""
        self.gone = [id_ for id_ in self.gone if id_ not in later.set] + later.gone
        for id_ in later.gone:
            self.set.pop(id_, None)
        self.set.update(later.set)
        self.not_kept = later.not_kept


@dataclass
class Restored:
    """What came of a restore.

    Attributes:
        bindings: how many of the user's names have their value again.
        not_kept: names whose value was not kept, with the reason.
        damaged: names whose bytes cannot be loaded, or ids of groups of which not even those can be read.
    """

    bindings: int = 0
    not_kept: dict[str, str] = field(default_factory=dict)
    damaged: dict[str, str] = field(default_factory=dict)


@functools.cache
def user_name(identifier: str) -> str:
    """Give the user's name of a binding: `x`, `f/2`, `macro m`, `record r`, `module m`."""
    function = function_name(identifier)
    if function is not None:
        return f"{function[0]}/{function[1]}"
    macro = macro_name(identifier)
    if macro is not None:
        return f"macro {macro}"
    record = record_name(identifier)
    if record is not None:
        return f"record {record}"
    module = module_name(identifier)
    if module is not None:
        return f"module {module}"
    table, _, name = identifier.partition("/")
    return f"macro {variable_name(name)}" if name and table in HY_TABLES else variable_name(identifier)


def identifier_of(name: str) -> str:
    """Give the identifier of a user's name, as `user_name` gives it."""
    kind, _, rest = name.partition(" ")
    if rest and kind in _KINDS:
        return _KINDS[kind](rest)
    function, _, arity = name.rpartition("/")
    if function and arity.isascii() and arity.isdecimal():
        return function_id(function, int(arity))
    return variable_id(name)


def is_users(identifier: str) -> bool:
    """Say whether a binding is one that the user made, not one that Hy left behind."""
    return "/" in identifier or not identifier.startswith(("_hy_", "_x_"))
