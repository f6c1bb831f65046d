"""What is written into the map of expertise, and what each entry does to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID, uuid5

from pydantic import Field, StringConstraints, TypeAdapter

from vistas.practice.expertise.state import Expertise, LineKind, MapLine
from vistas.practice.landscape import Part
from vistas.practice.notebook import EntryBody, Notebook, Stamp
from vistas.practice.old_keys import renamed
from vistas.practice.wheel import PlaceInVista, TurnAnswer
from vistas.store import Journals

KIND = "expertise"
THE_MAP = UUID("6d0f2f2e-5d4b-4d6c-9a52-3f6f0c1a7e11")
"""The one map of a store: begun by whoever needs it first, and however often, it is there once."""
TITLE = "Map of expertise"


class LineWritten(EntryBody):
    """A line of the map, new or said better (same id), by anybody."""

    type: Literal["told"] = "told"
    id: UUID
    part: Part
    kind: LineKind
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
    place: PlaceInVista | None = None

    def apply(self, expertise: Expertise, stamp: Stamp) -> Expertise:
        line = MapLine(self.id, self.part, self.kind, self.text, stamp.by or "", stamp.at, self.place)
        return expertise.with_line(line)


class LineRemoved(EntryBody):
    """No longer so, says anybody; the journal still knows that it once was."""

    type: Literal["taken-out"] = "taken-out"
    id: UUID

    def apply(self, expertise: Expertise, _: Stamp) -> Expertise:
        return expertise.without_line(self.id)


ExpertiseEntry = Annotated[
    LineWritten | LineRemoved, Field(discriminator="type"), renamed(does="type", tells="kind")
]


def notebook(journals: Journals) -> Notebook[Expertise, ExpertiseEntry]:
    return Notebook(journals, KIND, TypeAdapter(ExpertiseEntry), Expertise(), lambda expertise: expertise.words)


def open_map(maps: Notebook[Expertise, ExpertiseEntry], *, by: str, at: datetime) -> UUID:
    """The store's map; begun where there is none."""
    return maps.begin(TITLE, by=by, at=at, journal=THE_MAP)


def lines_from(answer: TurnAnswer, part: Part) -> tuple[LineWritten, ...]:
    """What an answer of the wheel adds to the map. Told twice, it is there once."""
    return tuple(_told_by(answer, part))


def _told_by(answer: TurnAnswer, part: Part) -> Iterator[LineWritten]:
    if answer.shows:
        yield LineWritten(id=_id(answer, "show"), part=part, kind=LineKind.SHOW, text=answer.by)
        for place in answer.places:
            message = answer.text or place.title
            yield LineWritten(
                id=_id(answer, f"{place.vista}/{place.stop}"),
                part=part,
                kind=LineKind.LOOK,
                text=message,
                place=place,
            )
    elif answer.text:
        yield LineWritten(id=_id(answer, "how"), part=part, kind=LineKind.ASK, text=_asking(answer))
    elif answer.whom:
        yield LineWritten(id=_id(answer, "whom"), part=part, kind=LineKind.ASK, text=answer.whom)


def _asking(answer: TurnAnswer) -> str:
    return f"{answer.whom}: {answer.text}" if answer.whom else answer.text


def _id(answer: TurnAnswer, what: str) -> UUID:
    """The same line of the same answer always has the same id."""
    return uuid5(answer.id, what)
