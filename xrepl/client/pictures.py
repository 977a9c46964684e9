"""Pictures at a terminal: by the terminal's own graphics where it says that it has them, else in blocks of colour.

The libraries are optional (`xrepl[pictures]`) and imported with the first picture.  What is written is made from the
decoded image; none of the picture's own bytes reaches the terminal.
"""

import functools
import io
import re
import warnings
from typing import Any

MISSING = "a picture needs the packages term-image and resvg-py to be shown; install xrepl[pictures]"
# what a terminal is asked that it answers with a list of what it can do, and which of these is sixel
ATTRIBUTES_QUERY = b"\x1b[c"
SIXEL = b"4"
# of a cell, if the terminal does not tell: those of the terminal that had sixel first
CELL_PIXELS = (10, 20)
MAX_PIXELS = 40_000_000
QUERY_TIMEOUT_S = 0.2


class Unshowable(Exception):
    """A picture cannot be shown; the message says why."""


def draw(data: bytes, columns: int, rows: int) -> str:
    """Give what to write to show a picture.

    Args:
        data: PNG or SVG.
        columns: the most that it may be wide.
        rows: the most that it may be high.

    Raises:
        Unshowable: the libraries are not there, or it is no such picture.
    """
    try:
        from PIL import Image

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import term_image
            from term_image import image as styles
    except ImportError as missing:
        raise Unshowable(MISSING) from missing
    try:
        with Image.open(io.BytesIO(_as_png(data))) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                raise Unshowable(f"a picture of {picture.width} x {picture.height} pixels is too large")
            picture.load()
            term_image.set_query_timeout(QUERY_TIMEOUT_S)
            style = next((one for one in (styles.KittyImage, styles.ITerm2Image) if one.is_supported()), None)
            if style is None and _has_sixel():
                return _sixels(picture, columns, rows)
            shown = (style or styles.BlockImage)(picture)
            shown.set_size(styles.Size.AUTO, frame_size=(columns, rows))
            return f"{shown:<1.^1}\n"  # without blanks around it
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise Unshowable(f"the picture cannot be shown: {problem}") from problem


@functools.cache
def _has_sixel() -> bool:
    """Say whether the terminal tells that it has sixel graphics, and what makes them is installed."""
    try:
        import textual_image._sixel  # noqa: F401
    except ImportError:
        return False
    from term_image.utils import query_terminal

    answer = query_terminal(ATTRIBUTES_QUERY, lambda read: not read.endswith(b"c")) or b""
    told = re.search(rb"\x1b\[\?([\d;]*)c", answer)
    return told is not None and SIXEL in told[1].split(b";")[1:]


def _sixels(picture: Any, columns: int, rows: int) -> str:
    """Give a picture as sixels, made smaller to fit."""
    from term_image.utils import get_cell_size

    # the package's public part asks the terminal for what it can do, and reads its answers, when it is imported
    from textual_image._sixel import image_to_sixels

    width, height = get_cell_size() or CELL_PIXELS
    picture.thumbnail((columns * width, rows * height))
    return f"{image_to_sixels(picture)}\n"


def _as_png(data: bytes) -> bytes:
    if b"<svg" not in data[:4096]:
        return data
    try:
        import resvg_py
    except ImportError as missing:
        raise Unshowable(MISSING) from missing
    return bytes(resvg_py.svg_to_bytes(svg_string=data.decode("utf-8", "replace")))
