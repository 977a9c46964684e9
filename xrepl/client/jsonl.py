"""One JSON object a line in, one a line out: the machine interface for scripts, editors and agents.

What the shell would show is `out` followed by `value` or `error`.
"""

import json
import sys
from typing import TextIO

from xrepl.client.connection import Message
from xrepl.client.conversation import Conversation
from xrepl.client.oneshot import INTERRUPTED, SUCCEEDED
from xrepl.client.render import error, is_refused, notices, plain, refusal

Answer = dict[str, object]


def converse(conversation: Conversation) -> int:
    """Answer each line of standard input until it ends; give the exit status."""
    source: TextIO = open(0, encoding="utf-8", errors="replace", newline="\n", closefd=False)  # noqa: SIM115
    try:
        for line in source:
            if line.strip():
                sys.stdout.write(json.dumps(answer(conversation, line)) + "\n")
                sys.stdout.flush()
    except KeyboardInterrupt:
        conversation.interrupt()
        return INTERRUPTED
    return SUCCEEDED


def answer(conversation: Conversation, line: str) -> Answer:
    """Evaluate the code of one line and give the answer to it."""
    given: Answer = {"out": "", "value": None, "error": None, "ms": 0.0, "session": conversation.name}
    try:
        request = json.loads(line)
    except ValueError as reason:
        return {**given, "error": f"this line is no JSON: {reason}"}
    code = request.get("code") if isinstance(request, dict) else None
    if not isinstance(code, str):
        return {**given, "error": 'this line is no object with text under "code"'}
    for message in conversation.evaluate(code):
        _gather(given, message)
    given["session"] = conversation.name
    return given


def _gather(given: Answer, message: Message) -> None:
    for field in ("out", "err"):
        if field in message:
            text = message[field]
            given["out"] = f"{given['out']}{text.decode('utf-8', 'replace') if isinstance(text, bytes) else text}"
    told = notices(message)
    if told:
        given["notices"] = [*_list(given.get("notices")), *told]
    if "xrepl/form" in message and "xrepl/error" not in message:
        given["value"] = plain(message["value"]) if "value" in message else None
    if is_refused(message):
        given["error"] = refusal(message)
    elif "xrepl/error" in message:
        given["error"], given["value"] = error(message), None
    given["ms"] = round(float(str(given["ms"])) + _number(message.get("xrepl/ms")), 3)


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _number(value: object) -> float:
    try:
        return float(str(value or 0))
    except ValueError:
        return 0.0
