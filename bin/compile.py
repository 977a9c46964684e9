"""Keeps the bytecode of every .py and .hy file of a checkout beside it, so that no start has to compile.

Run by bin/setup.  What is up to date is left alone; a file that does not compile is named and left to fail where it
is imported.
"""

import compileall
import importlib.util
import sys
from pathlib import Path


def compile_hy(root: Path) -> None:
    """Compile the .hy files of Hy itself and of ours; an uncached import of Hy alone costs 0.4 s."""
    import hy
    import hy.core.macros

    core = Path(hy.__file__).parent
    files = [("hy", core, path) for path in sorted(core.rglob("*.hy"))]
    files += [("xrepl.lang", root / "hy_src", path) for path in sorted((root / "hy_src").rglob("*.hy"))]
    for package, top, path in files:
        name = ".".join((package, *path.relative_to(top).with_suffix("").parts))
        spec = importlib.util.spec_from_file_location(name, path)
        try:
            spec.loader.get_code(name)  # writes the bytecode, runs nothing of the file
        except Exception as reason:
            print(f"xrepl: {path} does not compile: {type(reason).__name__}: {reason}".splitlines()[0], file=sys.stderr)


root = Path(sys.argv[1])
compileall.compile_dir(root / "xrepl", quiet=1)
compile_hy(root)
