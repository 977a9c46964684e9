"""Commits forms and says which are acknowledged, for `test_power_cut.py` to record; ends without closing the store.

Usage: power_cut_writer.py HOME FORMS SYNCING, where SYNCING is `synced`, as the store is, or `half` or `unsynced`.
"""

import os
import sys

from xrepl.store import journal, sessions
from xrepl.store.environment import Environment
from xrepl.store.records import Delta, Entry, Group, Record
from xrepl.store.store import Store

SESSION = "5e" * 16


class Unsynced(Environment):
    """An environment that does not sync."""

    @staticmethod
    def durability() -> dict[str, bool]:
        """Give the settings that the store must not have."""
        return {"sync": False, "metasync": False, "writemap": False, "map_async": False}


class HalfSynced(Environment):
    """An environment that syncs what is written, but not the page that says where it is."""

    @staticmethod
    def durability() -> dict[str, bool]:
        """Give the settings that the store must not have."""
        return {"sync": True, "metasync": False, "writemap": False, "map_async": False}


ENVIRONMENTS = {"synced": Environment, "half": HalfSynced, "unsynced": Unsynced}


class WeakStore(Store):
    """A store with another environment."""


def delta_of(number: int) -> Delta:
    """Give what a form changes: small and large groups, some of them gone again."""
    small = {"n": Group(["n"], b"%d" % number), f"g{number % 7}": Group([f"g{number % 7}"], b"%d" % number * 100)}
    if number % 5 == 0:
        small["large"] = Group(["large"], b"%06d" % number * (100_000 if number % 20 == 0 else 5000))
    return Delta(small, [f"g{(number + 3) % 7}"])


def main(home: str, forms: int, syncing: str) -> None:
    """Commit forms, and write `ACK n` from the writer's thread as each is acknowledged."""
    WeakStore.environment_type = ENVIRONMENTS[syncing]
    store = WeakStore(home)
    store.run(lambda txn: sessions.create(txn, Record(SESSION, "work", 1, 1, environment={"A": "1" * 1000})))

    def acknowledge(number: int | None, error: Exception | None) -> None:
        assert error is None
        os.write(1, b"ACK %d\n" % (number or 0))

    for number in range(1, forms + 1):

        def change(txn, number=number):  # type: ignore[no-untyped-def]
            return journal.commit(txn, SESSION, Entry(f"(form {number})"), delta_of(number), number)

        store.submit(change, acknowledge)
        if number % 3:  # now and then several share a commit
            store.run(lambda txn: None)
    store.run(lambda txn: None)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.argv[3])
