"""Every example of docs/language.md and docs/python.md shows what the page says."""

import importlib.util
import json

import pytest

from tests.conftest import ROOT, Command
from tests.helpers.document import examples, is_shown

LIBRARIES = ("numpy", "pandas")


def blocks(page: str) -> list[list[tuple[str, str]]]:
    """Give the blocks of a page: what is typed, and what is to be seen."""
    return [steps for language, steps in examples((ROOT / "docs" / page).read_text()) if language == "lfe"]


BLOCKS = blocks("language.md")
PYTHON_BLOCKS = blocks("python.md")


@pytest.mark.parametrize("steps", BLOCKS + PYTHON_BLOCKS, ids=[steps[0][0] for steps in BLOCKS + PYTHON_BLOCKS])
def test_example_shows_what_the_page_says(xrepl: Command, steps: list[tuple[str, str]]) -> None:
    """A block is a session of its own; each form shows what stands below it."""
    for library in LIBRARIES:
        if f"(import {library} " in steps[0][0] and importlib.util.find_spec(library) is None:
            pytest.skip(f"{library} is not installed")
    requests = "".join(json.dumps({"code": form}) + "\n" for form, _ in steps)
    answers = [json.loads(line) for line in xrepl("--fresh", "--jsonl", text=requests).stdout.splitlines()]
    seen = [(answer["out"] or "") + (answer["error"] or answer["value"] or "") for answer in answers]
    wrong = [(form, shown, is_) for (form, shown), is_ in zip(steps, seen, strict=True) if not is_shown(shown, is_)]

    assert wrong == []


FORMS = """
    set let let* let-function letrec-function flet flet* fletrec let-macro macrolet lambda match-lambda funcall
    apply call if case cond progn prog1 prog2 andalso orelse try catch after receive defun define-function defmacro
    define-macro macroexpand-1 macroexpand macroexpand-all defrecord define-record record make-record is-record
    record-index record-field record-update defstruct struct is-struct struct-field struct-update lc bc list-comp
    binary-comp do binary map map-size map-get map-set map-update map-remove msiz mref mset mupd mrem list list*
    tuple cons car cdr the eval eval-when-compile include-file include-lib extend-module defmodule maybe quote
    backquote fun when else macro-function ets-ms c run slurp unslurp reset-environment ? : ++ -- MODULE LINE
    FUNCTION_NAME
"""


def test_every_form_has_an_example() -> None:
    """Each form of the language stands in an example of the page, which runs."""
    typed = "\n".join(step for steps in BLOCKS for step, _ in steps)

    assert [form for form in FORMS.split() if f"({form} " not in typed and f"({form})" not in typed] == []
