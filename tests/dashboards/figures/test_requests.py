"""Requests over time: panels by how they were answered, and how long they took."""

from __future__ import annotations

import polars as pl
import pytest

from dashboards.figures import describe, request_figure
from dashboards.ui.theme import LIGHT
from tests.browser.stage_data import move_frame, requests_frame, series_frame
from tests.dashboards.figures.making import LISBON, WINDOW, look, snapshot
from vistas.routine import Drawing, Look
from vistas.snapshot import Frame


def moving() -> Look:
    return Look(look="rate", title="Rate", source="door", take="controllers")


def test_answered_turned_away_and_latency_are_panels_of_one_clock():
    figure = request_figure(look(), snapshot(requests_frame()))
    assert list(figure.layout.meta["panels"].values()) == [
        "Answered per minute",
        "Turned away per minute",
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


def test_controllers_stand_side_by_side():
    """A panel a measure, the same colour for the same controller in each, named by labels of its own."""
    figure = request_figure(moving(), snapshot(move_frame()))
    assert list(figure.layout.meta["panels"].values()) == [
        "Requests per minute",
        "Share answered with 4xx",
        "Share answered with 5xx or not at all",
        "How long it took",
        "Retries per 100 requests",
    ]
    colours = {}
    for trace in figure.data:
        colours.setdefault(trace.meta["labels"]["controller"], set()).add(trace.line.color)
    assert colours == {"ingress-nginx": {LIGHT["series-2"]}, "Traefik": {LIGHT["series-1"]}}
    labels = [tuple(trace.meta["labels"].items()) for trace in figure.data]
    assert len(set(labels)) == len(labels) == 12
    assert len(figure.to_json()) < 100_000


def test_controllers_are_said_in_words():
    look = moving()
    figure = request_figure(look, snapshot(move_frame()))
    said = describe(look.title, figure, WINDOW, LISBON)
    assert said.startswith("Rate, from Sun 08:00 to Mon 08:00 WET. ingress-nginx: ")
    assert "Traefik: " in said


@pytest.mark.parametrize("columns", [{}, {"controller": None}, {"controller": "Kong"}])
def test_controllers_of_a_frame_that_tells_little(columns):
    """An older frame, or one that is empty, is drawn all the same."""
    frame = requests_frame(60)
    data = frame.data.with_columns(pl.lit(value, dtype=pl.String).alias(name) for name, value in columns.items())
    assert len(request_figure(moving(), snapshot(Frame(frame.kind, data))).data) > 0
    assert len(request_figure(moving(), snapshot(Frame(frame.kind, data.clear()))).data) == 0


def test_another_kind_of_frame_is_refused():
    with pytest.raises(ValueError, match="requests frame"):
        request_figure(look(), snapshot(series_frame(["a"])))


def test_a_day_of_requests_is_small():
    assert len(request_figure(look(), snapshot(requests_frame())).to_json()) < 100_000
