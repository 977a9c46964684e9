"""The bottom line: the form being typed, the session and what it does; and the line below a form that runs.

Pure: gives pieces of text with the names of their styles.
"""

import time

from xrepl.client.place import Place

Pieces = list[tuple[str, str]]

KILL_AFTER = "^C again offers to kill"


def status_line(passed_s: float, interrupted_s: float | None, grace_s: float, *, is_waiting: bool = False) -> str:
    """Give the line on a running form.

    Args:
        passed_s: since when it runs.
        interrupted_s: since when it is being interrupted; None if it is not.
        grace_s: how long an interrupt may take before a kill is offered.
        is_waiting: whether another client's form has to end first.
    """
    if is_waiting and interrupted_s is None:
        return f" waiting {duration(passed_s)} for another's form · ^C gives up · ^D detaches "
    if interrupted_s is None:
        return f" running {duration(passed_s)} · ^C interrupts · ^D detaches "
    how = KILL_AFTER if interrupted_s >= grace_s else f"{KILL_AFTER} after {grace_s:.0f} s"
    return f" interrupting, running {duration(passed_s)} · {how} · ^D detaches "


def bottom_line(place: Place, signature: str, last_s: float, mode: str, width: int) -> Pieces:
    """Give the bottom line of the prompt.

    Args:
        place: the session.
        signature: of the form being typed, with the first line of its documentation; may be empty.
        last_s: how long the last form took.
        mode: of the keys, if they are vi's; may be empty.
        width: of the terminal.
    """
    pieces: Pieces = [("class:bottom-toolbar", f" {place.name} ")]
    if place.is_server_gone:
        pieces.append(("class:bottom-toolbar.warning", "no server "))
    elif place.others_form:
        busy = f"busy {duration(time.monotonic() - place.others_since)}: {place.others_form}"
        pieces.append(("class:bottom-toolbar.busy", f"{_cut(busy, width // 2)} "))
    elif last_s >= 1:
        pieces.append(("class:bottom-toolbar", f"last {duration(last_s)} "))
    if place.not_kept:
        pieces.append(
            ("class:bottom-toolbar.warning", _cut(f"not kept: {', '.join(place.not_kept)}", width // 3) + " ")
        )
    if mode:
        pieces.append(("class:bottom-toolbar", f"{mode} "))
    room = width - sum(len(text) for _, text in pieces) - 2
    if signature and room > 8:
        pieces.insert(0, ("class:bottom-toolbar.signature", f" {_cut(signature, room)} "))
    return _fitting(pieces, width)


def _fitting(pieces: Pieces, width: int) -> Pieces:
    """Cut pieces off at a width."""
    fitting: Pieces = []
    for style, text in pieces:
        fitting.append((style, text[:width]))
        width -= len(fitting[-1][1])
    return fitting


def duration(seconds: float) -> str:
    """Give a length of time in words."""
    if seconds < 10:
        return f"{seconds:.1f} s"
    if seconds < 120:
        return f"{seconds:.0f} s"
    minutes, hours = divmod(int(seconds), 60)[0], int(seconds) // 3600
    return f"{minutes} min" if hours < 2 else f"{hours} h"


def _cut(text: str, width: int) -> str:
    return text if len(text) <= width else text[: max(0, width - 1)] + "…"
