"""What is asked of the session for a place in a text, and which files are offered."""

from pathlib import Path

import pytest

from xrepl.client.completion import Wanted, completion, files, function_name, functions, head_at, wanted

PLACES = [
    ("(lists:ma", Wanted("name", "lists:ma")),
    ("(f ", Wanted("name", "")),
    ("(import jso", Wanted("import", "jso")),
    ("(fun #'lists:m", Wanted("function", "lists:m")),
    ('(switch-session "wo', Wanted("session", "wo")),
    ('(slurp "exam/a b', Wanted("file", "exam/a b")),
    ('(print "exam', None),
    ('(slurp "done"', None),
    ("; comment", None),
    ("(f 12", None),
    ("(f a\n", Wanted("name", "")),
    ("", Wanted("name", "")),
]


@pytest.mark.parametrize(("text", "asked"), PLACES)
def test_place_says_what_is_completed(text: str, asked: Wanted | None) -> None:
    """Names, modules, sessions or files, by the word and the call that it is in."""
    assert wanted(text, len(text), "lfe") == asked


def test_call_around_a_place() -> None:
    """The innermost call whose name is complete."""
    text = "(defun f (x) (lists:map #'g/1 (list 1 "

    assert head_at(text, len(text), "lfe") == "list"
    assert head_at(text, text.index("#'"), "lfe") == "lists:map"
    assert head_at("(lis", 4, "lfe") == ""
    assert head_at("(f) ", 4, "lfe") == ""


def test_functions_are_completed_with_their_arities() -> None:
    """After `#'` each arity is offered; macros are not, nor functions of any number of arguments."""
    rows: list[dict[str, object]] = [
        {"candidate": "area", "type": "function", "arglists": ["(area w h)", "(area side)"]},
        {"candidate": "arg", "type": "macro", "arglists": ["(arg x)"]},
        {"candidate": "arrow", "type": "function", "arglists": ["(arrow ...)"]},
    ]

    assert [row["candidate"] for row in functions(rows, "ar")] == ["area/2", "area/1"]
    assert [row["candidate"] for row in functions(rows, "area/1")] == ["area/1"]
    assert (function_name("area/1"), function_name("lists:ma"), function_name("/")) == ("area", "lists:ma", "/")


def test_name_that_needs_bars_gets_them() -> None:
    """A symbol with a blank or a bracket in it is completed as it must be written."""
    texts = [completion({"candidate": name, "type": "function"}, "a").text for name in ("a-b/1", "a b", "a|b")]

    assert texts == ["a-b/1", "|a b|", "|a\\|b|"]


def test_home_directory_is_written_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path that begins with `~` becomes one that what reads the file understands."""
    (tmp_path / "notes.lfe").touch()
    monkeypatch.setenv("HOME", str(tmp_path))
    [found] = files("~/no", "/")

    assert (found.text, found.start_position) == (f"{tmp_path}/notes.lfe", -4)


def test_files_are_those_of_the_session(tmp_path: Path) -> None:
    """Paths go on from the session's directory; directories end in a slash, hidden files are asked for with a dot."""
    (tmp_path / "one.lfe").touch()
    (tmp_path / "other").mkdir()
    (tmp_path / ".hidden").touch()
    (tmp_path / "other" / "two.lfe").touch()
    (tmp_path / "o\x1b]0;x\x07").touch()
    offered = {
        prefix: [one.text for one in files(prefix, str(tmp_path))] for prefix in ("o", "", ".h", "other/t", "no/")
    }

    assert offered == {
        "o": ["one.lfe", "other/"],
        "": ["one.lfe", "other/"],
        ".h": [".hidden"],
        "other/t": ["two.lfe"],
        "no/": [],
    }
