"""docs/library.md says what the library's modules have."""

import importlib

import pytest

from tests.architecture.library_page import PAGE, exports, functions, page


@pytest.mark.slow
def test_library_page_is_written_from_the_docstrings() -> None:
    """The page is what `python -m tests.architecture.library_page` writes now."""
    assert page() == PAGE.read_text()


@pytest.mark.parametrize("name", ["lists", "maps", "string", "proplists", "re", "gb_sets", "queue"])
def test_functions_of_a_module_are_described(name: str) -> None:
    """Each function has a docstring that begins with a verb and ends with a full stop."""
    found = functions(importlib.import_module(f"xrepl.lang.erlang.{name}"))

    undescribed = [key for key, function in found.items() if not (function.__doc__ or "").endswith(".")]

    assert undescribed == []


def test_export_list_names_modules_once() -> None:
    """The list of what Erlang exports can be read: modules, each with names and arities."""
    known = exports()

    assert "map/2" in known["lists"]
    assert all("/" in name for names in known.values() for name in names)
