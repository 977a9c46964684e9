"""What of the server's replies is shown, and how.  Pure: it writes nothing.

Printed output stays as it comes (at a terminal `filter.py` looks at it).  Values, errors and names are shown with every
control character written out, so that data cannot drive the terminal.
"""

from xrepl.client.connection import Message, statuses

OUT, ERR = 1, 2
# the kinds of pieces that are not what the shell shows
ON_ERR = ("err", "notice", "note", "place")

# the marks that reorder a line: all that Unicode calls bidirectional controls
_REORDERING = [0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
# C0 but tab and newline, DEL, C1
_CONTROLS = [*range(9), *range(11, 32), *range(127, 160), *_REORDERING]
ESCAPES = {code: f"\\x{code:x};" for code in _CONTROLS}


def plain(text: object) -> str:
    """Give text with its control characters written out, as the language's strings write them."""
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    return str(text).translate(ESCAPES)


def input_prompt(message: "Message") -> str:
    """Give what is shown before a line is read, as the message of status `need-input` has it."""
    return "\n".join(map(plain, str(message.get("xrepl/input-prompt", "")).split("\n")))


def pieces(message: Message) -> list[tuple[str, str]]:
    """Give what one message shows: the kind and the text of each piece, in order.

    The kinds: "out" and "err" are printed output as it came; "notice", "value", "failure", "place", "echo" and
    "note" hold no control character.
    """
    shown: list[tuple[str, str]] = []
    for field in ("out", "err"):
        text = message.get(field, "")
        if isinstance(text, bytes):
            text = text.decode("utf-8", "replace")
        if text:
            shown.append((field, str(text)))
    if "xrepl/picture" in message:
        shown.append(("notice", f"[a picture of {len(picture(message)):,} bytes]\n"))
    shown += [("notice", f"{line}\n") for line in notices(message)]
    if "xrepl/echo" in message:
        shown.append(("echo", "".join(f"| {line}\n" for line in plain(message["xrepl/echo"]).splitlines())))
    if message.get("xrepl/echo-value"):
        kind = "failure" if message.get("xrepl/failed") else "value"
        shown.append((kind, f"{plain(message['xrepl/echo-value'])}\n"))
    if "value" in message:
        shown.append(("value", f"{plain(message['value'])}\n"))
    if is_refused(message):
        shown.append(("note", f"xrepl: {refusal(message)}\n"))
    elif "xrepl/error" in message:
        shown.append(("failure", f"{error(message)}\n"))
        if "xrepl/place" in message:
            shown.append(("place", f"{plain(message['xrepl/place'])}\n"))
    return shown


def picture(message: Message) -> bytes:
    """Give the bytes of a message's picture."""
    data = message.get("xrepl/picture", b"")
    return data if isinstance(data, bytes) else str(data).encode()


def notices(message: Message) -> list[str]:
    """Give the lines that a message tells beside the values."""
    told = message.get("xrepl/notice", [])
    return [plain(line) for line in (told if isinstance(told, list) else [told])]


def error(message: Message) -> str:
    """Give the text of a form's failure, with what to do about it."""
    text, hint = plain(message.get("xrepl/error", "")), plain(message.get("xrepl/hint", ""))
    return f"{text}; {hint}" if hint else text


def refusal(message: Message) -> str:
    """Give the text of a request's failure, with what to do about it."""
    return error(message) or " ".join(map(plain, statuses(message)))


def is_refused(message: Message) -> bool:
    """Say whether a request failed, other than by a form that fails."""
    words = statuses(message)
    return "eval-error" not in words and bool({"error", "unknown-session", "unknown-op"} & set(words))


def is_failed(message: Message) -> bool:
    """Say whether a form failed, or the request."""
    return "xrepl/error" in message or is_refused(message)
