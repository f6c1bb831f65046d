"""The geometry of a chart: where everything stands in an SVG of `WIDTH` units across. No text is written here."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from vistas.charts.prepared import GAP
from vistas.charts.scale import Scale
from vistas.sharing.lines import ChartLine, ChartPanel, Point
from vistas.sharing.marks import PrintedMark
from vistas.snapshot import Window
from vistas.vista.notice import Stretch

WIDTH = 760
_TOP, _FOR_NUMBERS, _BOTTOM, _BETWEEN, _CAPTION = 8, 22, 26, 24, 20
_ALONE, _TOGETHER = 190, 130
_LETTER, _LONGEST_NAME, _NAME_GAP = 6.7, 24, 15
_BUCKETS = 320
_NUMBER_WIDTH = 24
_TIME_TICKS = 6
_TICKS = (1, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440, 2880, 10_080, 20_160, 43_200, 86_400, 525_600)
_A_DAY = 1440


@dataclass(frozen=True, slots=True)
class Placed:
    """A text and where it stands; `tone` is its colour's name."""

    x: float
    y: float
    text: str
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    d: str
    tone: str


@dataclass(frozen=True, slots=True)
class Tint:
    """A marked stretch: tinted from `x` over `width`, its number in a disc around `disc`."""

    x: float
    width: float
    disc: float
    number: int


@dataclass(frozen=True, slots=True)
class DrawnPanel:
    top: float
    bottom: float
    caption: Placed
    ticks: tuple[Placed, ...]
    normal: tuple[Placed, ...]
    paths: tuple[Path, ...]
    names: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class ChartDrawing:
    width: int
    height: float
    left: float
    right: float
    top: float
    bottom: float
    panels: tuple[DrawnPanel, ...]
    times: tuple[Placed, ...]
    tints: tuple[Tint, ...]


@dataclass(frozen=True, slots=True)
class _Across:
    """Time from left to right, in epoch milliseconds."""

    start: float
    end: float
    left: float
    right: float

    def x(self, time: float) -> float:
        share = (time - self.start) / (self.end - self.start)
        return round(self.left + share * (self.right - self.left), 1)

    def inside(self, time: float) -> float:
        return min(max(time, self.start), self.end)


@dataclass(frozen=True, slots=True)
class _Up:
    """Values from the bottom of a panel to its top."""

    scale: Scale
    top: float
    bottom: float

    def y(self, value: float) -> float:
        share = (value - self.scale.low) / (self.scale.high - self.scale.low)
        return round(self.bottom - min(max(share, 0.0), 1.0) * (self.bottom - self.top), 1)


def draw(panels: Sequence[ChartPanel], window: Window, marks: Sequence[PrintedMark]) -> ChartDrawing:
    """Panels of one clock below one another, marked stretches across all of them."""
    left = 10 + max(panel.scale.room for panel in panels)
    longest = max((len(_short(line.name)) for panel in panels for line in panel.lines), default=0)
    across = _Across(_millis(window.start), _millis(window.end), left, WIDTH - 16 - _LETTER * max(longest, 4))
    height = _ALONE if len(panels) == 1 else _TOGETHER
    tints = _tints(marks, across)
    begin = _TOP + (_FOR_NUMBERS if tints else 0)
    drawn, top = [], float(begin)
    for panel in panels:
        top += _CAPTION if panel.caption else 0
        drawn.append(_draw_panel(panel, across, top, top + height))
        top += height + _BETWEEN
    bottom = top - _BETWEEN
    return ChartDrawing(
        width=WIDTH,
        height=bottom + _BOTTOM,
        left=across.left,
        right=across.right,
        top=begin,
        bottom=bottom,
        panels=tuple(drawn),
        times=tuple(_times(window, across, bottom + 18)),
        tints=tints,
    )


def _draw_panel(panel: ChartPanel, across: _Across, top: float, bottom: float) -> DrawnPanel:
    up = _Up(panel.scale, top, bottom)
    ticks = zip(panel.scale.ticks, panel.scale.texts, strict=True)
    return DrawnPanel(
        top=top,
        bottom=bottom,
        caption=Placed(across.left, top - 10, panel.caption),
        ticks=tuple(Placed(across.left - 10, up.y(tick), text) for tick, text in ticks),
        normal=tuple(Placed(across.right - 4, up.y(level), text) for level, text in panel.normal),
        paths=tuple(Path(_path(line, across, up), line.tone) for line in panel.lines),
        names=_names([line for line in panel.lines if line.name], across, up),
    )


