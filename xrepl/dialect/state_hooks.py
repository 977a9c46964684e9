"""State of a session that is not in its namespace: who has some registers how to save and load it.

The evaluator's state keeper calls these functions; this file only holds the list.  For tables, for example: a provider
`ets` whose parts are the named tables without processes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple


class Provider(NamedTuple):
    """One kind of state beside the namespace.

    Attributes:
        key: a short word, part of the stored state's names.
        revision: gives something that is equal to what it gave before as long as nothing changed; cheap, called after
            each form.
        save: gives the parts by name: plain data of the language, which nobody changes afterwards.  Called when the
            revision changed.
        load: is given such parts after a restore, and the names of parts that shall not be.
    """

    key: str
    revision: Callable[[], Any]
    save: Callable[[], dict[str, Any]]
    load: Callable[[dict[str, Any], list[str]], None]


PROVIDERS: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider, in the place of one with its key."""
    PROVIDERS[:] = [known for known in PROVIDERS if known.key != provider.key] + [provider]
