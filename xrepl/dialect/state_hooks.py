"""State of a session that is not in its namespace: who has some registers how to save and load it.

The evaluator's state keeper calls these functions; this file only holds the list.  A provider's state has parts (the
tables of `ets`, for example), each of which is stored by itself.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Any, NamedTuple


class Provider(NamedTuple):
    """One kind of state beside the namespace.

    Attributes:
        key: a short word, part of the stored state's names.
        revision: gives something that is equal to what it gave before as long as nothing changed; cheap, called after
            each form.
        save: gives the parts by name: data that nobody changes afterwards.  Called when the revision changed.
        load: is given such parts after a restore, and the names of parts that shall not be.
    """

    key: str
    revision: Callable[[], Any]
    save: Callable[[], dict[str, Any]]
    load: Callable[[dict[str, Any], list[str]], None]


PROVIDERS: dict[str, Provider] = {}
# who registers itself when it is imported: a stored part may be there before anybody has called the module
_MODULES = {"ets": "xrepl.lang.erlang.ets", "process": "xrepl.dialect.shell_state"}


def register(provider: Provider) -> None:
    """Add a provider, in the place of one with its key."""
    PROVIDERS[provider.key] = provider


def find(key: str) -> Provider | None:
    """Give the provider with this key, importing the module that has it; None if there is none."""
    if key not in PROVIDERS and key in _MODULES:
        importlib.import_module(_MODULES[key])
    return PROVIDERS.get(key)
