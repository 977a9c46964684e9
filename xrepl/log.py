"""The server's log: a line each on standard error, which is the file `log` in the home directory, with its time.

What is written there and when is for those who write; Python's own loggers come here, too, once `install` was called.
"""

import contextlib
import logging
import sys
from datetime import datetime


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


def install() -> None:
    """Let what goes to Python's loggers in this process go to the log."""
    handler = _Handler()
    handler.setFormatter(logging.Formatter("%(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)


class _Handler(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        write(self.format(record))
