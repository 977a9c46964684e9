"""Programs that a session starts."""

import pytest

from tests.helpers.wire import Wire


@pytest.mark.parametrize(
    "form", ['(os.system "ulimit -s")', '(print (.decode (subprocess.check_output "ulimit -s" :shell True)))']
)
def test_child_has_the_usual_stack_limit(wire: Wire, form: str) -> None:
    """The large stack is for the session's own recursion."""
    wire.evaluate("(import os) (import subprocess)")

    assert wire.evaluate(form)["out"].strip() == "8192"


def test_deep_recursion_works_after_a_child(wire: Wire) -> None:
    """The session's limit is as it was."""
    wire.evaluate('(import os) (os.system "true") (defun down (n) (if (== n 0) 0 (+ 1 (down (- n 1)))))')

    assert wire.evaluate("(down 100000)")["value"] == "100000"
