"""`python -m xrepl.server [--ready-fd N]`: run the server of the home directory in the foreground.

The one who starts it may pass a descriptor, on which it says `ok` when it listens, or `error: ...`.
"""

from __future__ import annotations

import os
import sys

from xrepl import log
from xrepl.config import home_directory
from xrepl.errors import XreplError
from xrepl.server.server import Server, raise_descriptor_limit


def main() -> int:
    """Run the server; give the exit status."""
    ready = int(sys.argv[2]) if len(sys.argv) > 2 and sys.argv[1] == "--ready-fd" else -1
    if ready >= 0:
        os.set_inheritable(ready, False)
    os.umask(0o077)
    log.install()
    try:
        home = home_directory()
        os.environ["XREPL_HOME"] = home
        raise_descriptor_limit()
        server = Server(home)
    except XreplError as reason:
        _say(ready, f"error: {reason}")
        return 1
    os.chdir("/")  # keep no directory of the user's busy
    _say(ready, "ok")
    server.run()
    return 0


def _say(ready: int, text: str) -> None:
    if ready >= 0:
        os.write(ready, f"{text}\n".encode())
        os.close(ready)
    elif text != "ok":
        print(f"xrepl: {text.removeprefix('error: ')}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
