"""Editing whole forms: what keys do, colours while typing, the brackets that belong together.

Parts for prompt_toolkit; what is a form, and how far it is indented, is `syntax.py`'s and `indentation.py`'s.
"""

from collections.abc import Callable

from prompt_toolkit.application.current import get_app
from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.enums import DEFAULT_BUFFER, EditingMode
from prompt_toolkit.filters import (
    completion_is_selected,
    emacs_mode,
    has_completions,
    has_focus,
    has_selection,
    is_searching,
    vi_insert_mode,
)
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.key_binding import KeyBindings, KeyPress, KeyPressEvent
from prompt_toolkit.keys import Keys
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput
from prompt_toolkit.layout.screen import Char
from prompt_toolkit.layout.utils import explode_text_fragments
from prompt_toolkit.lexers import Lexer
from prompt_toolkit.search import accept_search

from xrepl.client.highlighting import line_parts
from xrepl.client.indentation import indentation
from xrepl.client.movement import form_end, form_start
from xrepl.client.render import ESCAPES
from xrepl.client.syntax import column, scan
from xrepl.client.words import Line

# a text beyond this is edited without colours, which would take longer than a keystroke may
MAX_COLOURED_CHARACTERS = 30_000

# prompt_toolkit writes C0 and C1 out; names and pasted text may hold the marks that reorder a line, too
REORDERING = {chr(code): f"<{code:x}>" for code in ESCAPES if code > 0xFF}
Char.display_mappings.update(REORDERING)

_in_prompt = has_focus(DEFAULT_BUFFER)


