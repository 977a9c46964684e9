"""The page on performance says what the figures say."""

from xml.etree import ElementTree

from tests.benchmarks.harness import PYTHON, Figure, Sample, Series, beside, sample_of
from tests.benchmarks.plot import svg
from tests.benchmarks.report import page, row

MEASURED = Sample(3.0, 2.5, 4.0)


def test_reached_target_is_said() -> None:
    """A figure below its limit is a yes."""
    expected = "| a form | <= 5 ms | 3.00 (2.50-4.00) ms |  | yes |\n"

    assert expected == row(Figure("a form", MEASURED, limit=5))


def test_missed_target_says_by_how_much() -> None:
    """A limit that is a multiple of a peer's figure is compared with that multiple."""
    figure = Figure("a form", MEASURED, limit=2, peers={PYTHON: 1.0}, is_ratio=True)
    expected = (
        "| a form | <= 2x plain Python | 3.00 (2.50-4.00) ms | plain Python 1.00 (3.00x) | no: 1.50 times the target |"
    )

    assert expected == row(figure).strip()


def test_page_counts_what_is_judged() -> None:
    """Figures without a target do not count."""
    text = page({"Area": [Figure("a", MEASURED, limit=5), Figure("b", MEASURED)]}, {}, ["nothing"], "quick", 0.5)

    assert "1 of 1 targets are reached" in text
    assert text.endswith("## Left out\n\n- nothing\n")


def test_page_says_why_a_target_is_missed() -> None:
    """What is missed stands in a list, with by how much and the reason."""
    text = page({"Area": [Figure("a", MEASURED, limit=1), Figure("b", MEASURED, limit=5)]}, {}, [], "quick", 0.5)

    assert "- a: no: 3.00 times the target. " in text
    assert "- b: " not in text


def test_figures_from_elsewhere_stand_beside_the_peers() -> None:
    """What was not measured in the same run is told in words."""
    expected = "| a form |  | 3.00 (2.50-4.00) ms | the first one 7 ms |  |\n"

    assert expected == row(Figure("a form", MEASURED, quoted="the first one 7 ms"))


def test_plot_has_a_line_for_each_series() -> None:
    """The plot is well-formed, with all points on it."""
    series = Series("T", "x", "ms", {"one": [(1, 1), (1000, 50)], "two": [(1, 3), (1000, 3)]})
    drawn = ElementTree.fromstring(svg(series))
    lines = [node for node in drawn.iter() if node.tag.endswith("polyline")]

    assert len(lines) == 2
    assert sum(node.tag.endswith("circle") for node in drawn.iter()) == 4


def test_samples_have_median_and_quartiles() -> None:
    """Half of the values lie between the quartiles."""
    assert sample_of([1, 2, 3, 4, 5]) == Sample(3, 2, 4)


def test_jobs_are_done_in_turn() -> None:
    """A load on the machine hits all alike."""
    done: list[str] = []
    beside({"a": lambda: done.append("a"), "b": lambda: done.append("b")}, 2)

    assert done == ["a", "b", "a", "b"]
