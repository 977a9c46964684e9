"""The prompt that edits whole forms, on prompt_toolkit: the parts of the other files, put together.

What comes while it waits is `mail.py`'s, a form that was entered `running.py`'s, and the loop `repl.py`'s.
"""

import gc
import platform
import time
from collections.abc import AsyncGenerator, Iterable

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.document import Document
from prompt_toolkit.enums import EditingMode
from prompt_toolkit.formatted_text import StyleAndTextTuples
from prompt_toolkit.history import History
from prompt_toolkit.input.typeahead import get_typeahead
from prompt_toolkit.input.vt100_parser import Vt100Parser
from prompt_toolkit.key_binding import KeyPress, merge_key_bindings
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.styles import BaseStyle, Style, merge_styles

from xrepl import __version__
from xrepl.client.actions import Actions
from xrepl.client.completion import SessionCompleter, Signatures
from xrepl.client.conversation import Conversation
from xrepl.client.editing import BracketMarks, FormLexer, continuation, key_bindings
from xrepl.client.keys import Keys
from xrepl.client.mail import Mail
from xrepl.client.place import Place
from xrepl.client.render import plain
from xrepl.client.repl import Repl
from xrepl.client.running import GRACE_S, Running
from xrepl.client.screen import Screen
from xrepl.client.settings import Settings
from xrepl.client.styles import STYLES, Painter, classes
from xrepl.client.toolbar import bottom_line, status_line

# a key's sequence comes at once: what follows Escape later is another key
ESCAPE_S = 0.05
GARBAGE_OBJECTS = 100_000
HOW_TO_SEE = "; F2 shows them"


def talk(
    conversation: Conversation,
    settings: Settings,
    keys: Keys,
    *,
    has_colours: bool,
    has_banner: bool,
    terminal: str = "",
) -> int:
    """Talk with the user until they leave; give the exit status.

    Args:
        conversation: not yet attached.
        settings: the user's.
        keys: entered.
        has_colours: False for none.
        has_banner: whether to say what this is.
        terminal: what the server is told of the terminal.

    Raises:
        ServerGone: no server can be started.
    """
    style = STYLES.get(settings.style, STYLES["default"]) if has_colours else STYLES["plain"]
    screen = Screen(
        time.monotonic,
        Painter(style if has_colours else {"status": "reverse"}),
        is_raw=settings.is_raw,
        has_colours=has_colours,
        is_bounded=True,
        how_to_see=HOW_TO_SEE,
        draw=lambda data: _picture(data, keys),
        can_clear=True,
    )
    place = Place(conversation)
    running = Running(conversation, screen, place, keys, lambda passed, since: _status(passed, since, place))
    repl = Repl(conversation, screen, running, place, terminal)
    if has_banner:
        screen.tell("echo", banner())
    if settings.problem:
        screen.tell("notice", f"{plain(settings.problem)}\n")
    if not repl.attach():
        return 1
    editor = FormEditor(conversation, repl, screen, place, keys, running, settings, has_colours=has_colours)
    return repl.run(editor)


def banner() -> str:
    """Give what the terminal says at its start."""
    return f"xrepl {__version__}, LFE on Python {platform.python_version()}.  (help) and F1 help, ^D leaves.\n"


