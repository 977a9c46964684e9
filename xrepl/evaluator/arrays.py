"""numpy's arrays, where numpy has been imported: views of one memory stay so, and what never changes is known for it.

numpy pickles a view as a copy.  Here a view is its owner and the place in it: both come back sharing the memory, and
are one group, so that a change through the one is seen in the other.  Never imports numpy itself.
"""

from __future__ import annotations

import array
import sys
from collections.abc import Callable
from typing import Any

from xrepl.evaluator.building import Builder


def take_array(pickler: object, value: Any) -> Any:
    """Take apart what is a view of another array, or of bytes; leave arrays with memory of their own to numpy."""
    owner, kind = value.base, type(value)
    if type(owner) is memoryview:
        owner = owner.obj
    if type(owner) in (bytearray, array.array) and len(owner):
        offset = _address(value) - _address(sys.modules["numpy"].frombuffer(owner, "u1"))
        return Builder.array_over, (kind, owner, value.dtype, value.shape, offset, value.strides)
    if type(owner) is not kind:
        return NotImplemented
    while type(owner.base) is kind:  # a restored view is one of a view
        owner = owner.base
    if owner.dtype.hasobject or not owner.flags.forc:
        return NotImplemented
    offset = _address(value) - _address(owner)
    return Builder.array_view, (owner, value.dtype, value.shape, offset, value.strides)


def _address(value: Any) -> int:
    return int(value.__array_interface__["data"][0])


def add_arrays(taken: dict[type, Callable[[Any, Any], Any]]) -> None:
    """Add numpy's arrays to what is taken apart, once numpy has been imported."""
    numpy = sys.modules.get("numpy")
    kind = getattr(numpy, "ndarray", None)
    if kind is not None and kind not in taken:
        taken[kind] = take_array


def is_unchanging(kind: type) -> bool:
    """Say whether objects of one of numpy's classes never change: its types of elements, and single elements."""
    numpy = sys.modules.get("numpy")
    return numpy is not None and issubclass(kind, (numpy.dtype, numpy.generic))
