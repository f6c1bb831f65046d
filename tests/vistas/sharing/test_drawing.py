"""Where things stand in a chart."""

from __future__ import annotations

import math
import re
from datetime import timedelta
from itertools import pairwise

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import series_frames
from tests.vistas.sharing.making import NOW, RATE, SERIES, STRETCH, WINDOW, notice, series
from vistas.charts.prepared import QUIET
from vistas.routine import Look
from vistas.sharing.drawing import ChartDrawing, draw
from vistas.sharing.lines import NAMED, panels
from vistas.sharing.marks import PrintedMark
from vistas.snapshot import Frame, FrameKind, Window

STEP = timedelta(minutes=1)


def drawn(
    frame: Frame, look: Look = RATE, window: Window = WINDOW, marks: tuple[PrintedMark, ...] = ()
) -> ChartDrawing:
    return draw(panels(look, frame, window, marks), window, marks)


def many(count: int) -> Frame:
    times = [NOW - STEP * place for place in range(3, 0, -1)]
    rows = [
        {"labels": [{"name": "pod", "value": f"pod-{place}"}], "times": times, "values": [1.0 * place] * 3}
        for place in range(count)
    ]
    return Frame(FrameKind.SERIES, pl.DataFrame(rows, schema=SERIES), step=STEP)


def places(d: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) (-?[\d.]+)", d)]


def test_a_line_is_interrupted_where_samples_are_missing() -> None:
    frame = series(*[1.0] * 60, step=STEP)
    kept = frame.data.with_columns(
        pl.col("times").list.gather([*range(20), *range(40, 60)]),
        pl.col("values").list.gather([*range(20), *range(40, 60)]),
    )
    path = drawn(Frame(FrameKind.SERIES, kept, step=STEP)).panels[0].paths[0].d
    assert path.count("M") == 2


@pytest.mark.parametrize("hole", [math.nan, math.inf, -math.inf])
def test_a_line_is_interrupted_where_a_value_is_no_number(hole: float) -> None:
    path = drawn(series(1, 2, 3, hole, 3, 2, 1)).panels[0].paths[0].d
    assert path.count("M") == 2
    assert "nan" not in path
    assert "inf" not in path


def test_a_lonely_sample_is_a_dot() -> None:
    assert drawn(series(1, 2, math.nan, 9, math.nan, 1)).panels[0].paths[0].d.count("h.1") == 2


def test_a_long_line_is_thinned_but_keeps_its_peaks() -> None:
    values = [1.0] * 20_000
    values[7777] = 50.0
    panel = drawn(series(*values, step=timedelta(seconds=2))).panels[0]
    points = places(panel.paths[0].d)
    assert len(points) < 1500
    assert min(y for _, y in points) < panel.top + 12


def test_the_highest_series_are_named_and_the_rest_stay_in_the_background() -> None:
    panel = drawn(many(60)).panels[0]
    assert len(panel.names) == NAMED
    assert "pod-59" in {name.text for name in panel.names}
    assert sum(path.tone == "quiet" for path in panel.paths) == QUIET
    assert panel.caption.text == "8 of 60 series by name, 12 not drawn"


def test_where_normal_is_above_a_line_the_lowest_are_named() -> None:
    look = RATE.model_copy(update={"normal_above": 5.0})
    assert "pod-0" in {name.text for name in drawn(many(60), look).panels[0].names}


def test_a_marked_series_is_named_whatever_its_rank() -> None:
    anchor = STRETCH.model_copy(update={"series": ({"pod": "pod-3"},)})
    marks = (PrintedMark(notice(anchor=anchor), 1),)
    assert "pod-3" in {name.text for name in drawn(many(60), marks=marks).panels[0].names}


def test_names_at_the_ends_never_overlap() -> None:
    names = sorted(name.y for name in drawn(many(8)).panels[0].names)
    assert all(after - before >= 14.9 for before, after in pairwise(names))


def test_a_marked_stretch_is_tinted_where_it_was_and_numbered() -> None:
    drawing = drawn(series(*[1.0] * 100), marks=(PrintedMark(notice(anchor=STRETCH), 4),))
    (tint,) = drawing.tints
    across = drawing.right - drawing.left
    assert tint.number == 4
    assert tint.x == pytest.approx(drawing.left + across * 8 / 12, abs=0.2)
    assert tint.width == pytest.approx(across / 12, abs=0.2)


def test_numbers_of_stretches_beside_each_other_stay_apart() -> None:
    marks = tuple(PrintedMark(notice(anchor=STRETCH), number) for number in (1, 2, 3))
    discs = [tint.disc for tint in drawn(series(*[1.0] * 100), marks=marks).tints]
    assert all(after - before >= 24 for before, after in pairwise(discs))


def test_a_stretch_beyond_the_window_stays_on_the_chart() -> None:
    anchor = STRETCH.model_copy(update={"start": NOW - timedelta(days=9), "end": NOW + timedelta(days=9)})
    drawing = drawn(series(*[1.0] * 100), marks=(PrintedMark(notice(anchor=anchor), 1),))
    assert drawing.tints[0].x == drawing.left
    assert drawing.tints[0].x + drawing.tints[0].width == pytest.approx(drawing.right, abs=0.2)


@pytest.mark.parametrize("minutes", [1, 30, 720, 1440, 10_080, 500_000])
def test_times_are_few_and_end_with_the_zone(minutes: int) -> None:
    window = Window.ending(NOW, timedelta(minutes=minutes))
    times = drawn(series(1.0, 2.0, step=timedelta(seconds=10)), window=window).times
    assert times[-1].text == "UTC"
    assert len(times) <= 8


def test_an_instant_has_no_chart() -> None:
    assert panels(RATE, series(1.0), WINDOW, ()) == ()


@given(series_frames(), st.sampled_from([timedelta(minutes=1), timedelta(hours=12), timedelta(days=400)]))
def test_whatever_was_measured_stays_on_the_sheet(frame: Frame, span: timedelta) -> None:
    found = [time for times in frame.data["times"].to_list() for time in times]
    window = Window.ending(max(found, default=NOW) + timedelta(seconds=1), span)
    if shown := panels(RATE, frame, window, ()):
        drawing = draw(shown, window, ())
        for panel in drawing.panels:
            for x, y in (place for path in panel.paths for place in places(path.d)):
                assert drawing.left - 0.1 <= x <= drawing.right + 0.1
                assert panel.top - 0.1 <= y <= panel.bottom + 0.1