class FormEditor:
    """The prompt."""

    def __init__(
        self,
        conversation: Conversation,
        repl: Repl,
        screen: Screen,
        place: Place,
        keys: Keys,
        running: Running,
        settings: Settings,
        *,
        has_colours: bool,
    ) -> None:
        # what is imported stays, and drawing makes much that is soon gone: neither is worth a look at every keystroke
        gc.freeze()
        gc.set_threshold(GARBAGE_OBJECTS)
        syntax = conversation.syntax
        self._conversation = conversation
        self._repl = repl
        self._screen = screen
        self._place = place
        self._keys = keys
        self._running = running
        self._mail = Mail(conversation, screen, place, self._follow)
        self._signatures = Signatures(self._mail, syntax)
        self._actions = Actions(conversation, screen, place, self._mail)
        self._prompt: PromptSession[str] = PromptSession(
            self._message,
            multiline=True,
            editing_mode=EditingMode.VI if settings.keys == "vi" else EditingMode.EMACS,
            complete_while_typing=False,
            enable_history_search=True,
            search_ignore_case=True,
            enable_suspend=True,
            enable_open_in_editor=True,
            tempfile_suffix=".hy" if syntax == "hy" else ".lfe",
            lexer=FormLexer(syntax),
            completer=SessionCompleter(self._mail, syntax),
            history=PlaceHistory(place),
            auto_suggest=AutoSuggestFromHistory() if has_colours else None,
            input_processors=[BracketMarks(syntax)],
            key_bindings=merge_key_bindings([key_bindings(syntax), self._actions.key_bindings()]),
            bottom_toolbar=self._bottom_line,
            style=_style(settings.style, has_colours),
            include_default_pygments_style=False,
            color_depth=None if has_colours else ColorDepth.DEPTH_1_BIT,
            reserve_space_for_menu=6,
        )
        self._prompt.app.ttimeoutlen = ESCAPE_S

    def read(self, text: str) -> str:
        """Let the user edit text up to whole forms.

        Raises:
            KeyboardInterrupt: ^C.
            EOFError: ^D.
        """
        pressed = self._typed_ahead()
        self._signatures.forget()
        self._actions.begin()
        self._prompt.prompt_continuation = continuation(self._place.prompt)
        try:
            return self._prompt.prompt(default=text, pre_run=lambda: self._begin(pressed))
        finally:
            self._mail.close()

    def _begin(self, pressed: list[KeyPress]) -> None:
        self._mail.open()
        self._tick()
        # what was typed ahead may search the history, which prompt_toolkit loads in a task of its own
        self._prompt.default_buffer.load_history_if_not_yet_loaded()
        if self._prompt.app.loop is not None:
            self._prompt.app.loop.call_soon(self._press, pressed)

    def _tick(self) -> None:
        """Keep the time of another client's form up to date while there is one, and look for a server that is gone."""
        app = self._prompt.app
        if self._place.is_server_gone and self._conversation.rejoin():
            self._mail.open()
        if app.loop is not None and app.is_running:
            app.loop.call_later(1.0, self._tick)
        if self._place.others_form:
            app.invalidate()

    def _typed_ahead(self) -> list[KeyPress]:
        """Give the keys that were pressed since the last prompt."""
        pressed = get_typeahead(self._prompt.app.input)
        parser = Vt100Parser(pressed.append)
        parser.feed(self._keys.take_typed())
        parser.flush()
        return pressed

    def _press(self, pressed: list[KeyPress]) -> None:
        processor = self._prompt.app.key_processor
        processor.feed_multiple(pressed)
        processor.process_keys()

    def _message(self) -> StyleAndTextTuples:
        return [("class:prompt", self._place.prompt)]

    def _bottom_line(self) -> StyleAndTextTuples:
        app = self._prompt.app
        signature = self._signatures.at(self._prompt.default_buffer.document)
        mode = app.vi_state.input_mode.value.removeprefix("vi-") if app.editing_mode == EditingMode.VI else ""
        width = app.output.get_size().columns
        return [*bottom_line(self._place, signature, self._running.duration_s, mode, width)]

    def _follow(self) -> None:
        """Be in the session that the server has put the terminal into: with its prompt, history and names."""
        self._repl.attach()
        self._signatures.forget()
        buffer = self._prompt.default_buffer
        buffer.reset(Document(buffer.text, buffer.cursor_position))


class PlaceHistory(History):
    """The session's forms for the prompt; they are written when they are evaluated, not here."""

    def __init__(self, place: Place) -> None:
        super().__init__()
        self._place = place

    async def load(self) -> AsyncGenerator[str, None]:
        """Give the forms, the newest first."""
        for form in reversed(self._place.history.forms):
            yield form

    def get_strings(self) -> list[str]:
        """Give the forms, the oldest first."""
        return self._place.history.forms

    def load_history_strings(self) -> Iterable[str]:
        """Give the forms, the newest first."""
        return reversed(self._place.history.forms)

    def append_string(self, string: str) -> None:
        """Do nothing."""

    def store_string(self, string: str) -> None:
        """Do nothing."""


def _picture(data: bytes, keys: Keys) -> str:
    """Give what to write to show a picture; where it cannot be shown, why."""
    import shutil

    from xrepl.client.pictures import Unshowable, draw

    keys.read_waiting()
    columns, rows = shutil.get_terminal_size()
    try:
        return draw(data, columns, rows - 2)
    except Unshowable as reason:
        return f"[{plain(reason)}]\n"


def _status(passed_s: float, interrupted_s: float | None, place: Place) -> str:
    import shutil

    line = status_line(passed_s, interrupted_s, GRACE_S, is_waiting=bool(place.others_form))
    return line[: shutil.get_terminal_size().columns - 1]


def _style(name: str, has_colours: bool) -> BaseStyle:
    if not has_colours:
        return Style(classes(STYLES["plain"]))
    if name in STYLES:
        return Style(classes(STYLES[name]))
    return merge_styles([Style(classes(STYLES["quiet"])), _pygments_style(name)])


def _pygments_style(name: str) -> BaseStyle:
    """Give one of Pygments' styles; the default one of ours if there is none of that name."""
    from prompt_toolkit.styles.pygments import style_from_pygments_cls

    from xrepl.client.lexer import pygments_style

    found = pygments_style(name)
    return style_from_pygments_cls(found) if found is not None else Style(classes(STYLES["default"]))
