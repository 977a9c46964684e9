"""The forms that were typed in a session, kept in a file of its own, shared by the terminals at the session.

One JSON string a line, the oldest first; whole forms, however many lines they have.  Only the user can read the file.
A history that cannot be read or written is no reason to refuse a form: then it is that of this terminal alone.
"""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import BinaryIO

from xrepl.config import HISTORY_DIRECTORY

DEFAULT_MAX_FORMS = 1000
# the file is cut back to the limit when it has grown beyond it by a part of it: not with every form
_SLACK = 4


class History:
    """The history of one session.

    Args:
        path: the file, made with the first form; empty to keep the forms in memory.
        max_forms: how many are kept; 0 for none.  It may be changed.
    """

    def __init__(self, path: str = "", max_forms: int = DEFAULT_MAX_FORMS) -> None:
        self._path = path
        self.max_forms = max_forms
        self._forms: list[str] = []
        self._seen: object = None  # which file was read, and how much of it

    @property
    def forms(self) -> list[str]:
        """Give the forms, the oldest first; what other terminals have added is among them."""
        if self._path and self.max_forms > 0:
            with suppress(OSError):
                self._read()
        return self._forms[-self.max_forms :] if self.max_forms > 0 else []

    def add(self, form: str) -> None:
        """Add a form, unless it is the last one again."""
        forms = self.forms
        if self.max_forms <= 0 or not form.strip() or forms[-1:] == [form]:
            return
        self._forms.append(form)
        if self._path:
            with suppress(OSError):
                self._write(form)

    def clear(self) -> None:
        """Forget all forms."""
        self._forms = []
        if self._path:
            with suppress(OSError):
                os.unlink(self._path)

    def _read(self) -> None:
        try:
            file = open(os.open(self._path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC), "rb")  # noqa: SIM115
        except FileNotFoundError:
            if self._seen is not None:  # somebody has cleared it
                self._forms, self._seen = [], None
            return
        with file:
            status = os.fstat(file.fileno())
            seen = (status.st_dev, status.st_ino, status.st_size)
            if seen != self._seen:
                self._forms, self._seen = list(_decoded(file.read())), seen

    def _write(self, form: str) -> None:
        os.makedirs(os.path.dirname(self._path), mode=0o700, exist_ok=True)
        with _locked(self._path) as file:
            os.write(file.fileno(), _encoded(form))
            file.seek(0)
            forms = list(_decoded(file.read()))
            if len(forms) > self.max_forms + self.max_forms // _SLACK:
                self._replace(forms[-self.max_forms :])

    def _replace(self, forms: list[str]) -> None:
        new = f"{self._path}.new"
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600), "wb") as file:
            file.write(b"".join(map(_encoded, forms)))
        os.replace(new, self._path)


def path_of(home: str, session: str) -> str:
    """Give the path of a session's history."""
    return f"{home}/{HISTORY_DIRECTORY}/{session}"


def _encoded(form: str) -> bytes:
    return json.dumps(form).encode() + b"\n"


def _decoded(data: bytes) -> Iterator[str]:
    for line in data.splitlines():
        try:
            form = json.loads(line)
        except ValueError:
            continue  # a line that a full disk has cut
        if isinstance(form, str):
            yield form


@contextmanager
def _locked(path: str) -> Iterator[BinaryIO]:
    """Open a history for appending while no other terminal writes it."""
    flags = os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW | os.O_CLOEXEC
    while True:
        with open(os.open(path, flags, 0o600), "rb+") as file:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX)
            if os.fstat(file.fileno()).st_nlink:  # else another terminal has put a shorter one in its place
                yield file
                return
