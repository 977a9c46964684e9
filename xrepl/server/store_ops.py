"""The ops on the store as a whole, while the server has it open: check it, copy it.

Both take their time, so each runs in a thread of its own, on a view of the store at one moment.
What they do is `xrepl/store/maintenance.py`.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

from xrepl.errors import StoreError, XreplError
from xrepl.server.dispatch import Request, op


def _in_thread(request: Request, work: Callable[[], Any], fields: Callable[[Any], dict[str, Any]]) -> None:
    """Do something that blocks, and answer with its result or its error."""

    def run() -> None:
        try:
            outcome = work()
        except XreplError as problem:
            outcome = problem
        except Exception as problem:
            outcome = StoreError(f"this failed: {problem!r}", "see the log")
        request.sessions.loop.post(lambda: request.answer(outcome, fields))

    threading.Thread(target=run, name="store work", daemon=True).start()


@op("xrepl/store-check")
def check(request: Request) -> None:
    """Look at every record, reference and blob."""
    _in_thread(request, request.sessions.store.check, lambda found: {"xrepl/findings": [str(one) for one in found]})


@op("xrepl/store-backup")
def backup(request: Request) -> None:
    """Copy the store to a new file, consistent as of one moment."""
    file = request.text("xrepl/file")
    _in_thread(request, lambda: request.sessions.store.backup(file), lambda size: {"xrepl/bytes": size})
