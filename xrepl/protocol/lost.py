"""What an evaluator gets in the place of a group that the store has lost: whose it was, and why it is not there.

It is told apart from a group's bytes by its first bytes, of which the server knows nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence

_MAGIC = b"xl"


def lost(names: Sequence[str], why: str) -> bytes:
    """Give the bytes that stand for a lost group; the names are the user's."""
    return _MAGIC + "\n".join([why.replace("\n", " "), *names]).encode("utf-8", "surrogatepass")


def read(blob: bytes) -> tuple[list[str], str] | None:
    """Give names and reason of a lost group; None for the bytes of a group."""
    if blob[:2] != _MAGIC:
        return None
    why, *names = bytes(blob[2:]).decode("utf-8", "surrogatepass").split("\n")
    return names, why
