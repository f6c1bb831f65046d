"""What lines of a chart showed within a stretch of time, in words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from vistas.charts.prepared import GAP
from vistas.formatting.values import format_value
from vistas.mornings.followup.lines import Chart, Line
from vistas.routine import Unit

NO_SAMPLES = "no samples"
_LEVEL = 0.5
"""From this share of the highest value on, the lowest is said as well: it is a level, and no spike."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The lowest and the highest value, and the name of the line that had it. `values` counts all of them.

    `low` and `high` are None where there was no number: no sample, or none but NaN.
    """

    samples: int = 0
    values: int = 0
    low: float | None = None
    high: float | None = None
    lowest: str = ""
    highest: str = ""


def read(lines: Iterable[Line], chart: Chart, start: datetime, end: datetime) -> Reading:
    """From `start` to `end`, both included; of one value a line, that one, whenever it was taken."""
    samples, numbers = 0, list[tuple[float, str]]()
    for line in lines:
        values = _within(line, chart, start, end)
        samples += len(values)
        numbers += [(value, line.name) for value in values if value is not None and not math.isnan(value)]
    usable = [each for each in numbers if math.isfinite(each[0])] or numbers
    if not usable:
        return Reading(samples)
    low, high = min(usable, key=lambda each: each[0]), max(usable, key=lambda each: each[0])
    return Reading(samples, len(usable), low[0], high[0], low[1], high[1])


def _within(line: Line, chart: Chart, start: datetime, end: datetime) -> list[float | None]:
    if not chart.over_time:
        return line.values.to_list()[-1:]
    found = line.values.filter((line.times >= start) & (line.times <= end)).to_list()
    return found or _nearest(line, _step(line, chart), start, end)


def _nearest(line: Line, step: timedelta, start: datetime, end: datetime) -> list[float | None]:
    """The sample next to a stretch that falls between two of them."""
    apart = [
        (max(start - time, time - end), place)
        for place, time in enumerate(line.times.to_list())
        if start - step <= time <= end + step
    ]
    return [line.values[min(apart)[1]]] if apart and end - start < step else []


def _step(line: Line, chart: Chart) -> timedelta:
    if chart.step is not None:
        return chart.step * GAP
    gaps = line.times.diff().drop_nulls().to_list()
    return median(gaps) * GAP if gaps else timedelta()


@dataclass(frozen=True, slots=True)
class Way:
    """How readings are said, alike for both mornings: `who` names the line that had the value.

    `lowest` is for what is bad when it is low, `level` for what never goes far down.
    """

    unit: Unit
    lowest: bool = False
    level: bool = False
    who: bool = False


def is_level(reading: Reading) -> bool:
    return reading.low is not None and reading.high is not None and 0 < reading.high * _LEVEL <= reading.low


def say(reading: Reading, way: Way) -> str:
    """`up to 3.1 %`, `down to 4 %`, of a level `71 % to 87 %`; or the one value there is."""
    if reading.low is None or reading.high is None:
        return "no number" if reading.samples else NO_SAMPLES
    low, high = format_value(reading.low, way.unit), format_value(reading.high, way.unit)
    name = reading.lowest if way.lowest else reading.highest
    by = f" ({name})" if way.who and name else ""
    if low == high:
        return high if reading.values > 1 else f"{high}{by}"
    if way.level and not way.who:
        return f"{low} to {high}"
    return f"down to {low}{by}" if way.lowest else f"up to {high}{by}"


def one_unit(lines: Sequence[Line]) -> Unit | None:
    """The unit of all of them; None where they have several."""
    units = {line.unit for line in lines}
    return units.pop() if len(units) == 1 else None
