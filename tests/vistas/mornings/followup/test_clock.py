"""A stretch of time in another window."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from vistas.mornings.followup.clock import Moved, NotThere, same_clock, say_span
from vistas.snapshot import Window

THURSDAY = datetime(2026, 11, 19, 7, 30, tzinfo=UTC)
spans = st.integers(60, 7 * 1440).map(lambda minutes: timedelta(minutes=minutes))
shares = st.floats(0, 1)


@st.composite
def stretches(draw: st.DrawFn) -> tuple[datetime, datetime, Window]:
    """A stretch within a window."""
    window = Window.ending(THURSDAY, draw(spans))
    first, last = sorted((draw(shares), draw(shares)))
    return window.start + window.span * first, window.start + window.span * last, window


@given(stretches(), spans, st.integers(-9 * 1440, 9 * 1440))
def test_it_is_in_the_window_at_the_same_clock_or_it_is_not_there(
    made: tuple[datetime, datetime, Window], span: timedelta, minutes_later: int
) -> None:
    start, end, then = made
    now = Window.ending(THURSDAY + timedelta(minutes=minutes_later), span)
    moved = same_clock(start, end, then, now, zone=UTC, day="today")
    if isinstance(moved, NotThere):
        assert moved.reason
        return
    if now != then:
        assert now.start <= moved.start <= moved.end <= now.end
    if not moved.remark:
        assert moved.end - moved.start == end - start
        assert (moved.start - start) % timedelta(days=1) == timedelta()


@given(stretches(), st.integers(1, 30))
def test_the_same_hours_some_days_later_hold_every_stretch(
    made: tuple[datetime, datetime, Window], days: int
) -> None:
    start, end, then = made
    later = timedelta(days=days)
    moved = same_clock(start, end, then, Window(then.start + later, then.end + later), zone=UTC, day="today")
    assert isinstance(moved, Moved)
    assert (moved.start, moved.end, moved.remark) == (start + later, end + later, "")


def test_at_the_end_of_the_calendar_there_is_no_such_time() -> None:
    last = datetime.max.replace(tzinfo=UTC)
    then = Window.ending(last - timedelta(days=3), timedelta(hours=1))
    moved = same_clock(last, last, then, Window.ending(last, timedelta(hours=1)), zone=UTC, day="today")
    assert isinstance(moved, NotThere)


def test_a_span_is_said_as_people_say_it() -> None:
    said = {1: "minute", 29: "29 minutes", 60: "hour", 150: "2.5 hours", 4320: "3 days"}
    assert {minutes: say_span(timedelta(minutes=minutes)) for minutes in said} == said
