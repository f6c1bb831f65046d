"""What became of rows of one owner: how many there are, and what moved in them together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import polars as pl

from vistas.formatting.columns import unit_of
from vistas.mornings.comparison.measures import distance, threshold_for
from vistas.mornings.comparison.model import Cell, Change, ChangeKind, Value
from vistas.mornings.comparison.tables.cells import by_importance, value_of
from vistas.mornings.comparison.tables.grouping import (
    FACTS,
    GROUP,
    GROUPED,
    NOTHING,
    Name,
    Total,
    affected,
    differing,
    group_keys,
    is_numeric,
    marked,
    members,
    outside,
    totals,
)
from vistas.mornings.comparison.tables.joining import Joined
from vistas.mornings.comparison.tables.rules import COUNTED, MEASURED, UNSTATED, Column, Rule
from vistas.mornings.comparison.telling import number_of, plural, row_name, said, tell_changed, tell_one_sided
from vistas.routine import Unit

Cells = float | list[str] | None

NOUNS: Final = {"pods": "pod", "jobs": "job", "upstreams": "upstream", "targets": "target"}
"""By what a look takes: what one row is."""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that stand for each other. `labels` name them, `moved` are the columns that moved."""

    labels: Mapping[str, str]
    then: Total
    now: Total
    moved: tuple[Column, ...]
    magnitude: float

    @classmethod
    def of(cls, labels: Mapping[str, str], then: Total, now: Total, columns: Sequence[Column]) -> Group:
        moved = tuple(column for column in columns if _has_moved(column, then, now))
        far = [_far(column, then.cells.get(column.name), now.cells.get(column.name)) for column in moved]
        if then.copies != now.copies:
            far.append(max(UNSTATED, distance(then.copies, now.copies, Unit.NUMBER)))
        return cls(labels, then, now, moved, max(far, default=0.0))

    @property
    def kind(self) -> ChangeKind:
        if self.then.copies and self.now.copies:
            return ChangeKind.CHANGED
        return ChangeKind.GONE if self.then.copies else ChangeKind.NEW

    @property
    def is_told(self) -> bool:
        """An owner always; a shorter name only where it has rows on both sides."""
        return self.is_owned or self.kind is ChangeKind.CHANGED

    @property
    def is_owned(self) -> bool:
        return self.then.owned or self.now.owned

    @property
    def name(self) -> str:
        about = self.about
        if "owner" not in about:
            return row_name(about)
        place = {"namespace": about.get("namespace", ""), "name": about["owner"]}
        return f"{row_name(place)} ({about['owner_kind'] or 'its owner'})"

    @property
    def about(self) -> dict[str, str]:
        """`namespace`, `owner_kind`, `owner` of what has an owner, else what stays of the key."""
        about = dict(self.labels)
        kind = about.pop("owner_kind", "")
        if not self.is_owned:
            return about
        owner = about.pop("name")
        return {**about, "owner_kind": kind, "owner": owner}


