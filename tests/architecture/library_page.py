"""Writes docs/library.md from the docstrings of the library's modules: `python -m tests.architecture.library_page`.

What Erlang and LFE have beside is told from `exports.txt`, a list of the names of their functions.
"""

from __future__ import annotations

import importlib
import re
import types
from collections.abc import Callable
from pathlib import Path
from typing import Any

import hy

from xrepl.dialect.bifs import BIFS

ROOT = Path(__file__).parent.parent.parent
PAGE = ROOT / "docs" / "library.md"
EXPORTS = Path(__file__).with_name("exports.txt")
_ARITY = re.compile(r"\d+|macro")
_HEAD = """# The library

*Written by `python -m tests.architecture.library_page`; do not edit.*

The modules of Erlang and LFE that a session has, with their functions: call them as `(lists:map f xs)`. The functions
of `erlang` need no module. What is said here is each function's docstring, which `(doc lists map 2)` shows too. "Not
here" names what the module exports in Erlang/OTP 25 or LFE and a call of which is `undefined function`.

Erlang's other modules are not here, and a call of them is `undefined function`, too: those for the network (`inets`,
`httpc`, `ssl`, `gen_tcp`, `gen_udp`), for tables on disk (`dets`; `mnesia` keeps its own in memory), `qlc`, `eunit`,
the compiler and its tools. Python's libraries do that work: `(import urllib.request)`.

A call with arguments that do not fit is an error as in Erlang: `bad argument` or `no function clause matching`, with
the call that met them.

"""


def page() -> str:
    """Give the page's text."""
    known = exports()
    parts = [_HEAD]
    for package in ("erlang", "lfe"):
        names = sorted(path.stem for path in (ROOT / "hy_src" / package).glob("*.hy") if not path.stem.startswith("_"))
        modules = [(name, importlib.import_module(f"xrepl.lang.{package}.{name}")) for name in names]
        parts.append(f"## {'Erlang' if package == 'erlang' else 'LFE'}\n\n")
        parts.append(" · ".join(f"[{name}](#{name})" for name in names) + "\n\n")
        parts += [section(name, module, known.get(name, [])) for name, module in modules]
    return "".join(parts).rstrip("\n") + "\n"


def exports() -> dict[str, list[str]]:
    """Give what Erlang's and LFE's modules export: names with arities, by module."""
    text = re.sub(r"(?m)^#.*\n", "", EXPORTS.read_text()).replace("\n    ", " ")
    return {module: names.split() for module, _, names in (line.partition(":") for line in text.splitlines())}


def section(name: str, module: types.ModuleType, exported: list[str]) -> str:
    """Give the part of the page about a module."""
    found = functions(module)
    lines = [f"### {name}\n", f"{(module.__doc__ or '').strip()}\n"]
    lines += [entry(key, function) for key, function in sorted(found.items(), key=lambda item: order_of(item[0]))]
    missing = [key for key in exported if key not in found]
    if missing:
        lines.append("\nNot here: " + " ".join(f"`{key}`" for key in missing) + ".")
    return "\n".join(lines) + "\n\n"


def functions(module: types.ModuleType) -> dict[str, Callable[..., Any]]:
    """Give what a module offers, by name and arity; a macro's arity is `macro`."""
    found: dict[str, Callable[..., Any]] = {}
    hyphenated = module.__name__.startswith("xrepl.lang.lfe.cl")
    for identifier, value in vars(module).items():
        name, slash, arity = str(hy.unmangle(identifier)).rpartition("/")
        if slash and callable(value) and _ARITY.fullmatch(arity):
            is_as_written = hyphenated or arity == "macro" or not name.strip("-")
            found[f"{name if is_as_written else name.replace('-', '_')}/{arity}"] = value
    if module.__name__ == "xrepl.lang.erlang.erlang":
        found |= {f"{name}/{arity}": value for (name, arity), value in BIFS.items()}
    return found


def order_of(key: str) -> tuple[str, int]:
    """Give what entries are sorted by: the name, then the arity."""
    name, _, arity = key.rpartition("/")
    return name, int(arity) if arity.isdecimal() else -1


def entry(key: str, function: Callable[..., Any]) -> str:
    """Give the line about a function or macro."""
    name, _, arity = key.rpartition("/")
    text = " ".join((function.__doc__ or "").split()) if isinstance(function, types.FunctionType) else ""
    if arity == "macro":
        usage, _, text = text.partition(": ")
        return f"- `({name} {usage})`, a macro: {text}"
    return f"- `({' '.join([name, *parameters(function)])})` {text}".rstrip()


def parameters(function: Callable[..., Any]) -> list[str]:
    """Give the names of a function's parameters, as the language writes them."""
    code = getattr(function, "__code__", None)
    if code is None:
        return []
    return [str(hy.unmangle(name)).replace("_", "-") for name in code.co_varnames[: code.co_argcount]]


if __name__ == "__main__":
    PAGE.write_text(page())
