"""Which library modules the zygote loads, so that no session waits for them: all that are there.

A module that does not load is named in the log and left out; who calls it gets its error.
"""

from __future__ import annotations

import importlib
from pathlib import Path

from xrepl import log

_PACKAGES = ("xrepl.lang.erlang", "xrepl.lang.lfe", "xrepl.lang.shell", "xrepl.lang.xrepl")


def library() -> None:
    """Import the modules of the library and of the shell."""
    for package in _PACKAGES:
        try:
            found = importlib.import_module(package)
        except ModuleNotFoundError:
            continue
        for directory in found.__path__:
            for path in sorted(Path(directory).glob("*.hy")):
                _load(f"{package}.{path.stem}")


def _load(module: str) -> None:
    try:
        importlib.import_module(module)
    except Exception as reason:
        log.write(f"{module} does not load: {type(reason).__name__}: {reason}")
