"""A chart on which people mark a stretch of time, a series at a moment, or a cell."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from plotly.graph_objects import Figure

from dashboards.components import notices
from dashboards.components.marks import Mark, OnMark


def marking_chart(
    figure: Figure,
    *,
    key: str,
    look: str,
    source: str,
    zone: ZoneInfo,
    alt: str,
    marks: Sequence[Mark] = (),
    on_mark: OnMark | None = None,
) -> None:
    """Draw a figure made by `dashboards.figures`, at the height it has; times are shown in `zone`.

    `alt` says in a sentence what is to be seen. Redrawing with other marks keeps zoom, selection and typed words.
    """
    notices.mount(
        "components/chart/marking_chart.js",
        key=key,
        look=look,
        source=source,
        marks=notices.stretch_marks(marks, look, source),
        on_mark=on_mark,
        data={"figure": figure.to_json(validate=False), "alt": alt, "zone": zone.key},
    )
