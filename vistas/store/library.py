"""Finding vistas: by word, person, routine, day. Pages go by key: the thousandth costs what the first does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Select,
    Uuid,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    tuple_,
)

from vistas.snapshot import Window
from vistas.store.revisions import NOTICES
from vistas.store.rows import micros, moment
from vistas.store.tables import answers, eyes, notices, snapshots, steps, vistas
from vistas.vista.notice import NoticeKind


@dataclass(frozen=True, slots=True)
class Search:
    """What to look for; what is empty does not narrow. `after` is the key that the page before ended with."""

    text: str = ""
    person: str = ""
    routine: str = ""
    since: datetime | None = None
    until: datetime | None = None
    origin: str = ""
    saved_only: bool = True
    limit: int = 24
    after: tuple[int, UUID] | None = None
    unanswered: bool = False


@dataclass(frozen=True, slots=True)
class VistaSummary:
    """A vista as a library shows it, without its data. `people` are all who walked or noticed.

    `unanswered` counts the notices that nobody has answered. `seen_through` says whose eyes it is seen through, if
    anybody's.
    """

    id: UUID
    name: str
    routine: str
    routine_title: str
    author: str
    begun_at: datetime
    saved_at: datetime | None
    origin: str
    window: Window
    notices: Mapping[NoticeKind, int] = field(default_factory=dict)
    people: tuple[str, ...] = ()
    gaps: int = 0
    ridges: tuple[tuple[float, ...], ...] = ()
    unanswered: int = 0
    seen_through: str = ""
    routine_version: int = 1
    routine_digest: str = ""


@dataclass(frozen=True, slots=True)
class LibraryPage:
    """Newest first. `after` leads to the next page; None on the last."""

    vistas: tuple[VistaSummary, ...]
    after: tuple[int, UUID] | None = None


def read_page(connection: Connection, search: Search) -> LibraryPage:
    found = connection.execute(_query(search)).mappings().all()
    shown = found[: search.limit]
    ids = [row["id"] for row in shown]
    kinds, people, gaps = _notices(connection, ids), _people(connection, ids), _gaps(connection, ids)
    unanswered, walkers = _unanswered(connection, ids), _walkers(connection, ids)
    summaries = tuple(
        VistaSummary(
            id=row["id"],
            name=row["title"] or row["routine_title"],
            routine=row["routine"],
            routine_title=row["routine_title"],
            author=row["author"],
            begun_at=moment(row["begun_at"]),
            saved_at=None if row["saved_at"] is None else moment(row["saved_at"]),
            origin=row["origin"],
            window=Window(moment(row["window_start"]), moment(row["window_end"])),
            notices=kinds.get(row["id"], {}),
            people=tuple(dict.fromkeys((row["author"], *people.get(row["id"], ())))),
            gaps=gaps.get(row["id"], 0),
            ridges=tuple(tuple(ridge) for ridge in row["ridges"]),
            unanswered=unanswered.get(row["id"], 0),
            seen_through=walkers.get(row["id"], ""),
            routine_version=row["routine_version"],
            routine_digest=row["routine_digest"],
        )
        for row in shown
    )
    last = shown[-1] if len(found) > search.limit else None
    return LibraryPage(summaries, None if last is None else (last["begun_at"], last["id"]))


def _query(search: Search) -> Select[tuple[object, ...]]:
    query = select(*(column for column in vistas.c if column.name != "routine_json")).where(
        vistas.c.discarded.is_(False), vistas.c.is_copy.is_(False)
    )
    if search.saved_only:
        query = query.where(vistas.c.saved_at.is_not(None))
    if search.routine:
        query = query.where(vistas.c.routine == search.routine)
    if search.origin:
        query = query.where(vistas.c.origin == search.origin)
    if search.since:
        query = query.where(vistas.c.begun_at >= micros(search.since))
    if search.until:
        query = query.where(vistas.c.begun_at < micros(search.until))
    if search.text:
        query = query.where(or_(_mentions(search.text), _by(search.text)))
    if search.person:
        query = query.where(_by(search.person))
    if search.unanswered:
        query = query.where(_standing(~_is_answered(notices.c.vista_id, notices.c.notice_id)))
    if search.after:
        begun_at, vista_id = search.after
        last = tuple_(literal(begun_at, BigInteger), literal(vista_id, Uuid))
        query = query.where(tuple_(vistas.c.begun_at, vistas.c.id) < last)
    return query.order_by(vistas.c.begun_at.desc(), vistas.c.id.desc()).limit(search.limit + 1)


def _mentions(words: str) -> ColumnElement[bool]:
    return or_(
        vistas.c.title.icontains(words, autoescape=True),
        vistas.c.routine_title.icontains(words, autoescape=True),
        _standing(notices.c.text.icontains(words, autoescape=True)),
    )


def _by(name: str) -> ColumnElement[bool]:
    """Who began it, walked it, or noticed something in it."""
    walked = steps.c.walker.icontains(name, autoescape=True)
    return or_(
        vistas.c.author.icontains(name, autoescape=True),
        _standing(notices.c.author.icontains(name, autoescape=True)),
        exists().where(steps.c.vista_id == vistas.c.id, walked),
    )


def _standing(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a notice of the vista meets it, as it reads now: what was changed or removed is not found."""
    newer = notices.alias()
    same = and_(newer.c.vista_id == notices.c.vista_id, newer.c.notice_id == notices.c.notice_id)
    changed = exists().where(same, newer.c.revision > notices.c.revision)
    return exists().where(notices.c.vista_id == vistas.c.id, notices.c.removed.is_(False), ~changed, condition)


