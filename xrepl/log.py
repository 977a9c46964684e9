"""The server's log: a line each on standard error, which is the file `log` in the home directory, with its time.

What is written there and when is for those who write; Python's own loggers come here, too, once `install` was called.
"""

import contextlib
import logging
import os
import shutil
import sys
from datetime import datetime

MAX_BYTES = 10 << 20


def write(text: str) -> None:
    """Write a line to the log; from any thread.

    A log that cannot be written, on a full disk, say, keeps nobody from their work.
    """
    with contextlib.suppress(OSError):
        print(
            f"{datetime.now().astimezone().isoformat(timespec='milliseconds')} xrepl: {text}",
            file=sys.stderr,
            flush=True,
        )


def shorten(path: str, most_bytes: int = MAX_BYTES) -> None:
    """Begin the log anew when it has become too long; what was in it is beside it then, in `log.old`.

    Args:
        path: the log's file; nothing happens if this process writes elsewhere.
        most_bytes: how long it may be.
    """
    with contextlib.suppress(OSError, ValueError):
        written, named = os.fstat(sys.stderr.fileno()), os.stat(path)
        if written.st_size <= most_bytes or not os.path.samestat(written, named):
            return
        with contextlib.suppress(OSError):  # on a full disk the room is worth more
            shutil.copyfile(path, f"{path}.old")
        os.ftruncate(sys.stderr.fileno(), 0)  # all who write append


def install() -> None:
    """Let what goes to Python's loggers in this process go to the log."""
    handler = _Handler()
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)


class _Handler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        write(self.format(record))
