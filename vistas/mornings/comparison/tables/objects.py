"""Tables of objects, joined by their keys: rows that are new, gone or changed, rows of one owner together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import polars as pl

from vistas.formatting.columns import unit_of
from vistas.mornings.comparison.clock import Clock
from vistas.mornings.comparison.model import Cell, Change, ChangeKind, Difference, in_order
from vistas.mornings.comparison.tables import rankings
from vistas.mornings.comparison.tables.cells import by_importance, value_of
from vistas.mornings.comparison.tables.joining import NOW, THEN, Joined, join
from vistas.mornings.comparison.tables.owners import Groups
from vistas.mornings.comparison.tables.rules import STATES, TOLD, UNSTATED, Column, Rule, differs
from vistas.mornings.comparison.telling import HEADLINES, row_name, said, tell_changed, tell_one_sided

if TYPE_CHECKING:
    from vistas.routine import Look
    from vistas.snapshot import Frame

_MAGNITUDE: Final = "\x00magnitude"
_LONGEST: Final = 20
"""Columns that a note names."""
_MOVED: Final = "\x00moved "
NO_KEY: Final = "Its rows are named by other columns on each side."


def compare_objects(then: Frame, now: Frame, look: Look, clock: Clock, most: int) -> Difference:
    if (joined := join(then, now)) is None:
        return Difference(incomparable=NO_KEY)
    joined, notes = rankings.within_reach(joined, then, now, look.take)
    columns = [Column.of(name, dtype, then.data, now.data) for name, dtype in joined.columns.items()]
    moved = _moved(joined, columns, clock).with_columns(pl.col(_MAGNITUDE) * rankings.weight(look.take))
    groups = Groups.of(joined, then.data, now.data, columns, look.take)
    teller = _Teller(joined.key, columns, look.take)
    gone, new = (_ranked(rows, rankings.weight(look.take)) for rows in (groups.gone, groups.new))
    return Difference(
        noun="rows",
        changes=in_order(
            [
                *(teller.one_sided(ChangeKind.NEW, row) for row in new.head(most).iter_rows(named=True)),
                *(teller.one_sided(ChangeKind.GONE, row) for row in gone.head(most).iter_rows(named=True)),
                *groups.changes(most),
                *(teller.changed(row) for row in moved.head(most).iter_rows(named=True)),
            ]
        )[:most],
        new=new.height + groups.count(ChangeKind.NEW),
        gone=gone.height + groups.count(ChangeKind.GONE),
        changed=moved.height + groups.count(ChangeKind.CHANGED),
        unchanged=joined.after.height - moved.height + groups.renamed,
        counted=TOLD,
        notes=(*notes, *groups.notes(), *_unlike(joined)),
    )


def _unlike(joined: Joined) -> Iterator[str]:
    if joined.unlike:
        columns = ", ".join(joined.unlike[:_LONGEST])
        yield f"Not compared, since only one side has it so: {columns}."


def _moved(joined: Joined, columns: Sequence[Column], clock: Clock) -> pl.DataFrame:
    """The rows on both sides in which anything moved that counts, the most different first."""
    both = joined.side_by_side()
    looked_at = [
        column for column in columns if column.rule is not Rule.NEVER and f"{NOW}{column.name}" in both.columns
    ]
    if not looked_at:
        return both.clear().with_columns(pl.lit(0.0).alias(_MAGNITUDE))
    flags = [_has_moved(column, clock).alias(f"{_MOVED}{column.name}") for column in looked_at]
    rows = both.with_columns(flags).filter(pl.any_horizontal(f"{_MOVED}{column.name}" for column in looked_at))
    far = [pl.when(f"{_MOVED}{column.name}").then(column.magnitude(*_sides(column))) for column in looked_at]
    return rows.with_columns(pl.max_horizontal(far).alias(_MAGNITUDE)).sort(
        _MAGNITUDE, *joined.key, descending=[True, *(False for _ in joined.key)]
    )


def _sides(column: Column) -> tuple[pl.Expr, pl.Expr]:
    return pl.col(f"{THEN}{column.name}"), pl.col(f"{NOW}{column.name}")


def _has_moved(column: Column, clock: Clock) -> pl.Expr:
    return differs(column.rule, column.name, *_sides(column), column.dtype, clock.elapsed)


def _ranked(rows: pl.DataFrame, weighs: float) -> pl.DataFrame:
    """The most serious first, by the states of a row, whether they are part of its key or not."""
    if rows.is_empty():
        return rows.with_columns(pl.lit(0.0).alias(_MAGNITUDE))
    columns = [Column.of(name, dtype, rows, rows) for name, dtype in rows.schema.items() if name in STATES]
    states = [column.weight(pl.col(column.name)) for column in columns if column.is_state]
    weighed = rows.with_columns((pl.max_horizontal(states or [pl.lit(UNSTATED)]) * weighs).alias(_MAGNITUDE))
    return weighed.sort(_MAGNITUDE, descending=True, maintain_order=True)


@dataclass(frozen=True, slots=True)
class _Teller:
    key: tuple[str, ...]
    columns: Sequence[Column]
    take: str

    def one_sided(self, kind: ChangeKind, row: Mapping[str, Any]) -> Change:
        """A row that is new or gone, with what it says of itself."""
        about = self._about(row)
        telling = (rankings.RANKED.get(self.take), *HEADLINES)
        told_of = [name for name in telling if name and name not in self.key and row.get(name) not in (None, "")]
        name = row_name(about)
        headline = said(value_of(row[told_of[0]]), unit_of(told_of[0])) if told_of else ""
        sentence = tell_one_sided(kind, name, headline, self.take)
        cells = tuple(self._cell(kind, column, row[column]) for column in told_of)
        return Change(kind, about, name, sentence, row[_MAGNITUDE], cells)

    def _about(self, row: Mapping[str, Any]) -> dict[str, str]:
        names = self.key or tuple(name for name in row if not name.startswith("\x00"))
        return {name: "" if row[name] is None else str(row[name]) for name in names}

    def _cell(self, kind: ChangeKind, column: str, raw: Any) -> Cell:
        value = value_of(raw)
        then, now = (None, value) if kind is ChangeKind.NEW else (value, None)
        return Cell(column, then, now, unit_of(column))

    def changed(self, row: Mapping[str, Any]) -> Change:
        about = self._about(row)
        cells = self._moved_cells(row)
        name = row_name(about)
        return Change(
            ChangeKind.CHANGED, about, name, tell_changed(name, cells), float(row[_MAGNITUDE] or 0.0), cells
        )

    def _moved_cells(self, row: Mapping[str, Any]) -> tuple[Cell, ...]:
        return by_importance(
            Cell(
                column.name,
                value_of(row[f"{THEN}{column.name}"]),
                value_of(row[f"{NOW}{column.name}"]),
                unit_of(column.name),
            )
            for column in self.columns
            if row.get(f"{_MOVED}{column.name}")
        )
