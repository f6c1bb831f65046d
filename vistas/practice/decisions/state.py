"""A decision requirements table: what a hard decision needs, one row a decision, drawn out of people who make it.

The table is Klein's (Klein, Kaempf, Wolf, Thordsen & Miller, "Applying decision requirements to user-centered
design", International Journal of Human-Computer Studies 46, 1997); why it is difficult and which errors are common
come from the cognitive demands table (Militello & Hutton, "Applied Cognitive Task Analysis", Ergonomics 41, 1998).

Several people write at once without waiting for each other. Every text says which texts its writer had seen, and
takes the place of those and of no others; so a cell may hold several texts until somebody joins them. Which texts
stand in a cell does not depend on the order in which they were written.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Final
from uuid import UUID

from pydantic import BaseModel, ConfigDict, StringConstraints

from vistas.routine import Slug


class Field(StrEnum):
    """Where one can write: about the incident as a whole, or in a column of a decision's row."""

    INCIDENT = "incident"
    DECISION = "decision"
    DIFFICULT = "difficult"
    ERRORS = "errors"
    CUES = "cues"
    STRATEGIES = "strategies"
    INFORMATION = "information"
    WHO = "who"
    DESIGN = "design"


TITLES: Final[Mapping[Field, str]] = {
    Field.INCIDENT: "What happened",
    Field.DECISION: "Decision",
    Field.DIFFICULT: "Why difficult",
    Field.ERRORS: "Common errors",
    Field.CUES: "Cues and factors",
    Field.STRATEGIES: "Strategies",
    Field.INFORMATION: "Where the information comes from",
    Field.WHO: "Who to ask",
    Field.DESIGN: "Design idea",
}
COLUMNS: Final = tuple(each for each in Field if each is not Field.INCIDENT)


class Evidence(BaseModel):
    """What a cue can be seen by: a look of a routine, a notice, or a stop of a vista.

    `look` is None for a whole stop. `vista` is where it can be seen as it was, if there is one.
    `notice` is one of that vista.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    title: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
    routine: Slug
    stop: Slug
    look: Slug | None = None
    vista: UUID | None = None
    notice: UUID | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """One text as somebody wrote it."""

    id: UUID
    text: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DecisionCell:
    """`wordings` are the texts that nobody has replaced, oldest first; `replaced` are the ids of earlier ones."""

    wordings: tuple[Wording, ...] = ()
    replaced: frozenset[UUID] = frozenset()

    def knows(self, said_id: UUID) -> bool:
        """Whether this text stands here, or was replaced already."""
        return said_id in self.replaced or any(each.id == said_id for each in self.wordings)

    def with_wording(self, said: Wording, knew: frozenset[UUID]) -> DecisionCell:
        """Once `said` was written by somebody who had seen the texts `knew`."""
        replaced = self.replaced | (knew - {said.id})
        standing = [each for each in self.wordings if each.id not in replaced and each.id != said.id]
        if said.id not in replaced:
            standing.append(said)
        return DecisionCell(tuple(sorted(standing, key=lambda each: (each.at, each.id))), replaced)

    @property
    def texts(self) -> tuple[Wording, ...]:
        """The texts to be shown: not the empty ones, and one where several people wrote the same."""
        return tuple({each.text: each for each in reversed(self.wordings) if each.text}.values())[::-1]

    @property
    def is_open(self) -> bool:
        """Whether several people wrote different things here, and nobody has joined them yet."""
        return len(self.texts) > 1


@dataclass(frozen=True, slots=True)
class Link:
    """Evidence that somebody hung on a row."""

    id: UUID
    evidence: Evidence
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Removal:
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One decision. A removed row keeps its place and everything in it."""

    id: UUID
    cells: Mapping[Field, DecisionCell] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    removed: Removal | None = None

    def cell(self, where: Field) -> DecisionCell:
        return self.cells.get(where, DecisionCell())

    def text(self, where: Field) -> str:
        """The texts of one cell, several ones below each other."""
        return "\n".join(said.text for said in self.cell(where).texts)


@dataclass(frozen=True, slots=True)
class Recheck:
    """The linked looks were taken again, into `vista`; `stops` says under which stop each link is found there."""

    vista: UUID
    by: str
    at: datetime
    stops: Mapping[UUID, str]


@dataclass(frozen=True, slots=True)
class DecisionTable:
    """`rows` holds the removed ones, too, in their place."""

    incident: DecisionCell = DecisionCell()
    rows: tuple[DecisionRow, ...] = ()
    rechecks: tuple[Recheck, ...] = ()

    @property
    def shown(self) -> tuple[DecisionRow, ...]:
        return tuple(row for row in self.rows if row.removed is None)

    @property
    def removed(self) -> tuple[DecisionRow, ...]:
        return tuple(row for row in self.rows if row.removed is not None)

    def row(self, row_id: UUID) -> DecisionRow | None:
        return next((row for row in self.rows if row.id == row_id), None)

    def links(self) -> Iterator[Link]:
        """All evidence of the rows that are shown."""
        for row in self.shown:
            yield from row.links

    def link(self, link_id: UUID) -> Link | None:
        return next((link for link in self.links() if link.id == link_id), None)

    def seen_again(self, link_id: UUID) -> Recheck | None:
        """The newest re-check that took this evidence."""
        return next((each for each in reversed(self.rechecks) if link_id in each.stops), None)

    @property
    def words(self) -> str:
        """The words it is found by."""
        cells = (self.incident, *(cell for row in self.shown for cell in row.cells.values()))
        said = [each.text for cell in cells for each in cell.texts]
        return "\n".join((*said, *(link.evidence.title for link in self.links())))

    def with_row(self, row: DecisionRow) -> DecisionTable:
        """In place of the row of that id, or at the end."""
        if self.row(row.id) is None:
            return replace(self, rows=(*self.rows, row))
        return replace(self, rows=tuple(row if each.id == row.id else each for each in self.rows))

    def with_row_before(self, row: DecisionRow, before: UUID | None) -> DecisionTable:
        """Put a row at another place; `before` None is at the end."""
        others = [each for each in self.rows if each.id != row.id]
        place = next((number for number, each in enumerate(others) if each.id == before), len(others))
        return replace(self, rows=(*others[:place], row, *others[place:]))