def key_bindings(syntax: str) -> KeyBindings:
    """Give the keys that edit forms; all others are prompt_toolkit's, for Emacs or vi."""
    keys = KeyBindings()

    @keys.add("enter", filter=_in_prompt & completion_is_selected)
    def take_completion(event: KeyPressEvent) -> None:
        event.current_buffer.complete_state = None

    @keys.add("escape", filter=_in_prompt & emacs_mode & has_completions, eager=True)
    def close_menu(event: KeyPressEvent) -> None:
        if event.key_processor.input_queue:  # Escape and a key at once are Alt and the key
            event.current_buffer.complete_state = None
            event.key_processor.feed(KeyPress(Keys.Escape), first=True)
        else:
            event.current_buffer.cancel_completion()

    @keys.add("enter", filter=_in_prompt & ~completion_is_selected)
    def enter(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if is_ready(buffer.document, syntax):
            buffer.validate_and_handle()
        else:
            new_line(buffer, syntax)

    @keys.add("enter", filter=is_searching)
    def take_found(event: KeyPressEvent) -> None:
        accept_search()
        buffer = event.current_buffer
        buffer.cursor_position = len(buffer.text)  # where the next Enter evaluates

    @keys.add("c-o", filter=_in_prompt)
    def open_line(event: KeyPressEvent) -> None:
        new_line(event.current_buffer, syntax)

    # not while one inserts with vi's keys: Escape would have to wait for what follows
    @keys.add("escape", "enter", filter=_in_prompt & ~vi_insert_mode)
    def accept(event: KeyPressEvent) -> None:
        event.current_buffer.validate_and_handle()

    @keys.add("tab", filter=_in_prompt & ~has_selection)
    def complete_or_indent(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        if buffer.complete_state:
            buffer.complete_next()
        elif not buffer.document.current_line_before_cursor.strip():
            indent_line(buffer, syntax)
        else:
            buffer.start_completion(insert_common_part=True)

    @keys.add("f4")
    def change_mode(event: KeyPressEvent) -> None:
        is_vi = event.app.editing_mode == EditingMode.VI
        event.app.editing_mode = EditingMode.EMACS if is_vi else EditingMode.VI

    _add_form_keys(keys, syntax)
    return keys


def _add_form_keys(keys: KeyBindings, syntax: str) -> None:
    """Add the keys that go over whole forms, as in Emacs."""

    @keys.add("escape", "c-f", filter=_in_prompt & emacs_mode)
    def go_forward(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        buffer.cursor_position = form_end(buffer.text, buffer.cursor_position, syntax)

    @keys.add("escape", "c-b", filter=_in_prompt & emacs_mode)
    def go_backward(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        buffer.cursor_position = form_start(buffer.text, buffer.cursor_position, syntax)

    @keys.add("escape", "c-k", filter=_in_prompt & emacs_mode)
    def kill_form(event: KeyPressEvent) -> None:
        buffer = event.current_buffer
        count = form_end(buffer.text, buffer.cursor_position, syntax) - buffer.cursor_position
        event.app.clipboard.set_text(buffer.delete(count))


def is_ready(document: Document, syntax: str) -> bool:
    """Say whether Enter evaluates: the text is whole, and the cursor is on its last line with something on it."""
    return scan(document.text, syntax).is_whole and "\n" not in document.text_after_cursor.rstrip()


def new_line(buffer: Buffer, syntax: str) -> None:
    """Begin a line, indented for the form that it is in."""
    after = buffer.document.current_line_after_cursor
    buffer.delete(len(after) - len(after.lstrip()))
    depth = indentation(buffer.text, buffer.cursor_position, syntax)
    buffer.insert_text("\n" + " " * depth)


def indent_line(buffer: Buffer, syntax: str) -> None:
    """Indent the cursor's line for the form that it is in."""
    document = buffer.document
    start = document.cursor_position - document.cursor_position_col
    line = document.current_line
    blanks = len(line) - len(line.lstrip())
    depth = indentation(document.text, start, syntax)
    text = document.text[:start] + " " * depth + document.text[start + blanks :]
    buffer.document = Document(text, start + depth)


class FormLexer(Lexer):
    """Colours for the text being typed."""

    def __init__(self, syntax: str) -> None:
        self._syntax = syntax

    def lex_document(self, document: Document) -> Callable[[int], StyleAndTextTuples]:
        """Give a function from a line's number to its pieces."""
        if len(document.text) > MAX_COLOURED_CHARACTERS:
            return lambda number: [("", document.lines[number])] if number < document.line_count else []
        lines = scan(document.text, self._syntax).lines
        return lambda number: self._pieces(lines[number]) if number < len(lines) else []

    def _pieces(self, line: Line) -> StyleAndTextTuples:
        pieces: StyleAndTextTuples | None = line.pieces
        if pieces is None:
            text, shown = line.text, line_parts(line, self._syntax)
            pieces = line.pieces = [(f"class:pygments.{kind}", text[start:end]) for kind, start, end in shown]
        return pieces


class BracketMarks(Processor):
    """Marks the bracket at the cursor and its other one, and brackets that are wrong."""

    def __init__(self, syntax: str) -> None:
        self._syntax = syntax
        self._key: tuple[str, int] | None = None
        self._marks: dict[int, list[tuple[int, str]]] = {}

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """Mark the brackets of one line."""
        document = transformation_input.document
        if get_app().is_done or len(document.text) > MAX_COLOURED_CHARACTERS:
            return Transformation(transformation_input.fragments)
        key = (document.text, document.cursor_position)
        if key != self._key:
            self._key, self._marks = key, self._find(document)
        marks = self._marks.get(transformation_input.lineno)
        if not marks:
            return Transformation(transformation_input.fragments)
        fragments = explode_text_fragments(transformation_input.fragments)
        for place, style in marks:
            place = transformation_input.source_to_display(place)
            if place < len(fragments):
                fragments[place] = (f"{fragments[place][0]} {style}", fragments[place][1])
        return Transformation(fragments)

    def _find(self, document: Document) -> dict[int, list[tuple[int, str]]]:
        found = scan(document.text, self._syntax)
        marked = dict.fromkeys(found.wrong, "class:bracket.wrong")
        at = document.cursor_position
        here = next((place for place in (at, at - 1) if place in found.pairs), None)
        if here is not None:
            marked |= dict.fromkeys((here, found.pairs[here]), "class:bracket")
        marks: dict[int, list[tuple[int, str]]] = {}
        for place, style in marked.items():
            line = document.text.count("\n", 0, place)
            marks.setdefault(line, []).append((column(document.text, place), style))
        return marks


def continuation(prompt: str) -> Callable[[int, int, int], StyleAndTextTuples]:
    """Give what stands before the second line and those after it."""

    def text(width: int, line_number: int, wrap_count: int) -> StyleAndTextTuples:
        shown = " " * width if wrap_count else "...> ".rjust(width)
        return [("class:continuation", shown)]

    return text
