"""What was noticed at a stop on earlier mornings, in one query and without any frame."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson
from sqlalchemy import Connection, Select, and_, exists, select

from vistas.store.rows import micros, moment, read_notice
from vistas.store.tables import notices, vistas
from vistas.vista.notice import Anchor, Notice, WholeStop


@dataclass(frozen=True, slots=True)
class Place:
    """A stop of a routine, by their slugs; with a look only what hangs on that one."""

    routine: str
    stop: str
    look: str = ""

    def holds(self, anchor: Anchor) -> bool:
        return not self.look or (not isinstance(anchor, WholeStop) and anchor.look == self.look)


@dataclass(frozen=True, slots=True)
class EarlierNotice:
    """A notice with the vista it was made in. Author, kind and time of writing are the notice's."""

    vista: UUID
    name: str
    begun_at: datetime
    notice: Notice


def read_earlier(connection: Connection, place: Place, before: datetime, limit: int) -> tuple[EarlierNotice, ...]:
    """Of saved vistas that were begun before that, the newest first; at most so many."""
    rows = connection.execute(_query(place, before, limit)).mappings().all()
    found = (
        EarlierNotice(
            row["in_vista"], row["title"] or row["routine_title"], moment(row["begun_at"]), read_notice(row)
        )
        for row in rows
    )
    return tuple(each for each in found if place.holds(each.notice.anchor))


def _query(place: Place, before: datetime, limit: int) -> Select[tuple[object, ...]]:
    newer = notices.alias()
    same = and_(newer.c.vista_id == notices.c.vista_id, newer.c.notice_id == notices.c.notice_id)
    of_vista = (vistas.c.id.label("in_vista"), vistas.c.title, vistas.c.routine_title, vistas.c.begun_at)
    query = (
        select(notices, *of_vista)
        .join(vistas, vistas.c.id == notices.c.vista_id)
        .where(
            vistas.c.routine == place.routine,
            vistas.c.begun_at < micros(before),
            vistas.c.discarded.is_(False),
            vistas.c.is_copy.is_(False),
            vistas.c.saved_at.is_not(None),
            notices.c.stop == place.stop,
            notices.c.removed.is_(False),
            ~exists().where(same, newer.c.revision > notices.c.revision),
        )
    )
    if place.look:
        query = query.where(notices.c.anchor.contains(_named(place.look), autoescape=True))
    newest = (vistas.c.begun_at.desc(), vistas.c.id.desc(), notices.c.written_at.desc(), notices.c.number.desc())
    return query.order_by(*newest).limit(limit)


def _named(look: str) -> str:
    """As an anchor of that look is written. A label may say the same, so what is found is looked at once more."""
    return f'"look":{orjson.dumps(look).decode()}'
