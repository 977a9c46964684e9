"""Typing at the prompt, in a terminal with a screen: forms, lines, brackets, completion, history, paste."""

from collections.abc import Callable

import pytest

from tests.helpers.display import ENTER, ESCAPE, INTERRUPT, LEAVE, LEFT, TAB, UP, Display

Open = Callable[..., Display]
F3 = "\x1bOR"
CONTROL_R, CONTROL_X, CONTROL_E = "\x12", "\x18", "\x05"


def test_form_is_evaluated_and_its_value_shown(display: Open) -> None:
    """Enter after a whole form shows its value, then a new prompt."""
    screen = display()

    assert "lfe> (+ 1 2)\n3\nlfe>" in screen.enter("(+ 1 2)", r"^3\nlfe>$")


def test_unfinished_form_gets_another_line(display: Open) -> None:
    """Enter inside a form begins a line, indented for the form, under a prompt of its own."""
    screen = display()
    screen.enter("(defun double (x)", r"^\.\.\.>$")
    screen.enter("(* 2 x))", r"^double\nlfe>")

    assert "lfe> (defun double (x)\n...>   (* 2 x))\ndouble" in screen.text
    screen.enter("(double 21)", r"^42$")


def test_brackets_are_marked(display: Open) -> None:
    """The bracket at the cursor and its other one stand out; one that closes another kind is marked as wrong."""
    screen = display()
    screen.type("[a (b]")
    screen.expect(r"\[a \(b\]")

    assert "class" not in screen.text
    assert screen.styles("]") != screen.styles("a")


def test_words_have_colours(display: Open) -> None:
    """Keywords and strings are coloured while one types, and in values."""
    screen = display()
    screen.type('(defun f () "text")')
    screen.expect('"text"')
    assert (screen.styles("defun"), screen.styles('"text"')) == ({"blue"}, {"green"})
    screen.type(ENTER)
    screen.expect(r"^f\nlfe>")
    screen.enter('(list \'a "quoted")', r'^\(a "quoted"\)')

    assert screen.styles('(a "quoted"') == {"default", "green"}


def test_completion_shows_signatures(display: Open) -> None:
    """Tab shows what the name can be, with arguments and documentation; Tab again takes the first, Enter keeps it."""
    screen = display()
    screen.enter('(defun my-function (left right) "Adds." (+ left right))', r"^my-function\nlfe>")
    screen.enter("(defun my-other () 1)", r"^my-other\nlfe>")
    screen.type(f"(my-{TAB}")
    screen.expect(r"my-function +\(my-function left right\)  Adds\.")
    screen.type(TAB)
    screen.expect(r"^lfe> \(my-function")
    screen.type(f"{ENTER} 1 2){ENTER}")

    screen.expect(r"^lfe> \(my-function 1 2\)\n3$")


def test_escape_closes_the_menu(display: Open) -> None:
    """Escape takes the menu away and what it offered; the next key is a letter again."""
    screen = display()
    screen.type(f"(lists:m{TAB}")
    screen.expect("lists:max")
    screen.type(TAB)
    screen.expect(r"^lfe> \(lists:map\n +lists:map ")
    screen.type(ESCAPE)
    screen.expect(r"^lfe> \(lists:m$")
    screen.type("ax")
    screen.expect(r"^lfe> \(lists:max$")


def test_alt_and_a_key_work_while_the_menu_is_there(display: Open) -> None:
    """Alt-B with the list of completions goes back a word: it is not Escape and a letter."""
    screen = display()
    screen.type(f"(lists:m{TAB}")
    screen.expect("lists:max")
    screen.type("\x1bb")
    screen.type("X")

    screen.expect(r"^lfe> \(lists:Xm$")


def test_whole_documentation_at_a_key(display: Open) -> None:
    """F3 shows all that is known of the name at the cursor, or of the call around it, above the prompt."""
    screen = display()
    screen.enter('(defun f (x) "One line.\\n\\nAnother." x)', r"^f\nlfe>")
    screen.type(f"(f 1 {F3}")
    screen.expect(r"^\(f x\)\nOne line\.\n\nAnother\.\nlfe> \(f 1$")
    screen.type(f"(nothing-like-it{F3}")

    screen.expect(r"^nothing is known of nothing-like-it\n")


