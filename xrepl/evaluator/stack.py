"""How deep pickling may recurse: C code recurses on the machine's stack, of which the recursion limit knows nothing."""

from __future__ import annotations

import contextlib
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
