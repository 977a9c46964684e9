"""Processes: starting, messages, names, the dictionary."""

import pytest

from tests.dialect.processes import forever, fresh_processes, in_shell, spawn_forever, take
from xrepl.dialect import processes
from xrepl.dialect.data import Atom, from_iterable
from xrepl.dialect.interpreter import Interpreter
from xrepl.dialect.raising import LfeError

__all__ = ["fresh_processes"]


def test_message_reaches_its_process() -> None:
    """What is sent to a pid is received there."""

    def form() -> object:
        me = processes.self_()
        processes.spawn(lambda: processes.send(me, ("from", processes.self_())))
        return take()[0]

    assert in_shell(form) == "from"


def test_messages_of_one_sender_keep_their_order() -> None:
    """Messages come in the order in which they were sent."""

    def form() -> list[object]:
        me = processes.self_()
        processes.spawn(lambda: [processes.send(me, number) for number in range(5)])
        return [take() for _ in range(5)]

    assert in_shell(form) == [0, 1, 2, 3, 4]


def test_receive_takes_the_first_that_matches_and_leaves_the_others() -> None:
    """Messages that do not match stay in order."""

    def form() -> list[object]:
        for number in range(5):
            processes.send(processes.self_(), number)
        chosen = processes.receive(lambda message: message if message == 3 else None)
        return [chosen, *(take() for _ in range(4))]

    assert in_shell(form) == [3, 0, 1, 2, 4]


def test_receive_gives_up_after_its_timeout() -> None:
    """After the time without a message that matches, the receive is over."""
    assert in_shell(lambda: take(1)) is processes.TIMEOUT


def test_receive_without_time_looks_at_what_is_there() -> None:
    """A timeout of 0 takes a message that has come, and does not wait."""
    assert in_shell(lambda: [processes.send(processes.self_(), 1), take(0), take(0)]) == [1, 1, processes.TIMEOUT]


@pytest.mark.parametrize("time_ms", [-1, 1.5, Atom("soon"), 1 << 32])
def test_receive_refuses_what_is_no_time(time_ms: object) -> None:
    """A timeout is infinity or a number of milliseconds."""
    with pytest.raises(LfeError) as caught:
        in_shell(lambda: processes.receive(lambda message: None, time_ms))

    assert caught.value.reason is Atom("timeout_value")


def test_receive_keeps_the_mailbox_when_matching_fails() -> None:
    """When a pattern's code raises, no message is lost."""

    def fail(message: object) -> object:
        if message == 2:
            raise ValueError("no match")
        return None

    def form() -> list[object]:
        for number in range(4):
            processes.send(processes.self_(), number)
        with pytest.raises(ValueError, match="no match"):
            processes.receive(fail)
        return [take(0) for _ in range(4)]

    assert in_shell(form) == [0, 1, 2, 3]


def test_message_to_a_process_that_has_ended_is_lost() -> None:
    """A pid stays valid to send to when its process is over."""

    def form() -> object:
        pid = processes.spawn(lambda: None)
        processes.yield_()
        return [processes.is_process_alive(pid), processes.send(pid, 1)]

    assert in_shell(form) == [False, 1]


def test_process_starts_by_module_and_function() -> None:
    """A process can be told what to call by names."""

    def form() -> object:
        processes.spawn(Atom("erlang"), Atom("send"), from_iterable([processes.self_(), 7]))
        return take()

    assert in_shell(form) == 7


@pytest.mark.parametrize("arguments", [(5,), (Atom("m"), Atom("f")), (Atom("m"), Atom("f"), 5)])
def test_spawn_refuses_what_cannot_be_run(arguments: tuple[object, ...]) -> None:
    """What is no function, and no list of arguments, is a bad argument."""
    with pytest.raises(LfeError) as caught:
        processes.spawn(*arguments)

    assert caught.value.called == ("erlang", "spawn", arguments)


