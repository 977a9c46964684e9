"""Clients that count in sessions of their own while processes are killed, and know what was acknowledged."""

import random
import threading
from pathlib import Path

from tests.helpers.crash import kill, processes_of
from xrepl.client.connect import connect
from xrepl.client.connection import Connection, Message, statuses
from xrepl.errors import XreplError

# every evaluation writes a line of its own, so that one that ran twice shows
_NOTE = '(defn note [n] (with [f (open "{path}" "a")] (.write f (+ (str n) "\\n"))) n) \'ok'


class Counter(threading.Thread):
    """Evaluates `(set n (note 1))`, `(set n (note 2))` ... in a session and notes which were acknowledged."""

    def __init__(self, home: Path, name: str, stop: threading.Event) -> None:
        super().__init__(name=name, daemon=True)
        self.path = home / f"{name}.lines"
        self.acknowledged = 0
        self.faults: list[str] = []
        self._home = home
        self._stop_event = stop
        self._connection: Connection | None = None

    def run(self) -> None:
        """Count until stopped."""
        self._until_done(_NOTE.format(path=self.path))
        number = 1
        while not self._stop_event.is_set():
            value = self._evaluate(f"(set n (note {number}))")
            if value is not None:
                if value != str(number):
                    self.faults.append(f"{value} was answered for {number}")
                self.acknowledged = number
            else:
                number = self._look(number)
            number += 1

    def _look(self, number: int) -> int:
        """After a lost form: n is what was acknowledged last, or that form's; go on from there."""
        value = self._until_done("n" if self.acknowledged else "'none")
        if value is None:
            return number
        if value not in (str(self.acknowledged), str(number), "none"):
            self.faults.append(f"n is {value} after {self.acknowledged} was acknowledged and {number} was lost")
        if value == str(number):  # it was kept, and only its answer was lost
            self.acknowledged = number
        return number

    def _until_done(self, code: str) -> str | None:
        """Evaluate until there is an answer and give it; None if there was none before all ended."""
        while True:
            value = self._evaluate(code)
            if value is not None or (self._stop_event.is_set() and self._connection is None):
                return value

    def _evaluate(self, code: str) -> str | None:
        """Give the value, or None if the form was lost."""
        try:
            if self._connection is None:
                self._connection = connect(str(self._home))
            message: Message = {"op": "eval", "code": code, "xrepl/syntax": "lfe", "xrepl/name": self.name}
            number = self._connection.send(message)
            value: object = None
            while True:
                reply = self._connection.receive()
                if reply.get("id") == number:
                    value = reply.get("value", value)
                    if "xrepl/error" in reply and "evaluator-died" not in statuses(reply):
                        self._note_error(str(reply["xrepl/error"]))
                    if "done" in statuses(reply):
                        return str(value) if value is not None else None
        except XreplError:
            self._connection = None
            return None

    def _note_error(self, text: str) -> None:
        if "has failed" not in text and "the server stops" not in text and "zygote" not in text:
            self.faults.append(text)

    def lines(self) -> list[str]:
        """Give what the evaluations have written."""
        return self.path.read_text().split() if self.path.exists() else []


def kill_at_random(home: Path, chance: random.Random) -> str:
    """Kill one of the server, the zygote, an evaluator or a group of them; give what."""
    roles: dict[str, list[int]] = {"server": [], "zygote": [], "evaluator": []}
    living = processes_of(home)
    for pid, text in living.items():
        if "-m xrepl.server" in text:
            roles["server"].append(pid)
        elif "xrepl.evaluator.zygote" in text:
            roles["zygote"].append(pid)
    roles["evaluator"] = roles["zygote"]
    role = chance.choices(list(roles), [1, 1, 6])[0]
    candidates = roles[role]
    if not candidates:
        return "nothing"
    if role == "server":
        kill(*candidates)
    elif role == "evaluator":
        kill(chance.choice(candidates))
    else:
        parents = {pid: _parent(pid) for pid in candidates}
        kill(*[pid for pid in candidates if parents[pid] in roles["server"]])
    return role


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (OSError, IndexError, ValueError):
        return 0


def wait_a_moment(seconds: float, stop: threading.Event) -> None:
    """Let the clients work for a while."""
    stop.wait(seconds)
