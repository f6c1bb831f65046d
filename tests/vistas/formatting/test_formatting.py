"""Values, spans, times and names read the same wherever they are written."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vistas.formatting.values import format_span, format_value, series_names
from vistas.routine import NAMED_BY, Unit
from vistas.vista.notice import Labels

THIN, NARROW = "\u2009", "\u202f"


@pytest.mark.parametrize(
    ("value", "unit", "written"),
    [
        (0, Unit.NUMBER, "0"),
        (12.345, Unit.NUMBER, "12.3"),
        (9876.5, Unit.NUMBER, f"9{THIN}876"),
        (12_345, Unit.NUMBER, f"12.3{NARROW}k"),
        (-2_500_000, Unit.NUMBER, f"-2.5{NARROW}M"),
        (0.982, Unit.RATIO, "98.2 %"),
        (98.2, Unit.PERCENT, "98.2 %"),
        (1500, Unit.MILLISECONDS, "1.5 s"),
        (0.25, Unit.MILLISECONDS, "250 µs"),
        (-90_000, Unit.MILLISECONDS, "−90 s"),
        (1500, Unit.MICROSECONDS, "1.5 ms"),
        (42, Unit.MICROSECONDS, "42 µs"),
        (0, Unit.MICROSECONDS, "0 s"),
        (0.34, Unit.SECONDS, "340 ms"),
        (1.5, Unit.HOURS, "90 min"),
        (21, Unit.DAYS, "21 d"),
        (1_342_177_280, Unit.BYTES, f"1.25{NARROW}GiB"),
        (512, Unit.BYTES, f"512{NARROW}B"),
        (2048, Unit.BYTES_PER_SECOND, f"2{NARROW}KiB/s"),
        (640, Unit.BITS_PER_SECOND, f"640{NARROW}bit/s"),
        (1000, Unit.BITS_PER_SECOND, f"1{NARROW}kbit/s"),
        (-12_500_000, Unit.BITS_PER_SECOND, f"-12.5{NARROW}Mbit/s"),
        (12.3, Unit.PER_SECOND, "12.3/s"),
        (12_300, Unit.PER_SECOND, f"12.3{NARROW}k/s"),
        (12.4, Unit.REQUESTS_PER_SECOND, "12.4/s"),
        (0.25, Unit.CORES, "250 m"),
        (3.5, Unit.CORES, "3.5 cores"),
        (1_795_073_400, Unit.DATES, "19 Nov 2026, 07:30 UTC"),
        (1_795_073_459.9, Unit.DATES, "19 Nov 2026, 07:30 UTC"),
        (0, Unit.DATES, "1 Jan 1970, 00:00 UTC"),
        (-1e-9, Unit.DATES, "31 Dec 1969, 23:59 UTC"),
        (1_795_073_400_000, Unit.DATES, f"1.8{NARROW}T"),
        (math.nan, Unit.DATES, "no data"),
        (math.nan, Unit.BYTES, "no data"),
        (None, Unit.NUMBER, "no data"),
        (math.inf, Unit.SECONDS, "∞"),
        (-math.inf, Unit.RATIO, "−∞"),
    ],
)
def test_a_value_has_three_digits_and_its_unit(value: float | None, unit: Unit, written: str) -> None:
    assert format_value(value, unit) == written


def test_a_date_is_written_by_the_viewers_clock() -> None:
    """Beside other times by the same clock it needs no name of a zone."""
    assert format_value(1_795_073_400, Unit.DATES, ZoneInfo("Asia/Kolkata")) == "19 Nov 2026, 13:00"
    assert format_value(1_795_073_400, Unit.DATES, ZoneInfo("Pacific/Honolulu")) == "18 Nov 2026, 21:30"
    assert format_value(12, Unit.SECONDS, ZoneInfo("Asia/Kolkata")) == "12 s"


@pytest.mark.parametrize(
    ("seconds", "written"),
    [
        (0, "0 s"),
        (0.000_25, "250 µs"),
        (0.34, "340 ms"),
        (12.5, "12.5 s"),
        (119, "119 s"),
        (600, "10 min"),
        (11_520, "3.2 h"),
        (1_814_400, "21 d"),
        (-90, "−90 s"),
    ],
)
def test_a_span_takes_the_unit_that_suits_it(seconds: float, written: str) -> None:
    assert format_span(seconds) == written


@given(st.floats(), st.sampled_from(Unit))
def test_every_number_can_be_written_in_little_room(value: float, unit: Unit) -> None:
    """Axes and table cells make room for what is written, whatever a tool measured."""
    assert 0 < len(format_value(value, unit)) <= 24


@given(st.floats(min_value=1e-6, max_value=1e9))
def test_a_written_span_is_the_span_within_its_digits(seconds: float) -> None:
    number, unit = format_span(seconds).rsplit(" ", 1)
    size = {"µs": 1e-6, "ms": 1e-3, "s": 1, "min": 60, "h": 3600, "d": 86_400}[unit]
    assert float(number.replace(THIN, "")) * size == pytest.approx(seconds, rel=0.006)


def series_name(labels: Labels, others: Sequence[Labels] = (), template: str | None = None) -> str:
    return series_names([labels, *others], template)[0]


BLUE = {"__name__": "up", "cluster": "eu", "pod": "parser-1"}
GREEN = {"__name__": "up", "cluster": "eu", "pod": "parser-2"}


def test_a_series_is_named_by_what_tells_it_from_the_others() -> None:
    assert series_name(BLUE, [BLUE, GREEN]) == "parser-1"


def test_a_series_alone_is_named_by_all_its_labels() -> None:
    assert series_name(BLUE, [BLUE]) == "eu · parser-1"


def test_a_label_that_others_lack_tells_a_series_apart() -> None:
    assert series_name({"pod": "a", "zone": "x"}, [{"pod": "a", "zone": "x"}, {"pod": "a"}]) == "x"


def test_a_template_names_a_series_and_a_label_it_lacks_is_empty() -> None:
    assert series_name(BLUE, [BLUE, GREEN], "{{cluster}}/{{ pod }}{{zone}}") == "eu/parser-1"
    assert series_name(BLUE, [BLUE, GREEN], "{{zone}} {{cluster}}") == "eu"


@pytest.mark.parametrize(("labels", "name"), [({}, "value"), ({"__name__": "up"}, "up"), ({"pod": ""}, "value")])
def test_a_series_without_telling_labels_still_has_a_name(labels: dict[str, str], name: str) -> None:
    assert series_name(labels, [labels]) == name


def test_series_of_several_queries_are_named_by_their_query() -> None:
    """Its name is the template, followed by what tells them apart where that does not."""
    sets = [
        {NAMED_BY: "{{device}} in", "device": "eth0", "node": "a"},
        {NAMED_BY: "out", "device": "eth0", "node": "a"},
        {NAMED_BY: "out", "device": "eth1", "node": "a"},
        {NAMED_BY: "all"},
        {NAMED_BY: "{{device}}", "node": "a"},
    ]
    assert series_names(sets, "never {{node}}") == ["eth0 in", "out · eth0", "out · eth1", "all", "a"]


class _Counted(dict[str, str]):
    """Labels that count how often they are asked for a value, whoever asks."""

    asked = 0

    def items(self) -> Any:
        type(self).asked += 1
        return super().items()

    def get(self, *wanted: Any) -> Any:
        type(self).asked += 1
        return super().get(*wanted)


def test_many_names_take_one_look_at_each_series() -> None:
    """What tells series apart is found out once, not once for each: 10,000 of them would be 100 million looks."""
    every = [_Counted(cluster="eu", pod=f"parser-{number}") for number in range(500)]
    assert series_names(every)[:2] == ["parser-0", "parser-1"]
    assert _Counted.asked <= 2 * len(every)
    assert series_names(every) == [series_name(labels, every) for labels in every]
