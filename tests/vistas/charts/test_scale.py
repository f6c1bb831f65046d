"""The value axis: round marks, zero where it belongs."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st

from vistas.charts.scale import scale
from vistas.routine import Unit

sizes = st.floats(min_value=-1e12, max_value=1e15, allow_nan=False).filter(
    lambda value: value == 0 or abs(value) > 1e-9
)


@given(sizes, sizes, st.sampled_from(list(Unit)))
def test_every_value_is_on_the_axis_and_a_few_marks_are(one, other, unit):
    """Whatever comes, the axis holds it and carries between one and a dozen marks with a text each."""
    low, high = sorted((one, other))
    axis = scale(low, high, unit)
    assert axis.low <= low <= high <= axis.high
    assert axis.low < axis.high
    assert 1 <= len(axis.ticks) <= 12
    assert len(axis.ticks) == len(axis.texts)


def test_an_axis_begins_at_zero_unless_that_flattens_the_line():
    assert scale(30, 100, Unit.NUMBER).low == 0
    assert scale(90, 100, Unit.NUMBER).low > 80
    assert scale(99.99, 100, Unit.NUMBER).low == 0


def test_bytes_are_marked_in_powers_of_two_and_time_by_the_clock():
    assert scale(0, 4 * 2**30, Unit.BYTES).texts[1].endswith("GiB")
    assert all(tick % 30 == 0 for tick in scale(0, 110, Unit.SECONDS).ticks)
    assert all(tick % 30_000 == 0 for tick in scale(0, 110_000, Unit.MILLISECONDS).ticks)
    assert scale(0, 110_000_000, Unit.MICROSECONDS).texts == scale(0, 110, Unit.SECONDS).texts


def test_an_axis_of_dates_holds_what_there_is_at_round_times():
    """It never begins in 1970, and what normal is does not stretch it to there."""
    day, morning = 86_400, 1_795_073_400
    days = scale(morning - 10 * day, morning, Unit.DATES, marks=[0])
    assert days.low > morning - 13 * day
    assert all(tick % day == 0 for tick in days.ticks)
    assert days.texts[0].endswith("Nov 2026, 00:00 UTC")
    assert all(tick % 300 == 0 for tick in scale(morning, morning, Unit.DATES).ticks)


def test_nothing_to_show_is_an_axis_all_the_same():
    axis = scale(math.inf, -math.inf, Unit.NUMBER)
    assert (axis.low, axis.high) == (0.0, 1.06)
