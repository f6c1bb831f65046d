"""The result of each activity of a session, in a few lines."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vistas.errors import StoreError
from vistas.practice.decisions import Field
from vistas.practice.notebooks import Notebooks
from vistas.practice.rounds import Phase
from vistas.practice.session import Activity, ActivityKind, Session
from vistas.practice.walk.first_look import lasting, visible, visible_answers
from vistas.store import Store
from vistas.vista.answer import Answer
from vistas.vista.notice import Notice

NOTICES_AT_MOST = 40
NOBODY = ""
"""Wrote no notice, so that none is shown as one's own."""


@dataclass(frozen=True, slots=True)
class Chapter:
    """`lines` are words of those who were there. `missing` says why what the activity worked on cannot be read."""

    activity: Activity
    lines: tuple[str, ...] = ()
    missing: str = ""


def chapters(session: Session, notebooks: Notebooks, store: Store, now: datetime) -> tuple[Chapter, ...]:
    """One for each activity that was turned to, in the order of the agenda; without what is still kept back."""
    return tuple(
        _chapter(session, activity, notebooks, store, now)
        for activity in session.agenda
        if _began(session, activity)
    )


def _began(session: Session, activity: Activity) -> bool:
    if activity.kind is ActivityKind.WRAP_UP:
        return False
    busy = activity.id == session.current or activity.id in session.parked or activity.id in session.finished
    return busy or activity.about is not None or bool(session.jotted.get(activity.id))


def _chapter(session: Session, activity: Activity, notebooks: Notebooks, store: Store, now: datetime) -> Chapter:
    try:
        return Chapter(activity, tuple(_lines(session, activity, notebooks, store, now)))
    except StoreError as error:
        return Chapter(activity, missing=str(error))


def _lines(
    session: Session, activity: Activity, notebooks: Notebooks, store: Store, now: datetime
) -> Iterator[str]:
    if activity.kind is ActivityKind.TOPIC:
        yield from (f"{line.text} ({line.by})" for line in session.jotted.get(activity.id, ()))
    elif activity.kind is ActivityKind.WALK and activity.about is not None:
        kept_back = lasting(session, activity.about, now)
        here = store.notices(activity.about), store.answers.of(activity.about)
        for noticed, answers in (here, store.answers.given_in(activity.about)):
            yield from _noticed(
                visible(noticed, NOBODY, kept_back, now),
                visible_answers(answers, noticed, NOBODY, kept_back, now),
            )
    elif activity.about is not None:
        told = _TOLD.get(activity.kind)
        if told:
            yield from told(activity.about, notebooks)


def _noticed(notices: Sequence[Notice], answers: Sequence[Answer]) -> Iterator[str]:
    for notice in notices[:NOTICES_AT_MOST]:
        yield f"{notice.text} ({notice.kind.value}, {notice.author})"
        for answer in answers:
            if answer.notice == notice.id:
                said = f", {answer.text}" if answer.text else ""
                yield f"{answer.author} answered: {answer.kind.value}{said}"
    if len(notices) > NOTICES_AT_MOST:
        yield f"… and {len(notices) - NOTICES_AT_MOST} more"


def _answered(journal: UUID, notebooks: Notebooks) -> Iterator[str]:
    state = notebooks.rounds.read(journal)
    if state.phase is not Phase.REVEALED:
        return
    for group in state.groups:
        named = f"{group.name}: " if group.name else ""
        for answer in group.answers:
            yield f"{named}{answer.text}" + (f" ({answer.by})" if answer.by else "")
    yield from (f"Learned: {lesson.text}" for lesson in state.lessons)


def _found_out(journal: UUID, notebooks: Notebooks) -> Iterator[str]:
    for turn in notebooks.wheels.read(journal).turns:
        for answer in turn.answers:
            whom = f"; whom to ask: {answer.whom}" if answer.whom else ""
            yield f"{turn.what.part.name}: {answer.text}{whom} ({answer.by})"


def _decided(journal: UUID, notebooks: Notebooks) -> Iterator[str]:
    for row in notebooks.decisions.read(journal).shown:
        if decision := row.text(Field.DECISION):
            yield decision


_TOLD: dict[ActivityKind, Callable[[UUID, Notebooks], Iterator[str]]] = {
    ActivityKind.QUESTION: _answered,
    ActivityKind.WHEEL: _found_out,
    ActivityKind.DECISIONS: _decided,
}
