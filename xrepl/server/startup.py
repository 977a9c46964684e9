"""The user's own forms for new sessions: `rc.lfe` and `rc.hy` in `$XDG_CONFIG_HOME/xrepl`.

They are evaluated first of all in each new session, as if typed there, so that the journal has them.  What fails is
told to the first client; the session goes on.  Reads the files; evaluates nothing.
"""

from __future__ import annotations

import os
from typing import Any

from xrepl.errors import XreplError
from xrepl.server.connection import Message
from xrepl.server.evaluation import Evaluation
from xrepl.server.link import Frame
from xrepl.server.live import LiveSession
from xrepl.store.records import Record

FILES = {"rc.lfe": "lfe", "rc.hy": "hy"}
MAX_BYTES = 1 << 20


class _Startup(Evaluation):
    """A file's evaluation; nobody waits for its answer."""

    def __init__(self, live: LiveSession, request: Message) -> None:
        super().__init__(None, request)
        self._session = live

    def show(self, frame: Frame, title: str, record: Record, problem: XreplError | None) -> None:
        """Keep what failed for the first client."""
        super().show(frame, title, record, problem)
        if "error" in frame:
            self._session.notices.append(f"{self.file}: {frame['error'].partition(chr(10))[0]}")

    def tell(self, **fields: Any) -> None:
        """Keep what is no form's answer, too."""
        if "incomplete" in fields.get("status", ()):
            self._session.notices.append(fields["xrepl_error"])


def begin(live: LiveSession) -> None:
    """Queue the evaluation of the user's files in a session that was just made.

    Only a session that was made by a client with an environment has a user's settings.
    """
    directory = _directory(live.record.environment)
    for name, syntax in FILES.items():
        path = os.path.join(directory, name)
        if directory and os.path.isfile(path):
            live.evaluate(_Startup(live, {"code": _text(live, path), "file": path, "xrepl/syntax": syntax}))


def _directory(environment: dict[str, str]) -> str:
    base = environment.get("XDG_CONFIG_HOME", "")
    if not base.startswith("/"):
        home = environment.get("HOME", "")
        base = f"{home}/.config" if home.startswith("/") else ""
    return f"{base}/xrepl" if base else ""


def _text(live: LiveSession, path: str) -> str:
    try:
        with open(path, encoding="utf-8") as file:
            return file.read(MAX_BYTES)
    except (OSError, UnicodeDecodeError) as reason:
        live.notices.append(f"cannot read {path}: {reason}")
        return ""