def _notices(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, dict[NoticeKind, int]]:
    newest = NOTICES.newest(ids).order_by(None).subquery()
    counts = select(newest.c.vista_id, newest.c.kind, func.count()).group_by(newest.c.vista_id, newest.c.kind)
    found: dict[UUID, dict[NoticeKind, int]] = {}
    for vista_id, kind, number in connection.execute(counts):
        found.setdefault(vista_id, {})[NoticeKind(kind)] = number
    return found


def _people(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, list[str]]:
    newest = NOTICES.newest(ids).order_by(None).subquery()
    names = (
        select(steps.c.vista_id, steps.c.walker)
        .where(steps.c.vista_id.in_(ids))
        .union(select(newest.c.vista_id, newest.c.author))
    )
    found: dict[UUID, list[str]] = {}
    for vista_id, name in sorted(tuple(row) for row in connection.execute(names)):
        found.setdefault(vista_id, []).append(name)
    return found


def _gaps(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, int]:
    counts = (
        select(snapshots.c.vista_id, func.count())
        .where(snapshots.c.vista_id.in_(ids), snapshots.c.kind.is_(None))
        .group_by(snapshots.c.vista_id)
    )
    return {row[0]: row[1] for row in connection.execute(counts)}


def _is_answered(vista_id: ColumnElement[UUID], notice_id: ColumnElement[UUID]) -> ColumnElement[bool]:
    """Whether an answer to the notice stands."""
    newer = answers.alias()
    same = and_(newer.c.vista_id == answers.c.vista_id, newer.c.answer_id == answers.c.answer_id)
    changed = exists().where(same, newer.c.revision > answers.c.revision)
    this = and_(answers.c.vista_id == vista_id, answers.c.notice_id == notice_id)
    return exists().where(this, answers.c.removed.is_(False), ~changed)


def _unanswered(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, int]:
    newest = NOTICES.newest(ids).order_by(None).subquery()
    counts = (
        select(newest.c.vista_id, func.count())
        .where(~_is_answered(newest.c.vista_id, newest.c.notice_id))
        .group_by(newest.c.vista_id)
    )
    return {row[0]: row[1] for row in connection.execute(counts)}


def _walkers(connection: Connection, ids: Sequence[UUID]) -> dict[UUID, str]:
    followed = select(eyes.c.vista_id, eyes.c.walker).where(eyes.c.vista_id.in_(ids))
    return {row[0]: row[1] for row in connection.execute(followed)}
