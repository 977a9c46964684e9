"""Names of processes, and references that stand for one: what `register`, `whereis`, `alias` and `!` use."""

from __future__ import annotations

from typing import Any

from xrepl.dialect.data import Atom, from_iterable
from xrepl.dialect.identifiers import Pid, Ref
from xrepl.dialect.process import Process
from xrepl.dialect.raising import badarg

__xrepl_atomic__ = True  # never preempted in here, see preemption.py

NODE = Atom("nonode@nohost")
UNDEFINED = Atom("undefined")

_names: dict[Atom, Process] = {}
_aliases: dict[Ref, tuple[Process, bool]] = {}


def register(name: Any, pid: Any) -> bool:
    """Name a process: `(register name pid)`.

    Raises:
        LfeError: `badarg` when the name or the process has an entry already, or is none.
    """
    process = pid.process if type(pid) is Pid else None
    if type(name) is not Atom or name is UNDEFINED or name in _names or process is None or process.name is not None:
        raise badarg("erlang", "register", name, pid)
    _names[name] = process
    process.name = name
    return True


def unregister(name: Any) -> bool:
    """Take a name away: `(unregister name)`."""
    process = _names.pop(name, None) if type(name) is Atom else None
    if process is None:
        raise badarg("erlang", "unregister", name)
    process.name = None
    return True


def whereis(name: Any) -> Any:
    """Give the pid of a name, or `undefined`."""
    if type(name) is not Atom:
        raise badarg("erlang", "whereis", name)
    process = _names.get(name)
    return process.pid if process is not None else UNDEFINED


def registered() -> Any:
    """Give all names."""
    return from_iterable(list(_names))


def add_alias(ref: Ref, process: Process, *, once: bool) -> None:
    """Let messages to a reference reach a process: all, or only the first."""
    _aliases[ref] = process, once
    process.aliases.add(ref)


def remove_alias(ref: Ref) -> Process | None:
    """Let no more messages to a reference through; give the process that had them, if it was an alias."""
    found = _aliases.pop(ref, None)
    if found is None:
        return None
    found[0].aliases.discard(ref)
    return found[0]


def find(destination: Any) -> Process | None:
    """Give the process that a message to a name, a name at this node, or an alias goes to."""
    if type(destination) is Ref:
        process, once = _aliases.get(destination, (None, False))
        if once:
            remove_alias(destination)
        return process
    if type(destination) is tuple and len(destination) == 2 and destination[1] is NODE:
        destination = destination[0]
    return _names.get(destination) if type(destination) is Atom else None


def forget(process: Process) -> None:
    """Take the name and the aliases of a process that has ended away."""
    for ref in process.aliases:
        del _aliases[ref]
    if process.name is not None:
        del _names[process.name]
        process.name = None


def forget_all() -> None:
    """Take all names away."""
    _names.clear()
    _aliases.clear()
