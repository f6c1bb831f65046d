"""What came of each activity of a session, in a few lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from vistas.errors import StoreError
from vistas.practice.decisions import Field
from vistas.practice.notebooks import Notebooks
from vistas.practice.rounds import Phase
from vistas.practice.session import Activity, ActivityKind, Session
from vistas.store import Store

NOTICES_AT_MOST = 40


@dataclass(frozen=True, slots=True)
class Chapter:
    """`lines` are words of those who were there. `missing` says why what the activity worked on cannot be read."""

    activity: Activity
    lines: tuple[str, ...] = ()
    missing: str = ""


def chapters(session: Session, notebooks: Notebooks, store: Store) -> tuple[Chapter, ...]:
    """One for each activity that was turned to, in the order of the agenda."""
    return tuple(
        _chapter(session, activity, notebooks, store) for activity in session.agenda if _began(session, activity)
    )


def _began(session: Session, activity: Activity) -> bool:
    if activity.kind is ActivityKind.WRAP_UP:
        return False
    busy = activity.id == session.current or activity.id in session.parked or activity.id in session.finished
    return busy or activity.about is not None or bool(session.jotted.get(activity.id))


def _chapter(session: Session, activity: Activity, notebooks: Notebooks, store: Store) -> Chapter:
    try:
        return Chapter(activity, tuple(_lines(session, activity, notebooks, store)))
    except StoreError as error:
        return Chapter(activity, missing=str(error))


def _lines(session: Session, activity: Activity, notebooks: Notebooks, store: Store) -> Iterator[str]:
    if activity.kind is ActivityKind.TOPIC:
        yield from (f"{line.text} ({line.by})" for line in session.jotted.get(activity.id, ()))
    elif activity.about is not None:
        told = _TOLD.get(activity.kind)
        if told:
            yield from told(activity.about, notebooks, store)


def _noticed(vista: UUID, _: Notebooks, store: Store) -> Iterator[str]:
    notices = store.notices(vista)
    for notice in notices[:NOTICES_AT_MOST]:
        yield f"{notice.text} ({notice.kind.value}, {notice.author})"
    if len(notices) > NOTICES_AT_MOST:
        yield f"… and {len(notices) - NOTICES_AT_MOST} more"


def _answered(journal: UUID, notebooks: Notebooks, _: Store) -> Iterator[str]:
    state = notebooks.rounds.read(journal)
    if state.phase is not Phase.REVEALED:
        return
    for group in state.groups:
        named = f"{group.name}: " if group.name else ""
        for answer in group.answers:
            yield f"{named}{answer.text}" + (f" ({answer.by})" if answer.by else "")
    yield from (f"Learned: {lesson.text}" for lesson in state.lessons)


def _found_out(journal: UUID, notebooks: Notebooks, _: Store) -> Iterator[str]:
    for turn in notebooks.wheels.read(journal).turns:
        for answer in turn.answers:
            whom = f"; whom to ask: {answer.whom}" if answer.whom else ""
            yield f"{turn.what.part.name}: {answer.says}{whom} ({answer.by})"


def _decided(journal: UUID, notebooks: Notebooks, _: Store) -> Iterator[str]:
    for row in notebooks.decisions.read(journal).shown:
        if decision := row.says(Field.DECISION):
            yield decision


_TOLD: dict[ActivityKind, Callable[[UUID, Notebooks, Store], Iterator[str]]] = {
    ActivityKind.WALK: _noticed,
    ActivityKind.QUESTION: _answered,
    ActivityKind.WHEEL: _found_out,
    ActivityKind.DECISIONS: _decided,
}
