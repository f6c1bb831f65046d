"""The small picture in a terminal: blocks, bars, and the clock below them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistas.command_line.blocks import bar, plain_letters, ridge
from vistas.command_line.skyline import TimeScale, skyline, times_below
from vistas.requests.summary import SCHEMA

EIGHT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
levels = st.lists(st.one_of(st.none(), st.floats(0, 1e9)), max_size=40)
BLOCKS = " ▁▂▃▄▅▆▇█"


@given(levels, st.integers(1, 6))
def test_ridge_stands_on_the_ground(drawn: list[float | None], rows: int) -> None:
    """As wide as there are levels, no hole within a column, the highest level full, any level above zero seen."""
    lines = ridge(drawn, rows)
    assert [len(line) for line in lines] == [len(drawn)] * rows
    for place, level in enumerate(drawn):
        column = [BLOCKS.index(line[place]) for line in lines]
        assert column == sorted(column)
        assert (sum(column) > 0) == bool(level)
        assert all(height in {0, 8} for height in column) or len([h for h in column if 0 < h < 8]) == 1
        if level and level == max(each or 0 for each in drawn):
            assert sum(column) == 8 * rows


@pytest.mark.parametrize(
    ("share", "drawn"), [(1, "████"), (0.5, "██"), (0.53, "██▏"), (0.001, "▏"), (0, ""), (0.97, "███▉")]
)
def test_bar(share: float, drawn: str) -> None:
    """An eighth of a letter fine; what is there at all is to be seen."""
    assert bar(share, 4) == drawn


def test_plain_letters_are_ascii() -> None:
    assert plain_letters("▁▄█ ██▌ é 2× …") == ".-# ##| ? 2x ."


@given(
    st.timedeltas(timedelta(), timedelta(days=365 * 200)),
    st.timedeltas(timedelta(), timedelta(days=365 * 200)),
    st.integers(8, 110),
)
def test_clock_holds_every_request_and_fits(since: timedelta, span: timedelta, width: int) -> None:
    """However long the log is: from one minute to two hundred years."""
    first = datetime(1990, 1, 1, tzinfo=UTC) + since
    last = first + span
    clock = TimeScale.over(first, last, width)
    assert clock.start <= first
    assert 1 <= clock.count * clock.width <= width
    cells = pl.DataFrame({"minute": [first, last]}, schema={"minute": SCHEMA["minute"]})
    assert cells.select(clock.place(pl.col("minute")).is_between(0, clock.count - 1).all()).item()
    assert len(times_below(clock, UTC)) <= clock.count * clock.width + 8


@pytest.mark.parametrize(
    ("span", "width", "minutes", "says"),
    [
        (timedelta(minutes=30), 60, 1, "a minute"),
        (timedelta(hours=12), 58, 15, "15 minutes"),
        (timedelta(hours=48), 58, 60, "an hour"),
        (timedelta(days=5), 58, 180, "3 hours"),
        (timedelta(days=50), 58, 1440, "a day"),
        (timedelta(days=365), 58, 10_080, "a week"),
        (timedelta(days=10_000), 58, 259_200, "180 days"),
    ],
)
def test_steps_are_round(span: timedelta, width: int, minutes: int, says: str) -> None:
    clock = TimeScale.over(EIGHT, EIGHT + span, width)
    assert (clock.minutes, clock.step_name) == (minutes, says)


def test_times_stand_below_their_steps() -> None:
    """In the zone of whoever looks; midnight by its day."""
    clock = TimeScale.over(EIGHT, EIGHT + timedelta(hours=24), 60)
    line = times_below(clock, timezone(timedelta(hours=1)))
    assert line.split() == ["12:00", "18:00", "23", "Nov", "06:00"]
    midnight = line.index("23 Nov") // clock.width
    assert clock.start + midnight * timedelta(minutes=clock.minutes) == EIGHT.replace(hour=23)


def test_every_class_but_success_has_a_line_of_its_own() -> None:
    rows = [(0, 200, 0.01, 90), (1, 502, 1.0, 10), (2, 0, None, 1)]
    cells = pl.DataFrame(
        [(EIGHT + timedelta(minutes=minute), *cell) for minute, *cell in rows],
        schema={name: SCHEMA[name] for name in ("minute", "status", "latency_le", "requests")},
        orient="row",
    )
    drawn = list(skyline(cells, TimeScale.over(EIGHT, EIGHT + timedelta(minutes=2), 3)))
    assert [(row.name, row.drawn) for row in drawn[3:]] == [
        ("all", "█▄▁"),
        ("5xx", " █ "),
        ("none", "  █"),
        ("p95", "▁█ "),
    ]
    assert [row.note for row in drawn] == ["at most 90", "", "", "", "at most 10", "at most 1", "at most 1 s"]
