"""Changes that the submitter's own thread writes, while the writer's thread has nothing to do."""

import threading
from pathlib import Path
from typing import Any

from xrepl.store.store import Store


def submit(store: Store, done: list[Any], here: bool, number: int) -> None:
    """Submit a change that tells its number and the thread that it ran in."""
    store.submit(
        lambda transaction: (number, threading.current_thread()), lambda result, error: done.append(result), here=here
    )


def test_lone_change_is_written_here(tmp_path: Path) -> None:
    """It is on disk, and said to be, before the call returns; as soon as the writer's thread rests."""
    done: list[Any] = []
    with Store(str(tmp_path)) as store:
        while done[-1:] != [(1, threading.current_thread())]:  # the writer's thread may not rest yet
            store.run(lambda transaction: None)
            submit(store, done, True, 1)


def test_change_is_not_written_here_before_one_that_waits(tmp_path: Path) -> None:
    """What was queued first is written first, whoever writes it."""
    done: list[Any] = []
    may_go_on = threading.Event()
    with Store(str(tmp_path)) as store:
        store.submit(lambda transaction: may_go_on.wait(10), lambda result, error: done.append(0))
        submit(store, done, False, 1)
        submit(store, done, True, 2)
        waiting = list(done)
        may_go_on.set()
        store.run(lambda transaction: None)

    assert (waiting, [each if each == 0 else each[0] for each in done]) == ([], [0, 1, 2])


def test_changes_from_two_threads_are_all_written(tmp_path: Path) -> None:
    """Threads that write here and the writer's thread do not get in each other's way."""
    done: list[Any] = []
    with Store(str(tmp_path)) as store:
        threads = [
            threading.Thread(target=lambda: [submit(store, done, number % 2 == 0, number) for number in range(50)])
            for _ in range(4)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        store.run(lambda transaction: None)

    assert sorted([*range(50)] * 4) == sorted(number for number, _ in done)


def test_failure_of_a_change_that_is_written_here_is_told(tmp_path: Path) -> None:
    """It goes to `on_done`, as it does from the writer's thread, and the store goes on."""
    errors: list[Any] = []
    with Store(str(tmp_path)) as store:
        store.submit(lambda transaction: 1 // 0, lambda result, error: errors.append(type(error)), here=True)

        assert ([ZeroDivisionError], 2) == (errors, store.run(lambda transaction: 2))
