"""Processes of the language, as its functions and the evaluator use them.

`spawn`, `send`, `receive` and the other functions named as Erlang's do what its reference manual says; their arguments
and results are data of the language.  The evaluator calls `run_shell`, `replace_shell`, `idle`, `interrupt` and
`restart`.  This file only puts the parts together: turns are in `scheduler.py`, messages and ends in `signals.py`,
receiving in `mailbox.py`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from xrepl.dialect import blocking as _blocking
from xrepl.dialect import registry
from xrepl.dialect.blocking import blocking
from xrepl.dialect.calls import call_function
from xrepl.dialect.data import Atom, elements, from_iterable, key_value, map_key
from xrepl.dialect.delays import cancel_timer, read_timer, send_after, start_timer
from xrepl.dialect.delays import restart as _forget_delays
from xrepl.dialect.identifiers import Pid, Ref, numbering
from xrepl.dialect.mailbox import INFINITY, TIMEOUT, drain, receive
from xrepl.dialect.process import Process
from xrepl.dialect.raising import LfeError, badarg, error
from xrepl.dialect.registry import register, registered, unregister, whereis
from xrepl.dialect.signals import (
    ATOMIC,
    demonitor,
    end,
    exit_reason,
    exit_signal,
    hooks,
    link,
    monitor,
    own,
    scheduler,
    send,
    unlink,
)

__xrepl_atomic__ = True  # never preempted in here, see preemption.py

__all__ = [
    "ATOMIC",
    "TIMEOUT",
    "Pid",
    "Process",
    "Ref",
    "alias",
    "blocking",
    "cancel_timer",
    "demonitor",
    "drain",
    "erase",
    "exit_signal",
    "get",
    "get_keys",
    "holds",
    "hooks",
    "idle",
    "interrupt",
    "is_process_alive",
    "link",
    "make_ref",
    "monitor",
    "process_flag",
    "processes",
    "put",
    "read_timer",
    "receive",
    "register",
    "registered",
    "replace_shell",
    "restart",
    "run_shell",
    "self_",
    "send",
    "send_after",
    "shell_pid",
    "sleep",
    "spawn",
    "spawn_link",
    "spawn_monitor",
    "start_timer",
    "unalias",
    "unlink",
    "unregister",
    "whereis",
    "yield_",
]

_TRAP_EXIT = Atom("trap_exit")
_FLAGS = {
    "priority": Atom("normal"),
    "min_heap_size": 233,
    "min_bin_vheap_size": 46422,
    "max_heap_size": 0,
    "save_calls": 0,
    "sensitive": False,
    "message_queue_data": Atom("on_heap"),
    "fullsweep_after": 65535,
    "error_handler": Atom("error_handler"),
    "async_dist": False,
}


# --- for the language


def self_() -> Pid:
    """Give the calling process's pid: `(self)`."""
    process = scheduler.current
    return (process if process is not None else _shell()).pid


def make_ref() -> Ref:
    """Give a new reference: `(make_ref)`."""
    return numbering.make_ref()


def _function(name: str, arguments: tuple[Any, ...]) -> Callable[[], Any]:
    """Give what a new process runs for the arguments of `spawn`: a function, or module, function, arguments."""
    if len(arguments) == 1 and callable(arguments[0]):
        return arguments[0]  # type: ignore[no-any-return]
    if len(arguments) == 3 and type(arguments[0]) is Atom and type(arguments[1]) is Atom:
        module, function, values = arguments
        try:
            given = tuple(elements(values))
        except TypeError:
            raise badarg("erlang", name, *arguments) from None
        return lambda: call_function(module, function, given)
    raise badarg("erlang", name, *arguments)


def alias(ref: Ref | None = None, *, once: bool = False) -> Ref:
    """Give a reference that takes messages for the calling process until `unalias` or, with `once`, the first.

    Args:
        ref: one that exists, that of a monitor; None for a new one.
        once: only one message is let through.
    """
    process = own("alias")
    if ref is None:
        ref = numbering.make_ref()
    registry.add_alias(ref, process, once=once)
    return ref


