"""An installed copy, outside the checkout, works as the checkout does."""

import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT

BUILD_TIMEOUT_S = 300.0


def run(command: list[str], **options: object) -> str:
    """Run a command that must succeed; give what it printed."""
    done = subprocess.run(command, capture_output=True, text=True, timeout=BUILD_TIMEOUT_S, check=False, **options)  # type: ignore[call-overload]
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return str(done.stdout)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a wheel, built from a copy of the checkout."""
    source, target = tmp_path_factory.mktemp("source") / "xrepl", tmp_path_factory.mktemp("wheel")
    ignored = shutil.ignore_patterns(".venv", ".git", "__pycache__", "*.egg-info", "build", "tests", ".*_cache")
    shutil.copytree(ROOT, source, ignore=ignored)
    run([sys.executable, "-m", "pip", "-q", "wheel", "--no-deps", "-w", str(target), str(source)])
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give the `xrepl` of an environment in which the wheel is installed."""
    place = tmp_path_factory.mktemp("installed") / "venv"
    run([sys.executable, "-m", "venv", str(place)])
    run([str(place / "bin" / "python"), "-m", "pip", "-q", "install", str(wheel)])
    return place / "bin" / "xrepl"  # type: ignore[return-value]


def test_wheel_has_all_of_the_package(wheel: Path) -> None:
    """Each Python and Hy file of the checkout is in it, and no test."""
    names = set(zipfile.ZipFile(wheel).namelist())
    python = {path.relative_to(ROOT).as_posix() for path in (ROOT / "xrepl").rglob("*.py") if path.name != "lang.py"}
    hy = {f"xrepl/lang/{path.relative_to(ROOT / 'hy_src').as_posix()}" for path in (ROOT / "hy_src").rglob("*.hy")}

    assert (python | hy) - names == set()
    assert [name for name in names if name.startswith("tests")] == []


def test_installed_copy_evaluates_and_survives_a_restart(installed: Path, env: dict[str, str], tmp_path: Path) -> None:
    """The command on PATH keeps its sessions, as the README shows."""
    clean = {key: value for key, value in env.items() if not key.startswith("PYTHON")}

    def xrepl(*arguments: str) -> str:
        return run([str(installed), *arguments], env=clean, cwd=tmp_path)

    assert xrepl("-e", "(defun double (n) (* 2 n))", "-e", "(set x 42)") == "double\n42\n"
    xrepl("server", "stop")
    assert xrepl("-e", "(double x)", "-e", "(lists:reverse '(1 2))") == "84\n(2 1)\n"


def test_installed_copy_works_where_nothing_can_be_written(
    installed: Path, env: dict[str, str], tmp_path: Path
) -> None:
    """A read-only site-packages is no obstacle; without rights to write there bytecode is kept in XREPL_HOME."""
    package = next((installed.parent.parent / "lib").glob("python*/site-packages/xrepl"))
    for directory, _, _ in os.walk(package):
        if Path(directory).name == "__pycache__":
            shutil.rmtree(directory)
    writable = [Path(directory) for directory, _, _ in os.walk(package)]
    for directory in writable:
        directory.chmod(0o555)
    try:
        assert run([str(installed), "-e", "(+ 1 2)"], env=env, cwd=tmp_path) == "3\n"
        is_kept_aside = (Path(env["XREPL_HOME"]) / "bytecode").is_dir()
        assert is_kept_aside or os.access(package, os.W_OK)  # root may write anyway
    finally:
        for directory in writable:
            directory.chmod(0o755)
