"""Whose turn it is: time slices, and what an interrupt reaches."""

import os
import signal
import threading

import pytest

from tests.dialect.processes import forever, fresh_processes, in_shell, take
from xrepl.dialect import processes

__all__ = ["fresh_processes"]


@pytest.fixture
def interruptible() -> object:
    """Let SIGINT do what it does in an evaluator."""
    former = signal.signal(signal.SIGINT, lambda number, frame: processes.interrupt(frame))
    yield
    signal.signal(signal.SIGINT, former)


def spin() -> None:
    """Use the processor for ever."""
    while True:
        pass


def test_busy_process_starves_nobody() -> None:
    """A process that never waits is interrupted for the others, also for the shell."""

    def form() -> object:
        me = processes.self_()
        processes.spawn(spin)
        processes.spawn(lambda: processes.send(me, "in time"))
        return take(None)

    assert in_shell(form) == "in time"


def test_busy_processes_advance_alike() -> None:
    """Slices go round: of two busy processes none gets more than a few times the other's share."""
    counts = [0, 0]

    def work(index: int) -> None:
        while True:
            counts[index] += 1

    def form() -> None:
        for index in range(2):
            processes.spawn(lambda index=index: work(index))
        processes.sleep(60)

    in_shell(form)

    assert min(counts) * 5 > max(counts)


def test_atomic_part_is_not_left() -> None:
    """In `with ATOMIC` nobody else runs."""
    seen: list[str] = []

    def form() -> None:
        processes.spawn(lambda: seen.append("other"))
        with processes.ATOMIC:
            for _ in range(300_000):
                pass
            seen.append("atomic")
        processes.yield_()

    in_shell(form)

    assert seen == ["atomic", "other"]


@pytest.mark.usefixtures("interruptible")
def test_interrupt_ends_a_busy_form() -> None:
    """SIGINT raises in a form that computes."""
    seen: list[int] = []

    def form() -> None:
        os.kill(os.getpid(), signal.SIGINT)
        seen.append(1)
        spin()

    with pytest.raises(KeyboardInterrupt):
        in_shell(form)

    assert len(seen) <= 1


@pytest.mark.usefixtures("interruptible")
def test_interrupt_ends_a_form_that_waits() -> None:
    """SIGINT wakes a form that waits for a message."""

    def form() -> None:
        threading.Timer(0.01, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        forever()

    with pytest.raises(KeyboardInterrupt):
        in_shell(form)


@pytest.mark.usefixtures("interruptible")
def test_interrupt_reaches_no_background_process() -> None:
    """However busy a background process is, the interrupt is the shell's."""

    def form() -> None:
        processes.spawn(spin)
        threading.Timer(0.02, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        forever()

    with pytest.raises(KeyboardInterrupt):
        in_shell(form)

    assert processes.holds() == {"processes": 1}


@pytest.mark.usefixtures("interruptible")
def test_interrupt_waits_for_the_end_of_an_atomic_part() -> None:
    """What must not be torn apart is finished first."""
    seen: list[str] = []

    def form() -> None:
        with processes.ATOMIC:
            os.kill(os.getpid(), signal.SIGINT)
            seen.append("whole")
        seen.append("after")

    with pytest.raises(KeyboardInterrupt):
        in_shell(form)

    assert seen == ["whole"]


@pytest.mark.usefixtures("interruptible")
def test_interrupt_without_a_form_does_nothing() -> None:
    """Between forms SIGINT is nobody's."""
    os.kill(os.getpid(), signal.SIGINT)

    assert in_shell(lambda: 1) == 1


def test_form_in_a_form_is_a_plain_call() -> None:
    """run_shell from inside a process runs its code there."""
    assert in_shell(lambda: processes.run_shell(processes.self_) == processes.self_()) is True


def toss() -> None:
    """Let two processes send each other a message for ever."""

    def player() -> None:
        while True:
            processes.send(take(None), processes.self_())

    one, other = processes.spawn(player), processes.spawn(player)
    processes.send(one, other)


def test_timers_go_off_beside_processes_that_wake_each_other() -> None:
    """Two processes that always have a message hold up no timer and no thread."""

    def form() -> list[object]:
        toss()
        processes.send_after(1, processes.self_(), "timer")
        return [take(None), processes.blocking(lambda: "thread")]

    assert in_shell(form) == ["timer", "thread"]


@pytest.mark.usefixtures("interruptible")
def test_interrupt_reaches_the_shell_beside_processes_that_wake_each_other() -> None:
    """SIGINT ends the form that waits, wherever the background is."""

    def form() -> None:
        toss()
        threading.Timer(0.01, lambda: os.kill(os.getpid(), signal.SIGINT)).start()
        forever()

    with pytest.raises(KeyboardInterrupt):
        in_shell(form)

    assert processes.holds()["processes"] == 2
