"""What moved in a series, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

import polars as pl

from vistas.mornings.comparison.clock import DAY
from vistas.mornings.comparison.measures import STEPS, distance, threshold_for
from vistas.mornings.comparison.model import Cell, Change, ChangeKind
from vistas.mornings.comparison.over_time.levels import Morning, Pair
from vistas.mornings.comparison.telling import said, say_stretch
from vistas.routine import Unit

if TYPE_CHECKING:
    from vistas.routine import Look

TYPICAL: Final = 0.2
EXTREME: Final = 0.5
"""How far the median, and the highest or lowest value, have to move, of the larger of the two."""
COUNTDOWN: Final = 0.1
"""How far a single number of days or hours has to be: a certificate is told daily from its tenth day on."""
THROUGHOUT: Final = 0.9
"""A series that covers so much of the window was there all the time."""


def kind_of(pair: Pair) -> ChangeKind:
    if pair.then is None:
        return ChangeKind.NEW
    return ChangeKind.GONE if pair.now is None else ChangeKind.CHANGED


def rank(pair: Pair, name: str, cells: tuple[Cell, ...]) -> tuple[bool, float, str]:
    return kind_of(pair) is ChangeKind.CHANGED, -magnitude_of(cells), name


def magnitude_of(cells: tuple[Cell, ...]) -> float:
    numbers = ((_number(cell.then), _number(cell.now), cell.unit) for cell in cells)
    return max((distance(*each) for each in numbers), default=0.0)


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells what moved between two mornings of one look."""

    look: Look
    then: Morning
    now: Morning

    def moved(self, pair: Pair) -> tuple[Cell, ...] | None:
        """What moved, the farthest first; of a series on one side, what it reached. None where nothing did."""
        if pair.then is None or pair.now is None:
            return tuple(self._cells(pair, ("highest",)))
        if not pair.then.levels.samples or not pair.now.levels.samples:
            both_silent = pair.then.levels.samples == pair.now.levels.samples
            return None if both_silent else tuple(self._cells(pair, ("highest",)))
        if self._one_moment(pair):
            found = [cell for cell in self._cells(pair, ("value",)) if self._counts(cell)]
        else:
            cells = self._cells(pair, ("typical", "highest", "lowest"))
            found = [cell for cell in cells if self._counts(cell)]
        return tuple(sorted(found, key=lambda cell: -magnitude_of((cell,)))) or None

    def _one_moment(self, pair: Pair) -> bool:
        return all(one is None or one.levels.samples <= 1 for one in (pair.then, pair.now)) and not pair.grouped

    def _cells(self, pair: Pair, names: tuple[str, ...]) -> Iterator[Cell]:
        for name in names:
            read = "typical" if name == "value" else name
            then, now = (getattr(one.levels, read) if one else None for one in (pair.then, pair.now))
            yield Cell(name, then, now, self.look.unit)

    def _counts(self, cell: Cell) -> bool:
        then, now, unit = _number(cell.then), _number(cell.now), self.look.unit
        if threshold_for(unit, share_of(cell)).passed(then, now):
            return True
        return abs(now - then) >= STEPS[unit] and self._crossed(cell.column, then, now)

    def _crossed(self, column: str, then: float, now: float) -> bool:
        """Whether one of them is within what is normal and the other is not."""
        below, above = self.look.normal_below, self.look.normal_above
        upper = below is not None and column in {"highest", "value"} and (then <= below) != (now <= below)
        lower = above is not None and column in {"lowest", "value"} and (then >= above) != (now >= above)
        return upper or lower

    def change(self, pair: Pair, name: str, cells: tuple[Cell, ...]) -> Change:
        shown = self.look.title if name == "value" else name
        kind = kind_of(pair)
        if kind is ChangeKind.CHANGED:
            sentence = f"{shown}: {'; '.join(self._was(pair, cell) for cell in cells[:2])}."
        else:
            sentence = self._one_sided(pair, kind, shown)
        return Change(kind, dict(pair.labels), shown, sentence, magnitude_of(cells), cells)

    def _was(self, pair: Pair, cell: Cell) -> str:
        then, now = said(cell.then, cell.unit), said(cell.now, cell.unit)
        words = {"typical": "typically ", "highest": "at most ", "lowest": "at least "}
        if cell.then is None or cell.now is None:
            return f"at most {now}, no data then" if cell.then is None else f"no data, was at most {then}"
        when = self._when(pair, cell) if cell.column in {"highest", "lowest"} else ""
        return f"{words.get(cell.column, '')}{now}, was {then}{when}"

    def _when(self, pair: Pair, cell: Cell) -> str:
        """When the side that reached farther was more than half of the way there."""
        if cell.then is None or cell.now is None or pair.then is None or pair.now is None:
            return ""
        then, now = _number(cell.then), _number(cell.now)
        later = (now > then) is (cell.column == "highest")
        side, one = (self.now, pair.now) if later else (self.then, pair.then)
        samples, half = side.samples_of(one), (then + now) / 2
        values = pl.col("values")
        beyond = samples.filter(values > half if cell.column == "highest" else values < half)
        return f" ({_stretch(side, beyond, samples)}{'' if later else ' then'})" if beyond.height else ""

    def _one_sided(self, pair: Pair, kind: ChangeKind, name: str) -> str:
        side, one = (self.now, pair.now) if kind is ChangeKind.NEW else (self.then, pair.then)
        assert one is not None  # noqa: S101 - it is on this side
        verb = "is new:" if kind is ChangeKind.NEW else "is gone; then:"
        if one.levels.highest is None:
            return f"{name} {verb} no number."
        reached = said(one.levels.highest, self.look.unit)
        if side.is_one_moment():
            return f"{name} {verb} {reached}."
        samples = side.samples_of(one)
        first, last = _ends(samples["times"])
        covered = last - first >= side.window.span * THROUGHOUT
        return f"{name} {verb} at most {reached}{'' if covered else f' ({_stretch(side, samples, samples)})'}."


def share_of(cell: Cell) -> float:
    """How far the cell's numbers have to be apart, of the larger of the two."""
    if cell.column == "value" and cell.unit in {Unit.DAYS, Unit.HOURS}:
        return COUNTDOWN
    return EXTREME if cell.column in {"highest", "lowest"} else TYPICAL


def _ends(times: pl.Series) -> tuple[datetime, datetime]:
    """The first and the last of times in their order; there is one at least."""
    first: datetime = times[0]
    last: datetime = times[-1]
    return first, last


def _stretch(side: Morning, some: pl.DataFrame, samples: pl.DataFrame) -> str:
    """From the first of some samples to the last; that it was not all the time, where it was less than half."""
    first, last = _ends(some["times"])
    between = samples.filter(pl.col("times").is_between(first, last)).height
    now_and_then = "now and then, " if some.height < between / 2 else ""
    return f"{now_and_then}{say_stretch(first, last, days=side.window.span > DAY)}"