def test_name_finds_its_process() -> None:
    """A registered process is found by its name until it ends."""

    def form() -> list[object]:
        pid = spawn_forever()
        processes.register(Atom("n"), pid)
        found = processes.whereis(Atom("n"))
        processes.exit_signal(pid, Atom("kill"))
        return [found is pid, processes.whereis(Atom("n"))]

    assert in_shell(form) == [True, Atom("undefined")]


def test_name_is_given_once() -> None:
    """Neither a name nor a process has two entries."""

    def form() -> None:
        one, other = spawn_forever(), spawn_forever()
        processes.register(Atom("n"), one)
        for name, pid in ((Atom("n"), other), (Atom("m"), one)):
            with pytest.raises(LfeError):
                processes.register(name, pid)

    in_shell(form)


def test_message_to_a_name_that_nobody_has_is_an_error() -> None:
    """Unlike to a pid, sending to a free name fails."""
    with pytest.raises(LfeError) as caught:
        in_shell(lambda: processes.send(Atom("nobody"), 1))

    assert [caught.value.reason, caught.value.called] == [Atom("badarg"), ("erlang", "!", (Atom("nobody"), 1))]


def test_alias_takes_messages_until_it_ends() -> None:
    """A reference stands for a process, for one message or until it is taken away."""

    def form() -> list[object]:
        once, always = processes.alias(once=True), processes.alias()
        for ref in (once, once, always, always):
            processes.send(ref, ref is once)
        processes.unalias(always)
        processes.send(always, "late")
        return [take(0) for _ in range(4)]

    assert in_shell(form) == [True, False, False, processes.TIMEOUT]


def test_dictionary_is_the_process_own() -> None:
    """What one process puts into its dictionary another one does not see."""

    def form() -> list[object]:
        me = processes.self_()
        before = processes.put(Atom("k"), 1)
        processes.spawn(lambda: processes.send(me, processes.get(Atom("k"))))
        return [before, processes.get(Atom("k")), take(), processes.erase(Atom("k")), processes.get(Atom("k"))]

    undefined = Atom("undefined")
    assert in_shell(form) == [undefined, 1, undefined, 1, undefined]


def test_dictionary_tells_equal_keys_of_different_types_apart() -> None:
    """1, 1.0 and true are three keys."""

    def form() -> list[object]:
        for key in (1, 1.0, True):
            processes.put(key, key)
        return [len(list(processes.get())), processes.get(1.0), processes.get(True)]

    assert in_shell(form) == [3, 1.0, True]


def test_pids_of_two_evaluators_differ() -> None:
    """A pid that was stored never names a process of a later evaluator."""
    before = in_shell(processes.self_)
    processes.restart()

    assert before != in_shell(processes.self_)


def test_ten_thousand_processes_live_at_once() -> None:
    """Processes are cheap: all of them answer, the last started first."""

    def form() -> int:
        me = processes.self_()
        pids = [processes.spawn(lambda: processes.send(me, take(None))) for _ in range(10_000)]
        for pid in pids:
            processes.send(pid, 1)
        return sum(take() for _ in pids)

    assert in_shell(form) == 10_000


def test_what_would_be_lost_is_counted() -> None:
    """The evaluator knows how many processes and timers there are besides the shell's."""

    def form() -> None:
        processes.spawn(forever)
        processes.send_after(100_000, processes.self_(), 1)

    in_shell(form)

    assert processes.holds() == {"processes": 1, "timers": 1}


def test_any_message_is_taken_in_time(interpreter: Interpreter) -> None:
    """`(? time default)` takes a message of whatever shape; without a default it exits when none comes.

    A time that is none is an error only when there is no message.
    """

    def form() -> list[object]:
        processes.send(processes.self_(), "hello")
        texts = ["(? 'a)", "(? 0 'late)", "(catch (? 1))", "(catch (? 'a))"]
        return [interpreter.evaluate(next(interpreter.read(text))) for text in texts]

    message, default, missed, wrong = in_shell(form)

    assert (message, default, missed) == ("hello", Atom("late"), (Atom("EXIT"), Atom("timeout")))
    assert wrong[1][0] == Atom("timeout_value")
