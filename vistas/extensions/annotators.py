"""Annotations in the team's Grafana. What speaks to it is found by entry point, as sources are."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import entry_points
from typing import Protocol, TypeVar, cast

from vistas.border import Fault, attempt
from vistas.errors import PostError
from vistas.settings import GrafanaSettings
from vistas.source import Deadline, Health

ENTRY_POINTS = "morning_vistas.annotators"
"""The entry-point group of what annotates; each makes an Annotator of settings."""

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class Annotation:
    """A stretch of time on charts, or a moment, where `end` is None. `text` is HTML."""

    text: str
    tags: tuple[str, ...]
    start: datetime
    end: datetime | None = None


class Annotator(Protocol):
    """PostError says in each why it was not taken, without telling the token."""

    def add(self, annotation: Annotation, deadline: Deadline) -> int:
        """Its id there."""
        ...

    def revise(self, annotation_id: int, annotation: Annotation, deadline: Deadline) -> bool:
        """Its text and tags; False where there is none of that id any more."""
        ...

    def remove(self, annotation_id: int, deadline: Deadline) -> None:
        """Fine where there is none of that id any more."""
        ...

    def check(self, deadline: Deadline) -> Health: ...


def annotating(settings: GrafanaSettings, act: Callable[[Annotator], Answer]) -> Answer:
    """Do something with the Grafana of these settings. PostError where that fails."""
    found = next(iter(entry_points(group=ENTRY_POINTS)), None)
    if found is None:
        raise PostError(f"nothing that can annotate is installed: no entry point in {ENTRY_POINTS}")
    done = attempt(
        "grafana",
        lambda: act(cast("Callable[[GrafanaSettings], Annotator]", found.load())(settings)),
        passing=PostError,
    )
    if isinstance(done, Fault):
        raise PostError(f"{done.message} {done.hint}")
    return done
