"""Every module of the library loads, says what it is for, and shows no helper as a function of its own."""

import importlib
from pathlib import Path

import pytest

from tests.architecture.library_page import functions

LANG = Path(__file__).parent.parent.parent / "hy_src"
MODULES = sorted(
    f"{path.parent.name}.{path.stem}" for folder in ("erlang", "lfe") for path in (LANG / folder).glob("[a-z]*.hy")
)


@pytest.mark.parametrize("name", MODULES)
def test_module_loads_and_says_what_it_is_for(name: str) -> None:
    """A module has a docstring that begins with its name or whose it is, and functions."""
    module = importlib.import_module(f"xrepl.lang.{name}")

    assert (module.__doc__ or "").rstrip().endswith(".")
    assert module.__lfe_module__ == name.partition(".")[2]
    assert functions(module)


@pytest.mark.parametrize("name", [name for name in MODULES if name not in ("erlang.c", "lfe.lfe_shell")])
def test_functions_of_a_module_are_its_own(name: str) -> None:
    """What a module imports from another one is no function of the module by the way."""
    module = importlib.import_module(f"xrepl.lang.{name}")
    allowed = {"os.system_time/0", "os.system_time/1", "os.timestamp/0"}  # erlang's, on purpose
    foreign = {
        f"{module.__lfe_module__}.{key}"
        for key, function in functions(module).items()
        if function.__module__.startswith("xrepl.lang.")
        and function.__globals__.get("__lfe_module__", module.__lfe_module__) != module.__lfe_module__
    }

    assert foreign - allowed == set()
