"""Which figure suits a snapshot."""

from __future__ import annotations

from plotly.graph_objects import Figure

from dashboards.figures.heatmap import heatmap_figure
from dashboards.figures.lines import line_figure, stacked_figure
from dashboards.figures.states import state_figure
from vistas.routine import Drawing, Look
from vistas.snapshot import Frame, FrameKind, Snapshot, Window

HEIGHT = 320


def drawing_of(look: Look, frame: Frame) -> Drawing:
    """How a look is drawn: as it says, else as its data suggests."""
    if look.draw is not None:
        return look.draw
    match frame.kind:
        case FrameKind.OBJECTS:
            return Drawing.TABLE
        case FrameKind.LINES:
            return Drawing.PATTERNS
        case FrameKind.REQUESTS:
            return Drawing.STACKED
        case FrameKind.SERIES:
            return _of_series(frame)


def _of_series(frame: Frame) -> Drawing:
    if frame.rows and "histograms" in frame.data.columns:
        return Drawing.HEATMAP
    instant = not frame.rows or frame.data["times"].list.len().max() in {0, 1}
    if instant and frame.step is None:
        return Drawing.NUMBERS if frame.rows <= 4 else Drawing.BARS  # noqa: PLR2004 - as many as fit in a row
    return Drawing.LINES


def figure_for(look: Look, snapshot: Snapshot, *, height: int = HEIGHT, within: Window | None = None) -> Figure:
    """The figure of a `series` frame over time. ValueError where the snapshot is a gap or of another kind.

    `within` is the stretch that is drawn, by default all that was asked.
    """
    frame = snapshot.frame
    if frame is None or frame.kind is not FrameKind.SERIES:
        raise ValueError(f"a chart over time needs a series frame, not {snapshot.content!r}")
    window = within or snapshot.provenance.asked
    match drawing_of(look, frame):
        case Drawing.STACKED:
            return stacked_figure(look, frame, window, height=height)
        case Drawing.STATES:
            return state_figure(look, frame, window)
        case Drawing.HEATMAP:
            return heatmap_figure(look, frame, window, height=height)
        case _:
            return line_figure(look, frame, window, height=height)
