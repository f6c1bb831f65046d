"""Single values as tiles and bars."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from dashboards.components.numbers import bars_of, tiles_of
from tests.browser.stage_data import instant_frame, series_frame
from tests.dashboards.figures.making import look
from vistas.routine import Unit


def test_the_newest_value_of_each_series_highest_first():
    tiles = tiles_of(look(unit=Unit.REQUESTS_PER_SECOND), instant_frame(["a", "b", "c"]))
    assert [(tile.name, round(tile.value or 0)) for tile in tiles] == [("a", 100), ("b", 50), ("c", 33)]


def test_what_is_normal_is_said_and_judged():
    first, second = tiles_of(look(normal_below=60), instant_frame(["a", "b"]))
    assert (first.normal, first.tone) == ("normal: below 60", "amber")
    assert second.tone == "green"


def test_where_normal_is_above_the_lowest_come_first():
    assert [tile.name for tile in tiles_of(look(normal_above=60), instant_frame(["a", "b"]))] == ["b", "a"]


def test_bars_are_shares_of_the_longest_and_hang_on_their_series():
    table = bars_of(tiles_of(look(), instant_frame(["a", "b"])))
    assert [bar["share"] for bar in table.cells[1]] == [1.0, 0.5]
    assert table.anchors[1]["series"] == [{"service": "b"}]


def test_a_date_is_written_by_the_viewers_clock_and_has_no_length():
    dates = look(unit=Unit.DATES, normal_above=1_795_073_400)
    tiles = tiles_of(dates, instant_frame(["a"]), ZoneInfo("Asia/Kolkata"))
    assert (tiles[0].text, tiles[0].normal) == ("1 Jan 1970, 05:31", "normal: above 19 Nov 2026, 13:00")
    assert tiles_of(dates, instant_frame(["a"]))[0].text == "1 Jan 1970, 00:01 UTC"
    assert [bar["share"] for bar in bars_of(tiles).cells[1]] == [0.0]


def test_no_series_is_no_tile():
    assert tiles_of(look(), series_frame([])) == []
