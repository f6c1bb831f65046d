"""A morning from beginning to end: a vista is begun, its looks are kept as they come, detours join it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from vistas.errors import NoticeError
from vistas.gather import Progress, gather, take_one
from vistas.ridges import ridges
from vistas.routine import Look, Routine
from vistas.snapshot import Snapshot, Window
from vistas.source import Deadline
from vistas.vista import Detour, Vista, new_id
from vistas.workspace import Workspace

Arrived = Callable[[Snapshot, Progress], None]


def begin(workspace: Workspace, routine: Routine, *, window: Window, author: str, now: datetime) -> Vista:
    """A vista with nothing in it yet, already in the store: what is gathered and noticed is kept from then on."""
    origin = "recording" if workspace.on_recordings else "live"
    vista = Vista(id=new_id(), routine=routine, window=window, author=author, begun_at=now, origin=origin)
    workspace.store.begin(vista)
    return vista


def gather_into(
    workspace: Workspace, vista: Vista, *, deadline: Deadline, arrived: Arrived | None = None
) -> tuple[Snapshot, ...]:
    """Take every look of the vista's routine; each snapshot is in the store before `arrived` hears of it."""

    def keep(snapshot: Snapshot, progress: Progress) -> None:
        workspace.store.keep(vista.id, snapshot)
        if arrived:
            arrived(snapshot, progress)

    snapshots = gather(
        vista.routine,
        workspace.sources,
        vista.window,
        deadline=deadline,
        redactor=workspace.redactor,
        arrived=keep,
    )
    workspace.store.keep_ridges(vista.id, ridges(snapshots))
    return snapshots


def ask_again(
    workspace: Workspace, vista_id: UUID, stop: str, look: Look, *, source: str, deadline: Deadline
) -> None:
    """Take one look of a vista that is still being walked once more from `source`, in place of its gap."""
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
    """Look at something off the path; it becomes part of the walk. NoticeError once the vista is saved."""
    vista = workspace.store.vista(vista_id)
    if vista.saved_at is not None:
        raise NoticeError("This vista is saved: its evidence no longer changes. Start a new walk to look further.")
    number = 1 + len(vista.detours)
    numbered = look.model_copy(update={"look": f"detour-{number}"})
    for snapshot in take_one(
        stop, numbered, workspace.sources, vista.window, deadline=deadline, redactor=workspace.redactor
    ):
        detour = Detour(stop=stop, look=numbered, walker=walker, taken_at=now)
        workspace.store.take_detour(vista_id, detour, replace(snapshot, look=numbered.look))
