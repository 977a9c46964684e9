"""The examples of a page, taken apart: what is typed, and what is to be seen.  Pure: runs nothing."""

import re
from collections.abc import Iterator

_BLOCK = re.compile(r"^```(lfe|sh)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_PROMPTS = {"lfe": "lfe> ", "sh": "$ "}
_ID = re.compile(r"[0-9a-f]{32}")
_PID = re.compile(r"#Pid<[\d.]+>")


def examples(text: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Give the blocks of a page that are examples: the language, and each line typed with what stands below it."""
    for language, block in _BLOCK.findall(text):
        steps = re.split(rf"^{re.escape(_PROMPTS[language])}", block, flags=re.MULTILINE)[1:]
        if steps:
            yield language, [(step.partition("\n")[0], step.partition("\n")[2].strip()) for step in steps]


def is_shown(shown: str, seen: str) -> bool:
    """Tell whether a page shows what is seen; a line of three dots on the page stands for any lines."""
    parts = [re.escape(same(part)) for part in re.split(r"^\.\.\.$", shown, flags=re.MULTILINE)]
    return re.fullmatch(".*".join(parts), same(seen)) is not None


def same(text: str) -> str:
    """Give text without what differs each time: ids, numbers of processes, blanks."""
    return " ".join(_PID.sub("#Pid<>", _ID.sub("ID", text)).split())
