"""Pictures and charts at the terminal; the libraries are optional, and so are these tests."""

import io
import re
from collections.abc import Callable

import pytest

from tests.helpers.display import ENTER, Display
from xrepl.client.pictures import Unshowable, draw

Open = Callable[..., Display]
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8" fill="red"/></svg>'
image = pytest.importorskip("PIL.Image", reason="pillow is not installed: pictures are not tested")
pytest.importorskip("term_image", reason="term-image is not installed: pictures are not tested")
pytest.importorskip("resvg_py", reason="resvg-py is not installed: pictures are not tested")
pytest.importorskip("plotext", reason="plotext is not installed: charts are not tested")


def png() -> bytes:
    """Give a small red picture."""
    written = io.BytesIO()
    image.new("RGB", (8, 8), (255, 0, 0)).save(written, "PNG")
    return written.getvalue()


@pytest.mark.parametrize("data", [png(), SVG], ids=["png", "svg"])
def test_picture_is_drawn_in_blocks(data: bytes) -> None:
    """Where no graphics are known, the picture is lines of colour no larger than the terminal."""
    drawn = draw(data, 20, 5)

    assert "\x1b[48;2;255;0;0m" in drawn
    assert drawn.count("\n") <= 6


@pytest.mark.parametrize("data", [b"", b"\x89PNG nonsense", b"<svg", png()[:40]])
def test_damaged_picture_is_refused(data: bytes) -> None:
    """What is no picture is an error with words."""
    with pytest.raises(Unshowable):
        draw(data, 20, 5)


def test_picture_is_shown_at_the_terminal(display: Open, tmp_path) -> None:  # type: ignore[no-untyped-def]
    """`(show "file.png")` draws the file before the value."""
    (tmp_path / "red.png").write_bytes(png())
    screen = display()
    screen.enter('(show "red.png")', r"^ok\nlfe>")

    assert b"255;0;0m" in screen.raw


TERMINALS = {
    "kitty": ({b",i=31,": b"\x1b_Gi=31;OK\x1b\\", b"\x1b[>q": b"\x1bP>|kitty(0.32.2)\x1b\\"}, rb"\x1b_G[^;\x1b]*a=T"),
    "iTerm2": ({b"\x1b[>q": b"\x1bP>|iTerm2 3.5.1\x1b\\"}, rb"\x1b\]1337;File="),
    "sixel": ({b"\x1b[c": b"\x1b[?62;4;22c"}, rb'\x1bP0;0;0q"1;1;8;8.*\x1b\\'),
}


@pytest.mark.parametrize("kind", TERMINALS)
def test_graphics_are_used_where_the_terminal_has_them(display: Open, tmp_path, kind: str) -> None:  # type: ignore[no-untyped-def]
    """A terminal that answers that it has graphics gets them; what was typed meanwhile is not lost."""
    if kind == "sixel":
        pytest.importorskip("textual_image", reason="textual-image is not installed: sixel is not tested")
    (tmp_path / "red.png").write_bytes(png())
    screen = display()
    screen.answers, graphics = TERMINALS[kind]
    screen.type(f'(progn (timer:sleep 300) (show "red.png")){ENTER}(+ 40 2)')
    screen.wait(lambda text: re.search(graphics, screen.raw, re.DOTALL), kind)
    screen.type(ENTER)

    screen.expect(r"^lfe> \(\+ 40 2\)\n42\nlfe>")


def test_chart_is_text(display: Open) -> None:
    """`(plot numbers)` draws a line, `(plot pairs)` bars, both within 72 columns."""
    screen = display(size=(100, 60))
    screen.enter("(plot '(1 4 9 16 25))", r"^ok\nlfe>")
    assert "┤" in screen.text
    screen.enter("(plot '(#(one 1) #(two 2)))", "█")
    screen.enter("(plot '(a b))", "bad argument")
