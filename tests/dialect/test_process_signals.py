"""Links, monitors, exit signals: what the end of one process means to others."""

import contextlib
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.dialect.processes import (
    DOWN,
    EXIT,
    KILL,
    KILLED,
    NORMAL,
    PROCESS,
    TRAP_EXIT,
    forever,
    fresh_processes,
    in_shell,
    spawn_forever,
    take,
)
from xrepl.dialect import processes
from xrepl.dialect.data import NIL, Atom, from_iterable
from xrepl.dialect.identifiers import Pid
from xrepl.dialect.raising import LfeError

__all__ = ["fresh_processes"]

OOPS = Atom("oops")


def exiting(reason: object) -> None:
    """End with a reason."""
    raise LfeError("exit", reason)


def test_exit_reaches_a_linked_process_that_traps_exits() -> None:
    """The end of a linked process is a message for who traps exits."""

    def form() -> object:
        processes.process_flag(TRAP_EXIT, True)
        pid = processes.spawn_link(lambda: exiting(OOPS))
        return take() == (EXIT, pid, OOPS)

    assert in_shell(form)


def test_exit_ends_a_linked_process_that_does_not_trap_exits() -> None:
    """A linked shell exits with the same reason."""

    def form() -> None:
        processes.spawn_link(lambda: exiting(OOPS))
        forever()

    with pytest.raises(LfeError) as caught:
        in_shell(form)

    assert [caught.value.kind, caught.value.reason] == ["exit", OOPS]


def test_normal_end_ends_nobody_else() -> None:
    """A process that just returns takes no linked one with it."""

    def form() -> object:
        processes.spawn_link(lambda: None)
        return take(1)

    assert in_shell(form) is processes.TIMEOUT


def test_link_goes_both_ways() -> None:
    """When the shell's process ends, what is linked with it ends too."""
    pid = in_shell(lambda: processes.spawn_link(forever))
    processes.replace_shell()

    assert not processes.is_process_alive(pid)


def test_unlinked_process_lives_on() -> None:
    """After unlink the ends have nothing to do with each other."""

    def form() -> object:
        pid = processes.spawn_link(forever)
        processes.unlink(pid)
        return pid

    pid = in_shell(form)
    processes.replace_shell()

    assert processes.is_process_alive(pid)


def test_chain_of_links_ends_at_once() -> None:
    """An exit travels along 5,000 links, without recursion."""

    def form() -> object:
        me = processes.self_()

        def member(left: int) -> None:
            if left:
                processes.spawn_link(lambda: member(left - 1))
            else:
                processes.send(me, "complete")
            forever()

        first = processes.spawn(lambda: member(5_000))
        take()
        processes.exit_signal(first, OOPS)
        return len(list(processes.processes()))

    assert in_shell(form) == 1


def test_link_with_a_process_that_has_ended_is_an_error() -> None:
    """Who does not trap exits gets noproc as an error, who does as a message."""

    def form() -> object:
        pid = processes.spawn(lambda: None)
        processes.yield_()
        with pytest.raises(LfeError) as caught:
            processes.link(pid)
        processes.process_flag(TRAP_EXIT, True)
        processes.link(pid)
        return [caught.value.reason, take()[2]]

    assert in_shell(form) == [Atom("noproc")] * 2


def test_monitor_tells_of_the_end() -> None:
    """A monitor is told once, with the reason."""

    def form() -> object:
        pid = spawn_forever()
        ref = processes.monitor(PROCESS, pid)
        processes.exit_signal(pid, OOPS)
        return [take() == (DOWN, ref, PROCESS, pid, OOPS), take(0)]

    assert in_shell(form) == [True, processes.TIMEOUT]


def test_monitor_of_nobody_tells_so() -> None:
    """To monitor a name that nobody has, or a process that has ended, gives noproc."""

    def form() -> object:
        ref = processes.monitor(PROCESS, Atom("nobody"))
        return take() == (DOWN, ref, PROCESS, (Atom("nobody"), Atom("nonode@nohost")), Atom("noproc"))

    assert in_shell(form)


def test_demonitor_flushes_what_has_come() -> None:
    """With flush no message of a monitor is left."""

    def form() -> object:
        pid = spawn_forever()
        refs = [processes.monitor(PROCESS, pid) for _ in range(2)]
        processes.demonitor(refs[0])
        processes.exit_signal(pid, KILL)
        processes.demonitor(refs[1], from_iterable([Atom("flush")]))
        return take(0)

    assert in_shell(form) is processes.TIMEOUT


def test_kill_cannot_be_trapped() -> None:
    """The reason kill ends a process that traps exits, and others see killed."""

    def stubborn() -> None:
        processes.process_flag(TRAP_EXIT, True)
        forever()

    def form() -> object:
        pid, _ = processes.spawn_monitor(stubborn)
        processes.yield_()
        processes.exit_signal(pid, OOPS)
        alive = processes.is_process_alive(pid)
        processes.exit_signal(pid, KILL)
        return [alive, take()[4]]

    assert in_shell(form) == [True, KILLED]


