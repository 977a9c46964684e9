"""The user's settings of the terminal: the table `[terminal]` of `config.toml`.

    [terminal]
    style = "default"       # or "quiet", "bright", "plain", or the name of a style of Pygments
    keys = "emacs"          # or "vi"
    banner = true
    raw = false             # let printed output through as it is

A file that cannot be read costs its settings, not the prompt.
"""

import os
from dataclasses import dataclass, fields
from typing import Any


@dataclass(frozen=True)
class Settings:
    """What the user has set.

    Attributes:
        style: the name of a style.
        keys: "emacs" or "vi".
        has_banner: whether the terminal says at its start what it is.
        is_raw: whether printed output may drive the terminal.
        problem: why the file was not read; empty if it was, or there is none.
    """

    style: str = "default"
    keys: str = "emacs"
    has_banner: bool = True
    is_raw: bool = False
    problem: str = ""


_NAMES = {"style": "style", "keys": "keys", "banner": "has_banner", "raw": "is_raw"}


def read_settings(environment: "os._Environ[str] | dict[str, str]" = os.environ) -> Settings:
    """Read the settings file; there need not be one."""
    base = environment.get("XDG_CONFIG_HOME") or os.path.join(environment.get("HOME", "/"), ".config")
    path = os.path.join(base, "xrepl", "config.toml")
    try:
        with open(path, "rb") as file:
            return _settings(_table(file))
    except FileNotFoundError:
        return Settings()
    except (OSError, ValueError) as reason:
        return Settings(problem=f"{path} is not used: {reason}")


def _table(file: Any) -> dict[str, Any]:
    import tomllib  # takes as long to import as the rest of the client; most users have no file

    table = tomllib.load(file).get("terminal", {})
    if not isinstance(table, dict):
        raise ValueError("terminal is no table")
    return table


def _settings(table: dict[str, Any]) -> Settings:
    kinds = {field.name: field.type for field in fields(Settings)}
    values = {}
    for key, value in table.items():
        if key not in _NAMES:
            raise ValueError(f"there is no setting {key} in [terminal]")
        if type(value).__name__ != getattr(kinds[_NAMES[key]], "__name__", kinds[_NAMES[key]]):
            raise ValueError(f"{key} in [terminal] is {value!r}")
        values[_NAMES[key]] = value
    if values.get("keys", "emacs") not in ("emacs", "vi"):
        raise ValueError(f"keys in [terminal] is {values['keys']!r}; use emacs or vi")
    return Settings(**values)
