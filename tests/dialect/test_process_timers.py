"""Messages for later, waiting, and blocking calls in worker threads."""

import threading

import pytest

from tests.dialect.processes import forever, fresh_processes, in_shell, spawn_forever, take
from xrepl.dialect import processes
from xrepl.dialect.data import Atom
from xrepl.dialect.raising import LfeError
from xrepl.dialect.timers import Timers

__all__ = ["fresh_processes"]


def test_message_comes_after_its_time() -> None:
    """Timers go off in the order of their times, not of their making."""

    def form() -> list[object]:
        me = processes.self_()
        processes.send_after(4, me, "later")
        processes.send_after(1, me, "sooner")
        return [take(), take()]

    assert in_shell(form) == ["sooner", "later"]


def test_timer_message_names_the_timer() -> None:
    """start_timer sends `#(timeout ref message)`."""

    def form() -> bool:
        ref = processes.start_timer(0, processes.self_(), 7)
        return bool(take() == (Atom("timeout"), ref, 7))

    assert in_shell(form)


def test_cancelled_timer_sends_nothing() -> None:
    """Cancelling gives the time left; a second time, or afterwards, false."""

    def form() -> list[object]:
        ref = processes.send_after(50_000, processes.self_(), 1)
        left, again = processes.cancel_timer(ref), processes.cancel_timer(ref)
        over = processes.send_after(0, processes.self_(), 2)
        return [49_000 < left <= 50_000, again, take(), processes.cancel_timer(over)]

    assert in_shell(form) == [True, False, 2, False]


def test_message_for_a_name_goes_to_who_has_it_then() -> None:
    """A name is looked up when the time has come; nobody there is no error."""

    def form() -> list[object]:
        processes.send_after(0, Atom("later"), 1)
        processes.send_after(0, Atom("nobody"), 1)
        processes.register(Atom("later"), processes.self_())
        return [take(), take(1)]

    assert in_shell(form) == [1, processes.TIMEOUT]


def test_sleep_leaves_the_mailbox_alone() -> None:
    """A message does not end a sleep, and is there afterwards."""

    def form() -> list[object]:
        processes.send(processes.self_(), 1)
        return [processes.sleep(1), take(0)]

    assert in_shell(form) == [Atom("ok"), 1]


@pytest.mark.parametrize("time_ms", [-1, 1.5, Atom("soon")])
def test_sleep_refuses_what_is_no_time(time_ms: object) -> None:
    """A time is infinity or a number of milliseconds."""
    with pytest.raises(LfeError) as caught:
        in_shell(lambda: processes.sleep(time_ms))

    assert caught.value.reason is Atom("timeout_value")


def test_others_run_while_one_sleeps() -> None:
    """Sleeping processes wait side by side."""

    def form() -> list[object]:
        me = processes.self_()
        for number in range(5):
            processes.spawn(lambda number=number: (processes.sleep(5 - number), processes.send(me, number)))
        return sorted(take() for _ in range(5))

    assert in_shell(form) == [0, 1, 2, 3, 4]


def test_blocking_call_parks_only_its_process() -> None:
    """While one process waits for a thread, others run, and its result comes back."""
    gate = threading.Event()

    def form() -> list[object]:
        me = processes.self_()
        processes.spawn(lambda: processes.send(me, processes.blocking(gate.wait, 5)))
        processes.spawn(lambda: (processes.send(me, "meanwhile"), gate.set()))
        return [take(), take()]

    assert in_shell(form) == ["meanwhile", True]


def test_blocking_call_raises_what_its_function_raises() -> None:
    """An exception in the thread is one in the process."""
    with pytest.raises(ZeroDivisionError):
        in_shell(lambda: processes.blocking(lambda: 1 // 0))


def test_process_can_be_killed_in_a_blocking_call() -> None:
    """The call's end is not waited for."""
    gate = threading.Event()

    def form() -> object:
        pid, _ = processes.spawn_monitor(lambda: processes.blocking(gate.wait, 5))
        processes.yield_()
        processes.exit_signal(pid, Atom("kill"))
        return take()[4]

    try:
        assert in_shell(form) is Atom("killed")
    finally:
        gate.set()


def test_idle_runs_what_is_due_between_forms() -> None:
    """Background processes go on while no form runs."""
    seen: list[int] = []

    def form() -> None:
        processes.spawn(lambda: (processes.sleep(1), seen.append(1)))

    in_shell(form)
    processes.idle(None)

    assert seen == [1]


def test_idle_ends_when_nothing_can_happen() -> None:
    """With only processes that wait for messages there is nothing to idle for."""
    in_shell(spawn_forever)
    processes.idle(None)

    assert processes.holds() == {"processes": 1}


def test_cancelled_timers_do_not_pile_up() -> None:
    """A million receives with timeouts that a message ended early take no memory for their timers."""
    timers = Timers()
    for number in range(10_000):
        timers.cancel(timers.add(float(number), forever))

    assert [len(timers), len(timers.heap) < 200] == [0, True]
