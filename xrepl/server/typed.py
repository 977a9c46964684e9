"""The files in which terminals keep what was typed in each session: removed with the session, or when it is cleared.

Written by the clients (`client/history.py`), which look at them again before each form; never read here.
"""

from __future__ import annotations

import contextlib
import os

from xrepl.config import HISTORY_DIRECTORY, home_path
from xrepl.server.sessions import Sessions
from xrepl.store import sessions as stored


def forget(session: str) -> None:
    """Remove what was typed in one session, by its id."""
    with contextlib.suppress(OSError):
        os.unlink(os.path.join(home_path(), HISTORY_DIRECTORY, session))


def forget_deleted(sessions: Sessions) -> None:
    """Remove what was typed in sessions that are neither listed nor archived any more."""
    try:
        files = os.listdir(os.path.join(home_path(), HISTORY_DIRECTORY))
    except OSError:
        return
    with sessions.store.read() as transaction:
        kept = {one.record.id for one in stored.archived(transaction)}
        gone = [name for name in files if name not in kept and not stored.is_listed(transaction, name)]
    for name in gone:
        forget(name)
