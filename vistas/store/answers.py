"""Answers to notices. They belong to the vista that has the notice, wherever they were written.

A vista that is seen through somebody's eyes shows the earlier vista's notices as well. What is answered to one of
them there is an answer in the earlier vista, whether or not that is here.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, or_, select, update

from vistas.errors import NoticeError
from vistas.store.changes import count_change
from vistas.store.revisions import ANSWERS, NOTICES
from vistas.store.tables import answers, eyes, vistas
from vistas.store.transactions import Transactions
from vistas.vista.answer import Answer, AnswerKind
from vistas.vista.notice import Notice


class Answers:
    """`vista_id` is the vista that somebody has open. VistaNotFound where there is none."""

    def __init__(self, transactions: Transactions) -> None:
        self._reading, self._writing = transactions.reading, transactions.writing

    def of(self, vista_id: UUID) -> tuple[Answer, ...]:
        """To the notices of this vista itself that stand, in the order they were written."""
        with self._reading() as connection:
            noticed = NOTICES.standing(connection, vista_id)
            return read_answers(connection, vista_id, frozenset(notice.id for notice in noticed))

    def given_in(self, vista_id: UUID) -> tuple[tuple[Notice, ...], tuple[Answer, ...]]:
        """What was answered in this vista to notices of the one that it follows, and these notices."""
        with self._reading() as connection:
            followed = connection.execute(select(eyes).where(eyes.c.vista_id == vista_id)).mappings().first()
            if followed is None:
                return (), ()
            noticed = NOTICES.standing(connection, followed["copy_id"])
            thread = read_answers(connection, followed["earlier_id"], frozenset(notice.id for notice in noticed))
        given = tuple(answer for answer in thread if answer.answered_from == vista_id)
        answered = {answer.notice for answer in given}
        return tuple(notice for notice in noticed if notice.id in answered), given

    def write(self, vista_id: UUID, answer: Answer) -> Answer:
        """Durable when it returns; the same answer (by id) written twice is there once.

        NoticeError where neither this vista nor the one that it follows has the notice.
        """
        with self._writing() as connection:
            count_change(connection, vista_id)
            about = _vista_with(connection, vista_id, answer.notice)
            count_answered(connection, about)
            kept = answer.model_copy(update={"answered_from": None if about == vista_id else vista_id})
            ANSWERS.write_once(connection, about, kept)
        return kept

    def revise(
        self, vista_id: UUID, answer_id: UUID, *, by: str, text: str, kind: AnswerKind, at: datetime
    ) -> Answer:
        """A new revision; only by its author (NoticeError)."""
        with self._changing(vista_id, answer_id) as (connection, about):
            return ANSWERS.revise(connection, about, answer_id, by, at, text=text, kind=kind)

    def remove(self, vista_id: UUID, answer_id: UUID, *, by: str, at: datetime) -> None:
        """Take it back; only by its author (NoticeError)."""
        with self._changing(vista_id, answer_id) as (connection, about):
            ANSWERS.remove(connection, about, answer_id, by, at)

    def restore(self, vista_id: UUID, answer_id: UUID, *, by: str, at: datetime) -> Answer:
        """Undo a removal."""
        with self._changing(vista_id, answer_id) as (connection, about):
            return ANSWERS.restore(connection, about, answer_id, by, at)

    @contextmanager
    def _changing(self, vista_id: UUID, answer_id: UUID) -> Iterator[tuple[Connection, UUID]]:
        """One transaction, and the vista that the answer belongs to."""
        with self._writing() as connection:
            shown = [vista_id, *connection.scalars(select(eyes.c.earlier_id).where(eyes.c.vista_id == vista_id))]
            here = select(answers.c.vista_id).where(
                answers.c.answer_id == answer_id, answers.c.vista_id.in_(shown)
            )
            about: UUID = connection.scalar(here.limit(1)) or vista_id
            count_change(connection, vista_id)
            count_answered(connection, about)
            yield connection, about


def read_answers(connection: Connection, vista_id: UUID, to: frozenset[UUID]) -> tuple[Answer, ...]:
    """Those in a vista to the notices `to`, in the order they were written."""
    return tuple(answer for answer in ANSWERS.standing(connection, vista_id) if answer.notice in to)


def _vista_with(connection: Connection, vista_id: UUID, notice_id: UUID) -> UUID:
    """The vista that has the notice: this one, or the one that it follows."""
    if NOTICES.stands(connection, vista_id, notice_id):
        return vista_id
    through = connection.execute(select(eyes).where(eyes.c.vista_id == vista_id)).mappings().first()
    if through is None or not NOTICES.stands(connection, through["copy_id"], notice_id):
        raise NoticeError("the notice that this answers is no longer here")
    earlier: UUID = through["earlier_id"]
    return earlier


def count_answered(connection: Connection, *about: UUID) -> None:
    """Moves the change counter of every vista here that shows the notices of one of these."""
    following = select(eyes.c.vista_id).where(eyes.c.earlier_id.in_(about))
    showing = or_(vistas.c.id.in_(about), vistas.c.id.in_(following))
    connection.execute(update(vistas).where(showing).values(revision=vistas.c.revision + 1))
