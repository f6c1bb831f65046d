"""What is written into the map of expertise, and what each entry does to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID, uuid5

from pydantic import Field, StringConstraints, TypeAdapter

from vistas.practice.expertise import Expertise, MapLine, Tells
from vistas.practice.landscape import Part
from vistas.practice.notebook import EntryBody, Notebook, Stamp
from vistas.practice.wheel import Answer, PlaceInVista
from vistas.store import Journals

KIND = "expertise"
THE_MAP = UUID("6d0f2f2e-5d4b-4d6c-9a52-3f6f0c1a7e11")
"""The one map of a store: begun by whoever needs it first, and however often, it is there once."""
TITLE = "Map of expertise"


class Told(EntryBody):
    """A line of the map, new or said better (same id), by anybody."""

    does: Literal["told"] = "told"
    id: UUID
    part: Part
    tells: Tells
    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2000)]
    place: PlaceInVista | None = None

    def upon(self, expertise: Expertise, stamp: Stamp) -> Expertise:
        line = MapLine(self.id, self.part, self.tells, self.text, stamp.by or "", stamp.at, self.place)
        return expertise.with_line(line)


class TakenOut(EntryBody):
    """No longer so, says anybody; the journal still knows that it once was."""

    does: Literal["taken-out"] = "taken-out"
    id: UUID

    def upon(self, expertise: Expertise, _: Stamp) -> Expertise:
        return expertise.without_line(self.id)


ExpertiseEntry = Annotated[Told | TakenOut, Field(discriminator="does")]


def notebook(journals: Journals) -> Notebook[Expertise, ExpertiseEntry]:
    return Notebook(journals, KIND, TypeAdapter(ExpertiseEntry), Expertise(), lambda expertise: expertise.words)


def open_map(maps: Notebook[Expertise, ExpertiseEntry], *, by: str, at: datetime) -> UUID:
    """The store's map; begun where there is none."""
    return maps.begin(TITLE, by=by, at=at, journal=THE_MAP)


def told_by(answer: Answer, part: Part) -> tuple[Told, ...]:
    """What an answer of the wheel adds to the map. Told twice, it is there once."""
    return tuple(_told_by(answer, part))


def _told_by(answer: Answer, part: Part) -> Iterator[Told]:
    if answer.shows:
        yield Told(id=_id(answer, "show"), part=part, tells=Tells.SHOW, text=answer.by)
        for place in answer.places:
            says = answer.says or place.title
            yield Told(
                id=_id(answer, f"{place.vista}/{place.stop}"),
                part=part,
                tells=Tells.LOOK,
                text=says,
                place=place,
            )
    elif answer.says:
        yield Told(id=_id(answer, "how"), part=part, tells=Tells.ASK, text=_asking(answer))
    elif answer.whom:
        yield Told(id=_id(answer, "whom"), part=part, tells=Tells.ASK, text=answer.whom)


def _asking(answer: Answer) -> str:
    return f"{answer.whom}: {answer.says}" if answer.whom else answer.says


def _id(answer: Answer, what: str) -> UUID:
    """The same line of the same answer always has the same id."""
    return uuid5(answer.id, what)
