"""What was put into Grafana, and what becomes of it there when the notice changes."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from dashboards.shared import process
from dashboards.ui import links
from dashboards.ui.places import Place
from dashboards.writing import signed
from vistas.extensions.annotators import Annotation, annotating
from vistas.practice.annotations import Placed, annotation_of
from vistas.practice.annotations.entries import AnnotationEntry, Put, TakenAway, journal_of, write
from vistas.redaction import doors
from vistas.settings import GrafanaSettings
from vistas.source import Deadline
from vistas.vista import Vista
from vistas.vista.notice import Notice

PATIENCE: Final = timedelta(seconds=10)


def grafana() -> GrafanaSettings:
    return process.workspace().settings.grafana


def placed(vista_id: UUID, notice_id: UUID) -> Placed | None:
    """As what a notice stands in the Grafana of today's settings."""
    if not grafana().takes_annotations:
        return None
    found = process.notebooks().annotations.read(journal_of(vista_id)).placed.get(notice_id)
    return found if found and found.grafana == grafana().url else None


def is_placed(vista_id: UUID, notice_id: UUID) -> bool:
    return placed(vista_id, notice_id) is not None


def annotation(vista: Vista, notice: Notice) -> Annotation:
    """What would be sent."""
    place = Place.REPLAY if vista.saved_at else Place.WALK
    address = links.to(place, links.stop(vista.id, notice.stop))
    return annotation_of(notice, vista, address, tags=grafana().tags, mask=doors.masked)


def add(vista_id: UUID, notice: Notice, sent: Annotation) -> None:
    """PostError where Grafana did not take it."""
    number = annotating(grafana(), lambda it: it.add(sent, Deadline(PATIENCE)))
    _write(vista_id, _put(notice, number))


def revise(vista_id: UUID, notice: Notice) -> bool:
    """As the notice is now; False where it was deleted in Grafana. PostError where that fails."""
    here = placed(vista_id, notice.id)
    if here is None:
        return False
    sent = annotation(process.workspace().store.vista(vista_id), notice)
    if not annotating(grafana(), lambda it: it.revise(here.id, sent, Deadline(PATIENCE))):
        _write(vista_id, TakenAway(notice=notice.id))
        return False
    _write(vista_id, _put(notice, here.id))
    return True


def take_away(vista_id: UUID, notice_id: UUID) -> None:
    """Out of Grafana. PostError where that fails."""
    here = placed(vista_id, notice_id)
    if here is not None:
        annotating(grafana(), lambda it: it.remove(here.id, Deadline(PATIENCE)))
        _write(vista_id, TakenAway(notice=notice_id))


def _put(notice: Notice, number: int) -> Put:
    return Put(notice=notice.id, annotation=number, grafana=grafana().url or "", revision=notice.revision)


def _write(vista_id: UUID, entry: AnnotationEntry) -> None:
    write(process.notebooks().annotations, vista_id, entry, **signed())
