"""The entries of a decision table's journal, and how each changes the table.

An entry about a row that does not exist yet creates it: no words are lost.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Discriminator, StringConstraints, TypeAdapter, model_validator

from vistas.practice.decisions.state import (
    DecisionRow,
    DecisionTable,
    Evidence,
    Field,
    Link,
    Recheck,
    Removal,
    Wording,
)
from vistas.practice.notebook import EntryBody, Notebook, Stamp
from vistas.practice.old_keys import renamed
from vistas.practice.session import OneLine
from vistas.routine import Slug
from vistas.store import Journals

KIND = "decisions"
CellText = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000)]


class Titled(EntryBody):
    """The table was given another name; the name itself is the journal's."""

    type: Literal["titled"] = "titled"
    title: OneLine

    def apply(self, table: DecisionTable, _: Stamp) -> DecisionTable:
        return table


class Wrote(EntryBody):
    """A text into one cell, in place of those that its writer had seen there (`knew`).

    `row` is None for the incident. Empty text empties the cell. Who writes into a row that was removed meanwhile
    brings it back.
    """

    type: Literal["wrote"] = "wrote"
    id: UUID
    row: UUID | None = None
    field: Field
    text: CellText
    knew: frozenset[UUID] = frozenset()

    @model_validator(mode="after")
    def _only_the_incident_has_no_row(self) -> Wrote:
        if (self.row is None) != (self.field is Field.INCIDENT):
            raise ValueError("every column is of a row, and the incident of none")
        return self

    def apply(self, table: DecisionTable, stamp: Stamp) -> DecisionTable:
        said = Wording(self.id, self.text, stamp.by or "", stamp.at)
        if self.row is None:
            return replace(table, incident=table.incident.with_wording(said, self.knew))
        row = table.row(self.row) or DecisionRow(self.row)
        cell = row.cell(self.field)
        if cell.knows(self.id):
            return table
        cells = {**row.cells, self.field: cell.with_wording(said, self.knew)}
        return table.with_row(replace(row, cells=cells, removed=None))


class RowAdded(EntryBody):
    """A decision; `before` None is at the end."""

    type: Literal["row-added"] = "row-added"
    row: UUID
    before: UUID | None = None

    def apply(self, table: DecisionTable, _: Stamp) -> DecisionTable:
        if table.row(self.row) is not None:
            return table
        return table.with_row_before(DecisionRow(self.row), self.before)


class RowMoved(EntryBody):
    type: Literal["row-moved"] = "row-moved"
    row: UUID
    before: UUID | None = None

    def apply(self, table: DecisionTable, _: Stamp) -> DecisionTable:
        row = table.row(self.row)
        if row is None or self.before == self.row:
            return table
        return table.with_row_before(row, self.before)


class RowRemoved(EntryBody):
    """Out of sight, and kept with all that stands in it."""

    type: Literal["row-removed"] = "row-removed"
    row: UUID

    def apply(self, table: DecisionTable, stamp: Stamp) -> DecisionTable:
        row = table.row(self.row)
        if row is None or row.removed is not None:
            return table
        return table.with_row(replace(row, removed=Removal(stamp.by or "", stamp.at)))


class RowRestored(EntryBody):
    type: Literal["row-restored"] = "row-restored"
    row: UUID

    def apply(self, table: DecisionTable, _: Stamp) -> DecisionTable:
        row = table.row(self.row)
        return table if row is None else table.with_row(replace(row, removed=None))


class Linked(EntryBody):
    """Evidence for a row's cues."""

    type: Literal["linked"] = "linked"
    id: UUID
    row: UUID
    evidence: Annotated[Evidence, renamed(says="title")]

    def apply(self, table: DecisionTable, stamp: Stamp) -> DecisionTable:
        row = table.row(self.row) or DecisionRow(self.row)
        if any(link.id == self.id for link in row.links):
            return table
        link = Link(self.id, self.evidence, stamp.by or "", stamp.at)
        return table.with_row(replace(row, links=(*row.links, link)))


class Unlinked(EntryBody):
    type: Literal["unlinked"] = "unlinked"
    id: UUID
    row: UUID

    def apply(self, table: DecisionTable, _: Stamp) -> DecisionTable:
        row = table.row(self.row)
        if row is None:
            return table
        return table.with_row(replace(row, links=tuple(link for link in row.links if link.id != self.id)))


class Rechecked(EntryBody):
    """The linked looks are being taken again, into `vista`; `stops` says where each link is found in it."""

    type: Literal["rechecked"] = "rechecked"
    vista: UUID
    stops: dict[UUID, Slug]

    def apply(self, table: DecisionTable, stamp: Stamp) -> DecisionTable:
        if any(each.vista == self.vista for each in table.rechecks):
            return table
        recheck = Recheck(self.vista, stamp.by or "", stamp.at, self.stops)
        return replace(table, rechecks=(*table.rechecks, recheck))


SheetEntry = Annotated[
    Wrote | RowAdded | RowMoved | RowRemoved | RowRestored | Unlinked,
    Discriminator("type"),
    renamed(does="type"),
]
"""What people write on the table itself."""

DecisionEntry = Annotated[
    Titled | Wrote | RowAdded | RowMoved | RowRemoved | RowRestored | Linked | Unlinked | Rechecked,
    Discriminator("type"),
    renamed(does="type"),
]


def notebook(journals: Journals) -> Notebook[DecisionTable, DecisionEntry]:
    return Notebook(journals, KIND, TypeAdapter(DecisionEntry), DecisionTable(), lambda table: table.words)
