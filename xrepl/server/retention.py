"""How long the archive keeps sessions: for ever, unless the user's `config.toml` says otherwise.

    [archive]
    days = 90         # delete what was archived longer ago
    sessions = 1000   # keep so many, delete those that were archived first

The file is read again at each cleanup.  One with a fault deletes nothing; the fault is in the log.
"""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xrepl.errors import ConfigError, XreplError
from xrepl.server import typed
from xrepl.store import sessions as stored

if TYPE_CHECKING:
    from xrepl.server.sessions import Sessions

DAY_S = 86_400
_BATCH = 1000


@dataclass(frozen=True)
class Retention:
    """What the archive keeps; None for everything.

    Attributes:
        days: how long after it was archived a session is kept.
        sessions: how many are kept, those archived last.
    """

    days: int | None = None
    sessions: int | None = None

    @property
    def is_for_ever(self) -> bool:
        """Say whether everything is kept."""
        return self.days is None and self.sessions is None


def read(environment: os._Environ[str] | dict[str, str] = os.environ) -> Retention:
    """Read what the user has set; there need be no file.

    Raises:
        ConfigError: the file cannot be read, or has a value in this table that it cannot have.
    """
    base = environment.get("XDG_CONFIG_HOME") or os.path.join(environment.get("HOME", "/"), ".config")
    path = os.path.join(base, "xrepl", "config.toml")
    try:
        with open(path, "rb") as file:
            table = tomllib.load(file).get("archive", {})
    except FileNotFoundError:
        return Retention()
    except (OSError, ValueError) as reason:
        raise ConfigError(f"{path} cannot be read: {reason}", "nothing in the archive is deleted") from reason
    if not isinstance(table, dict):
        raise ConfigError(f"archive in {path} is no table", "write [archive]")
    for key, value in table.items():
        if key not in ("days", "sessions"):
            raise ConfigError(f"there is no setting {key} in [archive] of {path}", "there are days and sessions")
        if type(value) is not int or value < 0:
            raise ConfigError(f"{key} in [archive] of {path} is {value!r}", "it must be a whole number, 0 or more")
    return Retention(**table)


def apply(sessions: Sessions) -> None:
    """Delete what the archive shall not keep any longer, a bounded number of sessions at a time."""
    try:
        retention = read()
    except ConfigError as problem:
        sessions.log(str(problem))
        return
    if not retention.is_for_ever:
        _purge(sessions, retention)


def _purge(sessions: Sessions, retention: Retention) -> None:
    before_s = None if retention.days is None else sessions.clock() - retention.days * DAY_S

    def purge(transaction: Any) -> int:
        return stored.thin(transaction, before_s, retention.sessions, _BATCH)

    def done(outcome: int | XreplError) -> None:
        if isinstance(outcome, XreplError):
            sessions.log(f"the archive cannot be purged: {outcome}")
        elif outcome:
            sessions.log(f"{outcome} archived sessions were deleted, as [archive] in config.toml says")
            typed.forget_deleted(sessions)
            if outcome == _BATCH:
                _purge(sessions, retention)

    sessions.submit(purge, done)
