"""The settings of a session: their names, defaults, and what each may be.

The specification's keys, and ours after them.  `timeout` is a field of the session's record, shown among the settings;
the others are the record's `config`.  Who obeys a setting is told with it.
Keeps none: they are in the session's record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from xrepl.errors import XreplError
from xrepl.server.terms import INFINITY, atom, atom_name, text_of
from xrepl.store.records import DEFAULT_TIMEOUT_MS, Record

DEFAULT_PROMPT = "lfe> "
DEFAULT_SAVE_INTERVAL_MS = 60_000
TIMEOUT = "timeout"
UNKNOWN = "unknown config key"
Faults = list[tuple[Any, str]]


class Refused(Exception):
    """A value that a setting cannot have; the message is the specification's."""


def _text(value: Any) -> str:
    text = text_of(value) if not isinstance(value, bytes) else None
    if text is None:
        raise Refused("prompt must be string")
    return text


def _boolean(value: Any) -> bool:
    if not isinstance(value, bool):
        raise Refused("must be boolean")
    return value


def _positive(value: Any) -> int:
    if type(value) is not int or value <= 0:
        raise Refused("must be positive integer")
    return value


def _limit(value: Any) -> int | None:
    return None if value == INFINITY else _positive(value)


class BadSettings(XreplError):
    """Settings have faults.

    Attributes:
        faults: keys and messages, as plain data.
    """

    code = "bad-config"

    def __init__(self, faults: Faults) -> None:
        told = "; ".join(f"{atom_name(key) or key}: {message}" for key, message in faults)
        super().__init__(told, "(xrepl-config:default) shows all settings")
        self.faults = [list(fault) for fault in faults]


@dataclass(frozen=True)
class Setting:
    """One setting.

    Attributes:
        default: its value when nothing was set; None is shown as `infinity`.
        check: gives the value to keep, or raises `Refused`.
        doc: what it does.
    """

    default: Any
    check: Callable[[Any], Any]
    doc: str


SETTINGS: dict[str, Setting] = {
    "prompt": Setting(DEFAULT_PROMPT, _text, "what the terminal shows when it waits for a form"),
    "show-session-in-prompt": Setting(False, _boolean, "show the session's name as the prompt instead"),
    "history-enabled": Setting(True, _boolean, "keep the text of forms, for `(history)`"),
    "max-history": Setting(1000, _positive, "how many forms `(history)` shows at most"),
    TIMEOUT: Setting(DEFAULT_TIMEOUT_MS, _limit, "milliseconds without use after which it expires; or `infinity`"),
    "save-interval": Setting(DEFAULT_SAVE_INTERVAL_MS, _positive, "milliseconds between saves without `auto-save`"),
    "auto-save": Setting(True, _boolean, "write each form to disk before its value is shown"),
    "passivate": Setting(True, _boolean, "let the process end while nobody uses the session; its state is stored"),
    "max-revisions": Setting(None, _limit, "how many revisions are kept; or `infinity`"),
    "memory-limit": Setting(None, _limit, "bytes that the session's process may use; `infinity` for half the machine"),
}


# made once: a listing of a thousand sessions shows them a thousand times
_ATOMS = {name: atom(name) for name in SETTINGS}
_DEFAULTS = {_ATOMS[name]: INFINITY if one.default is None else one.default for name, one in SETTINGS.items()}


def check(given: dict[Any, Any]) -> tuple[dict[str, Any], Faults]:
    """Check settings.

    Args:
        given: plain data: atoms as keys.

    Returns:
        What to keep of those that are right, by name, and the faults of the others: key and message.
    """
    kept: dict[str, Any] = {}
    faults: Faults = []
    for key, value in given.items():
        setting = SETTINGS.get(atom_name(key) or "")
        if setting is None:
            faults.append((key, UNKNOWN))
            continue
        try:
            kept[atom_name(key) or ""] = setting.check(value)
        except Refused as refused:
            faults.append((key, str(refused)))
    return kept, faults


def shown(record: Record) -> dict[Any, Any]:
    """Give all settings of a session as plain data."""
    set_ = {_ATOMS[name]: value for name, value in record.config.items() if name in _ATOMS}
    values = {key: INFINITY if value is None else value for key, value in set_.items()}
    timeout = INFINITY if record.timeout_ms is None else record.timeout_ms
    return {**_DEFAULTS, **values, _ATOMS[TIMEOUT]: timeout}


def defaults() -> dict[Any, Any]:
    """Give the settings of a session that has set none, as plain data."""
    return dict(_DEFAULTS)


def setting(record: Record, name: str) -> Any:
    """Give one setting of a session; None for `infinity`."""
    return record.timeout_ms if name == TIMEOUT else record.config.get(name, SETTINGS[name].default)
