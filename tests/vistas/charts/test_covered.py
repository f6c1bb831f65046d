"""Data that covers a small part of its window is drawn where it is, and that is said."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboards.figures import ThenAndNow, figure_for, request_figure, then_and_now_figure
from dashboards.figures.reading import read_lines
from tests.browser.stage_data import requests_frame, series_frame
from tests.dashboards.figures.making import END, WINDOW, look, snapshot
from tests.vistas.sharing.making import objects
from vistas.charts.covered import AIR, SHORT, covered, is_short, say_short, shown_window
from vistas.snapshot import Frame, Window

MORNING = datetime(2026, 11, 23, 6, tzinfo=UTC)
NIGHT = Window.ending(MORNING, timedelta(hours=12))
MINUTE = timedelta(minutes=1)
spans = st.integers(1, 719).map(lambda number: timedelta(minutes=number))


def data(start: timedelta, end: timedelta) -> Window:
    """So long before the night's end."""
    return Window(MORNING - start, MORNING - end)


def last(points: int) -> Frame:
    """So many samples at the end of the window, one a minute."""
    whole = series_frame(["api"], points=1440)
    kept = (whole.data[name].list.tail(points) for name in ("times", "values"))
    return Frame(whole.kind, whole.data.with_columns(*kept), step=MINUTE)


def test_it_is_known_from_the_samples() -> None:
    assert covered(last(10), WINDOW) == Window(END - 10 * MINUTE, END)
    assert covered(requests_frame(10), WINDOW) == Window(END - 10 * MINUTE, END)
    assert covered(series_frame([]), WINDOW) is None
    assert covered(objects(name=["a"]), WINDOW) is None
    assert covered(last(10), Window.ending(END - timedelta(hours=1), timedelta(hours=1))) is None


@given(spans, spans)
def test_what_is_drawn_has_all_of_the_data_within_the_window(one: timedelta, other: timedelta) -> None:
    there = data(max(one, other) + MINUTE, min(one, other))
    shown = shown_window(there, NIGHT)
    assert NIGHT.start <= shown.start <= there.start < there.end <= shown.end <= NIGHT.end
    if there.span >= SHORT * NIGHT.span:
        assert shown == NIGHT
    else:
        assert shown.span <= there.span * (1 + 2 * AIR) + MINUTE


def test_what_is_marked_stays_in_sight() -> None:
    there = data(10 * MINUTE, timedelta())
    early = (MORNING - timedelta(hours=5), MORNING - timedelta(hours=4))
    assert shown_window(there, NIGHT, [early]).start < early[0]
    assert shown_window(there, NIGHT, iter([early])).start < early[0]
    assert shown_window(None, NIGHT, [early]) == NIGHT


@pytest.mark.parametrize(
    ("start", "end", "says"),
    [
        (10, 0, "Data from 05:50 to 06:00 only; the window begins at 18:00."),
        (720, 700, "Data from 18:00 to 18:20 only; the window ends at 06:00."),
        (360, 300, "Data from 00:00 to 01:00 only; the window is from 18:00 to 06:00."),
        (720, 0, ""),
        (180, 0, ""),
    ],
)
def test_it_is_said_that_the_rest_is_not_there(start: int, end: int, says: str) -> None:
    there = data(start * MINUTE, end * MINUTE)
    assert say_short(there, NIGHT) == says
    assert bool(says) == is_short(there, NIGHT)


def test_days_are_named_where_the_window_has_several() -> None:
    week = Window.ending(MORNING, timedelta(days=3))
    there = data(10 * MINUTE, timedelta())
    assert say_short(there, week, ZoneInfo("Europe/Lisbon")).endswith("the window begins at Fri 06:00.")
    assert "the window begins at 23 Oct, 06:00." in say_short(there, Window.ending(MORNING, timedelta(days=31)))
    assert say_short(None, week) == ""


def test_the_axis_of_a_chart_ranges_over_what_is_there() -> None:
    frame = last(10)
    within = shown_window(covered(frame, WINDOW), WINDOW)
    figure = figure_for(look(), snapshot(frame), within=within)
    assert figure.layout.meta["home"] == list(figure.layout.xaxis.range)
    begin, end = figure.layout.meta["home"]
    assert end - begin < 12 * 60_000
    requests = request_figure(look(), snapshot(requests_frame(10)), within=within)
    assert requests.layout.meta["home"] == [begin, end]
    assert len(requests.data[0].x) >= 10


@pytest.mark.parametrize(("points", "is_narrow"), [(10, True), (1440, False)])
def test_then_and_now_are_drawn_where_either_has_something(points: int, is_narrow: bool) -> None:
    (now,) = read_lines(last(10).data)
    whole = series_frame(["api"], points=1440)
    (then,) = read_lines(
        whole.data.with_columns(*(whole.data[name].list.tail(points) for name in ("times", "values")))
    )
    figure = then_and_now_figure(look(), [ThenAndNow("api", then, now)], WINDOW, MINUTE)
    begin, end = figure.layout.meta["home"]
    assert (end - begin < 12 * 60_000) == is_narrow
