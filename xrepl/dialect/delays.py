"""Messages for later: `send_after`, `start_timer`, and cancelling them by reference.

When they come is up to `timers.py`.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from xrepl.dialect.data import Atom
from xrepl.dialect.identifiers import Pid, Ref, numbering
from xrepl.dialect.raising import LfeError, badarg
from xrepl.dialect.signals import scheduler, send
from xrepl.dialect.timers import Timer

__xrepl_atomic__ = True  # never preempted in here, see preemption.py

_TIMEOUT = Atom("timeout")

_pending: dict[Ref, Timer] = {}


def _later(time_ms: int, ref: Ref, action: Callable[[], None]) -> None:
    def fire() -> None:
        _pending.pop(ref, None)
        action()

    _pending[ref] = scheduler.timers.add(time.monotonic() + time_ms / 1000, fire)
    if scheduler.current is not None:
        scheduler.preemption.arm()


def _deliver(destination: Any, message: Any) -> None:
    try:
        send(destination, message)
    except LfeError:  # nobody has the name by now: the message is dropped, as Erlang does
        return


def _check(name: str, time_ms: Any, destination: Any, message: Any) -> None:
    if type(time_ms) is not int or time_ms < 0 or type(destination) not in (Pid, Atom):
        raise badarg("erlang", name, time_ms, destination, message)


def send_after(time_ms: Any, destination: Any, message: Any) -> Ref:
    """Send a message after a time in milliseconds and give the timer's reference."""
    _check("send_after", time_ms, destination, message)
    ref = numbering.make_ref()
    _later(time_ms, ref, lambda: _deliver(destination, message))
    return ref


def start_timer(time_ms: Any, destination: Any, message: Any) -> Ref:
    """Send `#(timeout ref message)` after a time in milliseconds and give the timer's reference."""
    _check("start_timer", time_ms, destination, message)
    ref = numbering.make_ref()
    _later(time_ms, ref, lambda: _deliver(destination, (_TIMEOUT, ref, message)))
    return ref


def call_after(time_ms: int, action: Callable[[], None]) -> Ref:
    """Call a function in the hub after a time in milliseconds; it must be short and not wait."""
    ref = numbering.make_ref()
    _later(time_ms, ref, action)
    return ref


def _left_ms(timer: Timer) -> int:
    return max(0, round((float(timer[0]) - time.monotonic()) * 1000))


def cancel_timer(ref: Any) -> Any:
    """Cancel a timer: the milliseconds that were left, or false when it is over or none."""
    if type(ref) is not Ref:
        raise badarg("erlang", "cancel_timer", ref)
    timer = _pending.pop(ref, None)
    return _left_ms(timer) if timer is not None and scheduler.timers.cancel(timer) else False


def read_timer(ref: Any) -> Any:
    """Give the milliseconds left to a timer, or false."""
    if type(ref) is not Ref:
        raise badarg("erlang", "read_timer", ref)
    timer = _pending.get(ref)
    return _left_ms(timer) if timer is not None else False


def restart() -> None:
    """Forget all timers."""
    _pending.clear()
