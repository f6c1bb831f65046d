"""What is written of a vista's annotations: where each notice went, and what became of it there."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID, uuid5

from pydantic import Field, TypeAdapter

from vistas.practice.annotations.state import Annotations, Placed
from vistas.practice.notebook import EntryBody, Notebook, Stamp
from vistas.store import Journals

KIND = "annotations"


class Put(EntryBody):
    """A notice stands in Grafana: for the first time, or as it is now."""

    type: Literal["put"] = "put"
    notice: UUID
    annotation: int
    grafana: str
    revision: int

    def apply(self, annotations: Annotations, _: Stamp) -> Annotations:
        placed = Placed(self.annotation, self.grafana, self.revision)
        return replace(annotations, placed={**annotations.placed, self.notice: placed})


class TakenAway(EntryBody):
    """It stands there no more."""

    type: Literal["taken away"] = "taken away"
    notice: UUID

    def apply(self, annotations: Annotations, _: Stamp) -> Annotations:
        return replace(
            annotations, placed={key: kept for key, kept in annotations.placed.items() if key != self.notice}
        )


AnnotationEntry = Annotated[Put | TakenAway, Field(discriminator="type")]
AnnotationNotebook = Notebook[Annotations, AnnotationEntry]


def notebook(journals: Journals) -> AnnotationNotebook:
    return Notebook(journals, KIND, TypeAdapter(AnnotationEntry), Annotations())


def journal_of(vista: UUID) -> UUID:
    """The journal of a vista's annotations, whether or not it was begun."""
    return uuid5(vista, KIND)


def write(annotations: AnnotationNotebook, vista: UUID, entry: AnnotationEntry, *, by: str, at: datetime) -> None:
    """Durable when it returns; the journal is begun with the first entry."""
    journal = annotations.begin("Annotations", by=by, at=at, journal=journal_of(vista))
    annotations.write(journal, entry, by=by, at=at)
