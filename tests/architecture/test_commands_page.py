"""docs/commands.md names every shell function, command, option, setting and module function, and no other."""

import importlib
import re
from pathlib import Path

import hy
import pytest

from xrepl.cli import options
from xrepl.dialect.shell_functions import shell_functions
from xrepl.server.settings import defaults
from xrepl.server.terms import INFINITY

PAGE = (Path(__file__).parent.parent.parent / "docs" / "commands.md").read_text()
PROMPT = PAGE.partition("## From code")[0]
MODULES = ["xrepl-store", "xrepl-session", "xrepl-session-sup", "xrepl-session-manager", "xrepl-config"]


def usages() -> set[tuple[str, int]]:
    """Give the functions that the tables of the prompt show: name and number of arguments."""
    rows = "".join(line for line in PROMPT.splitlines() if line.startswith("| `("))
    return {(found[1], len(found[2].split())) for found in re.finditer(r"`\(([\w?-]+)([^()`]*)\)`", rows)}


def test_every_shell_function_is_there() -> None:
    """A function that is added gets a row, with each number of arguments that it takes."""
    macros = set(shell_functions().macros)

    assert (
        set(shell_functions().functions)
        - {use for use in usages() if use[0] not in macros}
        - {(name, arity) for name, arity in shell_functions().functions if name in macros}
        == set()
    )
    assert macros - {name for name, _ in usages()} == set()


def test_no_other_shell_function_is_there() -> None:
    """What is removed loses its row."""
    known = set(shell_functions().functions)

    assert {use for use in usages() if use not in known and use[0] not in shell_functions().macros} == set()


def test_every_command_and_option_is_there() -> None:
    """The table of commands has the usage of each; the table of options has each option."""
    section = PAGE.partition("## The command line")[2].replace("\\|", "|")
    wanted = {f"xrepl {name} {what}".strip() for name, (_, _, what) in options.COMMANDS.items()}
    shown = set(re.findall(r"^\| `(xrepl \w[^`]*)`", section, re.MULTILINE))

    assert wanted == shown


def test_options_are_those_of_the_program() -> None:
    """Each option that the program takes is told, and no other."""
    source = (Path(options.__file__)).read_text()
    taken = set(re.findall(r'"(--?[a-zA-Z][a-z-]*)"', source))
    section = PAGE.partition("| option |")[2].partition("\n\n")[0]

    assert taken == set(re.findall(r"(?<![\w-])(--?[a-zA-Z][a-z-]*)", section)) - {"-store"}


def test_settings_and_defaults_are_the_code_s() -> None:
    """Key and default of each setting."""
    section = PAGE.partition("## Settings")[2].partition("\n## ")[0]
    told = dict(re.findall(r"^\| `([a-z-]+)` \| `([^`]*)` \|", section, re.MULTILINE))
    wanted = {key.data.decode(): _text(value) for key, value in defaults().items()}

    assert told == wanted


def _text(value: object) -> str:
    if value == INFINITY:
        return "infinity"
    return str(value).lower() if not isinstance(value, str) else f'"{value}"'


@pytest.mark.parametrize("module", MODULES)
def test_functions_of_the_modules_are_the_code_s(module: str) -> None:
    """Each function of a module is told, and no other."""
    row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{module}` |"))
    told = set(re.findall(r"`([\w?-]+/\d)`", row))
    found = importlib.import_module(f"xrepl.lang.xrepl.{hy.mangle(module)}")
    unmangled = {str(hy.unmangle(name)): value for name, value in vars(found).items() if name.startswith("hyx_")}
    own = {name for name, value in unmangled.items() if getattr(value, "__module__", "") == found.__name__}

    assert told == {name.removeprefix("hyx_") for name in own if re.fullmatch(r"[^_].*/\d", name)}
