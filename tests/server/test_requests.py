"""Questions to an evaluator are answered, whatever becomes of it."""

from xrepl.errors import EvaluatorDied
from xrepl.server.requests import Requests


class Link:
    """Takes what is sent."""

    def send(self, frame: dict[str, object]) -> None:
        """Take a frame."""


def test_question_that_was_sent_fails_with_the_evaluator() -> None:
    """One that was not waits for the next evaluator."""
    requests, answers = Requests(), []
    requests.add("save", answers.append)
    requests.send(Link())  # type: ignore[arg-type]
    requests.add("holds", answers.append)
    requests.fail("killed")

    assert (len(answers), type(answers[0]), requests.is_waiting) == (1, EvaluatorDied, True)


def test_giving_up_answers_all() -> None:
    """When there will be no evaluator, nobody is left waiting."""
    requests, answers = Requests(), []
    requests.add("save", answers.append)
    requests.send(Link())  # type: ignore[arg-type]
    requests.add("holds", answers.append)
    requests.give_up("closed")

    assert ([type(answer) for answer in answers], requests.is_waiting) == ([EvaluatorDied] * 2, False)