def test_exit_signal_unwinds_the_code_of_its_process() -> None:
    """The code of a process that is ended runs its `finally`, and cannot go on."""
    seen: list[str] = []

    def body() -> None:
        try:
            forever()
        finally:
            seen.append("unwound")

    def form() -> None:
        pid = processes.spawn(body)
        processes.yield_()
        processes.exit_signal(pid, OOPS)
        processes.yield_()

    in_shell(form)

    assert seen == ["unwound"]


def test_process_that_was_never_run_can_be_killed() -> None:
    """A process may end before its first step."""

    def form() -> object:
        pid, _ = processes.spawn_monitor(forever)
        processes.exit_signal(pid, KILL)
        return [take()[4], processes.is_process_alive(pid)]

    assert in_shell(form) == [KILLED, False]


def test_error_is_the_reason_with_its_call() -> None:
    """A process that fails in a library call ends with the error and the call."""

    def body() -> None:
        raise LfeError("error", Atom("badarith"), ("erlang", "/", (1, 0)))

    def form() -> object:
        processes.process_flag(TRAP_EXIT, True)
        processes.spawn_link(body)
        return take()[2]

    with contextlib.redirect_stderr(io.StringIO()) as told:
        reason = in_shell(form)

    call = (Atom("erlang"), Atom("/"), from_iterable([1, 0]), NIL)
    assert reason == (Atom("badarith"), from_iterable([call]))
    assert told.getvalue().startswith("Error in process #Pid<")


def test_thrown_value_that_nobody_catches_is_nocatch() -> None:
    """A throw out of a process is an error of its own kind."""

    def body() -> None:
        raise LfeError("throw", Atom("ball"))

    def form() -> object:
        processes.spawn_monitor(body)
        return take()[4]

    with contextlib.redirect_stderr(io.StringIO()):
        assert in_shell(form) == ((Atom("nocatch"), Atom("ball")), NIL)


def test_exit_signal_to_oneself_ends_at_once() -> None:
    """Nothing runs after a process has sent an exit signal to itself."""
    seen: list[int] = []

    def body() -> None:
        processes.exit_signal(processes.self_(), OOPS)
        seen.append(1)

    def form() -> object:
        processes.spawn_monitor(body)
        return take()[4]

    assert [in_shell(form), seen] == [OOPS, []]


def test_shell_is_replaced_after_a_failure() -> None:
    """A failed form ends the shell's process with its reason; the next has an empty mailbox and no dictionary."""

    def form() -> None:
        processes.put(Atom("k"), 1)
        processes.send(processes.self_(), "unread")
        raise LfeError("error", OOPS)

    before = in_shell(processes.self_)
    with pytest.raises(LfeError):
        in_shell(form)
    processes.replace_shell()

    assert in_shell(lambda: [processes.self_() == before, processes.get(Atom("k")), take(0)]) == [
        False,
        Atom("undefined"),
        processes.TIMEOUT,
    ]


def test_end_of_the_shell_between_forms_is_shown() -> None:
    """An exit that reaches the idle shell is printed as a form's failure is."""

    def form() -> None:
        processes.spawn_link(lambda: exiting(OOPS))

    in_shell(form)
    with contextlib.redirect_stdout(io.StringIO()) as out:
        processes.idle(0.0)

    assert out.getvalue() == "** exception exit: oops\n"


def test_normal_exit_signal_from_another_is_ignored() -> None:
    """The reason normal ends only the process that sends it to itself."""

    def form() -> object:
        pid = spawn_forever()
        processes.exit_signal(pid, NORMAL)
        return processes.is_process_alive(pid)

    assert in_shell(form) is True


SIZE = 8
pairs = st.tuples(st.integers(0, SIZE - 1), st.integers(0, SIZE - 1))


def reached(links: set[tuple[int, int]], trapping: set[int], first: int) -> set[int]:
    """Give who ends with the first: those that links lead to, not through who traps exits."""
    ended, left = {first}, [first]
    while left:
        one = left.pop()
        for pair in links:
            if one in pair:
                other = pair[0] if pair[1] == one else pair[1]
                if other not in ended and other not in trapping:
                    ended.add(other)
                    left.append(other)
    return ended


@settings(max_examples=60, deadline=None)
@given(links=st.sets(pairs, max_size=14), trapping=st.sets(st.integers(0, SIZE - 1)), first=st.integers(0, SIZE - 1))
def test_end_reaches_exactly_what_links_lead_to(links: set[tuple[int, int]], trapping: set[int], first: int) -> None:
    """When a process is killed, others end as a walk over the links says, whatever their web is."""
    processes.restart()

    def member(index: int) -> None:
        processes.process_flag(TRAP_EXIT, index in trapping)
        while True:
            processes.link(processes.receive(lambda message: message if type(message) is Pid else None))

    def form() -> set[int]:
        pids = [processes.spawn(lambda index=index: member(index)) for index in range(SIZE)]
        for a, b in links:
            processes.send(pids[a], pids[b])
        processes.sleep(0)
        processes.yield_()
        processes.exit_signal(pids[first], KILL)
        processes.yield_()
        return {index for index, pid in enumerate(pids) if not processes.is_process_alive(pid)}

    assert in_shell(form) == reached(links, trapping, first)
