"""What is written to a user's terminal: output through the filter, values, errors, and a line on what is running.

A flood of output is cut, so that the terminal stays usable: a budget of characters that fills up again with time.  What
was left out is kept, bounded, and can be read in a pager (`left_out`).  Reads nothing.
"""

from collections import deque
from collections.abc import Callable

from xrepl.client.connection import Message
from xrepl.client.filter import OutputFilter
from xrepl.client.output import write
from xrepl.client.render import picture, pieces
from xrepl.client.styles import Painter

MAX_VALUE_CHARACTERS = 20_000
BUDGET_CHARACTERS = 1 << 20
REFILL_CHARACTERS_PER_S = 64 << 10
MAX_KEPT_CHARACTERS = 16 << 20
TAIL_CHARACTERS = 2000
# below the cursor, which stays: make room for a line, go there, clear it; and back
_BELOW, _BACK, _CLEAR = "\x1bD\x1b[A\x1b7\x1bD\r\x1b[J", "\x1b8", "\x1b[J"
# the same where the cursor's line is empty
_HERE = "\x1b7\x1b[J"
_CLEAR_ALL = "\x1b[H\x1b[2J"


class Screen:
    """One terminal.

    Args:
        now: gives the time in seconds, for the budget.
        painter: the colours of values, errors and notices.
        is_raw: let printed output through as it is.
        has_colours: False to drop the colours of printed output.
        is_bounded: cut floods and huge values.
        how_to_see: what to do to read what was cut.
        draw: gives what to write to show a picture; None where none can be shown.
        can_clear: whether the terminal can be cleared.
    """

    def __init__(
        self,
        now: Callable[[], float],
        painter: Painter | None = None,
        *,
        is_raw: bool = False,
        has_colours: bool = True,
        is_bounded: bool = False,
        how_to_see: str = "",
        draw: Callable[[bytes], str] | None = None,
        can_clear: bool = False,
    ) -> None:
        self._now = now
        self._painter = painter or Painter()
        self._filter = OutputFilter(is_raw=is_raw, has_colours=has_colours)
        self._is_bounded = is_bounded
        self._how_to_see = how_to_see
        self._draw = draw
        self._can_clear = can_clear
        self._is_line_open = False
        self._status = ""
        self._budget = float(BUDGET_CHARACTERS)
        self._filled_at = now()
        self._cut_characters = 0  # left out since the last thing that was shown
        self._kept: deque[str] = deque()
        self._kept_characters = 0

    @property
    def left_out(self) -> str:
        """Give what was left out since `begin`; its end, if it was too much."""
        return "".join(self._kept)

    def begin(self) -> None:
        """Forget what was left out: another form begins."""
        self._end_output()
        self._kept.clear()
        self._kept_characters = 0

    def show(self, message: Message) -> None:
        """Show what a message tells."""
        if "xrepl/clear" in message and self._can_clear:
            self._write(_CLEAR_ALL, is_open=False)
        if "xrepl/picture" in message and self._draw is not None:
            self.end_line()
            self._write(self._draw(picture(message)))
            message = {name: value for name, value in message.items() if name != "xrepl/picture"}
        for kind, text in pieces(message):
            if kind in ("out", "err"):
                self._print(text)
            else:
                self._end_output()
                self._write(self._painter.paint(kind, self._bounded(text)))

    def would_show(self, message: Message) -> bool:
        """Say whether a message tells anything that is shown."""
        return bool(pieces(message))

    def tell(self, kind: str, text: str) -> None:
        """Show lines of our own."""
        self.end_line()
        self._write(self._painter.paint(kind, text))

    def end_line(self) -> None:
        """Let what comes next begin a line of its own."""
        self._end_output()
        if self._is_line_open:
            self._write("\n")

    def note_line_ended(self) -> None:
        """Take note that the user has ended the line, by answering what was asked on it."""
        self._is_line_open = False

    def set_status(self, text: str) -> None:
        """Show a line below what was written last, or take it away; what is written next takes its place."""
        if text == self._status:
            return
        self._status = text
        place = _BELOW if self._is_line_open else _HERE
        write(f"{place}{self._painter.paint('status', text)}{_BACK}" if text else _CLEAR)

    def _print(self, text: str) -> None:
        """Write printed output as far as the budget goes."""
        if not self._is_bounded:
            self._write(self._filter.feed(text))
            return
        now = self._now()
        self._budget = min(BUDGET_CHARACTERS, self._budget + (now - self._filled_at) * REFILL_CHARACTERS_PER_S)
        self._filled_at = now
        # once something is left out, all is until the budget is a good deal again: no torn lines one by one
        if not self._cut_characters or self._budget > BUDGET_CHARACTERS / 8:
            self._end_cut()
            fits = int(self._budget)
            self._budget -= min(fits, len(text))
            self._write(self._filter.feed(text[:fits]))
            text = text[fits:]
        if text:
            self._leave_out(text)

    def _leave_out(self, text: str) -> None:
        self._cut_characters += len(text)
        self._keep(text)

    def _keep(self, text: str) -> None:
        self._kept.append(text)
        self._kept_characters += len(text)
        while self._kept_characters > MAX_KEPT_CHARACTERS and len(self._kept) > 1:
            self._kept_characters -= len(self._kept.popleft())

    def _end_cut(self) -> None:
        """Show the end of what was left out, and say how much that is."""
        if not self._cut_characters:
            return
        tail = "".join(list(self._kept)[-TAIL_CHARACTERS:])[-min(TAIL_CHARACTERS, self._cut_characters) :]
        tail = tail[tail.find("\n") + 1 :]
        count, self._cut_characters = self._cut_characters - len(tail), 0
        self._write(f"{self._filter.end()}\n")
        self._write(self._painter.paint("notice", f"[{self._note(count)}]\n"))
        self._write(self._filter.feed(tail))

    def _end_output(self) -> None:
        self._end_cut()
        rest = self._filter.end()
        if rest:
            self._write(rest, is_open=self._is_line_open)

    def _bounded(self, text: str) -> str:
        if not self._is_bounded or len(text) <= MAX_VALUE_CHARACTERS:
            return text
        self._keep(text)
        return f"{text[:MAX_VALUE_CHARACTERS]}\n[{self._note(len(text) - MAX_VALUE_CHARACTERS)}]\n"

    def _note(self, count: int) -> str:
        return f"{count:,} characters left out{self._how_to_see}"

    def _write(self, text: str, is_open: bool | None = None) -> None:
        if not text:
            return
        if self._status:
            self._status = ""
            text = _CLEAR + text
        self._is_line_open = not text.endswith("\n") if is_open is None else is_open
        write(text)
