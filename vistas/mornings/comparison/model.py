"""What is different between two mornings: changes of a look, looks of a stop, stops of a vista."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from vistas.routine import Unit
from vistas.snapshot import FrameKind, Window

MOST: Final = 50
"""So many changes of a look are told one by one where nobody asks for fewer; the others are counted."""

Value = str | int | float | bool | datetime | tuple[str, ...] | None


class ChangeKind(StrEnum):
    NEW = "new"
    GONE = "gone"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Cell:
    """One column or measure, as it was and as it is; None where there is no value."""

    column: str
    then: Value
    now: Value
    unit: Unit = Unit.NUMBER


@dataclass(frozen=True, slots=True)
class Change:
    """`about` names it by its labels or key columns; where names changed meanwhile, by those that stayed.

    `cells` are what moved, the most telling first; of what is new or gone, what it says of itself. `magnitude` is
    the same in both directions, and larger for what is more different.
    """

    kind: ChangeKind
    about: Mapping[str, str]
    name: str
    sentence: str
    magnitude: float
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Difference:
    """What is different in one look: new and gone before changed, the most different first.

    `new`, `gone` and `changed` count also those that are not told one by one. `noun` is what is counted, in the
    plural. `counted` says which movements count, `notes` what else must be known to read it right. Where it could
    not be compared, `incomparable` says why, and there is nothing else.
    """

    noun: str = "rows"
    changes: tuple[Change, ...] = ()
    new: int = 0
    gone: int = 0
    changed: int = 0
    unchanged: int = 0
    counted: str = ""
    notes: tuple[str, ...] = ()
    incomparable: str = ""

    @property
    def is_different(self) -> bool:
        return bool(self.new or self.gone or self.changed)

    @property
    def left_out(self) -> int:
        return self.new + self.gone + self.changed - len(self.changes)

    @property
    def magnitude(self) -> float:
        """Of its most different change; 0 where nothing is."""
        return max((change.magnitude for change in self.changes), default=0.0)


@dataclass(frozen=True, slots=True)
class LookAt:
    """A look of one vista, and the source that was asked."""

    stop: str
    look: str
    title: str
    source: str


@dataclass(frozen=True, slots=True)
class LookDifference:
    """Two looks that asked the same, and what is different in what they saw."""

    then: LookAt
    now: LookAt
    kind: FrameKind | None
    difference: Difference


@dataclass(frozen=True, slots=True)
class StopDifference:
    """`stop`, `title` and `question` are those of the newer routine."""

    stop: str
    title: str
    question: str
    looks: tuple[LookDifference, ...]

    @property
    def is_different(self) -> bool:
        return any(look.difference.is_different for look in self.looks)

    @property
    def magnitude(self) -> float:
        return max((look.difference.magnitude for look in self.looks), default=0.0)


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two vistas."""

    vista: UUID
    name: str
    author: str
    routine: str
    routine_title: str
    version: int
    window: Window


@dataclass(frozen=True, slots=True)
class VistaDifference:
    """`stops` are in walking order; `only_then` and `only_now` are looks that have no counterpart."""

    then: Side
    now: Side
    stops: tuple[StopDifference, ...]
    only_then: tuple[LookAt, ...] = ()
    only_now: tuple[LookAt, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def looks(self) -> Iterator[LookDifference]:
        for stop in self.stops:
            yield from stop.looks

    @property
    def is_different(self) -> bool:
        return any(look.difference.is_different for look in self.looks)

    @property
    def incomparable(self) -> tuple[LookDifference, ...]:
        return tuple(look for look in self.looks if look.difference.incomparable)

    @property
    def is_equal(self) -> bool:
        """Whether both saw the same: nothing differs, all could be compared, and neither looked at more."""
        return not (self.is_different or self.incomparable or self.only_then or self.only_now)

    def by_difference(self) -> tuple[StopDifference, ...]:
        """The stops where anything is different, by their most different change."""
        different = [stop for stop in self.stops if stop.is_different]
        return tuple(sorted(different, key=lambda stop: -stop.magnitude))


def in_order(changes: Iterator[Change] | list[Change]) -> tuple[Change, ...]:
    """New and gone before changed, the most different first; equal ones by name."""
    return tuple(sorted(changes, key=lambda each: (each.kind is ChangeKind.CHANGED, -each.magnitude, each.name)))
