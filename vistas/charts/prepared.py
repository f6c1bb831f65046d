"""What a chart of a look shows, the same on screen and in exports. How it is drawn is theirs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import TYPE_CHECKING, Final

from vistas.charts.scale import Scale, scale
from vistas.formatting.values import format_value
from vistas.routine import Look, Unit
from vistas.snapshot import Frame
from vistas.vista.notice import Labels

if TYPE_CHECKING:
    import polars as pl

QUIET: Final = 40
"""Series that are drawn without a name behind those that stand out."""
GAP: Final = 1.5
"""Steps between two samples from which on there is a gap between them."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which series of a frame are drawn, by their places: `named` and `quiet`; `left_out` counts the others."""

    named: tuple[int, ...]
    quiet: tuple[int, ...]
    left_out: int

    @property
    def caption(self) -> str:
        """Empty where all are named."""
        total = len(self.named) + len(self.quiet) + self.left_out
        if total == len(self.named):
            return ""
        said = f"{len(self.named)} of {total:,} series by name"
        return f"{said}, {self.left_out:,} not drawn" if self.left_out else said


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of one panel, by the names under which requests are added up."""

    caption: str
    names: tuple[str, ...]
    unit: Unit = Unit.NUMBER


ANSWERED: Final = Group("Answered per minute", ("2xx", "3xx", "1xx"))
TURNED_AWAY: Final = Group("Turned away per minute", ("5xx", "4xx", "none"))
SLOW: Final = Group("How long it took", ("p99", "p95", "p50"), Unit.SECONDS)


def label_sets(data: pl.DataFrame) -> list[Labels]:
    return [{pair["name"]: pair["value"] for pair in pairs} for pairs in data["labels"].to_list()]


def is_over_time(frame: Frame) -> bool:
    """Whether any series of it has more than one sample."""
    return bool(frame.rows) and bool((frame.data["values"].list.len() > 1).any())


def by_standing(data: pl.DataFrame, names: Sequence[str], *, lowest_first: bool) -> list[int]:
    """The places of the series with any finite value: those that reach highest first, or lowest; then by name."""
    import polars as pl

    finite = pl.element().filter(pl.element().is_finite())
    extreme = (finite.min() if lowest_first else finite.max()).alias("extreme")
    found = data.select(pl.col("values").list.eval(extreme).list.first()).to_series().to_list()
    places = [place for place, value in enumerate(found) if value is not None]
    return sorted(places, key=lambda place: (found[place] if lowest_first else -found[place], names[place]))


def choose(order: Sequence[int], *, named: int, first: Iterable[int] = ()) -> Chosen:
    """The first so many of `order` are named; before them those of `first`, whatever their standing."""
    chosen = list(dict.fromkeys([*first, *order]))
    standing = {place: rank for rank, place in enumerate(order)}
    return Chosen(
        tuple(sorted(chosen[:named], key=standing.__getitem__)),
        tuple(chosen[named : named + QUIET]),
        max(0, len(order) - named - QUIET),
    )


def usual_step(gaps: Iterable[float], asked: timedelta | None) -> float:
    """Milliseconds between samples: as asked for, else the median seen; 0 where there is nothing to go by."""
    if asked:
        return asked.total_seconds() * 1000
    seen = list(gaps)
    return float(median(seen)) if seen else 0.0


def normal_of(look: Look) -> tuple[tuple[float, str], ...]:
    """The values at which a look says what normal is, each in words."""
    said = (("below", look.normal_below), ("above", look.normal_above))
    return tuple(
        (level, f"normal: {which} {format_value(level, look.unit)}") for which, level in said if level is not None
    )


def axis_of(look: Look, low: float, high: float) -> Scale:
    """The axis of a look's values, with what normal is as far as that flattens nothing."""
    return scale(low, high, look.unit, [level for level, _ in normal_of(look)])


def axis_from_zero(highest: float, unit: Unit) -> Scale:
    """The axis of one panel among several."""
    return scale(0.0, highest, unit, wanted=3)


def named_percentiles(cube: pl.DataFrame, step: timedelta) -> pl.DataFrame:
    """How long requests took, as `latency_over_time` has it, with a `name` as `SLOW` names them."""
    import polars as pl

    from vistas.requests.summary import latency_over_time

    slow = latency_over_time(cube, (0.5, 0.95, 0.99), step=step)
    percent = (pl.col("quantile") * 100).round(0).cast(pl.Int64)
    return slow.with_columns(pl.format("p{}", percent).alias("name"))
