"""Series as lines and areas: who is named, what is interrupted, how much is sent."""

from __future__ import annotations

import json
import math
import re
from datetime import timedelta

import polars as pl
import pytest

from dashboards.figures import describe, figure_for
from tests.browser.stage_data import DAY, END, series_frame
from tests.dashboards.figures.making import LISBON, WINDOW, look, snapshot
from vistas.routine import Drawing, Unit
from vistas.snapshot import Frame, FrameKind, Gap, GapReason


def frame_of(
    values: list[float | None], *, gone: slice = slice(0, 0), step: timedelta = timedelta(minutes=1)
) -> Frame:
    times = [END - step * (len(values) - place) for place in range(len(values))]
    del times[gone], values[gone]
    row = {"labels": [{"name": "pod", "value": "parser"}], "times": times, "values": values}
    kinds = series_frame(["x"], points=1).data.schema
    return Frame(FrameKind.SERIES, pl.DataFrame([row], schema=kinds), step=step)


def test_a_gap_is_a_gap_and_not_a_slope():
    """Where samples are missing for more than one and a half steps, the line is interrupted."""
    figure = figure_for(look(), snapshot(frame_of([1.0] * 60, gone=slice(20, 30))))
    (trace,) = figure.data
    assert trace.y.count(None) == 1
    assert trace.connectgaps is False


def test_nan_and_infinity_interrupt_the_line_and_infinity_is_told():
    """Nothing can be drawn for them; the caption counts the infinite ones."""
    figure = figure_for(look(), snapshot(frame_of([1.0, math.nan, 2.0, math.inf, 3.0])))
    assert list(figure.data[0].y) == [1, None, 2, None, 3]
    assert figure.layout.meta["panels"]["y"] == "1 infinite value left out"


def test_the_figure_is_json_that_a_browser_reads():
    """No NaN or Infinity reaches the browser, whose JSON knows neither."""
    text = figure_for(look(), snapshot(frame_of([1.0, math.nan, math.inf]))).to_json()
    json.loads(text, parse_constant=pytest.fail)


def test_a_peak_of_one_sample_survives_thinning():
    """Whatever is left out, the highest and the lowest sample are still there, at their own times."""
    values = [10.0] * 20_000
    values[12_345], values[333] = 99.0, -7.0
    frame = frame_of(values, step=timedelta(seconds=4))
    (trace,) = figure_for(look(), snapshot(frame)).data
    assert len(trace.y) <= 1000
    at = trace.y.index(99.0)
    assert trace.x[at] == round((END - timedelta(seconds=4) * (20_000 - 12_345)).timestamp() * 1000)
    assert -7.0 in trace.y


@pytest.mark.parametrize(("series", "points"), [(10, 720), (1, 11_000), (300, 240), (52, 2000)])
def test_a_chart_is_at_most_400_kb_whatever_was_gathered(series, points):
    frame = series_frame([f"service-{place}" for place in range(series)], points=points)
    figure = figure_for(look(unit=Unit.BYTES), snapshot(frame))
    assert len(figure.to_json()) <= 400_000


def test_the_highest_are_named_the_rest_quiet_and_the_uncounted_counted():
    """Twelve by name; a caption says of how many, and how many are not drawn."""
    figure = figure_for(look(), snapshot(series_frame([f"s{place:03}" for place in range(100)], points=50)))
    named = [trace.meta["name"] for trace in figure.data if not trace.meta["quiet"]]
    assert sorted(named) == [f"s{place:03}" for place in range(12)]
    assert figure.layout.meta["panels"]["y"] == "12 of 100 series by name, 48 not drawn"


def test_where_normal_is_above_the_lowest_stand_out():
    figure = figure_for(
        look(normal_above=3), snapshot(series_frame([f"s{place:03}" for place in range(60)], points=20))
    )
    assert "s059" in [trace.meta["name"] for trace in figure.data if not trace.meta["quiet"]]


