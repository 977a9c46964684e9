"""The one error hierarchy of xrepl.

Every error that xrepl itself raises is an `XreplError`: a code that never changes (the nREPL status
word), what happened, and what to do about it.  A user's own exception is data in a reply and is never
one of these; the language's errors (`LfeError`) live in `xrepl.dialect.raising`.
"""

from __future__ import annotations


class XreplError(Exception):
    """What all of xrepl's own errors are.

    Args:
        message: what happened, in lower case, with the object and the numbers.
        hint: what to do about it; empty when there is nothing to do.
    """

    code = "error"

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        """Give the message and, after a semicolon, the hint."""
        return f"{self.message}; {self.hint}" if self.hint else self.message


class ReadError(XreplError):
    """The text cannot be read as forms."""

    code = "read-error"

    def __init__(self, message: str, hint: str = "", *, line: int = 1, column: int = 1) -> None:
        super().__init__(message, hint)
        self.line = line
        self.column = column


class IncompleteInput(ReadError):
    """The text ends inside a form: more lines can make it whole."""

    code = "incomplete-input"


class InvalidInput(ReadError):
    """No further text can make this a form."""

    code = "invalid-input"


class ProtocolError(XreplError):
    """A message does not follow the protocol."""

    code = "protocol-error"


class LocalProtocolError(ProtocolError):
    """We tried to send what the protocol does not allow."""


class RemoteProtocolError(ProtocolError):
    """The peer sent what the protocol does not allow."""


class ServerGone(XreplError):
    """The server is not there: it is not running, does not start, or ended while it was needed."""

    code = "server-gone"


class SessionError(XreplError):
    """A session cannot do what was asked."""

    code = "session-error"


class UnknownSession(SessionError):
    """No session has this name, id or prefix."""

    code = "unknown-session"


class AmbiguousPrefix(SessionError):
    """Several sessions' ids begin with this."""

    code = "ambiguous-prefix"

    def __init__(self, message: str, hint: str = "", *, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(message, hint)
        self.candidates = candidates


class Conflict(SessionError):
    """The session was changed by somebody else in the meantime."""

    code = "conflict"


class UnknownRevision(SessionError):
    """The session has no revision of this number, or not any more."""

    code = "unknown-revision"


class NameTaken(SessionError):
    """Another session has this name already."""

    code = "name-taken"


class InvalidName(SessionError):
    """A session cannot have this name."""

    code = "invalid-name"


class NothingToUndo(SessionError):
    """There are not so many changes to undo or redo."""

    code = "nothing-to-undo"


class NotStored(SessionError):
    """The session is a throw-away one, of which nothing is stored."""

    code = "not-stored"


class SessionBusy(SessionError):
    """The session is evaluating and cannot be asked now."""

    code = "busy"


class EvaluatorDied(SessionError):
    """The evaluator process ended while a form was running: the form is lost."""

    code = "evaluator-died"


class RestoreIncomplete(SessionError):
    """Part of the stored state could not be restored."""

    code = "restore-incomplete"


class StoreError(XreplError):
    """The store cannot do what was asked."""

    code = "store-error"


class StoreFull(StoreError):
    """There is no room: on the disk, in the map, or under a file-size limit."""

    code = "store-full"


class StoreDamaged(StoreError):
    """The store's file does not hold what was written, or a write or sync failed."""

    code = "store-damaged"


class StoreLocked(StoreError):
    """Another process has the store open."""

    code = "store-locked"


class StoreVersion(StoreError):
    """The store is of a version that this program does not read."""

    code = "store-version"


class RefusedError(XreplError):
    """Something unsafe was refused."""

    code = "refused"


class PeerRefused(RefusedError):
    """The peer of a connection is another user."""

    code = "peer-refused"


class UnsafePath(RefusedError):
    """A path belongs to somebody else, or others may write to it."""

    code = "unsafe-path"


class QuotaExceeded(RefusedError):
    """A limit was reached."""

    code = "quota-exceeded"


class ConfigError(XreplError):
    """A setting has a value that it cannot have."""

    code = "config-error"


def _all(kind: type[XreplError]) -> dict[str, type[XreplError]]:
    found = {kind.code: kind}
    for narrower in kind.__subclasses__():
        found = {**_all(narrower), **found}
    return found


# by code: how an error is made again at the other end of a connection
ERRORS = _all(XreplError)
