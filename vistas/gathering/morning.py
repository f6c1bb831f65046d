"""A morning from beginning to end: begins a vista, stores its snapshots as they arrive, adds detours.

A vista may follow somebody's walk through an earlier one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from types import MappingProxyType
from typing import Final
from uuid import UUID

from vistas.border import Fault, attempt
from vistas.charts.ridges import ridges
from vistas.errors import NoticeError, RoutineError, StoreError
from vistas.gathering.gather import MASKED, Progress, gather, take_one
from vistas.routine import Chosen, Look, Routine, Stop
from vistas.snapshot import Snapshot, Window
from vistas.source import Deadline
from vistas.vista import Detour, Eyes, Vista, new_id
from vistas.workspace import Workspace

Arrived = Callable[[Snapshot, Progress], None]
_DEFAULTS: Final[Chosen] = MappingProxyType({})


def walked_with(routine: Routine, chosen: Chosen) -> Routine:
    """The routine with these values for its variables, defaults for the others. RoutineError says what lacks."""
    try:
        return routine.choosing(chosen)
    except ValueError as error:
        raise RoutineError(str(error)) from error


def begin(
    workspace: Workspace,
    routine: Routine,
    *,
    window: Window,
    author: str,
    now: datetime,
    chosen: Chosen = _DEFAULTS,
) -> Vista:
    """A vista with nothing in it yet, already in the store: what is gathered and noticed is kept from then on.

    The store has its routine without secrets; this one has it as it is asked, with what was chosen for its
    variables. RoutineError where one has no value.
    """
    walked = walked_with(routine, chosen)
    if not chosen_of(routine):
        workspace.versions.note_walked(routine, at=now)
    origin = "recording" if workspace.on_recordings else "live"
    vista = Vista(id=new_id(), routine=walked, window=window, author=author, begun_at=now, origin=origin)
    workspace.store.begin(replace(vista, routine=walked.masked(workspace.redactor.begin().text)))
    return vista


def begin_through(
    workspace: Workspace,
    earlier: Vista,
    walker: str,
    *,
    author: str,
    now: datetime,
    window: Window | None = None,
    chosen: Chosen | None = None,
) -> Vista:
    """A vista that follows `walker` through `earlier`; already in the store, with nothing gathered yet.

    The same version of the routine is asked, and the looks of their detours under the names that they have there,
    so that each look finds what it gave then. The window is as long as it was, and the routine is walked with what
    they chose, unless another is given: RoutineError where this version of it is no longer here.
    """
    mask = workspace.redactor.begin().text
    routine = whole_again(workspace, earlier.routine, mask)
    if chosen is not None and chosen != chosen_of(earlier.routine):
        routine = walked_with(_as_written(workspace, earlier.routine), chosen)
    vista = Vista(
        id=new_id(),
        routine=routine,
        window=window or workspace.window(now, earlier.window.span),
        author=author,
        begun_at=now,
        origin="recording" if workspace.on_recordings else "live",
        detours=tuple(replace(each, taken_at=now) for each in earlier.detours if each.walker == walker),
        eyes=Eyes.upon(earlier, walker),
    )
    workspace.store.begin(replace(vista, routine=routine.masked(mask)))
    return vista


def chosen_of(routine: Routine) -> Chosen:
    """What a routine is walked with."""
    return {each.variable: each.chosen for each in routine.variables if each.is_resolved}


def written(workspace: Workspace, routine: Routine) -> Routine | None:
    """The routine as it stood before anything was chosen, where that version of it is here."""
    found = workspace.versions.walked(routine)
    return found.routine if found else None


def _as_written(workspace: Workspace, routine: Routine) -> Routine:
    if (found := written(workspace, routine)) is None:
        raise RoutineError("This version of the routine is no longer here: it can be walked with what they chose.")
    return found


def whole_again(workspace: Workspace, routine: Routine, mask: Callable[[str], str]) -> Routine:
    """With what was masked of its looks as the routine still has it here, where that is the same when masked."""
    if all(look.is_whole for _, look in routine.looks()):
        return routine
    here = next((each for each in workspace.routines() if each.routine == routine.routine), routine)
    try:
        known = here.choosing(chosen_of(routine))
    except ValueError:
        return routine
    asked = {(stop.stop, look.look): look for stop, look in known.looks() if look.is_whole}

    def whole(stop: str, look: Look) -> Look:
        there = asked.get((stop, look.look), look)
        return there if there.masked(mask) == look else look

    return _with_looks(routine, lambda stop: tuple(whole(stop.stop, look) for look in stop.looks))


def asked(vista: Vista) -> Routine:
    """What `gather_into` takes: its routine, and the looks of detours that it began with."""
    return _with_looks(vista.routine, lambda stop: vista.looks_at(stop.stop))


def _with_looks(routine: Routine, looks: Callable[[Stop], tuple[Look, ...]]) -> Routine:
    stops = tuple(stop.model_copy(update={"looks": looks(stop)}) for stop in routine.stops)
    return routine.model_copy(update={"stops": stops})


def gather_into(
    workspace: Workspace, vista: Vista, *, deadline: Deadline, arrived: Arrived | None = None
) -> tuple[Snapshot, ...]:
    """Take every look that `asked` names; each snapshot is in the store before `arrived` hears of it.

    A frame that cannot be written is a gap as well, and no reason to lose the others.
    """

    def keep(snapshot: Snapshot, progress: Progress) -> None:
        snapshot = _kept(workspace, vista.id, snapshot)
        if arrived:
            arrived(snapshot, progress)

    snapshots = gather(
        asked(vista),
        workspace.sources,
        vista.window,
        deadline=deadline,
        redactor=workspace.redactor,
        arrived=keep,
    )
    drawn = attempt("picture", lambda: ridges(snapshots))
    workspace.store.keep_ridges(vista.id, () if isinstance(drawn, Fault) else drawn)
    return snapshots


def _kept(workspace: Workspace, vista_id: UUID, snapshot: Snapshot) -> Snapshot:
    kind = snapshot.provenance.source_type
    kept = attempt(kind, lambda: workspace.store.keep(vista_id, snapshot), passing=StoreError)
    if isinstance(kept, Fault):
        snapshot = replace(snapshot, content=kept.gap())
        workspace.store.keep(vista_id, snapshot)
    return snapshot


def ask_again(
    workspace: Workspace, vista_id: UUID, stop: str, look: Look, *, source: str, deadline: Deadline
) -> None:
    """Take one look of a vista that is still being walked once more from `source`, in place of its gap.

    NoticeError where a part of the look was masked when it was kept.
    """
    if not look.is_whole:
        raise NoticeError(MASKED)
    vista = workspace.store.vista(vista_id)
    there = look.model_copy(update={"source": source})
    for snapshot in take_one(
        stop, there, workspace.sources, vista.window, deadline=deadline, redactor=workspace.redactor
    ):
        workspace.store.keep(vista_id, snapshot)


def take_detour(
    workspace: Workspace,
    vista_id: UUID,
    stop: str,
    look: Look,
    *,
    walker: str,
    now: datetime,
    deadline: Deadline,
) -> None:
    """Look at something off the path; it becomes part of the walk, without secrets.

    NoticeError once the vista is saved.
    """
    vista = workspace.store.vista(vista_id)
    if vista.saved_at is not None:
        raise NoticeError("This vista is saved: its evidence no longer changes. Start a new walk to look further.")
    detour_id = f"detour-{new_id().hex}"  # Its own, however many take one at the same moment.
    numbered = look.model_copy(update={"look": detour_id})
    mask = workspace.redactor.begin().text
    kept = numbered.masked(mask).model_copy(update={"title": mask(numbered.title)})
    for snapshot in take_one(
        stop, numbered, workspace.sources, vista.window, deadline=deadline, redactor=workspace.redactor
    ):
        detour = Detour(stop=stop, look=kept, walker=walker, taken_at=now)
        workspace.store.take_detour(vista_id, detour, replace(snapshot, look=numbered.look))
