"""Requests over time: panels by how they were answered, and how long they took."""

from __future__ import annotations

import polars as pl
import pytest

from dashboards.figures import request_figure
from tests.browser.stage_data import requests_frame, series_frame
from tests.dashboards.figures.making import look, snapshot
from vistas.routine import Drawing


def test_answered_turned_away_and_latency_are_panels_of_one_clock():
    figure = request_figure(look(), snapshot(requests_frame()))
    assert list(figure.layout.meta["panels"].values()) == [
        "Answered, a minute",
        "Turned away, a minute",
        "How long it took",
    ]
    by_name = {trace.meta["name"]: trace for trace in figure.data}
    assert by_name["2xx"].yaxis == "y"
    assert by_name["5xx"].yaxis == "y2"
    assert by_name["p99"].meta["unit"] == "seconds"
    assert by_name["5xx"].meta["labels"] == {"class": "5xx"}
    assert max(by_name["5xx"].y) == 25


def test_lines_without_latency_leave_that_panel_out():

    frame = requests_frame(120)
    bare = type(frame)(frame.kind, frame.data.with_columns(latency_le=pl.lit(None, dtype=pl.Float64)))
    assert "How long it took" not in request_figure(look(), snapshot(bare)).layout.meta["panels"].values()


def test_as_a_heatmap_the_rows_are_latencies_lowest_first():
    (trace,) = request_figure(look(draw=Drawing.HEATMAP), snapshot(requests_frame())).data
    assert trace.meta["rows"][0] == "up to 10 ms"
    assert trace.meta["rows"][-1] == "up to 5 s"
    assert sum(value or 0 for value in trace.z[0]) == 9 * 1440


def test_no_request_at_all_is_an_empty_panel():
    frame = requests_frame(1)
    empty = type(frame)(frame.kind, frame.data.clear())
    assert len(request_figure(look(), snapshot(empty)).data) == 0


def test_another_kind_of_frame_is_refused():
    with pytest.raises(ValueError, match="requests frame"):
        request_figure(look(), snapshot(series_frame(["a"])))


def test_a_day_of_requests_is_small():
    assert len(request_figure(look(), snapshot(requests_frame())).to_json()) < 100_000
