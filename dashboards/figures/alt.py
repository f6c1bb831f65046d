"""A chart in one sentence, for those who cannot see it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from plotly.graph_objects import Figure

from vistas.formatting.values import format_value
from vistas.routine import Unit
from vistas.snapshot import Window


def describe(title: str, figure: Figure, window: Window, zone: ZoneInfo) -> str:
    """What is drawn, over which time, where the highest value stands and where it ended.

    >>> describe("Requests", figure, window, zone)  # doctest: +SKIP
    "Requests. 3 series from Sun 20:00 to Mon 08:00 WET. Highest: 5xx with 24/s at Mon 02:30; at the end 1/s."
    """
    start, end = window.start.astimezone(zone), window.end.astimezone(zone)
    over = f"from {start:%a %H:%M} to {end:%a %H:%M %Z}"
    meta = figure.layout.meta
    if spoken := meta.get("spoken"):
        return f"{title}, {over}. {spoken}"
    traces = [trace for trace in figure.data if trace.type == "scatter"]
    if not traces:
        cells = any(trace.type == "heatmap" for trace in figure.data)
        return f"{title}. {'A heatmap' if cells else 'No data'} {over}."
    counted = f"{len(traces)} series" if len(traces) > 1 else str(traces[0].meta["name"])
    peaks = [peak for trace in traces if (peak := _peak(trace)) is not None]
    if not peaks:
        return f"{title}. {counted} {over}, without a value."
    value, moment, trace = max(peaks, key=lambda peak: peak[0])
    unit = Unit(trace.meta.get("unit") or meta["unit"])
    at = datetime.fromtimestamp(moment / 1000, UTC).astimezone(zone)
    named = f"{trace.meta['name']} with " if len(traces) > 1 else ""
    last = next((each for each in reversed(trace.y) if each is not None), None)
    return (
        f"{title}. {counted} {over}. "
        f"Highest: {named}{format_value(value, unit, zone)} at {at:%a %H:%M}; "
        f"at the end {format_value(last, unit, zone)}."
    )


def _peak(trace: Any) -> tuple[float, int, Any] | None:
    known = [(value, time) for value, time in zip(trace.y, trace.x, strict=True) if value is not None]
    return (*max(known, key=lambda each: each[0]), trace) if known else None
