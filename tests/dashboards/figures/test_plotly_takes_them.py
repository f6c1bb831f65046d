"""Figures are made without Plotly's validation; here it is made up for, on each kind that is drawn."""

from __future__ import annotations

import pytest
from plotly.graph_objects import Figure

from dashboards.figures import figure_for, request_figure
from vistas.routine import Drawing, Look
from vistas.sharing import read_bundle
from vistas.snapshot import FrameKind, Snapshot
from vistas.vista import Vista
from vistas.workspace import bundled

MAKE = {FrameKind.SERIES: figure_for, FrameKind.REQUESTS: request_figure}


def drawn_over_time(vista: Vista) -> list[tuple[Look, Snapshot]]:
    return [
        (look, snapshot)
        for stop in vista.routine.stops
        for look in stop.looks
        for snapshot in vista.at(stop.stop)
        if snapshot.look == look.look and snapshot.frame and snapshot.frame.kind in MAKE
    ]


@pytest.mark.parametrize("drawing", [None, Drawing.LINES, Drawing.STACKED, Drawing.HEATMAP])
def test_every_figure_of_a_recorded_morning_is_valid(drawing: Drawing | None) -> None:
    """Plotly names what it does not know, or does not take, and changes nothing."""
    every = drawn_over_time(read_bundle(bundled()[0]))
    assert {snapshot.frame.kind for _, snapshot in every if snapshot.frame} == set(MAKE)
    for look, snapshot in every:
        as_drawn = look if drawing is None else look.model_copy(update={"draw": drawing})
        assert snapshot.frame is not None
        figure = MAKE[snapshot.frame.kind](as_drawn, snapshot)
        assert Figure(figure.to_dict(), skip_invalid=False).to_dict() == figure.to_dict()
