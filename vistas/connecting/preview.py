"""What a routine would have to show with a tool that is not kept yet: its looks taken from that tool alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from vistas.connecting.credentials import NOBODY, Credentials, lent, signed
from vistas.extensions.discovery import Offer
from vistas.gathering.gather import gather, sources_for
from vistas.redaction import Redactor
from vistas.routine import Routine, Stop
from vistas.snapshot import Snapshot, Window
from vistas.source import Deadline, build_source
from vistas.vista.presence import Standing, standing


@dataclass(frozen=True, slots=True)
class StopPreview:
    """`shows` where at least one look has something; `needs` are the sources that its other looks ask for."""

    title: str
    shows: bool
    needs: tuple[str, ...]


def preview(
    offer: Offer,
    routine: Routine,
    redactor: Redactor,
    deadline: Deadline,
    *,
    now: datetime,
    credentials: Credentials = NOBODY,
) -> tuple[StopPreview, ...]:
    """Stop by stop. SettingsError or SourceError where no source can be built of the offer.

    A stop that has not answered when the deadline passes shows nothing.
    """
    walked = _with_defaults(routine)
    with lent(credentials) as says:
        table = signed(offer.table, offer.sign_in, says) if offer.sign_in is not None else offer.table
        source = build_source(offer.name, table, redactor)
        window = Window.ending(now, routine.window)
        snapshots = gather(walked, [source], window, deadline=deadline, redactor=redactor)
    return tuple(
        StopPreview(
            stop.title,
            _shows(stop, snapshots),
            tuple(dict.fromkeys(look.source for look in stop.looks if not sources_for(look, [source]))),
        )
        for stop in walked.stops
    )


def _shows(stop: Stop, snapshots: Sequence[Snapshot]) -> bool:
    return any(each.stop == stop.stop and standing(each) is Standing.SHOWN for each in snapshots)


def _with_defaults(routine: Routine) -> Routine:
    """As it would be walked where nobody chooses anything."""
    try:
        return routine.choosing({})
    except ValueError:
        return routine
