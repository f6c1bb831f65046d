"""What became of each look on the last mornings of a routine, in two queries and without any frame."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, select

from vistas.routine import Routine
from vistas.snapshot import GapReason, Provenance
from vistas.store.rows import micros, moment, read_provenance
from vistas.store.tables import snapshots, vistas


@dataclass(frozen=True, slots=True)
class Trace:
    """`rows` is None where there was a gap, for `reason`; what was not there, its provenance says."""

    stop: str
    look: str
    rows: int | None
    reason: GapReason | None
    provenance: Provenance


@dataclass(frozen=True, slots=True)
class TracedMorning:
    """The routine is as it was walked, and masked."""

    vista: UUID
    begun_at: datetime
    routine: Routine
    traces: tuple[Trace, ...]


Marker = tuple[tuple[UUID, int], ...]
"""Of the last mornings of a routine, how far each is: cheap to ask, and another one once anything is new."""


def read_marker(connection: Connection, routine: str, most: int, until: datetime | None) -> Marker:
    last = _last(routine, most, until)
    return tuple(
        (row[0], row[1]) for row in connection.execute(last.with_only_columns(vistas.c.id, vistas.c.revision))
    )


def read_traces(
    connection: Connection, routine: str, most: int, until: datetime | None
) -> tuple[TracedMorning, ...]:
    """The newest first; at most so many, begun no later than `until`."""
    found = connection.execute(_last(routine, most, until)).mappings().all()
    traces = _traces(connection, [row["id"] for row in found])
    walked = {text: Routine.model_validate_json(text) for text in {row["routine_json"] for row in found}}
    return tuple(
        TracedMorning(
            row["id"],
            moment(row["begun_at"]),
            walked[row["routine_json"]],
            tuple(traces.get(row["id"], ())),
        )
        for row in found
    )


def _last(routine: str, most: int, until: datetime | None) -> Select[tuple[Any, ...]]:
    query = select(vistas.c.id, vistas.c.begun_at, vistas.c.routine_json).where(
        vistas.c.routine == routine,
        vistas.c.discarded.is_(False),
        vistas.c.is_copy.is_(False),
        vistas.c.origin == "live",
    )
    if until is not None:
        query = query.where(vistas.c.begun_at <= micros(until))
    return query.order_by(vistas.c.begun_at.desc(), vistas.c.id.desc()).limit(most)


def _traces(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, list[Trace]]:
    columns = (
        snapshots.c.vista_id,
        snapshots.c.stop,
        snapshots.c.look,
        snapshots.c.rows,
        snapshots.c.gap,
        snapshots.c.provenance,
    )
    traces: dict[UUID, list[Trace]] = {}
    for row in connection.execute(select(*columns).where(snapshots.c.vista_id.in_(ids))).mappings():
        reason = GapReason(row["gap"]["reason"]) if row["gap"] else None
        trace = Trace(row["stop"], row["look"], row["rows"], reason, read_provenance(row["provenance"]))
        traces.setdefault(row["vista_id"], []).append(trace)
    return traces
