"""At which moments a range query is evaluated."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from connectors.prometheus.step import FITTING_POINTS, REFUSED_ABOVE, fitting_step, grid
from vistas.snapshot import Window

EIGHT = datetime(2026, 3, 2, 8, 0, 7, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

spans = st.timedeltas(timedelta(milliseconds=1), timedelta(days=4000))
moments = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 - its zone is UTC
windows = st.builds(Window.ending, moments, spans)


@pytest.mark.parametrize(
    ("hours", "seconds"), [(1, 15), (3, 15), (6, 30), (12, 60), (24, 120), (7 * 24, 900), (30 * 24, 3600)]
)
def test_usual_windows_get_round_steps(hours: int, seconds: int) -> None:
    """A morning's twelve hours are looked at minute by minute."""
    assert fitting_step(timedelta(hours=hours)) == timedelta(seconds=seconds)


@given(windows)
def test_a_grid_is_never_refused_and_never_too_fine(window: Window) -> None:
    """However long the window, there are points enough for a chart and no more."""
    points = grid(window).points
    assert 1 <= points <= FITTING_POINTS < REFUSED_ABOVE


@given(st.timedeltas(timedelta(hours=1), timedelta(days=700)).map(lambda span: Window.ending(EIGHT, span)))
def test_a_long_window_fills_a_chart(window: Window) -> None:
    """From an hour up, a third of the fitting number of points at least."""
    assert grid(window).points >= FITTING_POINTS / 3 - 1


@given(windows)
def test_moments_are_multiples_of_the_step(window: Window) -> None:
    """So two gatherings of one morning, seconds apart, are evaluated at the same moments and agree."""
    moments = grid(window)
    assert (moments.start - EPOCH) % moments.step == timedelta(0)
    assert (moments.end - moments.start) % moments.step == timedelta(0)


@given(windows)
def test_moments_lie_within_the_window(window: Window) -> None:
    """Its end is exclusive. A window shorter than a step may hold none: then the last one before it is taken."""
    moments = grid(window)
    assert moments.end < window.end
    assert window.start <= moments.start or moments.points == 1
    assert window.end - moments.end <= moments.step


def test_the_end_of_a_window_is_not_looked_at() -> None:
    """Twelve hours to eight sharp are 720 minutes, the last at 07:59."""
    moments = grid(Window.ending(EIGHT.replace(second=0), timedelta(hours=12)))
    assert moments.points == 720
    assert f"{moments.end:%H:%M:%S}" == "07:59:00"
