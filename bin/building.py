"""Compiles the .hy files when a wheel is built, so that an installed copy starts at once and leaves nothing behind.

setuptools calls `BuildWithBytecode` (see pyproject.toml).  Run as a program it compiles the package below a directory.
The bytecode is for the Python that builds; others compile at their first start, into XREPL_HOME.  It is checked by the
source's hash: an installer gives files another date.
"""

import py_compile
import subprocess
import sys
from pathlib import Path

from setuptools.command.build_py import build_py


class BuildWithBytecode(build_py):
    """Copies the package as setuptools does, then compiles what is written in Hy."""

    def run(self) -> None:
        """Build; an editable install is compiled where it is, by bin/compile.py."""
        super().run()
        if not self.editable_mode:
            # -B: what one file requires of another is not to be written beside it on the way
            subprocess.run([sys.executable, "-B", __file__, self.build_lib], check=True)


def compile_hy(root: Path) -> None:
    """Compile the .hy files below a directory from which `xrepl` can be imported."""
    sys.path.insert(0, str(root.resolve()))
    import hy  # noqa: F401  from here on Python compiles .hy, too

    for path in sorted(root.rglob("*.hy")):
        py_compile.compile(str(path), doraise=True, invalidation_mode=py_compile.PycInvalidationMode.CHECKED_HASH)


if __name__ == "__main__":
    compile_hy(Path(sys.argv[1]))
