"""The dialogues in the documentation, run in the real program.

A fenced block marked `lfe` is one throw-away session: `lfe> ` begins a form, `...> ` goes on with it, and what
follows is what the shell shows.  `...` in an expected line stands for any text.
"""

from __future__ import annotations

import json
import pathlib
import re
import subprocess
from typing import NamedTuple

import pytest

ROOT = pathlib.Path(__file__).resolve().parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
BLOCK = re.compile(r"^```lfe\n(.*?)^```$", re.MULTILINE | re.DOTALL)


class Dialogue(NamedTuple):
    """One block: where it stands, its forms, and what each one shows."""

    place: str
    forms: list[str]
    shows: list[str]


def dialogues(page: pathlib.Path) -> list[Dialogue]:
    """Read a page's blocks."""
    text = page.read_text(encoding="utf-8")
    found = []
    for block in BLOCK.finditer(text):
        forms: list[str] = []
        shows: list[list[str]] = []
        for line in block[1].splitlines():
            if line.startswith("lfe> "):
                forms.append(line[5:])
                shows.append([])
            elif line.startswith("...> "):
                forms[-1] += "\n" + line[5:]
            else:
                shows[-1].append(line)
        number = text.count("\n", 0, block.start()) + 1
        found.append(Dialogue(f"{page.name}:{number}", forms, ["\n".join(lines).rstrip() for lines in shows]))
    return found


ALL = [dialogue for page in PAGES if page.exists() for dialogue in dialogues(page)]


def matches(expected: str, actual: str) -> bool:
    """Compare, with `...` standing for any text."""
    pattern = ".*".join(map(re.escape, expected.split("...")))
    return re.fullmatch(pattern, actual, re.DOTALL) is not None


@pytest.mark.parametrize("dialogue", ALL, ids=[dialogue.place for dialogue in ALL])
def test_documented_dialogue_shows_what_the_page_says(
    dialogue: Dialogue, tmp_path: pathlib.Path, environment: dict[str, str]
) -> None:
    """Each form of the block shows exactly the text that stands below it."""
    lines = "".join(json.dumps({"code": form}) + "\n" for form in dialogue.forms)
    done = subprocess.run(
        [str(ROOT / "bin" / "xrepl"), "--fresh", "--jsonl"],
        input=lines,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=environment,
        timeout=50,
        check=True,
    )
    for form, expected, line in zip(dialogue.forms, dialogue.shows, done.stdout.splitlines(), strict=True):
        answer = json.loads(line)
        actual = (answer["out"] + (answer["error"] or answer["value"] or "")).rstrip()
        assert matches(expected, actual), f"{form}\n  expected: {expected!r}\n  actual:   {actual!r}"
