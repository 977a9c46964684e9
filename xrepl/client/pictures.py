"""Pictures at a terminal: by the terminal's own graphics where it says that it has them, else in blocks of colour.

The libraries are optional (`xrepl[pictures]`) and imported with the first picture.  What is written is made from the
decoded image; none of the picture's own bytes reaches the terminal.
"""

import io
import warnings
from typing import Any

MISSING = "a picture needs the packages term-image and resvg-py to be shown; install xrepl[pictures]"
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
            shown = _style(styles)(picture)
            shown.set_size(styles.Size.AUTO, frame_size=(columns, rows))
            return f"{shown:<1.^1}\n"  # without blanks around it
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as problem:
        raise Unshowable(f"the picture cannot be shown: {problem}") from problem


def _style(styles: Any) -> Any:
    """Give the best way to show pictures that the terminal says it has."""
    for style in (styles.KittyImage, styles.ITerm2Image):
        if style.is_supported():
            return style
    return styles.BlockImage


def _as_png(data: bytes) -> bytes:
    if b"<svg" not in data[:4096]:
        return data
    try:
        import resvg_py
    except ImportError as missing:
        raise Unshowable(MISSING) from missing
    return bytes(resvg_py.svg_to_bytes(svg_string=data.decode("utf-8", "replace")))
