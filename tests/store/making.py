"""Making what the store keeps, in few words."""

import itertools

from xrepl.store import journal
from xrepl.store.records import Delta, Entry, Group
from xrepl.store.store import Store

State = dict[str, bytes]
_numbers = itertools.count(1)


def make_id() -> str:
    """Give a session id that is not used yet."""
    return f"{next(_numbers):08x}" + "0" * 24


def delta(changed: State | None = None, *gone: str) -> Delta:
    """Give a delta with one group for each name."""
    return Delta({name: Group([name], blob) for name, blob in (changed or {}).items()}, list(gone))


class Kept:
    """A session in a store."""

    def __init__(self, store: Store, session_id: str) -> None:
        self.store = store
        self.id = session_id

    def commit(self, changed: State | None = None, *gone: str, form: str = "(form)", at: float = 100.0) -> int:
        """Commit one form; give its revision."""
        entry = Entry(form, started_at=at, value="ok")
        return self.store.run(lambda txn: journal.commit(txn, self.id, entry, delta(changed, *gone), at))

    def move(self, number: int, kind: str = "checkout") -> tuple[int, Delta]:
        """Go to the state of a revision."""
        return self.store.run(lambda txn: journal.move(txn, self.id, number, Entry(f"({kind})", kind=kind)))

    def undo(self, steps: int = 1) -> int | None:
        """Undo; give where that led to, None if nothing was undone."""
        with self.store.read() as txn:
            target = journal.undo_target(txn, self.id, steps)
        if target is not None:
            self.move(target, "undo")
        return target

    def redo(self, steps: int = 1) -> int | None:
        """Redo; give where that led to, None if nothing was redone."""
        with self.store.read() as txn:
            target = journal.redo_target(txn, self.id, steps)
        if target is not None:
            self.move(target, "redo")
        return target

    def state(self, number: int | None = None) -> State:
        """Give the state, now or after a revision, as names and blobs."""
        with self.store.read() as txn:
            groups = journal.current(txn, self.id) if number is None else journal.as_of(txn, self.id, number)
        return {name: group.blob for group in groups.values() for name in group.names}