def unalias(ref: Any) -> bool:
    """End an alias of the calling process; false when it was none."""
    process = own("unalias", ref)
    if type(ref) is not Ref:
        raise badarg("erlang", "unalias", ref)
    return ref in process.aliases and registry.remove_alias(ref) is process


def spawn(*arguments: Any) -> Pid:
    """Start a process: `(spawn fun)` or `(spawn module function arguments)`."""
    process = Process(_function("spawn", arguments))
    scheduler.start(process)
    return process.pid


def spawn_link(*arguments: Any) -> Pid:
    """Start a process that is linked with the caller."""
    function = _function("spawn_link", arguments)
    parent = own("spawn_link", *arguments)
    process = Process(function)
    process.links[parent] = None
    parent.links[process] = None
    scheduler.start(process)
    return process.pid


def spawn_monitor(*arguments: Any) -> tuple[Pid, Ref]:
    """Start a process and monitor it: `#(pid ref)`."""
    function = _function("spawn_monitor", arguments)
    parent = own("spawn_monitor", *arguments)
    process = Process(function)
    ref = numbering.make_ref()
    process.watched_by[ref] = (parent, process.pid)
    parent.watches[ref] = process
    scheduler.start(process)
    return process.pid, ref


def process_flag(flag: Any, value: Any) -> Any:
    """Set a flag of the calling process and give its former value; only `trap_exit` changes anything."""
    process = own("process_flag", flag, value)
    if flag is _TRAP_EXIT:
        if type(value) is not bool:
            raise badarg("erlang", "process_flag", flag, value)
        before, process.traps_exits = process.traps_exits, value
        return before
    if type(flag) is not Atom or flag.name not in _FLAGS:
        raise badarg("erlang", "process_flag", flag, value)
    former = process.flags.get(flag, _FLAGS[flag.name])
    process.flags[flag] = value
    return former


def is_process_alive(pid: Any) -> bool:
    """Say whether a process lives."""
    if type(pid) is not Pid:
        raise badarg("erlang", "is_process_alive", pid)
    return pid.process is not None


def processes() -> Any:
    """Give the pids of all processes."""
    return from_iterable(list(numbering.living.values()))


def sleep(time_ms: Any) -> Atom:
    """Wait without touching the mailbox: `(timer:sleep time)`.

    Raises:
        LfeError: `timeout_value` for what is neither `infinity` nor a number of milliseconds.
    """
    process = own("sleep", time_ms)
    if time_ms is INFINITY:
        while True:
            scheduler.park(process)
    if type(time_ms) is not int or time_ms < 0:
        raise error("timeout_value")
    if not time_ms:
        scheduler.give_way()
    deadline_s = time.monotonic() + time_ms / 1000
    while time.monotonic() < deadline_s:
        scheduler.park(process, deadline_s)
    return Atom("ok")


def yield_() -> bool:
    """Let the other processes run first: `(erlang:yield)`."""
    scheduler.give_way()
    return True


# --- the process dictionary


def put(key: Any, value: Any) -> Any:
    """Keep a value in the process dictionary and give the one it had, or `undefined`."""
    dictionary = own("put", key, value).dictionary
    key = map_key(key)
    before = dictionary.get(key, registry.UNDEFINED)
    dictionary[key] = value
    return before


def get(*key: Any) -> Any:
    """Give a value of the process dictionary, or `undefined`; without a key all pairs."""
    dictionary = own("get", *key).dictionary
    if not key:
        return from_iterable([(key_value(k), v) for k, v in dictionary.items()])
    return dictionary.get(map_key(key[0]), registry.UNDEFINED)


