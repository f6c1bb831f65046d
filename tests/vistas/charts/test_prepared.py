"""What a chart shows is the same on screen and in exports."""

from __future__ import annotations

import math
from datetime import timedelta

import pytest

from dashboards.figures import figure_for
from tests.browser.stage_data import series_frame
from tests.dashboards.figures.making import WINDOW, look, snapshot
from vistas.charts.prepared import QUIET, Chosen, axis_of, by_standing, choose, is_over_time, normal_of, usual_step
from vistas.sharing.lines import panels


@pytest.mark.parametrize(("lowest_first", "order"), [(False, ["s0", "s1", "s2"]), (True, ["s2", "s1", "s0"])])
def test_the_highest_stand_out_or_the_lowest(lowest_first: bool, order: list[str]) -> None:
    names = ["s0", "s1", "s2"]
    data = series_frame(names, points=20).data
    assert [names[place] for place in by_standing(data, names, lowest_first=lowest_first)] == order


def test_the_first_are_named_those_asked_for_among_them_and_the_rest_are_counted() -> None:
    order = list(range(QUIET + 5))
    chosen = choose(order, named=3, first=[10])
    assert (chosen.named, chosen.quiet[0], len(chosen.quiet), chosen.left_out) == ((0, 1, 10), 2, QUIET, 2)
    assert chosen.caption == f"3 of {QUIET + 5} series by name, 2 not drawn"


def test_where_all_are_named_nothing_is_said() -> None:
    assert Chosen((0, 1), (), 0).caption == ""


@pytest.mark.parametrize(
    ("gaps", "asked", "step"),
    [([1.0, 3.0, 60.0], None, 3.0), ([], None, 0.0), ([1.0], timedelta(seconds=30), 30_000.0)],
)
def test_the_step_is_the_one_asked_for_or_the_usual_one(
    gaps: list[float], asked: timedelta | None, step: float
) -> None:
    assert usual_step(gaps, asked) == step


def test_what_is_normal_is_on_the_axis_and_in_words() -> None:
    made = look(normal_below=120.0)
    assert [level for level, _ in normal_of(made)] == [120.0]
    assert axis_of(made, 0.0, 100.0).high >= 120.0


def test_one_sample_a_series_is_nothing_over_time() -> None:
    assert not is_over_time(series_frame(["a"], points=1))
    assert is_over_time(series_frame(["a"], points=2))


def test_screen_and_export_name_the_same_series_on_the_same_axis() -> None:
    """As many as each has room for, in the same order; the same ends of the axis; the same step."""
    frame = series_frame([f"s{place:02}" for place in range(30)], points=40)
    asked = look(normal_below=1.0)
    figure = figure_for(asked, snapshot(frame))
    (panel,) = panels(asked, frame, WINDOW, ())
    exported = [line.name for line in panel.lines if line.name]
    shown = [trace.meta["name"] for trace in reversed(figure.data) if not trace.meta["quiet"]]
    assert shown[: len(exported)] == exported
    assert tuple(figure.layout.yaxis.range) == (panel.scale.low, panel.scale.high)
    assert math.isclose(figure.data[0].meta["gap"], 1.5 * panel.lines[0].step)
