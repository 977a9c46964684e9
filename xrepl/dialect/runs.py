"""Long lists without cells: what a library function gives when it has all elements at once.

Cells are made when the list is taken apart, a few at a time; going through it makes none.  Nothing here decides when a
list is taken apart, see `data.uncons`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from xrepl.dialect.data import View, from_iterable

_SHORT: Final = 32  # elements: `uncons` makes as many cells at once, so that fewer cost as much as cells


def run_of(items: Iterable[Any]) -> Any:
    """Give a list of these elements, in a tuple, which nobody can change."""
    elements = items if type(items) is tuple else tuple(items)
    return View(elements, 0) if len(elements) > _SHORT else from_iterable(elements)


def run_length(run: View) -> int:
    """Count the elements of a run, or of what is left of a string or Python list, at once."""
    return len(run.base) - run.start
