"""Where things are: the home directory that holds everything of one user's server.

Reads the environment and checks paths; reads no settings file.  Both ends of the socket use it, the one-shot client
too, so it imports nothing that takes time.
"""

import posix

from xrepl.errors import InvalidName, UnsafePath

SOCKET_NAME = "socket"
LOG_NAME = "log"
# what was typed in each session, in a file named by its id
HISTORY_DIRECTORY = "history"
DEFAULT_SESSION = "default"
MAX_NAME_CHARACTERS = 200
_OTHERS = 0o077
_TYPE_MASK = 0o170000
_LINK = 0o120000
_DIRECTORY = 0o040000


def home_path() -> str:
    """Give the absolute path of the home directory, which need not exist.

    `XREPL_HOME`, else `xrepl` in `XDG_STATE_HOME`, else in `~/.local/state`.

    Raises:
        UnsafePath: the environment names none of them.
    """
    path = _variable(b"XREPL_HOME")
    if path:
        return path if path.startswith("/") else f"{posix.getcwd()}/{path}"
    state = _variable(b"XDG_STATE_HOME")
    if state.startswith("/"):
        return f"{state}/xrepl"
    user = _variable(b"HOME")
    if not user.startswith("/"):
        raise UnsafePath("there is no home directory to keep sessions in", "set HOME or XREPL_HOME to a directory")
    return f"{user}/.local/state/xrepl"


def home_directory() -> str:
    """Give the path of the home directory, made if missing and checked: ours, and closed to others.

    Raises:
        UnsafePath: it is no directory, belongs to somebody else, or others may enter it.
    """
    path = home_path()
    try:
        check_directory(path)
    except FileNotFoundError:
        _make(path)
        check_directory(path)
    return path


def check_directory(path: str) -> None:
    """Check that a directory, and the link to it if it is one, is ours and closed to others.

    Raises:
        FileNotFoundError: there is none.
        UnsafePath: it is no directory, belongs to somebody else, or others may enter it.
    """
    status = posix.lstat(path)
    if status.st_mode & _TYPE_MASK == _LINK:
        _check_owner(path, status)
        status = posix.stat(path)
    if status.st_mode & _TYPE_MASK != _DIRECTORY:
        raise UnsafePath(f"{path} is no directory", "remove it, or set XREPL_HOME to another path")
    _check_owner(path, status)
    if status.st_mode & _OTHERS:
        mode = status.st_mode & 0o7777
        raise UnsafePath(f"directory {path} is open to others (mode {mode:04o})", f"chmod 700 {path}")


def _check_owner(path: str, status: posix.stat_result) -> None:
    if status.st_uid != posix.geteuid():
        raise UnsafePath(f"{path} belongs to user {status.st_uid}", "set XREPL_HOME to a directory of yours")


def _make(path: str) -> None:
    import os  # not needed when the directory is there

    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
        os.mkdir(path, 0o700)
        os.chmod(path, 0o700)  # a umask may have taken more
    except FileExistsError:
        return  # somebody was faster, or it is no directory: the check says so
    except OSError as reason:
        raise UnsafePath(f"cannot make {path}: {reason.strerror}", "set XREPL_HOME to a directory of yours") from reason


def check_name(name: str) -> None:
    """Check that a session may have a name; the empty one is that of an unnamed session.

    Raises:
        InvalidName: it is too long, or has control characters.
    """
    if len(name) > MAX_NAME_CHARACTERS:
        raise InvalidName(f"a name of {len(name)} characters is too long", f"use {MAX_NAME_CHARACTERS} at most")
    if name != name.strip() or not (name.isprintable() or not name):
        raise InvalidName(f"the name {name!r} has control characters, or blanks at an end", "use a plain name")


def _variable(name: bytes) -> str:
    return posix.environ.get(name, b"").decode("utf-8", "surrogateescape")
