"""Stored bytes that cannot be loaded cost their own bindings only."""

import pytest

from tests.evaluator.conftest import Life
from xrepl.errors import StoreDamaged
from xrepl.evaluator import blobs
from xrepl.evaluator.delta import user_name
from xrepl.server.storage import bytes_of
from xrepl.store.records import Group

FORMS = '(set x 1) (setv y [1 2]) (defun f (a) (+ a x)) (set z "kept")'


def id_of(life: Life, name: str) -> str:
    """Give the id of a binding's group."""
    return next(id_ for id_, blob in life.store.items() if name in blobs.names_in(blob))


@pytest.mark.parametrize("name", ["x", "y", "lfe_f__1"])
def test_flipped_bit_costs_one_binding(life: Life, name: str) -> None:
    """Wherever a bit is flipped, the other bindings are there, and this one says what happened or is whole."""
    life(FORMS)
    id_ = id_of(life, name)
    blob = life.store[id_]
    for at in range(0, len(blob), max(1, len(blob) // 40)):
        life.store[id_] = blob[:at] + bytes([blob[at] ^ 16]) + blob[at + 1 :]

        again = life.born_again()

        assert len(again.restored.damaged) == 1
        assert again("z") == '"kept"'


def test_truncated_blob_costs_one_binding(life: Life) -> None:
    """Bytes that are cut off are known for it."""
    life(FORMS)
    id_ = id_of(life, "y")
    life.store[id_] = life.store[id_][:-1]

    again = life.born_again()

    assert again.restored.damaged == {"y": "its bytes are damaged"}
    assert again("(list (f 2) z)") == '(3 "kept")'


def test_names_of_a_group_that_the_store_has_lost_are_told(life: Life) -> None:
    """Each name has a placeholder that says so when it is used, whatever kind of name it is."""
    life("(defun f (n) n) (setv l [1] k l) (defmacro m () 1) (set |odd name| 2)")
    for id_, blob in list(life.store.items()):
        names = blobs.names_in(blob)
        if id_.startswith("g"):
            life.store[id_] = bytes_of(Group(list(map(user_name, names)), b"", "its checksum is wrong"))

    again = life.born_again()

    assert again.restored.damaged == dict.fromkeys(["f/1", "k", "l", "macro m", "odd name"], "its checksum is wrong")
    assert again("l") == "#<l was not kept: its checksum is wrong>"
    assert "f/1 was not kept: its checksum is wrong" in again("(f 1)")
    assert "odd name was not kept" in again("(+ |odd name| 1)")


@pytest.mark.parametrize("blob", [b"", b"x", b"nothing like it, but long enough for a header", b"xg\xff" + bytes(40)])
def test_bytes_of_something_else_are_named_by_their_id(life: Life, blob: bytes) -> None:
    """Where not even names can be read the group's id is told."""
    life.store["g77"] = blob

    again = life.born_again()

    assert list(again.restored.damaged) == ["g77"]


def test_damaged_binding_says_what_happened_when_used(life: Life) -> None:
    """The name holds a placeholder."""
    life(FORMS)
    id_ = id_of(life, "y")
    life.store[id_] = life.store[id_][:-1]

    assert life.born_again()("y") == "#<y was not kept: its bytes are damaged>"


def test_damaged_bytes_are_left_alone_until_the_name_is_bound_again(life: Life) -> None:
    """What this version cannot load another may: the stored bytes are not written over by themselves."""
    life(FORMS)
    id_ = id_of(life, "y")
    life.store[id_] = life.store[id_][:-1]
    again = life.born_again()

    again.take(again.keeper.delta_all())
    assert again.store[id_] == life.store[id_]

    again("(set y 5)")
    assert again.born_again()("y") == "5"


def test_module_that_is_not_there_any_more_costs_its_names(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that cannot be imported is told as damaged, with the reason; it is tried again next time."""
    life("(import colorsys) (set x 1)")
    with monkeypatch.context() as patch:
        patch.setitem(__import__("sys").modules, "colorsys", None)

        again = life.born_again()

        assert list(again.restored.damaged) == ["colorsys"]
        assert again("x") == "1"

    assert again.born_again()("(colorsys.rgb_to_hsv 0 0 0)") == "#(0.0 0.0 0)"


def test_damaged_shell_variables_cost_nothing_else(life: Life) -> None:
    """The shell's variables are lost alone."""
    life(FORMS)
    life.store["shell"] = life.store["shell"][:-3]

    again = life.born_again()

    assert list(again.restored.damaged) == ["shell"]
    assert again("(f 2)") == "3"


def test_every_prefix_of_a_blob_is_refused() -> None:
    """No part of a blob is taken for a whole one."""
    whole = blobs.encode(["name"], 0, [b"pickle"], [memoryview(b"buffer")], b"d" * 16)

    for size in range(len(whole)):
        with pytest.raises(StoreDamaged):
            blobs.decode(whole[:size])


def test_blob_gives_back_what_it_was_made_of() -> None:
    """Names, flags, digest, pickles and buffers are read as they were written."""
    blob = blobs.decode(blobs.encode(["a", "ä"], 3, [b"one", b"two"], [memoryview(b"x"), memoryview(b"")], b"d" * 16))

    assert blob[:5] == (("a", "ä"), 3, blobs.VERSIONS, b"d" * 16, True)
    assert (bytes(blob.pickles), list(map(bytes, blob.buffers))) == (b"onetwo", [b"x", b""])
