"""xrepl: a Lisp REPL with many concurrent, named, isolated, persistent sessions.

`xrepl.connect()` gives a client for Python programs; it is loaded when it is asked for, since every start of the
command line imports this file.
"""

__version__ = "0.1.0"

TYPE_CHECKING = False
if TYPE_CHECKING:
    from xrepl.api import Client, Result, Session, SessionInfo, connect

__all__ = ["Client", "Result", "Session", "SessionInfo", "__version__", "connect"]


def __getattr__(name: str) -> object:
    """Give a public name of the client's, and load it."""
    if name not in __all__:
        raise AttributeError(f"module xrepl has no attribute {name!r}")
    from xrepl import api

    return getattr(api, name)
