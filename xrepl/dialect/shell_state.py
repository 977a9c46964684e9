"""What the shell's process has beside its bindings, as part of a session's state: its dictionary, name and flags.

Called by the evaluator's state keeper, through `state_hooks.py`.  Its mailbox ends with the evaluator, as other
processes do; its tables are `ets`'s to save.
"""

from __future__ import annotations

from operator import is_
from typing import Any

from xrepl.dialect import registry
from xrepl.dialect.processes import shell_pid
from xrepl.dialect.registry import UNDEFINED
from xrepl.dialect.signals import scheduler
from xrepl.dialect.state_hooks import Provider, register

DICTIONARY, FLAGS = "dictionary", "flags"


class _Seen:
    """What the process had when it was looked at last; holds it, so that nothing else has its identity."""

    def __init__(self) -> None:
        self.number = 0
        self._things: list[Any] = []

    def look(self) -> int:
        """Give a number that is another one if anything was replaced since the last look."""
        shell = scheduler.shell
        things: list[Any] = []
        if shell is not None and shell.is_alive:
            things = [shell.traps_exits, shell.name, *shell.dictionary, *shell.dictionary.values()]
        if len(things) != len(self._things) or not all(map(is_, things, self._things)):
            self._things = things
            self.number += 1
        return self.number


_seen = _Seen()


def save() -> dict[str, Any]:
    """Give the dictionary, if there is anything in it, and what is not as with every shell."""
    shell = scheduler.shell
    if shell is None or not shell.is_alive:
        return {}
    parts: dict[str, Any] = {}
    if shell.dictionary:
        parts[DICTIONARY] = dict(shell.dictionary)
    if shell.traps_exits or shell.name is not None:
        parts[FLAGS] = (shell.traps_exits, shell.name)
    return parts


def load(parts: dict[str, Any], gone: list[str]) -> None:
    """Give the shell's process what was saved, and take from it what shall not be."""
    pid = shell_pid()
    shell: Any = pid.process
    if DICTIONARY in parts or DICTIONARY in gone:
        shell.dictionary = dict(parts.get(DICTIONARY, {}))
    if FLAGS in parts or FLAGS in gone:
        shell.traps_exits, name = parts.get(FLAGS, (False, None))
        if shell.name is not None:
            registry.unregister(shell.name)
        if name is not None and registry.whereis(name) is UNDEFINED:
            registry.register(name, pid)


register(Provider("process", _seen.look, save, load))
