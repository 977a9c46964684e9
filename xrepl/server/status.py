"""What a session's evaluator is doing, as listings tell it.  Changes nothing."""

from __future__ import annotations

from enum import Enum


class Status(Enum):
    """What a session's evaluator is doing."""

    STOPPED = "stopped"
    STARTING = "starting"
    RESTORING = "restoring"
    IDLE = "idle"
    BUSY = "busy"
    FAILED = "failed"
