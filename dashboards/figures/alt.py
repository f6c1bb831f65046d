"""A chart in one sentence, for those who cannot see it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any, Final
from zoneinfo import ZoneInfo

from plotly.graph_objects import Figure

from vistas.formatting.values import format_value
from vistas.routine import Unit
from vistas.snapshot import Window

_SAID: Final = 8
"""So many stretches are told."""


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
    if meta.get("key") is not None:
        return f"{title}, {over}. {_states(figure, meta, zone)}"
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


def _states(figure: Figure, meta: Mapping[str, Any], zone: ZoneInfo) -> str:
    """`node-3 was NotReady from 02:10 to 02:25`, of what is no longer as it mostly was; then who never changed."""
    told = [(trace.meta["name"], trace.meta["runs"]) for trace in figure.data if trace.meta]
    if not told:
        return "No data."
    odd = [
        f"{name} {did} from {_clock(start, zone)} to {_clock(end, zone)}"
        for name, runs in told
        for start, end, did in _odd(runs)
    ]
    usual = [name for name, runs in told if not list(_odd(runs))]
    said = [*odd[:_SAID], *([f"and {len(odd) - _SAID} more stretches"] if len(odd) > _SAID else [])]
    if usual:
        who = f"{usual[0]} was" if len(usual) == 1 else f"{len(usual) if odd else 'all'} were"
        said.append(f"{who} {meta['key'][0]['text']} throughout")
    more = f" {meta['left_out'].capitalize()}." if meta["left_out"] else ""
    return f"{'; '.join(said)}.{more}"


def _odd(runs: Sequence[Mapping[str, Any]]) -> Iterator[tuple[int, int, str]]:
    """When it was not as usual, and what it did then."""
    for run, following in pairwise((*runs, None)):
        assert run is not None  # noqa: S101 - only the last is none
        if not run["quiet"]:
            yield run["start"], run["end"], f"was {run['word']}"
        if following is not None and run["end"] < following["start"]:
            yield run["end"], following["start"], "said nothing"


def _clock(milliseconds: int, zone: ZoneInfo) -> str:
    return f"{datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone(zone):%H:%M}"


def _peak(trace: Any) -> tuple[float, int, Any] | None:
    known = [(value, time) for value, time in zip(trace.y, trace.x, strict=True) if value is not None]
    return (*max(known, key=lambda each: each[0]), trace) if known else None