def get_keys(*value: Any) -> Any:
    """Give the keys of the process dictionary, or those of one value."""
    pairs = own("get_keys", *value).dictionary.items()
    return from_iterable([key_value(k) for k, v in pairs if not value or v == value[0]])


def erase(*key: Any) -> Any:
    """Remove a value from the process dictionary and give it; without a key remove all pairs."""
    dictionary = own("erase", *key).dictionary
    if key:
        return dictionary.pop(map_key(key[0]), registry.UNDEFINED)
    pairs = get()
    dictionary.clear()
    return pairs


# --- for the evaluator


def _shell() -> Process:
    """Give the shell's process, a new one if the last has ended."""
    shell = scheduler.shell
    if shell is None or not shell.is_alive:
        shell = scheduler.shell = Process(None)
    return shell


def shell_pid() -> Pid:
    """Give the pid of the shell's process."""
    return _shell().pid


def run_shell(form: Callable[[], Any]) -> Any:
    """Run a top-level form as the shell's process, and the other processes whenever it waits.

    Called again from inside a process it is a plain call.

    Returns:
        what the form returns.

    Raises:
        LfeError: of kind "exit" when an exit signal ended the shell's process.
        BaseException: what the form raises, `KeyboardInterrupt` among it.
    """
    if scheduler.current is not None:
        return form()
    shell = _shell()
    outcome: list[Any] = []
    problems: list[BaseException] = []

    def run() -> None:
        try:
            outcome.append(form())
        except BaseException as problem:
            problems.append(problem)

    scheduler.run_form(shell, run)
    if not shell.is_alive:
        raise LfeError("exit", shell.reason)
    if problems:
        shell.reason = exit_reason(problems[0])
        raise problems[0]
    if not outcome:  # the interrupt came before the form's first or after its last step
        raise KeyboardInterrupt
    return outcome[0]


def replace_shell() -> Pid:
    """End the shell's process as a failed form does, with the form's reason, and give the pid of the next one.

    Processes linked with it end too; its mailbox, dictionary, name and tables are gone.
    """
    shell = scheduler.shell
    if shell is not None and shell.is_alive:
        end(shell, shell.reason if shell.reason is not None else Atom("killed"))
    return _shell().pid


def idle(limit_s: float | None = 0.0, fd: int | None = None) -> bool:
    """Let background processes run between two forms.

    Args:
        limit_s: how long, in seconds; None for as long as something can happen.
        fd: a descriptor that ends it when it can be read: what the evaluator waits for.

    Returns:
        whether the descriptor can be read.

    A shell's process that an exit signal ends meanwhile is reported through `hooks.report` and replaced.
    """
    before = scheduler.shell
    is_readable = scheduler.idle(limit_s, fd)
    if before is not None and not before.is_alive:
        hooks.report(before.pid, LfeError("exit", before.reason))
        _shell()
    return is_readable


def interrupt(frame: Any = None) -> None:
    """Raise KeyboardInterrupt in the shell's form and nowhere else: what a SIGINT handler calls, with its frame."""
    scheduler.interrupt(frame)


def holds() -> dict[str, int]:
    """Count what would be lost if the evaluator ended: background processes, timers, calls in threads."""
    shell = scheduler.shell
    background = len(numbering.living) - (1 if shell is not None and shell.is_alive else 0)
    found = {"processes": background, "timers": len(scheduler.timers), "calls": scheduler.calls}
    return {what: count for what, count in found.items() if count}


def waiting_messages() -> int:
    """Count the messages that the shell's process has not received."""
    shell = scheduler.shell
    return len(shell.messages()) if shell is not None and shell.is_alive else 0


def background_turns() -> int:
    """Give how often processes other than the shell's have run: as long as it stays the same, none has."""
    return scheduler.turns


def restart() -> None:
    """Begin without any process, and with numbers of its own: what a forked evaluator does first."""
    scheduler.restart()
    registry.forget_all()
    numbering.restart()
    _forget_delays()
    _blocking.restart()