@dataclass(frozen=True, slots=True)
class Groups:
    """`gone` and `new` are the rows that belong to no group, `renamed` counts those that only have another name.

    `changed` are the groups in which anything changed, the most different first.
    """

    gone: pl.DataFrame
    new: pl.DataFrame
    noun: str
    changed: tuple[Group, ...] = ()
    renamed: int = 0

    @classmethod
    def of(
        cls, joined: Joined, then: pl.DataFrame, now: pl.DataFrame, columns: Sequence[Column], take: str
    ) -> Groups:
        noun, keys = NOUNS.get(take, "row"), group_keys(joined, then.schema)
        if not keys or (joined.gone.is_empty() and joined.new.is_empty()):
            return cls(joined.gone, joined.new, noun)
        gone, new = marked(joined.gone, joined), marked(joined.new, joined)
        names = affected(gone, new, keys=keys)
        before, after = members(then, names, joined), members(now, names, joined)
        apart = differing(columns, before, after)
        groups = _groups(totals(before, keys, apart), totals(after, keys, apart), keys, apart)
        told = {name: group for name, group in groups.items() if group.is_told}
        alike = {name for name, group in told.items() if not group.magnitude}
        changed = (group for name, group in sorted(told.items(), key=_by_name) if group.magnitude)
        return cls(
            outside(gone, told, keys).select(joined.gone.columns),
            outside(new, told, keys).select(joined.new.columns),
            noun,
            tuple(sorted(changed, key=lambda group: -group.magnitude)),
            new.filter(GROUPED).height - outside(new.filter(GROUPED), alike, keys).height,
        )

    def count(self, kind: ChangeKind) -> int:
        return sum(group.kind is kind for group in self.changed)

    def changes(self, most: int) -> list[Change]:
        return [self._change(group) for group in self.changed[:most]]

    def notes(self) -> Iterator[str]:
        if self.changed:
            by = "their owner" if any(group.is_owned for group in self.changed) else "what stays of their names"
            yield f"{plural(self.noun).capitalize()} that came and went are told together, by {by}."
        if self.renamed:
            yield (
                f"{number_of(self.renamed, self.noun)} had other names then, as after a rollout, and are "
                "otherwise as they were."
            )

    def _change(self, group: Group) -> Change:
        kind, name, cells = group.kind, group.name, by_importance(self._cells(group))
        if kind is ChangeKind.CHANGED:
            sentence = tell_changed(name, cells)
        else:
            sentence = tell_one_sided(kind, name, self._headline(group, cells))
        return Change(kind, group.about, name, sentence, group.magnitude, cells)

    def _headline(self, group: Group, cells: Sequence[Cell]) -> str:
        is_new = group.kind is ChangeKind.NEW
        words = [said(cell.now if is_new else cell.then) for cell in cells if cell.column in {"images", "status"}]
        return ", ".join([number_of(group.then.copies + group.now.copies, self.noun), *words])

    def _cells(self, group: Group) -> Iterator[Cell]:
        if group.then.copies != group.now.copies:
            yield Cell(plural(self.noun), group.then.copies, group.now.copies)
        for column in group.moved:
            if group.kind is ChangeKind.CHANGED or column.name in FACTS:
                then, now = (_value(side.cells.get(column.name), column) for side in (group.then, group.now))
                yield Cell(column.name, then, now, unit_of(column.name) if is_numeric(column) else Unit.NUMBER)


def _groups(
    then: Mapping[Name, Total], now: Mapping[Name, Total], keys: Sequence[str], columns: Sequence[Column]
) -> dict[Name, Group]:
    labels = [key.removeprefix(GROUP) for key in keys]
    return {
        name: Group.of(
            {label: part or "" for label, part in zip(labels, name, strict=True)},
            then.get(name, NOTHING),
            now.get(name, NOTHING),
            columns,
        )
        for name in {**then, **now}
    }


def _by_name(told: tuple[Name, Group]) -> tuple[str, ...]:
    return tuple(part or "" for part in told[0])


def _has_moved(column: Column, then: Total, now: Total) -> bool:
    """Of words, which occur; and how often, where there are as many rows as there were."""
    before, after = then.cells.get(column.name), now.cells.get(column.name)
    if isinstance(before, list) and isinstance(after, list) and then.copies != now.copies:
        return set(before) != set(after)
    if not isinstance(before, float) or not isinstance(after, float) or column.rule is Rule.ANY:
        return before != after
    limit = COUNTED if column.rule is Rule.COUNTED else threshold_for(unit_of(column.name), MEASURED)
    return limit.passed(before, after)


def _far(column: Column, then: Cells, now: Cells) -> float:
    if is_numeric(column):
        before, after = (each if isinstance(each, float) else 0.0 for each in (then, now))
        return distance(before, after, unit_of(column.name))
    words = [word for side in (then, now) if isinstance(side, list) for word in side if column.is_state]
    return max((column.weights.get(word, UNSTATED) for word in words), default=UNSTATED)


def _value(raw: Any, column: Column) -> Value:
    """Words with how often each occurs, where there are several; whole numbers as such."""
    if not isinstance(raw, list):
        return int(raw) if isinstance(raw, float) and column.dtype.is_integer() else value_of(raw)
    counted = Counter(_word(each, column) for each in raw if each != "")
    if len(counted) < 2:  # noqa: PLR2004 - several words
        return next(iter(counted), None)
    return tuple(word if times == 1 else f"{word} × {times}" for word, times in counted.items())


def _word(text: str, column: Column) -> str:
    """A number that somebody set, in its unit; every other text as it is."""
    return said(float(text), unit_of(column.name)) if column.dtype.is_numeric() else text
