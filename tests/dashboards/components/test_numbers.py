"""Single values as tiles and bars."""

from __future__ import annotations

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


def test_no_series_is_no_tile():
    assert tiles_of(look(), series_frame([])) == []
