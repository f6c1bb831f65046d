"""What `vistas logs` tells a person, line by line, as wide as their terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click
import polars as pl

from vistas.command_line.blocks import bar
from vistas.command_line.log_tables import groups, odd_lines, routes
from vistas.command_line.log_words import bold, heading, soft
from vistas.command_line.skyline import GUTTER, TONES, TimeScale, Tone, skyline, times_below
from vistas.command_line.writing import plain
from vistas.formatting.counts import counted
from vistas.formatting.values import format_between, format_span, format_value
from vistas.requests.summary import bucket_of, percentiles, status_class
from vistas.routine import Unit

if TYPE_CHECKING:
    from vistas.extensions.logs import LogOverview

_COLOURS = {"calm": "green", "blue": "cyan", "amber": "yellow", "red": "red"}
_STATUSES, _NAMES = 8, 11
_SAYS = 16
"""Room for what is said at the end of a line of the picture."""


def report(overview: LogOverview, *, width: int, by: str, top: int) -> list[str]:
    return [
        *_contents(overview, width),
        *_over_time(overview, width),
        *_answers(overview, width),
        *_spans(overview, width),
        *(groups(overview.groups, by, width, top) if by else routes(overview.routes, width, top)),
        *odd_lines(overview, width),
    ]


def _contents(overview: LogOverview, width: int) -> Iterator[str]:
    yield f"{bold(counted(overview.requests, 'request'))} in {counted(overview.lines, 'line')}"
    if overview.dialects:
        yield from _wrapped("format", ", ".join(_each(overview.dialects)), width)
    if overview.first and overview.last:
        yield from _wrapped("window", _window(overview.first.astimezone(), overview.last.astimezone()), width)
    if overview.set_aside:
        yield from _wrapped("set aside", ", ".join(_each(overview.set_aside)), width)
    if overview.unparsed:
        yield from _wrapped("unparsed", f"{overview.unparsed:,}", width)


def _wrapped(name: str, text: str, width: int) -> Iterator[str]:
    for number, line in enumerate(textwrap.wrap(text, width - _NAMES)):
        yield soft(f"{'' if number else name:<{_NAMES}}") + line


def _each(numbers: Mapping[str, int]) -> Iterator[str]:
    for name, number in numbers.items():
        yield f"{plain(name)} {number:,}"


def _window(first: datetime, last: datetime) -> str:
    day = "" if first.date() == last.date() else f"{last:%a} {last.day} {last:%b %Y}, "
    span = format_span((last - first).total_seconds())
    return f"{first:%a} {first.day} {first:%b %Y}, {first:%H:%M} to {day}{last:%H:%M %Z} ({span})"


def _over_time(overview: LogOverview, width: int) -> Iterator[str]:
    if not (overview.first and overview.last) or overview.last - overview.first < timedelta(minutes=2):
        return
    clock = TimeScale.over(overview.first, overview.last, width - GUTTER - _SAYS)
    drawn = clock.count * clock.width
    yield from heading(f"Requests in {clock.step_name}")
    for row in skyline(overview.cells, clock):
        name, blocks = soft(f"{row.name:<{GUTTER - 2}}"), _toned(row.drawn.ljust(drawn), row.tone)
        yield f"  {name}{blocks}  {soft(row.note)}"
    yield " " * GUTTER + soft(times_below(clock))


def _answers(overview: LogOverview, width: int) -> Iterator[str]:
    if not overview.requests:
        return
    statuses = (
        overview.cells.group_by("status", status_class(pl.col("status")).alias("class"))
        .agg(pl.col("requests").sum())
        .sort("requests", "status", descending=[True, False])
    )
    yield from heading("Answers")
    room = len(f"{overview.requests:,}")
    for status, name, number in statuses.head(_STATUSES).iter_rows():
        share = number / overview.requests
        said = f"  {status:<{GUTTER - 2}}{number:>{room},}  {format_value(share, Unit.RATIO):>7}"
        yield f"{said}  {_toned(bar(share, max(width - len(said) - 2, 1)), TONES[name])}"
    if statuses.height > _STATUSES:
        others = statuses["requests"].slice(_STATUSES).sum()
        yield soft(f"{'':{GUTTER}}{others:>{room},}  of {statuses.height - _STATUSES} other statuses")


def _spans(overview: LogOverview, width: int) -> Iterator[str]:
    """Percentiles as the buckets that they are known by; the slowest as it is written."""
    if not overview.requests:
        return
    yield from heading("How long it took")
    slow = percentiles(overview.cells).row(0, named=True)
    if slow["p50"] is None:
        yield "  not reported by this format"
        return
    told = {name: format_between(*bucket_of(seconds)) for name, seconds in slow.items()}
    told["slowest"] = format_span(overview.routes["slowest"].max() or 0)  # type: ignore[arg-type]
    line = ""
    for name, message in told.items():
        if line and len(click.unstyle(line)) + len(f"   {name} {message}") > width:
            yield line
            line = ""
        line += f"{'   ' if line else '  '}{soft(name)} {message}"
    yield line


def _toned(text: str, tone: Tone) -> str:
    return click.style(text, fg=_COLOURS[tone]) if tone in _COLOURS else text
