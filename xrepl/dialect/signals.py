"""What processes tell each other: messages, links, monitors, exit signals, and what the end of a process means.

A process that an exit signal ends is gone at once: its links and monitors are told, its name is free.  Only
afterwards is its code unwound (`Scheduler.stop`).  Signals travel along links in a loop, not by recursion, so that
a chain of 10,000 linked processes may end.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from typing import Any

from xrepl.dialect import registry
from xrepl.dialect.data import NIL, Atom, from_iterable
from xrepl.dialect.identifiers import Pid, Ref, numbering
from xrepl.dialect.process import Process
from xrepl.dialect.raising import Exiting, LfeError, badarg
from xrepl.dialect.scheduler import Scheduler

__xrepl_atomic__ = True  # never preempted in here, see preemption.py

NORMAL = Atom("normal")
KILL = Atom("kill")
KILLED = Atom("killed")
NOPROC = Atom("noproc")
EXIT = Atom("EXIT")
DOWN = Atom("DOWN")
PROCESS = Atom("process")

Ended = tuple[Process, Any]


class Atomic:
    """A part that is neither preempted nor interrupted: `with ATOMIC: ...`; an interrupt comes at its end.

    It must be short, and must not wait for another process.
    """

    __slots__ = ()

    def __enter__(self) -> None:
        scheduler.atomic_depth += 1

    def __exit__(self, *problem: object) -> None:
        scheduler.leave_atomic()


ATOMIC = Atomic()


# --- messages


def send(destination: Any, message: Any) -> Any:
    """Put a message into a mailbox and give the message: `(! destination message)`.

    Args:
        destination: a pid, a registered name, `#(name node)`, or an alias.

    Raises:
        LfeError: `badarg` for a name that nobody has; a pid whose process has ended is no error, nor is an old alias.
    """
    if type(destination) is Pid:
        process = destination.process
    else:
        process = registry.find(destination)
        if process is None and type(destination) not in (tuple, Ref):
            raise badarg("erlang", "!", destination, message)
    if process is not None:
        process.inbox.append(message)
        if process.is_waiting:
            scheduler.wake(process)
    return message


# --- ends


def exit_reason(problem: BaseException) -> Any:
    """Give the reason with which an exception ends its process."""
    raised = as_raised(problem)
    if raised.kind == "exit":
        return raised.reason
    stack: Any = NIL
    if raised.called is not None:
        module, function, arguments = raised.called
        stack = from_iterable([(Atom(module), Atom(function), from_iterable(arguments), NIL)])
    reason = (Atom("nocatch"), raised.reason) if raised.kind == "throw" else raised.reason
    return reason, stack


def as_raised(problem: BaseException) -> LfeError:
    """Give an exception as one of the language's."""
    if isinstance(problem, LfeError):
        return problem
    if isinstance(problem, SystemExit) and not problem.code:
        return LfeError("exit", NORMAL)
    if isinstance(problem, KeyboardInterrupt):
        return LfeError("exit", Atom("interrupted"))
    if isinstance(problem, Exception):
        from xrepl.dialect.failures import reify  # it prints values; most processes end without that

        return reify(problem)
    return LfeError("error", (Atom("python_error"), Atom(type(problem).__name__), str(problem) or NIL))


def print_report(pid: Pid, raised: LfeError) -> None:
    """Say that a process crashed: what `hooks.report` does unless the evaluator sets another.

    A background process is named on standard error; the shell's own end is shown as a form's failure is.
    """
    from xrepl.dialect.failures import failure_text

    shell = scheduler.shell
    with ATOMIC:
        if shell is not None and pid is shell.pid:
            sys.stdout.write(f"{failure_text(raised)}\n")
        else:
            sys.stderr.write(f"Error in process {pid.lfe_text()}: {failure_text(raised)}\n")


class Hooks:
    """What the interpreter may set: `report(pid, exception)` tells the user of a crash in the background."""

    report: Callable[[Pid, LfeError], None] = staticmethod(print_report)


hooks = Hooks()


def on_end(process: Process, problem: BaseException | None) -> None:
    """End a process whose function returned or raised."""
    if not process.is_alive:
        return
    if problem is None:
        end(process, NORMAL)
        return
    raised = as_raised(problem)
    if raised.kind != "exit":
        hooks.report(process.pid, raised)
    end(process, exit_reason(raised))


scheduler = Scheduler(on_end)


