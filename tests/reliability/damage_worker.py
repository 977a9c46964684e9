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
from xrepl.store.records import Record, Revision
from xrepl.store.store import Store

Content = dict[str, Any]

NAMES = [*(f"name {number}" for number in range(5)), "branch"]


def read_all(store: Store) -> Content:
    """Give all that can be asked of a store: sessions by id, their states, journals, earlier states; None: refused."""
    found: Content = {}
    with store.read() as txn:
        for record in sessions.all(txn):
            found[record.id] = None if record.status == "damaged" else read_session(txn, record)
        for name in NAMES:
            found[f"named {name}"] = attempt(lambda name=name: sessions.find(txn, name).id)
        found["archive"] = attempt(
            lambda: [
                None if one.record.status == "damaged" else [whole(one.record), one.at, one.why]
                for one in sessions.archived(txn)
            ]
        )
    return found


def read_session(txn: Any, record: Record) -> Content:
    """Give all that can be asked about one session; None for what is refused as damaged."""
    return {
        "record": whole(record),
        "state": attempt(lambda: sound(journal.current(txn, record.id))),
        "journal": attempt(lambda: [legible(one) for one in journal.revisions(txn, record.id, 1000)]),
        **{f"as of {n}": attempt(lambda n=n: sound(journal.as_of(txn, record.id, n))) for n in range(record.revision)},
    }


def whole(record: Record) -> Record | None:
    """Give a record; None if it says that its environment is damaged."""
    return None if record.not_kept else record


def legible(revision: Revision) -> Revision | None:
    """Give a revision; None if it says that it is damaged."""
    return None if revision.entry.kind == "damaged" else revision


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


def is_within(found: Any, truth: Any) -> bool:
    """Say whether everything that was read is as it was stored, or was refused.

    Where a key is damaged, something refused stands in the place of what is missing; a group without an id says how
    many groups are.
    """
    if found is None or found == truth:
        return True
    if isinstance(found, list) and isinstance(truth, list):
        return len(found) == len(truth) and all(map(is_within, found, truth))
    if not isinstance(found, dict) or not isinstance(truth, dict):
        return False
    missing, strange = truth.keys() - found.keys(), found.keys() - truth.keys()
    are_refused = all(found[key] is None for key in strange)
    is_told = "" in strange or len(missing) <= len(strange)
    return are_refused and is_told and all(is_within(found[k], truth[k]) for k in found if k in truth)


def outcome(home: Path, truth: Content) -> str:
    """Open and read a damaged copy: `refused`, `same`, `less` (something was refused), or `wrong`."""
    try:
        with Store(str(home)) as store:
            found = read_all(store)
    except StoreDamaged as refusal:
        return "refused" if str(home) in refusal.message and refusal.hint else f"refused without a word: {refusal}"
    if found == truth:
        return "same"
    return "less" if is_within(found, truth) else "wrong"


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