def test_names_and_documentation_drive_no_terminal(display: Open) -> None:
    """Control sequences in names and documentation are written out wherever the prompt shows them."""
    screen = display()
    evil = r"\e]0;title\a\x202e;"
    screen.enter(f'(defun evil (a) "Doc {evil}\\n\\nmore {evil}" a)', r"^evil\nlfe>")
    screen.enter(f'(defun |evil{evil}| (a) "" a)', r"\nlfe>$")
    screen.enter(f'(new-session "s{evil}")', r"\nlfe>$")
    screen.type(f"(evil{TAB}")
    screen.expect("more|title")
    screen.type(f"{TAB}{TAB}{TAB}{ENTER} {F3}")
    screen.expect("title")
    screen.type(f'{INTERRUPT}(switch-session "{TAB}{TAB}')
    screen.expect("switch-session session")

    assert b"\x1b]0;" not in screen.raw
    assert "\u202e".encode() not in screen.raw


def test_only_completion_is_taken_at_once(display: Open) -> None:
    """Tab completes a name that can be only one."""
    screen = display()
    screen.type(f"(lists:revers{TAB}")
    screen.expect(r"^lfe> \(lists:reverse$")


def test_session_names_and_files_are_completed_in_strings(display: Open, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """After `(switch-session "` sessions are offered, after `(slurp "` files of the session's directory."""
    (tmp_path / "some-module.lfe").write_text("")
    screen = display()
    screen.enter('(new-session "worklog")', "^lfe>$")
    screen.type(f'(switch-session "wo{TAB}')
    screen.expect(r'\(switch-session "worklog$')
    screen.type(f'{INTERRUPT}(slurp "some{TAB}')
    screen.expect(r'\(slurp "some-module\.lfe$')


def test_signature_of_the_form_is_in_the_bottom_line(display: Open) -> None:
    """While one types a call, the bottom line shows its arguments and what it is for."""
    screen = display()
    screen.type("(lists:map ")
    screen.expect(r"\(lists:map f xs\)  Apply a function to every element\. +default\Z")


def test_history_is_there_after_a_restart(display: Open, xrepl) -> None:  # type: ignore[no-untyped-def]
    """Forms come back whole, with Up and by searching; those of another session do not; one behind a blank is gone."""
    screen = display()
    screen.enter("(set one\n 1)", r"^1\nlfe>")
    screen.enter(" (set secret 2)", r"^2\nlfe>")
    screen.type(LEAVE)
    assert screen.exit_status() == 0
    xrepl("server", "stop")

    other = display("-s", "other")
    other.type(UP)
    other.enter("", r"^lfe>$")
    again = display()
    again.type(UP)
    again.expect(r"^lfe> \(set one\n\.\.\.> +1\)$")
    again.type(f"{INTERRUPT}{CONTROL_R}one")
    again.expect(r"\(set one\n")
    again.type(f"{ENTER}{ENTER}")
    again.expect(r"^1\nlfe>")
    assert "secret" not in again.enter("(history)", r"^ok\nlfe>")


def test_history_is_there_for_what_is_typed_ahead(display: Open) -> None:
    """Searching the history before the prompt is there finds what a search at the prompt finds."""
    screen = display()
    screen.enter("(+ 40 2)", r"^42\nlfe>")
    screen.type(f"(timer:sleep 500){ENTER}{CONTROL_R}40{ENTER}{ENTER}")

    screen.expect(r"^ok\nlfe> \(\+ 40 2\)\n42\nlfe>")


def test_history_can_be_switched_off(display: Open) -> None:
    """With `history-enabled` false nothing is kept."""
    screen = display()
    screen.enter("(xrepl-config:set (current-session) 'history-enabled 'false)", r"\nlfe>$")
    screen.enter("(set hidden 1)", r"^1\nlfe>")
    screen.type(LEAVE)
    screen.exit_status()
    again = display()
    again.type(UP)

    assert "hidden" not in again.enter("(+ 1 1)", r"^2\nlfe>")


def test_pasted_forms_are_evaluated_in_order(display: Open) -> None:
    """Several forms pasted at once wait for Enter, then each shows its value."""
    screen = display()
    screen.paste("(set a 1)\n(set b (+ a 1))\n(list a b)\n")
    screen.expect(r"\(list a b\)")
    screen.type(ENTER)

    screen.expect(r"^1\n2\n\(1 2\)\nlfe>")


def test_forms_behind_one_that_fails_are_told(display: Open) -> None:
    """Of several forms pasted at once those behind the first that fails are not evaluated, and the terminal says so."""
    screen = display()
    screen.paste("(set a 1)\n(car 3)\n(set a 2)\n(set a 3)")
    screen.type(ENTER)
    screen.expect(r"^1\n\*\* exception error: bad argument\n.*\n\[2 forms after it were not evaluated\]\nlfe>")

    screen.enter("a", r"^1\nlfe>")


def test_typing_ahead_is_not_lost(display: Open) -> None:
    """What is typed while a form runs is at the next prompt."""
    screen = display()
    screen.type(f"(timer:sleep 300){ENTER}(+ 40 2){ENTER}")

    screen.expect(r"^42\nlfe>")


def test_what_is_typed_between_prompts_is_on_the_screen_once(display: Open) -> None:
    """Typing faster than forms are evaluated shows each form at its prompt, and nowhere else."""
    screen = display("--no-banner")
    screen.type("".join(f"(+ {number} 0){ENTER}" for number in range(8)))
    text = screen.expect(r"^7\nlfe>$")

    assert text.startswith("\n".join(f"lfe> (+ {number} 0)\n{number}" for number in range(8)))


def test_interrupt_at_the_prompt_drops_the_text(display: Open) -> None:
    """^C leaves what was typed on the screen and begins anew."""
    screen = display()
    screen.type(f"(abc{INTERRUPT}")
    screen.expect(r"^lfe> \(abc\nlfe>$")
    screen.enter("(+ 1 1)", r"^2\nlfe>")


def test_form_in_the_middle_can_be_edited(display: Open) -> None:
    """Enter in an earlier line of a whole form begins a line there; at its end it evaluates."""
    screen = display()
    screen.paste("(list 1\n      2)")
    screen.type(f"{UP}{ENTER}")
    screen.expect(r"\(list 1\n\.\.\.>\n\.\.\.> +2\)")
    screen.type("3\x1b>" + ENTER)

    screen.expect(r"^\(1 3 2\)")


def test_wide_and_combining_characters(display: Open) -> None:
    """Characters of two columns, and of none, are edited as one."""
    screen = display()
    screen.type('(length "漢字e\u0301")')
    screen.expect("漢")
    screen.type(f"{LEFT}{LEFT}{LEFT}\x7f\x7f")
    screen.type(f"{CONTROL_E}{ENTER}")

    screen.expect(r"^2\nlfe>")


def test_line_of_a_hundred_thousand_characters(display: Open) -> None:
    """A very long line is taken whole."""
    screen = display(size=(100, 30))
    screen.paste(f'(length "{"x" * 100_000}")')
    screen.type(ENTER)

    screen.expect(r"^100000\nlfe>")


def test_resize_keeps_the_text(display: Open) -> None:
    """A narrower terminal shows the same form and evaluates it."""
    screen = display()
    screen.type("(+ 1000 2000 3000 4000")
    screen.expect("4000")
    screen.resize(40, 12)
    screen.type(f" 5000){ENTER}")

    screen.expect(r"^15000\nlfe>")


@pytest.mark.parametrize("changes", [{"NO_COLOR": "1"}, {"TERM": "vt100"}])
def test_terminal_without_colours_gets_none(display: Open, changes: dict[str, str]) -> None:
    """With NO_COLOR no colour is sent; a plain VT100 works."""
    screen = display(**changes)
    screen.enter('(list "a" 1)', r'^\("a" 1\)\nlfe>')

    if "NO_COLOR" in changes:
        assert b"\x1b[32m" not in screen.raw
        assert b";32" not in screen.raw


def test_vi_keys(display: Open, env: dict[str, str]) -> None:
    """With `keys = "vi"` in the settings, Escape commands."""
    from pathlib import Path

    folder = Path(env["XDG_CONFIG_HOME"]) / "xrepl"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text('[terminal]\nkeys = "vi"\nbanner = false\n')
    screen = display()
    assert "xrepl" not in screen.text
    screen.expect("insert")
    screen.type("(+ 1 2)\x1b")
    screen.expect("navigation")
    screen.type(f"0f1r5{ENTER}")

    screen.expect(r"^7\nlfe>")


def test_form_is_edited_in_the_editor(display: Open) -> None:
    """Ctrl-X Ctrl-E edits the form with the program that $EDITOR names."""
    screen = display(EDITOR="sed -i s/one/two/")
    screen.type(f"(list 'one){CONTROL_X}{CONTROL_E}")
    screen.expect(r"^lfe> \(list 'two\)")
    screen.type(ENTER)

    screen.expect(r"^\(two\)\nlfe>")