def end(process: Process, reason: Any) -> None:
    """End a process and, along links, those that do not trap exits; the current one's code goes on to its own end."""
    with ATOMIC:
        ending: deque[Ended] = deque([(process, reason)])
        while ending:
            ended, reason = ending.popleft()
            if ended.is_alive:
                _end_one(ended, reason, ending)


def _end_one(process: Process, reason: Any, ending: deque[Ended]) -> None:
    pid = process.pid
    process.is_alive = False
    process.reason = reason
    registry.forget(process)
    for linked in process.links:
        linked.links.pop(process, None)
        _exit_by_link(linked, pid, reason, ending)
    for ref, (watcher, item) in process.watched_by.items():
        watcher.watches.pop(ref, None)
        send(watcher.pid, (DOWN, ref, PROCESS, item, reason))
    for ref, watched in process.watches.items():
        watched.watched_by.pop(ref, None)
    for action in process.ending:
        action()
    numbering.forget(pid)
    process.empty()
    if process is not scheduler.current:
        scheduler.stop(process)


def _exit_by_link(process: Process, source: Pid, reason: Any, ending: deque[Ended]) -> None:
    if process.traps_exits:
        send(process.pid, (EXIT, source, reason))
    elif reason is not NORMAL:
        ending.append((process, reason))


def exit_signal(pid: Any, reason: Any) -> bool:
    """Send an exit signal: `(exit pid reason)`.

    Raises:
        Exiting: it ended the calling process.
    """
    if type(pid) is not Pid:
        raise badarg("erlang", "exit", pid, reason)
    process = pid.process
    current = scheduler.current
    if process is None:
        return True
    if reason is KILL:
        end(process, KILLED)
    elif process.traps_exits:
        send(pid, (EXIT, current.pid if current is not None else pid, reason))
    elif reason is not NORMAL or process is current:
        end(process, reason)
    if current is not None and not current.is_alive:
        raise Exiting
    return True


# --- links and monitors


def own(name: str, *arguments: Any) -> Process:
    """Give the calling process; `badarg` of the function when there is none (code outside any process)."""
    process = scheduler.current
    if process is None:
        raise badarg("erlang", name, *arguments)
    return process


def link(pid: Any) -> bool:
    """Link the calling process with another: `(link pid)`.

    Raises:
        LfeError: `noproc` when the other has ended and the caller does not trap exits.
    """
    process = own("link", pid)
    if type(pid) is not Pid:
        raise badarg("erlang", "link", pid)
    other = pid.process
    if other is None:
        if not process.traps_exits:
            raise LfeError("error", NOPROC, ("erlang", "link", (pid,)))
        send(process.pid, (EXIT, pid, NOPROC))
    elif other is not process:
        process.links[other] = None
        other.links[process] = None
    return True


def unlink(pid: Any) -> bool:
    """Undo a link: `(unlink pid)`."""
    process = own("unlink", pid)
    if type(pid) is not Pid:
        raise badarg("erlang", "unlink", pid)
    other = pid.process
    if other is not None:
        process.links.pop(other, None)
        other.links.pop(process, None)
    return True


def monitor(kind: Any, item: Any) -> Ref:
    """Ask to be told of a process's end by `#(DOWN ref process item reason)`: `(monitor 'process item)`."""
    process = own("monitor", kind, item)
    is_name = type(item) is Atom or (type(item) is tuple and len(item) == 2)
    if kind is not PROCESS or not (is_name or type(item) is Pid):
        raise badarg("erlang", "monitor", kind, item)
    ref = numbering.make_ref()
    other = registry.find(item) if is_name else item.process
    told = (item, registry.NODE) if type(item) is Atom else item
    if other is None:
        send(process.pid, (DOWN, ref, PROCESS, told, NOPROC))
    else:
        other.watched_by[ref] = (process, told)
        process.watches[ref] = other
    return ref


def demonitor(ref: Any, options: Any = NIL) -> bool:
    """Undo a monitor; with `flush` a `DOWN` message that has come already is removed too.

    Returns:
        true; with the option `info`, whether the monitor was there.
    """
    process = own("demonitor", ref)
    if type(ref) is not Ref:
        raise badarg("erlang", "demonitor", ref)
    wanted = set(options)
    watched = process.watches.pop(ref, None)
    registry.remove_alias(ref)
    if watched is not None:
        watched.watched_by.pop(ref, None)
    elif Atom("flush") in wanted:
        kept = [m for m in process.inbox if not (type(m) is tuple and len(m) == 5 and m[0] is DOWN and m[1] == ref)]
        process.inbox = deque(kept)
    return watched is not None if Atom("info") in wanted else True
