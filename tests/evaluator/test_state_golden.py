"""State that earlier releases stored is restored: `golden/format_N.json` holds a session as format N wrote it.

`python -m tests.evaluator.test_state_golden` writes the file of the present format if there is none; a released one is
never written again.
"""

import base64
import json
from pathlib import Path

import pytest

from tests.evaluator.conftest import Life
from xrepl.evaluator import blobs

GOLDEN = Path(__file__).parent / "golden"
LFE = """
    (set data #(atom "text" 1 2.5 #"bytes" (1 2 . 3) #M(a 1)))
    (defun double (x) (* 2 x))
    (defmacro twice (x) `(double ,x))
    (defrecord point x (y 0))
    (set adder (let ((n 10)) (lambda (x) (+ x n))))
    (set long (lists:seq 1 200))
    (ets:new 'table '(named_table))
    (ets:insert 'table #(key value))
    (import math)
"""
HY = """
    (setv shared [1 2]) (setv alias shared)
    (defn counter [] (setv n 0) (fn [] (nonlocal n) (+= n 1) n))
    (setv count (counter)) (count)
    (defclass Animal [] (defn __init__ [self name] (setv self.name name)) (defn speak [self] (+ self.name "!")))
    (setv dog (Animal "dog"))
    (defmacro plus-two [x] `(+ ~x 2))
    (setv gone (gfor x [1] x))
"""
HOLDS = {
    "data": '#(atom "text" 1 2.5 #"bytes" (1 2 . 3) #M(a 1))',
    "(twice 4)": "8",
    "(point-y (make-point x 1))": "0",
    "(funcall adder 5)": "15",
    "(length long)": "200",
    "(ets:lookup 'table 'key)": "(#(key value))",
    "(math.sqrt 4)": "2.0",
    "(is shared alias)": "true",
    "(count)": "2",
    "(dog.speak)": '"dog!"',
    "(isinstance dog Animal)": "true",
    "gone": "#<gone was not kept: generator>",
}


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.json")), ids=lambda path: path.stem)
@pytest.mark.parametrize("is_upgraded", [False, True], ids=["as written", "by other versions"])
def test_state_of_each_format_is_restored(path: Path, is_upgraded: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    """Bindings of every kind work, also where code has to be compiled again."""
    store = {id_: base64.b64decode(text) for id_, text in json.loads(path.read_text()).items()}
    if is_upgraded:
        monkeypatch.setattr(blobs, "VERSIONS", b"none")

    life = Life(store)

    assert life.restored.damaged == {}
    assert {form: life(form) for form in HOLDS} == HOLDS
    assert life("(plus-two 5)", is_hy=True) == "7"


def write() -> None:
    """Write the present format's file, unless it is there."""
    path = GOLDEN / f"format_{blobs.FORMAT}.json"
    life = Life()
    life(LFE)
    life(HY, is_hy=True)
    with path.open("x") as file:
        json.dump({id_: base64.b64encode(blob).decode() for id_, blob in sorted(life.store.items())}, file, indent=1)


if __name__ == "__main__":
    write()
