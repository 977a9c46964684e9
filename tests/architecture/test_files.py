"""Files are of a size that one reads, say what they are for, and can be run when they are programs."""

import ast
import os
import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
OURS = ("xrepl", "hy_src", "tests", "bin")
SOURCES = sorted(p for top in OURS for p in (ROOT / top).rglob("*") if p.suffix in (".py", ".hy") and p.is_file())
PYTHON = [path for path in SOURCES if path.suffix == ".py"]
MAX_LINES = 400
MAX_FUNCTION_LINES = 60


def name_of(path: Path) -> str:
    """Give the name that a test shows for a file."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_file_is_short_enough_to_read(path: Path) -> None:
    """No source file is over 400 lines."""
    assert len(path.read_text().splitlines()) <= MAX_LINES


@pytest.mark.parametrize("path", PYTHON, ids=name_of)
def test_functions_are_short(path: Path) -> None:
    """No function is over 60 lines."""
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    long = {
        node.name: (node.end_lineno or 0) - node.lineno + 1
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, functions) and (node.end_lineno or 0) - node.lineno + 1 > MAX_FUNCTION_LINES
    }

    assert long == {}


@pytest.mark.parametrize("path", PYTHON, ids=name_of)
def test_python_file_opens_with_its_job(path: Path) -> None:
    """Every Python file has a docstring."""
    assert ast.get_docstring(ast.parse(path.read_text()))


def test_every_package_is_installed() -> None:
    """pyproject.toml names each folder with code, so that an installed copy has all of it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    named = set(project["tool"]["setuptools"]["packages"])
    present = {"xrepl." + p.parent.name for p in (ROOT / "xrepl").glob("*/*.py")} | {"xrepl"}
    present |= {"xrepl.lang"} | {f"xrepl.lang.{p.parent.name}" for p in (ROOT / "hy_src").glob("*/*.hy")}

    assert present <= named


@pytest.mark.parametrize("name", ["bin/xrepl", "bin/test", "bin/bench", "bin/cover", ".ci/run"])
def test_program_can_be_run(name: str) -> None:
    """What a user or a machine starts is executable."""
    assert os.access(ROOT / name, os.X_OK)


def test_architecture_page_names_files_that_exist() -> None:
    """docs/architecture.md speaks of no file that is gone."""
    text = (ROOT / "docs" / "architecture.md").read_text()
    named = set(re.findall(r"`((?:xrepl|hy_src|tests|docs|bin)/[\w./-]+)`", text))

    assert set() == {name for name in named if not (ROOT / name).exists()}


@pytest.mark.parametrize("path", PYTHON, ids=name_of)
def test_no_test_sleeps(path: Path) -> None:
    """Tests wait for events, never for a time to pass."""
    sleeps = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr == "sleep" and isinstance(node.value, ast.Name)
        if node.value.id == "time" and path.is_relative_to(ROOT / "tests")
    ]

    assert sleeps == []
