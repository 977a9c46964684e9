"""From an older schema to today's, one step at a time, in one transaction.

There is one schema so far, so there is no step.  A step is a function of a transaction that turns a store of schema
`n` into one of `n + 1`; a release that changes the schema adds one here, and a golden store of the old schema to
`tests/store/`.
"""

from __future__ import annotations

from collections.abc import Callable

from xrepl.store import version
from xrepl.store.schema import SCHEMA_VERSION
from xrepl.store.transaction import Transaction

Step = Callable[[Transaction], None]

# from which schema: how to get to the next
STEPS: dict[int, Step] = {}


def migrate(txn: Transaction, schema: int, now_s: float, steps: dict[int, Step] = STEPS) -> None:
    """Bring a store to today's schema, and say so in its version record.

    Args:
        txn: a change's: all steps are done, or none.
        schema: what the store has.
        now_s: the time, in seconds since 1970.
        steps: from which schema, how to get to the next.
    """
    for number in range(schema, SCHEMA_VERSION):
        steps[number](txn)
    version.write(txn, now_s)
