"""Whatever suits a snapshot: a chart, numbers, bars, a table, log patterns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

import streamlit as st

from dashboards.components.chart import marking_chart
from dashboards.components.marks import Mark, OnMark
from dashboards.components.numbers import bars_of, number_tiles, tiles_of
from dashboards.components.table import marking_table
from dashboards.components.table.cells import CellTable, table_of
from dashboards.components.table.patterns import marking_patterns
from dashboards.components.table.states import state_table
from dashboards.figures import describe, drawing_of, figure_for, request_figure
from vistas.charts.covered import covered, say_short, shown_window
from vistas.charts.prepared import is_over_time
from vistas.routine import Drawing, Look
from vistas.snapshot import Frame, FrameKind, Snapshot
from vistas.vista.notice import Stretch


def evidence(
    look: Look,
    snapshot: Snapshot,
    *,
    key: str,
    zone: ZoneInfo,
    now: datetime,
    marks: Sequence[Mark] = (),
    on_mark: OnMark | None = None,
    own_window: str = "",
) -> None:
    """Draw a snapshot's frame as its look says, or as suits it. Ages are counted back from `now`.

    `own_window` says in what its stretch of time differs from the walk's.

    Raises ValueError for a gap, which has nothing to draw.
    """
    frame = snapshot.frame
    if frame is None:
        raise ValueError(f"a gap has nothing to draw: {snapshot.content!r}")
    at: dict[str, Any] = {
        "key": key,
        "look": snapshot.look,
        "source": snapshot.source,
        "marks": marks,
        "on_mark": on_mark,
    }
    title = f"{look.title}, {own_window}" if own_window else look.title
    match frame.kind:
        case FrameKind.LINES:
            marking_patterns(frame, zone=zone, now=now, label=title, **at)
        case FrameKind.OBJECTS:
            marking_table(table_of(frame), zone=zone, now=now, label=title, **at)
        case FrameKind.REQUESTS | FrameKind.SERIES:
            _measured(look, snapshot, frame, title, zone=zone, now=now, at=at)


def _measured(
    look: Look, snapshot: Snapshot, frame: Frame, title: str, *, zone: ZoneInfo, now: datetime, at: dict[str, Any]
) -> None:
    drawing = drawing_of(look, frame)
    if drawing is Drawing.STATES and not is_over_time(frame):
        marking_table(state_table(look, frame, snapshot.provenance.asked), zone=zone, now=now, label=title, **at)
        return
    if frame.kind is FrameKind.SERIES and drawing is Drawing.NUMBERS:
        number_tiles(tiles_of(look, frame, zone), label=title, **at)
        return
    if frame.kind is FrameKind.SERIES and drawing in {Drawing.BARS, Drawing.TABLE}:
        table: CellTable = bars_of(tiles_of(look, frame, zone))
        marking_table(table, zone=zone, now=now, label=title, **at)
        return
    asked = snapshot.provenance.asked
    data = covered(frame, asked)
    within = shown_window(data, asked, _stretches(at["marks"], snapshot))
    make = request_figure if frame.kind is FrameKind.REQUESTS else figure_for
    figure = make(look, snapshot, within=within)
    marking_chart(figure, zone=zone, alt=describe(title, figure, within, zone), **at)
    if short := say_short(data, asked, zone):
        st.html(f'<p class="mv-note">{escape(short)}</p>')


def _stretches(marks: Sequence[Mark], snapshot: Snapshot) -> Iterator[tuple[datetime, datetime]]:
    """What is marked on this look."""
    for mark in marks:
        anchor = mark.notice.anchor
        if isinstance(anchor, Stretch) and (anchor.look, anchor.source) == (snapshot.look, snapshot.source):
            yield anchor.start, anchor.end
