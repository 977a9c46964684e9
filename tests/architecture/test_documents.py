"""Pages that are made from the code, and those that name what is in it, are up to date."""

from pathlib import Path

from xrepl.protocol.document import page
from xrepl.protocol.ops import OPS
from xrepl.server import server  # noqa: F401  it registers the ops
from xrepl.server.dispatch import HANDLERS

DOCS = Path(__file__).parent.parent.parent / "docs"


def test_protocol_page_is_made_from_the_ops() -> None:
    """docs/protocol.md is what `python -m xrepl.protocol.document` prints."""
    assert (DOCS / "protocol.md").read_text() == page()


def test_every_op_is_documented_and_answered() -> None:
    """The table of ops and the handlers name the same ops."""
    assert set(HANDLERS) == set(OPS)