def test_traces_carry_their_labels():
    """Marks name series by labels, so each trace brings them."""
    (trace,) = figure_for(look(), snapshot(series_frame(["api"]))).data
    assert trace.meta["labels"] == {"job": "ingress", "service": "api"}


def test_what_is_normal_is_a_line_with_words_as_long_as_it_flattens_nothing():
    near = figure_for(look(normal_below=500), snapshot(series_frame(["api"])))
    assert [each["text"] for each in near.layout.meta["references"]] == ["normal: below 500"]
    far = figure_for(look(normal_below=500_000), snapshot(series_frame(["api"])))
    assert far.layout.meta["references"] == []
    assert far.layout.yaxis.range[1] < 1000


def test_stacked_areas_share_one_clock_and_add_up_the_small():
    """At every time each layer has a value, so that the top is the sum; what is beyond twelve is one layer."""
    frame = series_frame([f"s{place}" for place in range(15)], points=300, heights=[10.0] * 15)
    figure = figure_for(look(draw=Drawing.STACKED), snapshot(frame))
    assert len({trace.x for trace in figure.data}) == 1
    assert all(None not in trace.y for trace in figure.data)
    assert figure.data[-1].meta["name"] == "4 others"
    assert sum(trace.y[10] for trace in figure.data) == pytest.approx(150 * 1.06, rel=0.05)


def test_a_heatmap_has_a_row_a_series_and_few_columns():
    figure = figure_for(look(draw=Drawing.HEATMAP), snapshot(series_frame(["a", "b"], points=5000)))
    (trace,) = figure.data
    assert list(trace.meta["rows"]) == ["b", "a"]
    assert len(trace.x) == 240
    assert len(trace.z) == 2


def test_a_native_histogram_is_a_heatmap_of_its_buckets():
    """All series added up, a bucket a row, lowest first."""
    buckets = [{"lower": 0.0, "upper": 0.1, "count": 4.0}, {"lower": 0.1, "upper": 0.2, "count": 6.0}]
    told = [
        {"time": END - timedelta(minutes=place), "count": 10.0, "sum": 1.0, "buckets": buckets}
        for place in range(5)
    ]
    plain = series_frame(["a", "b"], points=1).data.with_columns(pl.Series("histograms", [told, told]))
    frame = Frame(FrameKind.SERIES, plain, step=timedelta(minutes=1))
    (trace,) = figure_for(look(unit=Unit.SECONDS, draw=Drawing.HEATMAP), snapshot(frame)).data
    assert list(trace.meta["rows"]) == ["up to 100 ms", "up to 200 ms"]
    assert max(value for value in trace.z[1] if value is not None) == pytest.approx(12)


def test_the_sentence_says_who_when_and_how_high():
    figure = figure_for(look(unit=Unit.REQUESTS_PER_SECOND), snapshot(series_frame(["api", "checkout"])))
    said = describe("Requests", figure, WINDOW, LISBON)
    assert re.fullmatch(
        r"Requests\. 2 series from Sun 08:00 to Mon 08:00 WET\. "
        r"Highest: api with 520/s at Sun 1[34]:\d\d; at the end 399/s\.",
        said,
    )


def test_an_empty_frame_is_a_figure_that_says_so():
    figure = figure_for(look(draw=Drawing.LINES), snapshot(series_frame([])))
    assert describe("Requests", figure, WINDOW, LISBON).startswith("Requests. No data")


def test_a_gap_has_no_figure():
    with pytest.raises(ValueError, match="needs a series frame"):
        figure_for(look(), snapshot(Gap(GapReason.TOO_SLOW, "It took too long.")))


def test_the_window_is_the_axis_even_where_data_is_missing():
    """What was asked for is shown, so that silence at the edge is seen."""
    figure = figure_for(look(), snapshot(frame_of([1.0, 2.0])))
    begin, end = figure.layout.xaxis.range
    assert end - begin == DAY.total_seconds() * 1000
