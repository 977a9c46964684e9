"""What of the server's replies is shown, and how.  Pure: it writes nothing.

Printed output goes through as it comes, colours and all: the user's program made it.  Values, errors and names are
shown with every control character written out, so that data cannot drive the terminal.
"""

from xrepl.client.connection import Message, statuses

OUT, ERR = 1, 2

# C0 but tab and newline, DEL, C1, and the marks that reorder a line
_CONTROLS = [*range(9), *range(11, 32), *range(127, 160), *range(0x202A, 0x202F), *range(0x2066, 0x206A)]
ESCAPES = {code: f"\\x{code:x};" for code in _CONTROLS}


def plain(text: object) -> str:
    """Give text with its control characters written out, as the language's strings write them."""
    if isinstance(text, bytes):
        text = text.decode("utf-8", "replace")
    return str(text).translate(ESCAPES)


def parts(message: Message) -> list[tuple[int, str]]:
    """Give what one message shows: descriptor and text of each part, in order."""
    shown: list[tuple[int, str]] = []
    for field, descriptor in (("out", OUT), ("err", ERR)):
        text = message.get(field)
        if isinstance(text, bytes):
            text = text.decode("utf-8", "replace")
        if text:
            shown.append((descriptor, str(text)))
    for line in notices(message):
        shown.append((ERR, f"{line}\n"))
    if "value" in message:
        shown.append((OUT, f"{plain(message['value'])}\n"))
    if is_refused(message):
        shown.append((ERR, f"xrepl: {refusal(message)}\n"))
    elif "xrepl/error" in message:
        shown.append((OUT, f"{error(message)}\n"))
    return shown


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
