"""Series then and now on the same clock, as a figure and as small curves of CSS."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.figures import ThenAndNow, describe, then_and_now, then_and_now_figure
from dashboards.mornings.comparison.curves import Curves, curves_html, curves_of
from tests.vistas.mornings.comparison.mornings import CLOCK, FRIDAY, THURSDAY, labelled, look, series
from vistas.routine import Unit
from vistas.snapshot import Frame

SEARCH = {"service": "search"}


def both(then: Frame, now: Frame, about: dict[str, str] | None = None) -> list[ThenAndNow]:
    return then_and_now(then, now, CLOCK, [(about or SEARCH, "search")])


def test_then_is_moved_to_todays_clock() -> None:
    [found] = both(series(THURSDAY, search=[1, 2, 3]), series(FRIDAY, search=[1, 2, 4]))
    assert found.then is not None
    assert found.now is not None
    assert found.then.times.tolist() == found.now.times.tolist()
    assert (found.then.values.tolist(), found.now.values.tolist()) == ([1, 2, 3], [1, 2, 4])


def test_names_that_change_with_a_rollout_are_one_series() -> None:
    """The highest of all its pods at each time."""
    then = labelled(
        THURSDAY, ({"pod": "search-6d8f9c7b5d-x2k4p"}, [1, 5]), ({"pod": "search-6d8f9c7b5d-zz4kp"}, [2, 3])
    )
    now = labelled(FRIDAY, ({"pod": "search-7f9c8b6d5c-b2c4d"}, [7, 8]))
    [found] = both(then, now, {"pod": "search"})
    assert found.then is not None
    assert found.now is not None
    assert (found.then.values.tolist(), found.now.values.tolist()) == ([2, 5], [7, 8])


def test_what_has_one_sample_or_none_is_not_drawn() -> None:
    assert both(series(THURSDAY, search=[1]), series(FRIDAY, search=[2])) == []
    assert both(series(THURSDAY, cart=[1, 2]), series(FRIDAY, cart=[2, 3])) == []


def test_a_panel_a_series_then_as_a_ridge_now_as_a_line() -> None:
    found = both(series(THURSDAY, search=[1, 2, 3]), series(FRIDAY, search=[1, 2, 4]))
    figure = then_and_now_figure(look("range"), found, CLOCK.now, timedelta(minutes=1))
    assert [(trace.meta["name"], trace.fill) for trace in figure.data] == [("then", "tozeroy"), ("now", None)]
    assert figure.layout.meta["panels"] == {"y": "search"}
    assert "Highest: now with 4" in describe("Searches", figure, CLOCK.now, FRIDAY.tzinfo)


def test_dates_are_not_drawn_from_1970() -> None:
    renewed = 1_795_073_400.0
    found = both(series(THURSDAY, search=[renewed] * 2), series(FRIDAY, search=[renewed + 86_400] * 2))
    figure = then_and_now_figure(look("range", unit="dates"), found, CLOCK.now, timedelta(minutes=1))
    assert figure.layout.yaxis.range[0] > renewed - 86_400
    assert "at the end 20 Nov 2026, 07:30." in describe("Renewed", figure, CLOCK.now, FRIDAY.tzinfo)


def test_a_curve_of_dates_shows_how_they_moved() -> None:
    renewed = 1_795_073_400.0
    [found] = both(series(THURSDAY, search=[renewed] * 60), series(FRIDAY, search=[renewed + 86_400] * 60))
    curves = curves_of(found, CLOCK.now, Unit.DATES)
    assert max(high for _, high in filter(None, curves.then)) < 0.1
    assert min(low for low, _ in filter(None, curves.now)) > 0.9


@pytest.mark.parametrize("missing", ["then", "now"])
def test_what_is_new_or_gone_is_drawn_on_one_side(missing: str) -> None:
    sides = {"then": series(THURSDAY, search=[1, 2]), "now": series(FRIDAY, search=[1, 2])}
    sides[missing] = series(THURSDAY if missing == "then" else FRIDAY, cart=[1, 2])
    [found] = both(sides["then"], sides["now"])
    html = curves_html(curves_of(found, CLOCK.now))
    assert ("mv-ridge" in html, "mv-line" in html) == (missing != "then", missing != "now")


spans = st.none() | st.tuples(st.floats(0, 1), st.floats(0, 1)).map(lambda each: (min(each), max(each)))
columns = st.lists(spans, min_size=60, max_size=60).map(tuple)


@given(columns, columns)
def test_curves_are_made_of_numbers_alone(then: Curves, now: Curves) -> None:
    html = curves_html(Curves(then, now))
    for polygon in re.findall(r"polygon\((.*?)\)", html):
        assert re.fullmatch(r"(-?[\d.]+(e-\d+)?% -?[\d.]+(e-\d+)?%,?)+", polygon)


@given(columns)
def test_a_line_goes_through_all_that_was_measured(now: Curves) -> None:
    """From the lowest to the highest of each column, at least."""
    html = curves_html(Curves((), now))
    if not any(now):
        assert "mv-line" not in html
        return
    points = [float(each) for each in re.findall(r"% (-?[\d.e-]+)%", html)]
    tops, bottoms = points[: len(now)], points[len(now) :][::-1]
    for span, top, bottom in zip(now, tops, bottoms, strict=True):
        if span is not None:
            assert top <= 100 - span[1] * 100 < bottom + 1e-6
            assert bottom >= 100 - span[0] * 100 > top - 1e-6
