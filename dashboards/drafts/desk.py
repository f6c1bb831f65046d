"""The draft that the URL names, or what one begins with; a journal is begun with the first thing written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn
from uuid import UUID

import streamlit as st

from dashboards import viewer
from dashboards.shared import process
from dashboards.state import DRAFT, LOOK, ROUTINE, STOP, VISTA, id_in_url, now, parameter, place
from dashboards.writing import signed
from vistas.errors import JournalNotFound, VistaNotFound
from vistas.practice.drafts import BegunFrom, Draft, DraftEntry, DraftSaved, LookDropped, LookTried
from vistas.practice.notebook import Stamp
from vistas.routine import Look, Routine
from vistas.vista import Vista, new_id


@dataclass(frozen=True, slots=True)
class Desk:
    """`journal` is None as long as nothing was written; then `first` is what it will begin with."""

    journal: UUID | None
    draft: Draft
    first: tuple[DraftEntry, ...] = ()

    @property
    def key(self) -> str:
        """Its own among all drafts of this browser."""
        return str(self.journal or "new")

    def write(self, *entries: DraftEntry) -> None:
        """Durable when it returns; where nobody has said who this is, it waits until they have."""
        viewer.signing(lambda: self._write(entries))

    def _write(self, entries: tuple[DraftEntry, ...]) -> None:
        drafts = process.notebooks().drafts
        mask = process.workspace().redactor.begin().text
        kept = tuple(_masked(each, mask) for each in entries)
        if self.journal is not None:
            drafts.write(self.journal, *kept, **signed())
            return
        first = tuple(_masked(each, mask) for each in self.first)
        journal = drafts.begin("", *first, *kept, **signed())
        place(**{DRAFT: str(journal), ROUTINE: "", VISTA: "", STOP: "", LOOK: ""})


def _masked(entry: DraftEntry, mask: Callable[[str], str]) -> DraftEntry:
    if isinstance(entry, LookTried):
        return entry.model_copy(update={"look": entry.look.masked(mask)})
    if isinstance(entry, BegunFrom | DraftSaved):
        return entry.model_copy(update={"routine": entry.routine.masked(mask)})
    return entry


def opened() -> Desk:
    """The page ends here with a way on where the draft is not in this store."""
    journal = id_in_url(DRAFT)
    if journal is None:
        first = tuple(_beginning())
        return Desk(None, _read(first), first)
    drafts = process.notebooks().drafts
    if not _is_draft(journal):
        _not_here()
    return Desk(journal, drafts.read(journal))


def _is_draft(journal: UUID) -> bool:
    drafts = process.notebooks().drafts
    try:
        return drafts.head(journal).kind == drafts.kind
    except JournalNotFound:
        return False


def _not_here() -> NoReturn:
    st.title("This draft could not be found.", anchor=False)
    st.markdown("It may be in another store. What you have recorded here is listed when you begin anew.")
    if st.button("Begin anew", type="primary", key="record-anew"):
        place(**{DRAFT: ""})
        st.rerun()
    st.stop()


def _read(entries: tuple[DraftEntry, ...]) -> Draft:
    draft = Draft()
    for number, entry in enumerate(entries, start=1):
        draft = entry.apply(draft, Stamp(number, now(), viewer.name()))
    return draft


def _beginning() -> list[DraftEntry]:
    """From a routine; from a walk, with what its walker looked at besides; or with one look of its own."""
    vista = _vista()
    if vista and (look := next((each.look for each in vista.detours if each.look.look == parameter(LOOK)), None)):
        return [_tried(look)]
    base = _routine(vista.routine.routine if vista else parameter(ROUTINE)) or (vista.routine if vista else None)
    if base is None:
        return []
    here = parameter(STOP)
    detours = [each.look for each in vista.detours if each.stop == here or not here] if vista else []
    return [BegunFrom(routine=base), *map(_tried, detours), *([LookDropped()] if detours else [])]


def _tried(look: Look) -> LookTried:
    return LookTried(id=new_id(), look=look)


def _vista() -> Vista | None:
    vista = id_in_url(VISTA)
    try:
        return process.workspace().store.vista(vista) if vista else None
    except VistaNotFound:
        return None


def _routine(slug: str) -> Routine | None:
    return next((each for each in process.workspace().routines() if each.routine == slug), None)
