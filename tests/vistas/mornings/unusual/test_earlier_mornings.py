"""Which mornings today is compared with, and which hours of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given

from tests.strategies import windows
from vistas.mornings.unusual import Morning, earlier_mornings
from vistas.mornings.unusual.mornings import HOUR, hours_covered, hours_of
from vistas.snapshot import Window
from vistas.vista import new_id

BERLIN = ZoneInfo("Europe/Berlin")
THURSDAY = datetime(2026, 11, 26, 8, 30, tzinfo=BERLIN)


def morning(end: datetime, *, hours: float = 12, routine: str = "landscape") -> Morning:
    return Morning(new_id(), routine, Window.ending(end, timedelta(hours=hours)))


def days(number: int) -> timedelta:
    return timedelta(days=number)


TODAY = morning(THURSDAY)


def test_weekdays_are_compared_with_weekdays() -> None:
    week = [morning(THURSDAY - days(back)) for back in range(1, 8)]
    wednesday, tuesday, monday, _, _, friday, thursday = week
    assert earlier_mornings(TODAY, week, BERLIN) == (thursday, friday, monday, tuesday, wednesday)


def test_weekends_are_compared_with_weekends() -> None:
    saturday = morning(THURSDAY + days(2))
    week = [morning(saturday.window.end.astimezone(BERLIN) - days(back)) for back in range(1, 8)]
    assert earlier_mornings(saturday, week, BERLIN) == (week[6], week[5])


def test_of_a_day_the_last_one_counts() -> None:
    early, late = (morning(THURSDAY - days(1) - timedelta(minutes=minutes)) for minutes in (40, 10))
    assert earlier_mornings(TODAY, [late, early], BERLIN) == (late,)


@pytest.mark.parametrize(
    "other",
    [
        TODAY,
        morning(THURSDAY + days(1)),
        morning(THURSDAY - timedelta(hours=1)),
        morning(THURSDAY - days(1), routine="promises"),
        morning(THURSDAY - days(1) + timedelta(hours=7)),
        morning(THURSDAY - days(1), hours=3),
    ],
    ids=["today", "later", "earlier today", "another routine", "other hours", "few of the hours"],
)
def test_what_does_not_compare_is_left_out(other: Morning) -> None:
    assert earlier_mornings(TODAY, [other], BERLIN) == ()


def test_the_clock_on_the_wall_counts_when_it_is_changed() -> None:
    """Summer time ended on 25 October: the same hours are another span of UTC."""
    monday = morning(datetime(2026, 10, 26, 8, tzinfo=BERLIN), hours=2)
    friday = morning(datetime(2026, 10, 23, 8, tzinfo=BERLIN), hours=2)
    assert earlier_mornings(monday, [friday], BERLIN) == (friday,)
    (first, last) = hours_covered(monday.window, friday.window, BERLIN)
    assert first == Window.ending(datetime(2026, 10, 23, 5, tzinfo=UTC), HOUR)
    assert last == Window.ending(datetime(2026, 10, 23, 6, tzinfo=UTC), HOUR)


def test_an_hour_that_the_clock_skipped_is_none() -> None:
    after = morning(datetime(2026, 4, 5, 4, tzinfo=BERLIN), hours=3).window
    skipped = morning(datetime(2026, 3, 29, 4, tzinfo=BERLIN), hours=2).window
    (_, second, third) = hours_covered(after, skipped, BERLIN)
    assert second is None
    assert third == Window.ending(datetime(2026, 3, 29, 2, tzinfo=UTC), HOUR)


@given(windows())
def test_hours_follow_one_another_up_to_the_end(window: Window) -> None:
    hours = hours_of(window)
    assert hours[-1].end == window.end
    assert hours[0].start >= window.start
    assert all(one.end == following.start for one, following in pairwise(hours))


@given(windows())
def test_a_day_covers_its_own_hours(window: Window) -> None:
    assert hours_covered(window, window, UTC) == hours_of(window)
