"""Damages copies of a store and reads them; a program of its own, since a fault would end the process.

Usage: damage_worker.py HOME SEED COUNT.  Prints what became of the copies, as JSON.
"""

import json
import os
import random
import shutil
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from xrepl.errors import StoreDamaged
from xrepl.store import journal, sessions
from xrepl.store.records import Record
from xrepl.store.store import Store

Content = dict[str, Any]

NAMES = [*(f"name {number}" for number in range(5)), "branch"]


def read_all(store: Store) -> Content:
    """Give all that can be asked of a store: sessions by id, their states, journals, earlier states."""
    found: Content = {}
    with store.read() as txn:
        for record in sessions.all(txn):
            found[record.id] = read_session(txn, record)
            if record.status == "damaged":  # it may be the key that is damaged
                found.setdefault("damaged", []).append(record.id)
        found["names"] = {name: attempt(lambda name=name: sessions.find(txn, name).id) for name in NAMES}
        found["archive"] = attempt(lambda: [(one.record, one.at, one.why) for one in sessions.archived(txn)])
    return found


def read_session(txn: Any, record: Record) -> Content:
    """Give all that can be asked about one session; None for what is refused as damaged."""
    return {
        "record": None if record.status == "damaged" or record.not_kept else record,
        "state": attempt(lambda: sound(journal.current(txn, record.id))),
        "journal": attempt(lambda: journal.revisions(txn, record.id, 1000)),
        **{f"as of {n}": attempt(lambda n=n: sound(journal.as_of(txn, record.id, n))) for n in range(record.revision)},
    }


def attempt(read: Any) -> Any:
    """Give what a reading gives; None if it is refused as damaged."""
    try:
        return read()
    except StoreDamaged:
        return None


def sound(groups: dict[str, Any]) -> Any:
    """Give the groups' names and blobs, without those that say that they are damaged."""
    return {group_id: None if group.fault else (group.names, group.blob) for group_id, group in groups.items()}


def damage(data: bytearray, random_: random.Random) -> str:
    """Flip some bits, overwrite a stretch, or cut the end off; tell which."""
    kind = random_.choice(("flip", "flip", "flip", "byte", "zeros", "cut"))
    at = random_.randrange(len(data))
    if kind == "cut":
        del data[at:]
    elif kind == "zeros":
        size = random_.choice((8, 64, 512, 4096))
        data[at : at + size] = bytes(len(data[at : at + size]))
    elif kind == "byte":
        data[at] = random_.randrange(256)
    else:
        for place in {at, *random_.choices(range(len(data)), k=random_.randrange(3))}:
            data[place] ^= 1 << random_.randrange(8)
    return kind


def is_less(found: Content, truth: Content) -> bool:
    """Say whether what was read is as it was stored, but for what is said to be damaged."""
    damaged = found.pop("damaged", [])
    missing = truth.keys() - found.keys()
    strange = found.keys() - truth.keys()
    rest = {key: value for key, value in found.items() if key in truth}
    return (
        strange <= set(damaged)
        and len(missing) <= len(strange)
        and all(is_within(value, truth[key]) for key, value in rest.items())
    )


def is_within(found: Any, truth: Any) -> bool:
    """Say whether everything that was read is as it was stored, or was refused."""
    if found is None or found == truth:
        return True
    if isinstance(found, dict) and isinstance(truth, dict):
        return found.keys() == truth.keys() and all(is_within(found[key], truth[key]) for key in truth)
    return False


def outcome(home: Path, truth: Content) -> str:
    """Open and read a damaged copy: `refused`, `same`, `less` (something was refused), or `wrong`."""
    try:
        with Store(str(home)) as store:
            found = read_all(store)
    except StoreDamaged as refusal:
        return "refused" if str(home) in refusal.message and refusal.hint else "refused without a word"
    if found == truth:
        return "same"
    return "less" if is_less(found, truth) else "wrong"


def main(home: Path, seed: int, count: int) -> None:
    """Damage copies, some with the note of their closing and some without, and print what became of them."""
    random_ = random.Random(seed)
    original = (home / "store" / "data.mdb").read_bytes()
    with Store(str(home)) as store:
        truth = read_all(store)
    outcomes: Counter[str] = Counter()
    for number in range(count):
        copy = home.parent / "copy"
        shutil.copytree(home, copy)
        data = bytearray(original)
        kind = damage(data, random_)
        (copy / "store" / "data.mdb").write_bytes(data)
        if number % 2:
            os.unlink(copy / "store" / "closed")
        result = outcome(copy, truth)
        if result.startswith("refused") and (copy / "store" / "data.mdb").read_bytes() != data:
            result = "refused, but changed"
        if result not in ("refused", "same", "less"):
            print(f"copy {number} of seed {seed}, {kind}: {result}", file=sys.stderr)
        outcomes[result] += 1
        shutil.rmtree(copy)
    print(json.dumps(outcomes))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