def _path(line: ChartLine, across: _Across, up: _Up) -> str:
    """One subpath for each run of samples; a lonely sample becomes a dot."""
    parts = []
    for run in _runs(line, across):
        places = [f"{across.x(time)} {up.y(value)}" for time, value in run]
        parts.append("M" + "L".join(places) + ("h.1" if len(places) == 1 else ""))
    return "".join(parts)


def _runs(line: ChartLine, across: _Across) -> Iterator[list[Point]]:
    """Stretches of samples without a gap, within the window, thinned to what an eye can tell apart."""
    run: list[Point] = []
    for time, value in line.points:
        if not across.start <= time <= across.end:
            continue
        missing = bool(run) and line.step > 0 and time - run[-1][0] > GAP * line.step
        if run and (missing or not math.isfinite(value)):
            yield _thinned(run, across)
            run = []
        if math.isfinite(value):
            run.append((time, value))
    if run:
        yield _thinned(run, across)


def _thinned(run: list[Point], across: _Across) -> list[Point]:
    """The first, the lowest, the highest and the last of each bucket of time."""
    width = (across.end - across.start) / _BUCKETS
    buckets: dict[int, list[Point]] = {}
    for point in run:
        buckets.setdefault(int((point[0] - across.start) / width), []).append(point)
    kept: list[Point] = []
    for points in buckets.values():
        by_value = sorted(points, key=lambda point: point[1])
        kept += sorted({points[0], by_value[0], by_value[-1], points[-1]})
    return kept


def _names(lines: Sequence[ChartLine], across: _Across, up: _Up) -> tuple[Placed, ...]:
    """Each at the end of its line, moved apart where they would overlap."""
    ending = ((up.y(line.finite[-1]), line) for line in lines if line.finite)
    wanted = sorted(ending, key=lambda each: each[0])
    heights = _apart([height for height, _ in wanted], up.top, up.bottom - 5)
    return tuple(
        Placed(across.right + 9, height, _short(line.name), line.tone)
        for height, (_, line) in zip(heights, wanted, strict=True)
    )


def _apart(heights: Sequence[float], top: float, bottom: float) -> list[float]:
    """Ascending heights, moved as little as it takes for each to have room, within the panel where they fit."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + _NAME_GAP) if placed else max(height, top))
    limit = max(bottom, top + _NAME_GAP * (len(placed) - 1))
    for place in range(len(placed) - 1, -1, -1):
        placed[place] = min(placed[place], limit)
        limit = placed[place] - _NAME_GAP
    return [round(height, 1) for height in placed]


def _tints(marks: Sequence[PrintedMark], across: _Across) -> tuple[Tint, ...]:
    tints: list[Tint] = []
    stretches = [
        (mark.notice.anchor, mark.number)
        for mark in marks
        if isinstance(mark.notice.anchor, Stretch) and mark.number
    ]
    for anchor, number in sorted(stretches, key=lambda each: (each[0].start, each[1])):
        first, last = (across.x(across.inside(_millis(moment))) for moment in (anchor.start, anchor.end))
        width = max(last - first, 3.0)
        disc = first + width / 2
        if tints and disc - tints[-1].disc < _NUMBER_WIDTH:
            disc = tints[-1].disc + _NUMBER_WIDTH
        tints.append(Tint(first, round(width, 1), round(disc, 1), number))
    return tuple(tints)


def _times(window: Window, across: _Across, y: float) -> Iterator[Placed]:
    """Few round times, midnights with their day, and the zone at the end."""
    minutes = window.span / timedelta(minutes=1)
    step = next((each for each in _TICKS if minutes / each <= _TIME_TICKS), _TICKS[-1])
    tick = (math.floor(_millis(window.start) / 60_000 / step) * step) * 60_000
    while (tick := tick + step * 60_000) <= across.end:
        moment = datetime.fromtimestamp(tick / 1000, UTC)
        if across.x(tick) < across.right - 8:
            yield Placed(across.x(tick), y, _clock(moment, step))
    yield Placed(across.right + 9, y, "UTC")


def _clock(moment: datetime, step: int) -> str:
    if step >= _TICKS[-1]:
        return f"{moment:%Y}"
    midnight = step >= _A_DAY or (moment.hour, moment.minute) == (0, 0)
    return f"{moment.day} {moment:%b}" if midnight else f"{moment:%H:%M}"


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"


def _millis(moment: datetime) -> float:
    return moment.timestamp() * 1000
