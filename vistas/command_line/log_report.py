"""What `vistas logs` tells a person, line by line, as wide as their terminal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import click
import polars as pl

from vistas.command_line.blocks import bar
from vistas.command_line.skyline import GUTTER, TONES, Clock, Tone, skyline, times_below
from vistas.command_line.writing import plain
from vistas.formatting import format_span, format_value
from vistas.requests_summary import percentiles, status_class
from vistas.routine import Unit

if TYPE_CHECKING:
    from vistas.logs import LogOverview

_COLOURS = {"calm": "green", "blue": "cyan", "amber": "yellow", "red": "red"}
_STATUSES, _SAMPLES = 8, 3
_SAYS = 16
"""Room for what is said at the end of a line of the picture."""
_METHOD = 7


def report(overview: LogOverview, *, width: int, top: int) -> list[str]:
    return [
        *_contents(overview),
        *_over_time(overview, width),
        *_answers(overview, width),
        *_spans(overview),
        *_routes(overview, width, top),
        *_unparsed(overview, width),
    ]


def _contents(overview: LogOverview) -> Iterator[str]:
    yield f"{_bold(_count(overview.requests, 'request'))} in {_count(overview.lines, 'line')}"
    if overview.dialects:
        yield _soft("format     ") + ", ".join(_each(overview.dialects))
    if overview.first and overview.last:
        yield _soft("window     ") + _window(overview.first.astimezone(), overview.last.astimezone())
    if overview.set_aside:
        yield _soft("set aside  ") + ", ".join(_each(overview.set_aside))
    if overview.unparsed:
        yield _soft("unparsed   ") + f"{overview.unparsed:,}"


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
    clock = Clock.over(overview.first, overview.last, width - GUTTER - _SAYS)
    drawn = clock.count * clock.letters
    yield from _heading(f"Requests in {clock.says}")
    for row in skyline(overview.cells, clock):
        name, blocks = _soft(f"{row.name:<{GUTTER - 2}}"), _toned(row.drawn.ljust(drawn), row.tone)
        yield f"  {name}{blocks}  {_soft(row.says)}"
    yield " " * GUTTER + _soft(times_below(clock))


def _answers(overview: LogOverview, width: int) -> Iterator[str]:
    if not overview.requests:
        return
    statuses = (
        overview.cells.group_by("status", status_class(pl.col("status")).alias("class"))
        .agg(pl.col("requests").sum())
        .sort("requests", "status", descending=[True, False])
    )
    yield from _heading("Answers")
    room = len(f"{overview.requests:,}")
    for status, name, number in statuses.head(_STATUSES).iter_rows():
        share = number / overview.requests
        said = f"  {status:<{GUTTER - 2}}{number:>{room},}  {format_value(share, Unit.RATIO):>7}"
        yield f"{said}  {_toned(bar(share, max(width - len(said) - 2, 1)), TONES[name])}"
    if statuses.height > _STATUSES:
        others = statuses["requests"].slice(_STATUSES).sum()
        yield _soft(f"{'':{GUTTER}}{others:>{room},}  of {statuses.height - _STATUSES} other statuses")


def _spans(overview: LogOverview) -> Iterator[str]:
    if not overview.requests:
        return
    yield from _heading("How long it took")
    slow = percentiles(overview.cells).row(0, named=True)
    if slow["p50"] is None:
        yield "  not said by this format"
        return
    yield "  " + "   ".join(f"{_soft(name)} {format_span(seconds)}" for name, seconds in slow.items())


def _routes(overview: LogOverview, width: int, top: int) -> Iterator[str]:
    shown = overview.routes.head(top)
    if shown.is_empty():
        return
    yield from _heading("Routes")
    room = len(f"{int(shown['requests'][0]):,}")
    letters = min(max(len(plain(route)) for route in shown["route"]), width // 2)
    for method, route, number in shown.iter_rows():
        name = _cut(plain(route), letters)
        said = f"  {plain(method):<{_METHOD}} {name:<{letters}}  {number:>{room},}"
        yield f"{said}  {_toned(bar(number / overview.requests, max(width - len(said) - 2, 1)), 'calm')}"
    if (others := overview.routes.height - shown.height) > 0:
        yield _soft(f"  and {_count(others, 'other')}")


def _unparsed(overview: LogOverview, width: int) -> Iterator[str]:
    if not overview.unparsed:
        return
    yield from _heading("Lines that fit no format, such as")
    for number, sample in overview.samples.head(_SAMPLES).select("lines", "sample").iter_rows():
        yield _cut(f"  {f'{number:,}×':>{GUTTER}}  {plain(sample)}", width)


def _heading(text: str) -> Sequence[str]:
    return "", _bold(text)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _cut(text: str, letters: int) -> str:
    return text if len(text) <= letters else f"{text[: letters - 1]}…"


def _bold(text: str) -> str:
    return click.style(text, bold=True)


def _soft(text: str) -> str:
    return click.style(text, dim=True) if text else ""


def _toned(text: str, tone: Tone) -> str:
    return click.style(text, fg=_COLOURS[tone]) if tone in _COLOURS else text
