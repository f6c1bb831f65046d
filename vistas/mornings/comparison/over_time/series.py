"""Series on the same clock: which are new, gone, or moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from statistics import median
from typing import TYPE_CHECKING

from vistas.formatting.values import format_value, series_names
from vistas.mornings.comparison.clock import Clock
from vistas.mornings.comparison.measures import STEPS, percent
from vistas.mornings.comparison.model import ChangeKind, Difference, in_order
from vistas.mornings.comparison.over_time.changes import COUNTDOWN, EXTREME, TYPICAL, Teller, kind_of, rank
from vistas.mornings.comparison.over_time.levels import Key, Levels, Morning, One, Pair
from vistas.mornings.comparison.telling import number_of
from vistas.mornings.comparison.volatile import let_go, stable_labels
from vistas.routine import Look, Unit

if TYPE_CHECKING:
    from vistas.snapshot import Frame


def compare_series(then: Frame, now: Frame, look: Look, clock: Clock, most: int) -> Difference:
    sides = Morning(then, clock.then), Morning(now, clock.now)
    pairs = list(paired(sides[0].series(), sides[1].series()))
    names = series_names([pair.labels for pair in pairs], look.name)
    teller = Teller(look, *sides)
    moved = [
        (pair, name, cells)
        for pair, name in zip(pairs, names, strict=True)
        if (cells := teller.moved(pair)) is not None
    ]
    ranked = sorted(moved, key=lambda each: rank(each[0], each[1], each[2]))
    kinds = Counter(kind_of(pair) for pair, _, _ in moved)
    return Difference(
        noun="series",
        changes=in_order([teller.change(*each) for each in ranked[:most]]),
        new=kinds[ChangeKind.NEW],
        gone=kinds[ChangeKind.GONE],
        changed=kinds[ChangeKind.CHANGED],
        unchanged=len(pairs) - len(moved),
        counted=counted(look.unit),
        notes=tuple(_notes(pairs, clock, *sides)),
    )


def counted(unit: Unit) -> str:
    """From where on a movement counts, in words."""
    if unit is Unit.DATES:
        least = format_value(STEPS[unit], Unit.SECONDS)
        return f"Series in dates: moved by {least} or more; or it crossed what the look calls normal."
    least = f", and by {format_value(STEPS[unit], unit)}" if STEPS[unit] else ""
    if unit in {Unit.DAYS, Unit.HOURS}:
        least += f"; a single number, more than {percent(COUNTDOWN)}"
    return (
        f"Series in {_UNITS.get(unit, unit.value)}: the median moved by more than {percent(TYPICAL)}, the highest "
        f"or lowest value by more than {percent(EXTREME)}{least}; or it crossed what the look calls normal."
    )


_UNITS = {
    Unit.NUMBER: "plain numbers",
    Unit.RATIO: "percent",
    Unit.PERCENT: "percent",
    Unit.PER_SECOND: "numbers per second",
}


def paired(then: dict[Key, One], now: dict[Key, One]) -> Iterator[Pair]:
    """Those of the same labels first; of the others those whose labels are the same after a rollout."""
    for key in then.keys() & now.keys():
        yield Pair(then[key], now[key])
    left_then = _by_stable_labels(one for key, one in then.items() if key not in now)
    left_now = _by_stable_labels(one for key, one in now.items() if key not in then)
    for stable in left_then.keys() | left_now.keys():
        before, after = left_then.get(stable, []), left_now.get(stable, [])
        if before and after:
            yield Pair(_together(before), _together(after), grouped=True)
        else:
            yield from (Pair(one, None) for one in before)
            yield from (Pair(None, one) for one in after)


def _by_stable_labels(series: Iterable[One]) -> dict[frozenset[tuple[str, str]], list[One]]:
    found: dict[frozenset[tuple[str, str]], list[One]] = {}
    for one in series:
        found.setdefault(frozenset(stable_labels(one.labels).items()), []).append(one)
    return found


def _together(several: list[One]) -> One:
    """The middle of their typical values, and the extremes of all."""
    known = [one.levels for one in several if one.levels.samples]
    places = tuple(place for one in several for place in one.places)
    typical = [level.typical for level in known if level.typical is not None]
    levels = Levels(
        median(typical) if typical else None,
        max((level.highest for level in known if level.highest is not None), default=None),
        min((level.lowest for level in known if level.lowest is not None), default=None),
        sum(level.samples for level in known),
    )
    return One(several[0].labels, levels, places)


def _notes(pairs: list[Pair], clock: Clock, then: Morning, now: Morning) -> Iterator[str]:
    over_time = not (then.is_one_moment() and now.is_one_moment())
    if over_time and clock.note:
        yield clock.note
    grouped = [pair for pair in pairs if pair.grouped]
    if grouped:
        gone = {name for pair in grouped for one in (pair.then, pair.now) if one for name in let_go(one.labels)}
        series = sum(len(pair.now.places) for pair in grouped if pair.now)
        yield (
            f"{number_of(series, 'series')} had other names then, as after a rollout: compared without "
            f"{' and '.join(sorted(gone)) or 'them'}."
        )
    if any("histograms" in side.frame.data.columns for side in (then, now)):
        yield "Of native histograms only the plain values are compared."
