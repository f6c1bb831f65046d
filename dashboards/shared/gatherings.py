"""Gathering in the background: one thread a morning, its progress readable from every page and browser."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from vistas.border import Fault, attempt
from vistas.gathering import morning
from vistas.gathering.gather import Progress, plan, progress
from vistas.routine import Chosen, Routine
from vistas.snapshot import Snapshot, Window
from vistas.source import Deadline
from vistas.vista import Vista
from vistas.workspace import Workspace

REMEMBERED = 50
"""Finished gatherings that are kept for late readers; what they gathered is in the store."""


@dataclass(slots=True)
class Gathering:
    """`failed` is a plain sentence once a bug has ended it; the looks that had arrived are kept all the same."""

    vista: UUID
    deadline: Deadline
    sources: dict[str, Progress]
    started: float = field(default_factory=time.monotonic)
    finished: bool = False
    failed: str = ""

    def cancel(self) -> None:
        self.deadline.cancel()

    @property
    def done(self) -> int:
        return sum(source.done for source in self.sources.values())

    @property
    def total(self) -> int:
        return sum(source.total for source in self.sources.values())


class Gatherings:
    """What this process is gathering, by vista. One registry per process, shared by all its sessions."""

    def __init__(self) -> None:
        self._by_vista: dict[UUID, Gathering] = {}
        self._lock = threading.Lock()

    def of(self, vista: UUID) -> Gathering | None:
        return self._by_vista.get(vista)

    def start(
        self,
        workspace: Workspace,
        routine: Routine,
        *,
        window: Window,
        author: str,
        now: datetime,
        chosen: Chosen,
    ) -> Vista:
        """Begin a vista and gather it in the background; the vista can be walked at once.

        RoutineError where a variable of the routine has no value.
        """
        begun = morning.begin(workspace, routine, window=window, author=author, now=now, chosen=chosen)
        return self.gather(workspace, begun)

    def gather(self, workspace: Workspace, vista: Vista) -> Vista:
        """Gather in the background a vista that was begun."""
        planned = plan(morning.asked(vista), workspace.sources)
        gathering = Gathering(
            vista=vista.id,
            deadline=Deadline(workspace.settings.gather.deadline),
            sources={item.source: item for item in progress(planned)},
        )
        with self._lock:
            self._by_vista[vista.id] = gathering
            for old in [each.vista for each in self._by_vista.values() if each.finished][:-REMEMBERED]:
                del self._by_vista[old]
        threading.Thread(target=self._run, args=(workspace, vista, gathering), name="gather", daemon=True).start()
        return vista

    @staticmethod
    def _run(workspace: Workspace, vista: Vista, gathering: Gathering) -> None:
        def arrived(_: Snapshot, progress: Progress) -> None:
            gathering.sources[progress.source] = progress

        try:
            ended = attempt(
                "store",
                lambda: morning.gather_into(workspace, vista, deadline=gathering.deadline, arrived=arrived),
            )
            if isinstance(ended, Fault):
                gathering.failed = f"Gathering stopped on an error in the app ({ended.kind}); see its log."
        finally:
            gathering.finished = True
