"""What pickling and loading need of the interpreter: a bounded recursion, and no garbage collection meanwhile.

C code recurses on the machine's stack, of which the recursion limit knows nothing.  A collection in the middle would
go through all that the session holds, and finds nothing: only references to what lives are made.
"""

from __future__ import annotations

import contextlib
import gc
import resource
import sys
from collections.abc import Iterator

# The pickler was seen to take up to 250 bytes a level; four times that leaves room for what calls it.
_BYTES_A_LEVEL = 1024
_MOST_LEVELS = 500_000


@contextlib.contextmanager
def bounded_recursion() -> Iterator[None]:
    """Let code recurse no deeper than the stack allows, so that too deep a value is a RecursionError."""
    before = sys.getrecursionlimit()
    size, _ = resource.getrlimit(resource.RLIMIT_STACK)
    levels = _MOST_LEVELS if size == resource.RLIM_INFINITY else min(size // _BYTES_A_LEVEL, _MOST_LEVELS)
    sys.setrecursionlimit(min(before, levels))
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """Let no garbage collection happen."""
    is_collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if is_collecting:
            gc.enable()
