"""What the kernel holds an evaluator to: memory, core files, who is killed first when the machine has none left.

A greedy session then hurts itself and not the server.
"""

from __future__ import annotations

import contextlib
import os
import resource

MEMORY_SHARE = 2  # an evaluator may have one half of the machine's memory
LEAST_MEMORY_BYTES = 2 << 30
_KILLED_FIRST = b"500"


def memory_limit_bytes() -> int:
    """Give how much address space an evaluator may use."""
    total = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return max(LEAST_MEMORY_BYTES, total // MEMORY_SHARE)


def apply() -> None:
    """Set the limits of this process, an evaluator that was just forked."""
    _lower(resource.RLIMIT_AS, memory_limit_bytes())
    _lower(resource.RLIMIT_CORE, 0)
    with contextlib.suppress(OSError):
        # not `open`, whose parts would each be a page more that is no longer shared with the zygote
        score = os.open("/proc/self/oom_score_adj", os.O_WRONLY)
        os.write(score, _KILLED_FIRST)
        os.close(score)


def limit_memory(limit_bytes: int | None) -> None:
    """Set how much address space this evaluator may use; None for what all may."""
    _lower(resource.RLIMIT_AS, memory_limit_bytes() if limit_bytes is None else limit_bytes)


def _lower(kind: int, limit: int) -> None:
    _, hard = resource.getrlimit(kind)
    if hard != resource.RLIM_INFINITY:
        limit = min(limit, hard)
    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(kind, (limit, hard))
