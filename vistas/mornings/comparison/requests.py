"""Requests on the same clock: how many a service had, how they went and how long they took."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from vistas.formatting.values import format_span, format_value
from vistas.mornings.comparison.clock import Clock
from vistas.mornings.comparison.measures import STEPS, Threshold, distance, percent
from vistas.mornings.comparison.model import Cell, Change, ChangeKind, Difference, in_order
from vistas.mornings.comparison.telling import number_of, tell_changed
from vistas.requests import controllers
from vistas.requests.summary import OPTIONAL, percentiles, status_class, with_columns_of
from vistas.routine import Look, Unit

if TYPE_CHECKING:
    from vistas.snapshot import Frame, Window

REQUESTS: Final = Threshold(0.25, 10.0)
SHARES: Final = Threshold(0.2, STEPS[Unit.RATIO])
LATENCIES: Final = Threshold(0.3, STEPS[Unit.SECONDS])
"""Of the larger of the two. A percentile is known to within 26 %: less would be no movement."""
ENOUGH: Final = 20
"""Requests on each side, below which shares and percentiles say nothing."""
BEYOND_CHANCE: Final = 5
"""So many requests at least stand behind a share that moved."""
CLASSES: Final = ("5xx", "4xx", "none", "3xx")
QUANTILES: Final = (0.5, 0.95, 0.99)
_PERCENTILES: Final = ("p50_seconds", "p95_seconds", "p99_seconds")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What a look at requests tells: by what they are added up, and whether `how_many` or `how_long`."""

    by: tuple[str, ...]
    noun: str
    how_many: bool
    how_long: bool

    @classmethod
    def by_look(cls, look: Look) -> _Asked:
        """As its chart has it: times where it counts in seconds, else how many and how they went."""
        if look.take == controllers.TAKE:
            return cls(("controller",), "controller", how_many=True, how_long=True)
        slow = look.unit is Unit.SECONDS
        return cls(("host", "service"), "service", how_many=not slow, how_long=slow)


def compare_requests(then: Frame, now: Frame, look: Look, clock: Clock, most: int) -> Difference:
    asked = _Asked.by_look(look)
    sides = (_services(then, clock.then, asked.by), _services(now, clock.now, asked.by))
    found = [_change(asked, key, *(side.get(key) for side in sides)) for key in {**sides[0], **sides[1]}]
    changes = in_order([change for change in found if change is not None])
    kinds = Counter(change.kind for change in changes)
    return Difference(
        noun=f"{asked.noun}s",
        changes=changes[:most],
        new=kinds[ChangeKind.NEW],
        gone=kinds[ChangeKind.GONE],
        changed=kinds[ChangeKind.CHANGED],
        unchanged=len(found) - len(changes),
        counted=_TOLD,
        notes=tuple(_notes(clock)),
    )


_TOLD: Final = (
    f"Requests: how many, by more than {percent(REQUESTS.share)}; the share of a class of statuses, by more than "
    f"{percent(SHARES.share)} and {format_value(SHARES.least * 100)} points; how long they took, by more than "
    f"{percent(LATENCIES.share)} and {format_span(LATENCIES.least)}."
)


def _notes(clock: Clock) -> Iterator[str]:
    if clock.note:
        yield clock.note
    if clock.then.span != clock.now.span:
        spans = [format_span(window.span.total_seconds()) for window in (clock.then, clock.now)]
        yield f"Counted over {spans[0]} then, over {spans[1]} now."


def _services(frame: Frame, window: Window, by: tuple[str, ...]) -> dict[tuple[str, ...], Mapping[str, Any]]:
    """By host and service, or controller: `requests`, the share of each class of statuses, percentiles."""
    inside = with_columns_of(OPTIONAL, frame.data).filter(
        pl.col("minute").is_between(window.start, window.end, closed="left")
    )
    named = inside.with_columns(pl.col(by).fill_null(""))
    shares = [
        (pl.col("requests").filter(status_class(pl.col("status")) == name).sum() / pl.col("requests").sum()).alias(
            name
        )
        for name in CLASSES
    ]
    counted = (
        named.with_columns(pl.col("requests").cast(pl.Float64))
        .group_by(by)
        .agg(
            pl.col("requests").sum(),
            *(share.alias(f"{name}_ratio") for share, name in zip(shares, CLASSES, strict=True)),
        )
    )
    slow = percentiles(named, QUANTILES, by).rename({name.removesuffix("_seconds"): name for name in _PERCENTILES})
    rows = counted.join(slow, on=list(by), how="left").filter(pl.col("requests") > 0)
    return {tuple(row[name] for name in by): row for row in rows.iter_rows(named=True)}


def _change(
    asked: _Asked, key: Sequence[str], then: Mapping[str, Any] | None, now: Mapping[str, Any] | None
) -> Change | None:
    about = dict(zip(asked.by, key, strict=True))
    name = " ".join(part for part in key if part) or f"(no {asked.noun})"
    one = then or now
    if one is None or then is None or now is None:
        return _one_sided(about, name, then, now)
    cells = tuple(_moved(asked, then, now))
    if not cells:
        return None
    return Change(ChangeKind.CHANGED, about, name, tell_changed(name, cells), _far(cells[0]), cells)


def _one_sided(
    about: Mapping[str, str], name: str, then: Mapping[str, Any] | None, now: Mapping[str, Any] | None
) -> Change:
    counted = [int(side["requests"]) if side else None for side in (then, now)]
    cell = Cell("requests", counted[0], counted[1])
    if then is None:
        kind, sentence = ChangeKind.NEW, f"{name} is new: {number_of(_whole(cell.now), 'request')}."
    else:
        kind, sentence = ChangeKind.GONE, f"{name} is gone: {number_of(_whole(cell.then), 'request')} then."
    return Change(kind, about, name, sentence, _far(cell), (cell,))


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _moved(asked: _Asked, then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[Cell, ...]:
    """What moved, the farthest first."""
    cells = [*_how_many(then, now)] if asked.how_many else []
    cells += [*_how_long(then, now)] if asked.how_long else []
    return tuple(sorted(cells, key=lambda cell: -_far(cell)))


def _how_many(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Cell]:
    if REQUESTS.passed(then["requests"], now["requests"]):
        yield Cell("requests", int(then["requests"]), int(now["requests"]))
    fewer = min(then["requests"], now["requests"])
    for name in (f"{status}_ratio" for status in CLASSES):
        shares = then[name], now[name]
        stand_behind = abs(shares[1] - shares[0]) * fewer
        if fewer >= ENOUGH and stand_behind >= BEYOND_CHANCE and SHARES.passed(*shares):
            yield Cell(name, *shares, Unit.RATIO)


def _how_long(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[Cell]:
    if min(then["requests"], now["requests"]) < ENOUGH:
        return
    for name in _PERCENTILES:
        times = then[name], now[name]
        if None not in times and LATENCIES.passed(*times):
            yield Cell(name, *times, Unit.SECONDS)


def _far(cell: Cell) -> float:
    then, now = (float(value) if isinstance(value, int | float) else 0.0 for value in (cell.then, cell.now))
    return distance(then, now, cell.unit)
