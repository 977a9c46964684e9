"""Completions and what a name is, as any client of the protocol sees them."""

from pathlib import Path
from typing import Any

from tests.helpers.wire import Reply, Wire
from xrepl.server.editor_ops import matching

WHERE = {"xrepl/name": "default"}


def complete(wire: Wire, prefix: str, **more: Any) -> list[str]:
    """Give the candidates for a prefix in the default session."""
    return [row["candidate"] for row in wire.ask("completions", {**WHERE, **more}, prefix=prefix)["completions"]]


def entries(*names: str) -> list[list[str]]:
    """Give entries of these names."""
    return [[name, "function", "", ""] for name in names]


def test_prefix_then_parts_then_middle() -> None:
    """What begins so; else what has parts that begin so; else what has it in its middle."""
    known = entries("switch-session", "set", "save-session", "asset")

    assert [name for name, _ in matching(known, "s")] == ["save-session", "set", "switch-session"]
    assert [name for name, _ in matching(known, "s-s")] == ["save-session", "switch-session"]
    assert [name for name, _ in matching(known, "sse")] == ["asset"]
    assert matching(known, "nothing") == []


def test_names_of_the_session_are_completed(wire: Wire) -> None:
    """What a form has defined is there for the next completion, with its signature."""
    wire.evaluate('(defun frobnicate (x y) "Frobs." x)')
    reply: Reply = wire.ask("completions", WHERE, prefix="frob")

    assert reply["completions"] == [
        {"candidate": "frobnicate", "type": "function", "arglists": ["(frobnicate x y)"], "doc": "Frobs."}
    ]
    wire.evaluate("(set frobs 1)")
    assert complete(wire, "frob") == ["frobnicate", "frobs"]
    assert "lists:map" in complete(wire, "lists:ma")
    assert wire.ask("lookup", WHERE, sym="frobnicate")["info"]["arglists-str"] == "(frobnicate x y)"
    assert "no-info" in wire.ask("lookup", WHERE, sym="nope")["status"]


def test_each_arity_of_a_function_is_told_if_asked(wire: Wire) -> None:
    """Where a function's arity must follow, each is told with its own documentation, and nothing but functions."""
    wire.evaluate('(defun frob (x) "One." x) (defun frob (x y) "Two." y) (set frobs 1)')
    told = wire.ask("completions", {**WHERE, "xrepl/context": "function"}, prefix="frob")["completions"]

    assert [(row["arglists"], row["doc"]) for row in told] == [(["(frob x)"], "One."), (["(frob x y)"], "Two.")]


def test_free_session_tells_the_whole_documentation(wire: Wire) -> None:
    """What a name is for is told to its end; by a session that is busy, in one line."""
    wire.evaluate('(defmacro twice (form) "Do it.\\n\\nTwice." `(progn ,form ,form))')
    assert wire.ask("lookup", WHERE, sym="twice")["info"]["doc"] == "Do it.\n\nTwice."
    running = wire.send("eval", WHERE, code="(timer:sleep 60000)")

    assert wire.ask("lookup", WHERE, sym="twice")["info"]["doc"] == "Do it."
    wire.ask("interrupt", {"interrupt-id": running})


def test_busy_session_completes_from_what_it_was(wire: Wire) -> None:
    """While a form runs, the names are those of before it."""
    wire.evaluate("(set before 1)")
    assert complete(wire, "befo") == ["before"]
    running = wire.send("eval", WHERE, code="(timer:sleep 60000)")

    assert complete(wire, "befo") == ["before"]
    wire.ask("interrupt", {"interrupt-id": running})


def test_sessions_modules_and_directories(wire: Wire, tmp_path: Path) -> None:
    """Names of sessions and of Python's modules; for a path the directory that it is in."""
    wire.evaluate("1")
    wire.ask("xrepl/new", {"xrepl/name": "worklog"})

    assert complete(wire, "work", **{"xrepl/context": "session"}) == ["worklog"]
    assert "json" in complete(wire, "js", **{"xrepl/context": "import"})
    reply = wire.ask("completions", {**WHERE, "xrepl/context": "file"}, prefix="x")
    assert Path(reply["xrepl/cwd"]).is_dir()
