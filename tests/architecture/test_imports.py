"""Imports go one way, and some only happen in one place.

Every file is read; a new part states its arrows here first.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
PYTHON = sorted((ROOT / "xrepl").rglob("*.py"))
HY = sorted((ROOT / "hy_src").rglob("*.hy"))

# part: the parts it may import, beside itself and what all may
ARROWS = {
    "api": {"client"},
    "cli": {"server", "client", "store"},
    "client": {"protocol"},
    "server": {"supervisor", "store", "protocol"},
    "supervisor": {"store", "protocol"},
    "evaluator": {"dialect", "lang", "protocol"},
    "dialect": set(),
    "store": set(),
    "protocol": set(),
    "lang": {"dialect"},
    "errors": set(),
    "config": set(),
    "log": set(),
    "": {"api"},
}
FOR_ALL = {"errors", "config", "log", ""}

# module: the files (or folders, with a slash at the end) that may import it
ONLY_IN = {
    "lmdb": {"store/environment.py"},
    "prompt_toolkit": {"client/"},
    "pygments": {"client/lexer.py"},
    "PIL": {"client/pictures.py"},
    "term_image": {"client/pictures.py"},
    "resvg_py": {"client/pictures.py"},
    "readline": {"client/"},
    "hy": {"dialect/", "evaluator/"},
    "greenlet": {"dialect/"},
    "pickle": {"evaluator/"},
    "marshal": {"evaluator/"},
    "multiprocessing": set(),
    "asyncio": set(),
    "subprocess": {"supervisor/child.py", "evaluator/children.py"},
}
# calls that create a process: the names they go by in `os` and `posix`
CREATES_PROCESS = re.compile(r"^(fork|forkpty|posix_spawnp?|spawn[lv]p?e?|system|popen)$")
MAY_CREATE_PROCESS = {"supervisor/child.py", "evaluator/zygote.py", "client/connect.py"}
HY_PRIVATE = {"hy.compiler", "hy.core", "hy.importer", "hy.scoping"}


def part_of(path: Path) -> str:
    """Give the part that a file belongs to."""
    if path.is_relative_to(ROOT / "hy_src"):
        return "lang"
    return part_named(path.relative_to(ROOT / "xrepl").with_suffix("").parts[0])


def part_named(name: str) -> str:
    """Give the part that an imported name belongs to; empty for none."""
    return name if name in ARROWS else ""


def imports(path: Path) -> Iterator[str]:
    """Give the full names that a Python file imports, wherever in it."""
    package = ("xrepl", *path.relative_to(ROOT / "xrepl").parts[:-1])
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) + 1 - node.level]) if node.level else ""
            module = ".".join(filter(None, (base, node.module)))
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def is_in(path: Path, places: set[str]) -> bool:
    """Say whether a file is one of some places."""
    relative = path.relative_to(ROOT / "xrepl").as_posix()
    return any(relative == place or (place.endswith("/") and relative.startswith(place)) for place in places)


def name_of(path: Path) -> str:
    """Give the name that a test shows for a file."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", PYTHON, ids=name_of)
def test_imports_follow_the_arrows(path: Path) -> None:
    """A part imports only the parts that an arrow leads to."""
    part = part_of(path)
    used = {part_named(name.split(".")[1]) for name in imports(path) if name.startswith("xrepl.")}

    assert set() == used - ARROWS[part] - FOR_ALL - {part}


@pytest.mark.parametrize("path", PYTHON, ids=name_of)
def test_libraries_stay_in_their_place(path: Path) -> None:
    """LMDB, prompt_toolkit, Hy, pickle and what starts processes are imported only where the design has them."""
    misplaced = {
        name for name in imports(path) if name.split(".")[0] in ONLY_IN and not is_in(path, ONLY_IN[name.split(".")[0]])
    }

    assert set() == misplaced


@pytest.mark.parametrize("path", PYTHON, ids=name_of)
def test_hy_private_names_are_used_in_two_files(path: Path) -> None:
    """Only hy_bridge.py and kernel_compiler.py depend on what Hy may change."""
    private = {name for name in imports(path) if ".".join(name.split(".")[:2]) in HY_PRIVATE}

    assert set() == private or path.name in ("hy_bridge.py", "kernel_compiler.py")


@pytest.mark.parametrize("path", PYTHON, ids=name_of)
def test_processes_are_created_in_three_files(path: Path) -> None:
    """Forking a process with threads or an open store is a fault: only three files create processes."""
    calls = {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("os", "posix")
        and CREATES_PROCESS.match(node.func.attr)
    }

    assert set() == calls or is_in(path, MAY_CREATE_PROCESS)


@pytest.mark.parametrize("path", HY, ids=name_of)
def test_hy_files_import_only_the_dialect(path: Path) -> None:
    """A library module in Hy stands on the dialect and errors, never on a process's inner parts."""
    used = {part_named(found) for found in re.findall(r"\bxrepl\.([a-z_]+)", path.read_text())}

    assert set() == used - {"dialect", "lang"} - FOR_ALL


def test_one_shot_client_imports_nothing_heavy() -> None:
    """The files on the path of `xrepl -e` import, at their top, only what costs next to nothing."""
    allowed = {"_socket", "posix", "sys", "__future__", "xrepl"}
    files = ["cli/main.py", "cli/options.py", "config.py", "errors.py", "protocol/bencode.py"]
    files += [f"client/{name}.py" for name in ("connect", "connection", "conversation", "oneshot", "output", "render")]
    heavy = set()
    for file in files:
        for node in ast.parse((ROOT / "xrepl" / file).read_text()).body:
            if isinstance(node, ast.Import):
                heavy |= {(file, alias.name) for alias in node.names if alias.name.split(".")[0] not in allowed}
            elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] not in allowed:
                heavy.add((file, node.module or ""))

    assert set() == heavy
