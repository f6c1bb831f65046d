"""What is written into the journal of a routine: its versions. Each routine has one journal in a store."""

from __future__ import annotations

from dataclasses import replace
from typing import Literal, TypeAlias
from uuid import UUID, uuid5

from pydantic import TypeAdapter

from vistas.practice.notebook import EntryBody, Notebook, Stamp
from vistas.practice.routines.state import History, Origin, Version
from vistas.routine import Routine
from vistas.store import Journals

KIND = "routine"
NOBODY = "Morning Vistas"
"""Begins the journals of routines that came with the project, or in a file."""
_ALL = UUID("0193d0a4-0000-7000-8000-726f7574696e")


class VersionKept(EntryBody):
    """The routine as it is from now on."""

    type: Literal["kept"] = "kept"
    routine: Routine
    origin: Origin
    is_filed: bool = False
    """Whether it was written into a file."""

    def apply(self, history: History, stamp: Stamp) -> History:
        made_here = self.origin not in {Origin.BUILT_IN, Origin.FILE}
        version = Version(
            len(history.versions) + 1,
            self.routine,
            self.origin,
            stamp.by if made_here else self.routine.by,
            None if self.origin is Origin.BUILT_IN else stamp.at,
            is_filed=self.is_filed or self.origin is Origin.FILE,
        )
        return replace(history, versions=(*history.versions, version))


Histories: TypeAlias = Notebook[History, VersionKept]


def journal_of(slug: str) -> UUID:
    """The same in every store, so that two who change a routine for the first time write into one journal."""
    return uuid5(_ALL, slug)


def notebook(journals: Journals) -> Histories:
    return Notebook(
        journals,
        KIND,
        TypeAdapter(VersionKept),
        History(),
        lambda history: history.newest.routine.about if history.newest else "",
    )
