"""Blobs: small ones, whole ones, large ones in parts; what changes is stored, what nothing needs is freed."""

import random

import pytest

from tests.store.making import Kept, make_id
from xrepl.store import journal, references, schema, sessions
from xrepl.store.records import Delta, Entry, Group, Record
from xrepl.store.references import PART_BYTES, Blob
from xrepl.store.schema import BLOBS
from xrepl.store.store import Store
from xrepl.store.transaction import Transaction

LARGE = random.Random(1).randbytes(4 * PART_BYTES + 1000)
LISTS_AND_PARTS = 1 + 5


def changed(blob: bytes, *places: int) -> bytes:
    """Give a blob with some bytes changed."""
    other = bytearray(blob)
    for place in places:
        other[place] ^= 1
    return bytes(other)


def contents(store: Store) -> int:
    """Give how many pieces are stored."""
    with store.read() as txn:
        return sum(len(key) == schema.DIGEST_BYTES for key in txn.keys(BLOBS))


@pytest.mark.parametrize("size", [0, 1, 192, 193, 2 * PART_BYTES, 2 * PART_BYTES + 1, 5 * PART_BYTES])
def test_blob_of_any_size_comes_back(kept: Kept, size: int) -> None:
    """At and beside each bound, a blob comes back as it was, and the store agrees with itself."""
    kept.commit({"x": b"b" * size})
    kept.commit({"x": b"c" * size})

    assert (kept.state(), kept.state(1)) == ({"x": b"c" * size}, {"x": b"b" * size})
    assert kept.store.check() == []


def test_changing_a_little_of_a_large_blob_stores_a_little(kept: Kept) -> None:
    """Of a large blob only the parts that are different are stored anew; each version comes back."""
    kept.commit({"x": LARGE})
    counts = [contents(kept.store)]
    kept.commit({"x": changed(LARGE, 5)})
    counts.append(contents(kept.store))
    kept.commit({"x": changed(LARGE, 5) + b"more"})
    counts.append(contents(kept.store))

    assert counts == [LISTS_AND_PARTS, LISTS_AND_PARTS + 2, LISTS_AND_PARTS + 4]
    assert [kept.state(n)["x"] for n in (1, 2, 3)] == [LARGE, changed(LARGE, 5), changed(LARGE, 5) + b"more"]
    assert kept.store.check() == []


def test_parts_are_freed_with_the_last_that_needs_them(kept: Kept) -> None:
    """Parts shared by versions, names and sessions stay until nothing refers to them."""
    other = Kept(kept.store, make_id())
    kept.store.run(lambda txn: sessions.create(txn, Record(other.id)))
    kept.commit({"x": LARGE, "y": LARGE})
    other.commit({"z": changed(LARGE, 7)})
    kept.commit({"x": changed(LARGE, 7)})
    found = [contents(kept.store)]
    for one, gone in ((kept, ("y",)), (other, ("z",)), (kept, ("x",))):
        one.commit({}, *gone)
        one.store.run(lambda txn, one=one: journal.compact(txn, one.id, 0, None, 0, 100))
        found.append(contents(kept.store))
        assert kept.store.check() == []

    assert found == [LISTS_AND_PARTS + 2, LISTS_AND_PARTS + 2 - 2, LISTS_AND_PARTS, 0]


def test_blob_of_equal_parts_stores_one_of_them(kept: Kept) -> None:
    """A part that is there many times is stored once, and counted as often."""
    kept.commit({"x": bytes(8 * PART_BYTES)})

    assert contents(kept.store) == 2
    assert kept.store.check() == []
    kept.commit({}, "x")
    kept.store.run(lambda txn: journal.compact(txn, kept.id, 0, None, 0, 100))
    assert contents(kept.store) == 0


def test_missing_blob_costs_its_binding_only(kept: Kept) -> None:
    """Where a part is gone, the binding says so; it can be bound anew, undone to, and deleted."""
    kept.commit({"x": LARGE, "y": b"1"})
    part = schema.digest(LARGE[:PART_BYTES])
    kept.store.run(lambda txn: txn.delete(BLOBS, part))
    with kept.store.read() as txn:
        group = journal.current(txn, kept.id)["x"]
    kept.commit({"x": b"2"})

    assert (group.blob, "missing" in group.fault) == (b"", True)
    assert (kept.undo(), kept.state()) == (1, {"x": b"", "y": b"1"})
    kept.store.run(lambda txn: sessions.delete(txn, kept.id))


def test_reference_tells_what_it_is() -> None:
    """Small blobs are their own references, large ones have parts, and a fault has neither."""
    small, whole, large = Blob(b"s"), Blob(b"w" * 1000), Blob(LARGE)
    fault = references.fault("gone")

    assert [references.inline_of(blob.ref) for blob in (small, whole, large)] == [b"s", None, None]
    assert [len(blob.pieces) for blob in (small, whole, large)] == [0, 1, LISTS_AND_PARTS]
    assert [references.is_parted(blob.ref) for blob in (small, whole, large)] == [False, False, True]
    assert (references.hash_of(fault), references.fault_of(fault), references.fault_of(small.ref)) == (
        None,
        "gone",
        None,
    )


def test_blob_is_hashed_once(monkeypatch: pytest.MonkeyPatch, kept: Kept) -> None:
    """A change that is run again, as the map grows, does not hash its blobs again."""
    hashed: list[int] = []
    digest = schema.digest
    monkeypatch.setattr(schema, "digest", lambda content: hashed.append(len(content)) or digest(content))
    entry, change = Entry("f"), Delta({"x": Group(["x"], b"b" * 1000)})

    def twice(txn: Transaction) -> None:
        journal.commit(txn, kept.id, entry, change, 1)
        journal.commit(txn, kept.id, entry, change, 1)

    kept.store.run(twice)
    assert hashed == [1000]
