"""Log patterns: which are new, which are gone, of which there are more or fewer lines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from vistas.mornings.comparison.measures import Threshold, distance_by, percent
from vistas.mornings.comparison.model import Cell, Change, ChangeKind, Difference, in_order
from vistas.mornings.comparison.telling import cut, number_of, said, say_stretch
from vistas.routine import Unit

if TYPE_CHECKING:
    from vistas.snapshot import Frame

COUNTED: Final = Threshold(0.5, 5.0)
"""Of the larger of the two; and so many lines at least."""
_PATTERN: Final = 160
_TOLD: Final = (
    f"Log patterns: new or gone however few the lines; else more or fewer by over {percent(COUNTED.share)} and "
    f"{COUNTED.least:g} lines."
)


def compare_lines(then: Frame, now: Frame, most: int) -> Difference:
    rows = _by_pattern(then).join(_by_pattern(now), on="pattern", how="full", coalesce=True, suffix="_now")
    before, after = pl.col("lines"), pl.col("lines_now")
    one_sided = before.is_null() | after.is_null()
    moved = rows.filter(one_sided | COUNTED.passed_by(before, after)).with_columns(
        distance_by(before, after, Unit.NUMBER, COUNTED.least).alias("magnitude")
    )
    shown = moved.sort(one_sided, "magnitude", "pattern", descending=[True, True, False]).head(most)
    kinds = Counter(_kind(row) for row in moved.select("lines", "lines_now").iter_rows(named=True))
    return Difference(
        noun="patterns",
        changes=in_order([_change(row) for row in shown.iter_rows(named=True)]),
        new=kinds[ChangeKind.NEW],
        gone=kinds[ChangeKind.GONE],
        changed=kinds[ChangeKind.CHANGED],
        unchanged=rows.height - moved.height,
        counted=_TOLD,
    )


def _by_pattern(frame: Frame) -> pl.DataFrame:
    return frame.data.group_by("pattern").agg(
        pl.col("lines").cast(pl.Float64).sum(), pl.col("first").min(), pl.col("last").max()
    )


def _kind(row: Mapping[str, Any]) -> ChangeKind:
    if row["lines"] is None:
        return ChangeKind.NEW
    return ChangeKind.GONE if row["lines_now"] is None else ChangeKind.CHANGED


def _change(row: Mapping[str, Any]) -> Change:
    kind = _kind(row)
    then, now = (None if count is None else int(count) for count in (row["lines"], row["lines_now"]))
    pattern = row["pattern"]
    sentence = f"{cut(pattern, _PATTERN)}: {_counted(kind, then, now)}{_when(kind, row)}."
    return Change(kind, {"pattern": pattern}, pattern, sentence, row["magnitude"], (Cell("lines", then, now),))


def _counted(kind: ChangeKind, then: int | None, now: int | None) -> str:
    match kind:
        case ChangeKind.NEW:
            return f"{number_of(now or 0, 'line')}, none then"
        case ChangeKind.GONE:
            return f"none now, {number_of(then or 0, 'line')} then"
        case ChangeKind.CHANGED:
            more = "more" if (now or 0) > (then or 0) else "fewer"
            return f"{more} lines: {said(now)}, was {said(then)}"


def _when(kind: ChangeKind, row: Mapping[str, Any]) -> str:
    """From the first to the last, of those that are new or gone."""
    if kind is ChangeKind.CHANGED:
        return ""
    first, last = (row[f"{name}_now" if kind is ChangeKind.NEW else name] for name in ("first", "last"))
    return f" ({say_stretch(first, last)})" if first is not None and last is not None else ""
