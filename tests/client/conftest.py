"""Terminals with a screen, at the real program."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import XREPL
from tests.helpers.display import Display

PROMPT = r"^lfe>$"
SIZE = (100, 30)


@pytest.fixture
def display(env: dict[str, str], tmp_path: Path) -> Iterator[Callable[..., Display]]:
    """Give a function that starts bin/xrepl at a terminal and waits for the prompt."""
    opened: list[Display] = []

    def open_display(*arguments: str, prompt: str = PROMPT, size: tuple[int, int] = SIZE, **changes: str) -> Display:
        columns, rows = size
        opened.append(Display([XREPL, *arguments], {**env, **changes}, tmp_path, columns=columns, rows=rows))
        if prompt:
            opened[-1].expect(prompt)
        return opened[-1]

    yield open_display
    for one in opened:
        one.__exit__()
