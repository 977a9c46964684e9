"""Every example of docs/language.md shows what the page says."""

import json

import pytest

from tests.conftest import ROOT, Command
from tests.helpers.document import examples, is_shown

PAGE = (ROOT / "docs" / "language.md").read_text()
BLOCKS = [steps for language, steps in examples(PAGE) if language == "lfe"]


@pytest.mark.parametrize("steps", BLOCKS, ids=[steps[0][0] for steps in BLOCKS])
def test_example_shows_what_the_page_says(xrepl: Command, steps: list[tuple[str, str]]) -> None:
    """A block is a session of its own; each form shows what stands below it."""
    requests = "".join(json.dumps({"code": form}) + "\n" for form, _ in steps)
    answers = [json.loads(line) for line in xrepl("--fresh", "--jsonl", text=requests).stdout.splitlines()]
    seen = [(answer["out"] or "") + (answer["error"] or answer["value"] or "") for answer in answers]
    wrong = [(form, shown, is_) for (form, shown), is_ in zip(steps, seen, strict=True) if not is_shown(shown, is_)]

    assert wrong == []
