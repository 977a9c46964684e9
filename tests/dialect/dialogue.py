"""Dialogues as in a terminal: lines `> form`, each followed by what is shown; `---` begins another session.

A form goes on in lines that are indented.  Functions, processes and references are shown without their numbers.
"""

import re

import pytest

from tests.dialect.conftest import Shell

Dialogue = list[tuple[str, str]]
_NUMBERED = re.compile(r"#(Fun|Pid|Ref)<[^>]*>")


def dialogues(text: str) -> list[object]:
    """Give the dialogues of a text as parameters of a test, each named by its first form."""
    found: list[object] = []
    for part in text.strip().split("\n---\n"):
        steps: Dialogue = []
        for step in re.split(r"(?m)^> ", part)[1:]:
            form, *rest = step.rstrip("\n").split("\n")
            while rest and rest[0].startswith("  ") and form.count("(") > form.count(")"):
                form += "\n" + rest.pop(0)
            steps.append((form, "\n".join(rest)))
        found.append(pytest.param(steps, id=steps[0][0][:60]))
    return found


def check(shell: Shell, dialogue: Dialogue) -> None:
    """Evaluate the forms of a dialogue and compare what is shown."""
    for form, shown in dialogue:
        assert _NUMBERED.sub(r"#\1<>", shell(form)) == shown, form
