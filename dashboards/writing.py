"""Writing as oneself, now: who and when are said here, and nowhere else."""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import Any, Final, TypedDict, TypeVar
from uuid import UUID

from dashboards import viewer
from dashboards.shared import process
from dashboards.state import now
from vistas.gathering import morning
from vistas.practice import Notebook
from vistas.practice.notebook import Entry
from vistas.routine import Chosen, Routine
from vistas.snapshot import Window
from vistas.vista import Vista

NOTHING: Final[Chosen] = MappingProxyType({})
S = TypeVar("S")
E = TypeVar("E", bound=Entry[Any])


class Signed(TypedDict):
    """Who writes, and when."""

    by: str
    at: datetime


def signed() -> Signed:
    """PracticeError where nobody has said who this is: what was typed stays where it is."""
    return {"by": viewer.signature(), "at": now()}


def write(notebook: Notebook[S, E], journal: UUID, *entries: E) -> None:
    """Durable when it returns; where nobody has said who this is, it waits until they have."""
    viewer.signing(lambda: notebook.write(journal, *entries, **signed()))


def begin_walk(routine: Routine, window: Window | None = None, chosen: Chosen = NOTHING) -> Vista:
    """Gather in the background what can be walked at once; over the routine's own window unless another is given.

    RoutineError where a variable of it has no value, neither chosen nor by default.
    PracticeError where nobody has said who this is.
    """
    workspace, moment = process.workspace(), now()
    return process.gatherings().start(
        workspace,
        routine,
        window=window or workspace.window(moment, routine.window),
        author=viewer.signature(),
        now=moment,
        chosen=chosen,
    )


def begin_walk_through(earlier: Vista, walker: str, chosen: Chosen | None = None) -> Vista:
    """The same routine gathered now in the background, to be walked as `walker` walked `earlier`.

    With what they chose for its variables, unless something else is chosen.

    PracticeError where nobody has said who this is.
    """
    workspace = process.workspace()
    begun = morning.begin_through(workspace, earlier, walker, author=viewer.signature(), now=now(), chosen=chosen)
    return process.gatherings().gather(workspace, begun)
