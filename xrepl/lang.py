"""Makes `hy_src/` importable as `xrepl.lang` in a checkout; holds no code.

An installed copy has the directory `xrepl/lang/` instead, which Python prefers to this file.  An import hook, which is
what an editable installation would otherwise use, costs every start of the interpreter 20 ms and more.
"""

from pathlib import Path

__path__ = [str(Path(__file__).parent.parent / "hy_src")]
