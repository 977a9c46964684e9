"""When a dead evaluator is started again."""

from xrepl.supervisor.policy import Fail, Policy, Restart, words


def test_first_death_is_answered_at_once() -> None:
    """A single death costs no delay."""
    assert Policy().died(100.0) == Restart(0.0)


def test_delay_doubles_with_each_death() -> None:
    """Back-off: 10 ms, 20 ms, 40 ms ... up to 1 s."""
    policy = Policy(intensity=20)

    delays = [decision.delay_s for n in range(10) if isinstance(decision := policy.died(100.0 + n / 100), Restart)]

    assert delays == [0.0, 0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.0, 1.0]


def test_three_deaths_within_five_seconds_are_too_many() -> None:
    """The third death within the period makes the session fail."""
    policy = Policy()

    assert [policy.died(t) for t in (100.0, 102.0, 104.9)][2] == Fail(3, 5.0)


def test_old_deaths_do_not_count() -> None:
    """A death that is over five seconds ago is forgotten."""
    policy = Policy()

    assert [policy.died(t) for t in (100.0, 102.0, 105.1)][2] == Restart(0.01)


def test_acknowledged_form_clears_the_deaths() -> None:
    """100 kills with an acknowledged form between any two never make the session fail."""
    policy = Policy()
    decisions = []
    for n in range(100):
        decisions.append(policy.died(100.0 + n / 100))
        policy.acknowledged()

    assert decisions == [Restart(0.0)] * 100


def test_end_is_told_in_words() -> None:
    """Signals, exit statuses and a likely reason for a SIGKILL are named."""
    told = [words(9), words(3 << 8), words(11), words(71 << 8, 2 << 30), words(71 << 8, 400 << 20), words(None)]

    assert told == [
        "killed by signal 9",
        "exit 3",
        "killed by signal 11",
        "memory limit 2 GB",
        "memory limit 400 MB",
        "ended",
    ]
