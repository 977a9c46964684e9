"""An installed copy, outside the checkout, works as the checkout does, and can be taken away again."""

import os
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.helpers.document import examples, is_shown
from tests.helpers.packaging import copied, run
from tests.helpers.terminal import Terminal

pytestmark = pytest.mark.timeout(300)
BUILD_SDIST = "import setuptools.build_meta as backend, sys; backend.build_sdist(sys.argv[1])"


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a copy of the checkout, without what the checkout makes itself."""
    return copied(tmp_path_factory.mktemp("source") / "xrepl")


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a wheel, built from a copy of the checkout."""
    target = tmp_path_factory.mktemp("wheel")
    run(
        [
            sys.executable,
            "-m",
            "pip",
            "-q",
            "wheel",
            "--no-deps",
            "--no-build-isolation",
            "-w",
            str(target),
            str(source),
        ]
    )
    return next(target.glob("*.whl"))


@pytest.fixture(scope="module")
def place(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an environment in which the wheel is installed."""
    path = tmp_path_factory.mktemp("installed") / "venv"
    run([sys.executable, "-m", "venv", str(path)])
    run([str(path / "bin" / "python"), "-m", "pip", "-q", "install", str(wheel)])
    return path


@pytest.fixture
def clean(env: dict[str, str]) -> dict[str, str]:
    """Give an environment in which nothing is said about Python."""
    return {key: value for key, value in env.items() if not key.startswith("PYTHON")}


def test_wheel_has_all_of_the_package(wheel: Path) -> None:
    """Each Python and Hy file of the checkout is in it, the latter compiled, with the manual page and no test."""
    names = set(zipfile.ZipFile(wheel).namelist())
    python = {path.relative_to(ROOT).as_posix() for path in (ROOT / "xrepl").rglob("*.py") if path.name != "lang.py"}
    hy = {f"xrepl/lang/{path.relative_to(ROOT / 'hy_src').as_posix()}" for path in (ROOT / "hy_src").rglob("*.hy")}
    tag = sys.implementation.cache_tag
    compiled = {f"{Path(name).parent}/__pycache__/{Path(name).stem}.{tag}.pyc" for name in hy}

    assert (python | hy | compiled | {"xrepl/lang/lfe/include/clj.lfe"}) - names == set()
    assert [name for name in names if name.startswith("tests")] == []
    assert any(name.endswith("share/man/man1/xrepl.1") for name in names)


def test_source_archive_has_all_of_the_project(source: Path, tmp_path: Path) -> None:
    """What is needed to build, try and test it is there: every file of the checkout."""
    run([sys.executable, "-c", BUILD_SDIST, str(tmp_path)], cwd=source)
    with tarfile.open(next(tmp_path.glob("*.tar.gz"))) as archive:
        packed = {name.partition("/")[2] for name in archive.getnames()}
    tops = ("bin", "docs", "hy_src", "tests", "xrepl", ".ci")
    present = {
        path.relative_to(source).as_posix()
        for top in tops
        for path in (source / top).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }

    assert present - packed == set()


def test_session_of_the_readme_works_installed(place: Path, clean: dict[str, str], tmp_path: Path) -> None:
    """Typed at a terminal of the installed copy, each form shows what the README says; nothing has to be compiled."""
    session = next(steps for language, steps in examples((ROOT / "README.md").read_text()) if language == "lfe")
    with Terminal([str(place / "bin" / "xrepl")], clean, tmp_path) as terminal:
        terminal.expect("lfe> ")
        wrong = [(form, seen) for form, shown in session if not is_shown(shown, seen := terminal.ask(form))]

    assert wrong == []
    assert not (Path(clean["XREPL_HOME"]) / "bytecode").exists()


def test_installed_copy_survives_a_restart(place: Path, clean: dict[str, str], tmp_path: Path) -> None:
    """The command on PATH keeps its sessions."""

    def xrepl(*arguments: str) -> str:
        return run([str(place / "bin" / "xrepl"), *arguments], env=clean, cwd=tmp_path)

    assert xrepl("-e", "(defun double (n) (* 2 n))", "-e", "(set x 42)") == "double\n42\n"
    xrepl("server", "stop")
    assert xrepl("-e", "(double x)", "-e", "(lists:reverse '(1 2))") == "84\n(2 1)\n"


def test_installed_copy_works_where_nothing_can_be_written(place: Path, clean: dict[str, str], tmp_path: Path) -> None:
    """A read-only site-packages is no obstacle, also for a Python that nothing is compiled for."""
    package = next((place / "lib").glob("python*/site-packages/xrepl"))
    compiled = package / "lang" / "shell" / "__pycache__"
    compiled.rename(aside := compiled.with_name("aside"))
    directories = [Path(directory) for directory, _, _ in os.walk(package)]
    for directory in directories:
        directory.chmod(0o555)
    try:
        assert run([str(place / "bin" / "xrepl"), "-e", "(+ 1 2)"], env=clean, cwd=tmp_path) == "3\n"
        assert (Path(clean["XREPL_HOME"]) / "bytecode").is_dir()
        assert not compiled.exists()
    finally:
        for directory in directories:
            directory.chmod(0o755)
        aside.rename(compiled)


@pytest.fixture
def removable(wheel: Path, tmp_path: Path) -> Path:
    """Give an environment with the wheel alone, to be uninstalled; what it needs is the tests' own."""
    path = tmp_path / "venv"
    run([sys.executable, "-m", "venv", str(path)])
    run([str(path / "bin" / "python"), "-m", "pip", "-q", "install", "--no-deps", str(wheel)])
    packages = next((path / "lib").glob("python*/site-packages"))
    ours = next(Path(entry) for entry in sys.path if entry.endswith("site-packages"))
    (packages / "needed.pth").write_text(f"{ours}\n")
    return path


def test_uninstalling_leaves_nothing_but_the_home(removable: Path, clean: dict[str, str], tmp_path: Path) -> None:
    """After use and an uninstall no file of ours is in the environment; the sessions are in XREPL_HOME."""
    xrepl = str(removable / "bin" / "xrepl")
    assert run([xrepl, "-e", "(lists:reverse '(1 2))"], env=clean, cwd=tmp_path) == "(2 1)\n"
    run([xrepl, "server", "stop"], env=clean, cwd=tmp_path)
    run([str(removable / "bin" / "python"), "-m", "pip", "-q", "uninstall", "-y", "xrepl"])

    assert [str(path) for path in removable.rglob("*xrepl*")] == []
    assert (Path(clean["XREPL_HOME"]) / "store").is_dir()
