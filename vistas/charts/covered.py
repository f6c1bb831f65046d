"""Data that covers only a small part of its window: what stretch is drawn then, and how that is said."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Final

from vistas.formatting.times import say_clock
from vistas.snapshot import Frame, FrameKind, Window

if TYPE_CHECKING:
    import polars as pl

SHORT: Final = 0.25
"""Data that covers less of its window than this is drawn where it is."""
AIR: Final = 0.06
"""Of the data's length, on either side of it."""
MINUTE: Final = timedelta(minutes=1)

Moments = tuple[datetime, datetime]


def covered(frame: Frame, window: Window) -> Window | None:
    """From the first sample within the window to the end of the last; None where there is none over time."""
    inside = [each for each in _moments(frame) if each is not None and window.start <= each <= window.end]
    if not inside:
        return None
    ends = min(max(inside) + (frame.step or MINUTE), window.end)
    return Window(min(inside), max(ends, min(inside) + timedelta(milliseconds=1)))


def _moments(frame: Frame) -> Iterable[datetime | None]:
    """The first and the last that it has."""
    import polars as pl

    match frame.kind:
        case FrameKind.REQUESTS:
            return _ends(frame.data["minute"])
        case FrameKind.SERIES:
            series = _ends(frame.data["times"].explode())
            if "histograms" not in frame.data.columns:
                return series
            found = frame.data.select(pl.col("histograms").explode()).drop_nulls().unnest("histograms")
            return (*series, *_ends(found["time"]))
        case _:
            return ()


def _ends(times: pl.Series) -> Moments | tuple[()]:
    first, last = times.min(), times.max()
    return (first, last) if isinstance(first, datetime) and isinstance(last, datetime) else ()


def shown_window(data: Window | None, window: Window, marked: Iterable[Moments] = ()) -> Window:
    """The window, or the short stretch of it that has data, with a little air and all that is `marked`."""
    if not is_short(data, window) or data is None:
        return window
    stretches = [(data.start, data.end), *marked]
    first, last = min(start for start, _ in stretches), max(end for _, end in stretches)
    air = max(AIR * (last - first), MINUTE / 2)
    return Window(max(window.start, first - air), min(window.end, last + air))


def is_short(data: Window | None, window: Window) -> bool:
    return data is not None and data.span < SHORT * window.span


def say_short(data: Window | None, window: Window, zone: tzinfo = UTC) -> str:
    """`Data from 05:50 to 06:00 only; the window begins at 18:00.`; empty for data that is not short."""
    if not is_short(data, window) or data is None:
        return ""
    near = SHORT * data.span + MINUTE
    begins, ends = data.start - window.start > near, window.end - data.end > near
    first, last, start, end = (
        say_clock(moment, window, zone) for moment in (data.start, data.end, window.start, window.end)
    )
    if begins and ends:
        rest = f"the window is from {start} to {end}"
    else:
        rest = f"the window begins at {start}" if begins else f"the window ends at {end}"
    return f"Data from {first} to {last} only; {rest}."
