"""Programs that a session's code starts get the usual stack limit, not the large one that deep recursion needs.

The limit is lowered for the moment of the start only: the main thread's stack is checked against it whenever it grows.
With a stack that has grown past the usual limit already it is left alone.
"""

from __future__ import annotations

import functools
import os
import resource
import subprocess
from collections.abc import Callable
from typing import Any

_USUAL_BYTES = 8 << 20
_SPARE_BYTES = 1 << 20  # what the stack may still grow by during a start


def install() -> None:
    """Wrap the functions that start programs."""
    for module, name in ((os, "system"), (os, "posix_spawn"), (os, "posix_spawnp"), (subprocess, "_fork_exec")):
        setattr(module, name, _with_usual_stack(getattr(module, name)))


def _with_usual_stack(start: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(start)
    def started(*arguments: Any, **keywords: Any) -> Any:
        soft, hard = resource.getrlimit(resource.RLIMIT_STACK)
        is_large = soft == resource.RLIM_INFINITY or soft > _USUAL_BYTES
        if not is_large or _stack_bytes() > _USUAL_BYTES - _SPARE_BYTES:
            return start(*arguments, **keywords)
        resource.setrlimit(resource.RLIMIT_STACK, (_USUAL_BYTES, hard))
        try:
            return start(*arguments, **keywords)
        finally:
            resource.setrlimit(resource.RLIMIT_STACK, (soft, hard))

    return started


def _stack_bytes() -> int:
    """Give how large the main thread's stack has become."""
    with open("/proc/self/maps") as maps:
        for line in maps:
            if line.endswith("[stack]\n"):
                first, last = line.split(" ", 1)[0].split("-")
                return int(last, 16) - int(first, 16)
    return _USUAL_BYTES
