"""Uses a store where writing fails, and prints what it was told, as JSON; for the tests of `test_store_faults.py`.

Usage: store_worker.py HOME failing|full|limited NUMBER
"""

import json
import os
import random
import resource
import sys
from typing import Any

from xrepl.errors import StoreError, XreplError
from xrepl.store import journal, sessions
from xrepl.store.records import Delta, Entry, Group, Record
from xrepl.store.store import Store

SESSION = "5e" * 16
Answers = dict[str, Any]


def commit(store: Store, number: int, size_bytes: int = 300) -> str:
    """Commit one form; give `ok`, or the code of the error."""
    large = b"%08d" % number + random.Random(number).randbytes(size_bytes)
    delta = Delta({"n": Group(["n"], b"%d" % number), "x": Group(["x"], large)})
    try:
        store.run(lambda txn: journal.commit(txn, SESSION, Entry("(form)", value=str(number)), delta, number))
    except XreplError as reason:
        return reason.code
    return "ok"


def latest(store: Store) -> int:
    """Give the number that the last form has bound, from the current state; both bindings must agree."""
    with store.read() as txn:
        state = journal.current(txn, SESSION)
    number = int(state["n"].blob)
    assert state["x"].blob.startswith(b"%08d" % number)
    return number


def failing(home: str, forms: int) -> Answers:
    """Commit forms while calls fail; then open the store anew and go on."""
    try:
        store = Store(home)
    except StoreError as reason:
        return {"opening": reason.code}
    outcomes = [commit(store, number) for number in range(1, forms + 1)]
    answers: Answers = {"outcomes": outcomes, "poisoned": store.is_poisoned, "latest": latest(store)}
    if store.is_poisoned:
        answers["findings"] = [str(one) for one in store.reopen()]
        answers["reopened"] = latest(store)
        answers["after"] = commit(store, forms + 1)
    store.close()
    return answers


def full(home: str, cycles: int) -> Answers:
    """Fill the disk, be refused, make room, and go on, again and again."""
    wrong: list[str] = []
    filler = os.path.join(os.path.dirname(home), "filler")
    with Store(home) as store:
        store.run(lambda txn: sessions.create(txn, Record(SESSION)))
        assert commit(store, 0) == "ok"
        number = 0
        for cycle in range(1, cycles + 1):
            _fill(filler)
            while commit(store, number + 1, 20_000) == "ok":
                number += 1
            if (commit(store, number + 1, 20_000), latest(store)) != ("store-full", number):
                wrong.append(f"cycle {cycle}: {latest(store)} after {number}")
            os.unlink(filler)
            number += 1
            if commit(store, number, 20_000) != "ok" or latest(store) != number:
                wrong.append(f"cycle {cycle}: does not go on when there is room")
            store.run(lambda txn: journal.compact(txn, SESSION, 5, None, 0, 10_000))
        return {"wrong": wrong, "findings": [str(one) for one in store.check()]}


def _fill(path: str) -> None:
    """Take all room but a little."""
    with open(path, "wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12):
            try:
                while file.write(bytes(size)) == size:
                    pass
            except OSError:
                pass
        file.truncate(max(0, file.tell() - (3 << 12)))


def limited(home: str, cycles: int) -> Answers:
    """Come up against a limit of the file's size, and go on when it is lifted."""
    _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
    answers: Answers = {"outcomes": [], "findings": []}
    for cycle in range(cycles):
        os.mkdir(f"{home}/{cycle}", 0o700)
        with Store(f"{home}/{cycle}") as store:
            store.run(lambda txn: sessions.create(txn, Record(SESSION)))
            limit = os.stat(store.path).st_size + (1 << 18)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, most))
            outcomes = [commit(store, 1), commit(store, 2, 1 << 20), commit(store, 3)]
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
            answers["outcomes"].append([*outcomes, commit(store, 4, 1 << 20), latest(store)])
            answers["findings"] += [str(one) for one in store.check()]
    return answers


if __name__ == "__main__":
    action = {"failing": failing, "full": full, "limited": limited}[sys.argv[2]]
    print(json.dumps(action(sys.argv[1], int(sys.argv[3]))))
